import type { Candidate } from './candidate-sentences.ts';
import type { ExpectedTerms } from './expect-terms.ts';
import { overlap } from './similarity.ts';

/** A candidate with the numbers of its terms and pairs of terms. */
export interface NumberedCandidate extends Candidate {
  single: number[];
  pairs: number[];
}

export interface Limits {
  sentences: number;
  words: number;
  /** Terms that a person's summary of this length has. */
  terms: number;
  /** Whether a candidate may stand beside the other chosen ones. */
  allows: (candidate: Candidate, others: Candidate[]) => boolean;
}

/** A sentence that shares this much of its terms with a chosen one says it again. */
const SAME = 0.8;
/** Pairs of terms say more than terms alone. */
const PAIR_WEIGHT = 2;
/** Most rounds of exchanging a chosen sentence for a better one. */
const EXCHANGES = 3;

/**
 * Chooses the sentences that together are expected to share the most with a person's summary, as ROUGE-1 and ROUGE-2
 * F1 measure it (Lin 2004), with no credit for saying a thing again: greedily (cf. Gillick and Favre 2009 on covering
 * concepts), then by exchanges.
 */
export function selectSentences(
  candidates: NumberedCandidate[],
  expected: ExpectedTerms,
  limits: Limits,
): NumberedCandidate[] {
  let chosen: NumberedCandidate[] = [];
  let worth = 0;
  const improve = (sets: Iterable<NumberedCandidate[]>): boolean => {
    let found = chosen;
    let most = worth;
    for (const set of sets) {
      if (!keeps(set, limits)) continue;
      const value = expectedWorth(set, expected, limits.terms);
      if (value > most + 1e-9) [found, most] = [set, value];
    }
    if (found === chosen) return false;
    [chosen, worth] = [found, most];
    return true;
  };
  while (chosen.length < limits.sentences && improve(additions(candidates, chosen)));
  for (let round = 0; round < EXCHANGES && improve(exchanges(candidates, chosen)); round++);
  return inReadingOrder(chosen);
}

function* additions(
  candidates: NumberedCandidate[],
  chosen: NumberedCandidate[],
): Iterable<NumberedCandidate[]> {
  for (const candidate of candidates) if (!chosen.includes(candidate)) yield [...chosen, candidate];
}

function* exchanges(
  candidates: NumberedCandidate[],
  chosen: NumberedCandidate[],
): Iterable<NumberedCandidate[]> {
  for (const candidate of candidates)
    if (!chosen.includes(candidate)) for (let i = 0; i < chosen.length; i++) yield chosen.with(i, candidate);
}

function keeps(set: NumberedCandidate[], limits: Limits): boolean {
  if (set.reduce((sum, c) => sum + c.words, 0) > limits.words) return false;
  return set.every((c) => {
    const others = set.filter((other) => other !== c);
    return limits.allows(c, others) && !others.some((other) => overlap(c.content, other.content) >= SAME);
  });
}

/** Expected ROUGE-1 F1 + PAIR_WEIGHT × ROUGE-2 F1 of a summary against one of `terms` terms. */
function expectedWorth(set: NumberedCandidate[], expected: ExpectedTerms, terms: number): number {
  return expectedF1(set, 'single', expected, terms) + PAIR_WEIGHT * expectedF1(set, 'pairs', expected, terms);
}

function expectedF1(
  set: NumberedCandidate[],
  kind: keyof ExpectedTerms,
  expected: ExpectedTerms,
  terms: number,
): number {
  const chances = expected[kind];
  const said = new Map<number, number>();
  let hits = 0;
  let length = 0;
  for (const candidate of set) {
    length += candidate[kind].length;
    for (const term of candidate[kind]) {
      const time = said.get(term) ?? 0;
      hits += chances[term]![time] ?? 0;
      said.set(term, time + 1);
    }
  }
  return (2 * hits) / (length + terms);
}

/** Documents in the order in which they were first chosen from, sentences of each as they stand in it. */
function inReadingOrder(chosen: NumberedCandidate[]): NumberedCandidate[] {
  const rank = new Map<number, number>();
  for (const c of chosen) if (!rank.has(c.document)) rank.set(c.document, rank.size);
  return chosen.toSorted((a, b) => rank.get(a.document)! - rank.get(b.document)! || a.start - b.start);
}
