import type { Candidate } from './candidate-sentences.ts';
import type { ExpectedTerms } from './expect-terms.ts';
import { overlap } from './overlap.ts';

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
/** What a sentence with a figure is worth beside its terms, where only a few sentences are asked for. */
const FIGURE = 0.02;
/** A sentence with less than this share of the best one's expected terms for each of its own is beside the point. */
const LEAST_DENSITY = 0.6;
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
  const repeats = repetitions(candidates);
  const worthOf = worthBy(expected, limits);
  let chosen: NumberedCandidate[] = [];
  let worth = 0;

  while (chosen.length < limits.sentences && improve(additions()));
  for (let round = 0; round < EXCHANGES && improve(exchanges()); round++);
  return inReadingOrder(chosen);

  function improve(sets: Iterable<NumberedCandidate[]>): boolean {
    let found = chosen;
    let most = worth;
    for (const set of sets) {
      const value = worthOf(set);
      if (value > most + 1e-9) [found, most] = [set, value];
    }
    const better = found !== chosen;
    [chosen, worth] = [found, most];
    return better;
  }

  function* additions(): Iterable<NumberedCandidate[]> {
    const least = LEAST_DENSITY * Math.max(0, ...chosen.map((c) => density(c, expected)));
    for (const candidate of candidates)
      if (density(candidate, expected) >= least && joins(candidate, chosen)) yield [...chosen, candidate];
  }

  function* exchanges(): Iterable<NumberedCandidate[]> {
    for (let i = 0; i < chosen.length; i++) {
      const rest = chosen.toSpliced(i, 1);
      for (const candidate of candidates) {
        if (candidate === chosen[i] || !joins(candidate, rest)) continue;
        const set = [...rest, candidate];
        if (rest.every((other) => limits.allows(other, without(set, other)))) yield set;
      }
    }
  }

  function joins(candidate: NumberedCandidate, others: NumberedCandidate[]): boolean {
    let words = candidate.words;
    for (const other of others) {
      words += other.words;
      if (other === candidate || repeats(candidate, other)) return false;
    }
    return words <= limits.words && limits.allows(candidate, others);
  }
}

function without<T>(all: T[], one: T): T[] {
  return all.filter((other) => other !== one);
}

/** Whether two candidates say the same, each pair compared once. */
function repetitions(
  candidates: NumberedCandidate[],
): (a: NumberedCandidate, b: NumberedCandidate) => boolean {
  const places = new Map(candidates.map((candidate, i) => [candidate, i]));
  const known = new Map<number, boolean>();
  return (a, b) => {
    const [i, j] = [places.get(a)!, places.get(b)!];
    const key = Math.min(i, j) * candidates.length + Math.max(i, j);
    let same = known.get(key);
    if (same === undefined) {
      same = overlap(a.content, b.content) >= SAME;
      known.set(key, same);
    }
    return same;
  };
}

/** Expected terms of a sentence for each term it has, 0 to 1. */
export function density({ single }: NumberedCandidate, expected: ExpectedTerms): number {
  return single.reduce((sum, term) => sum + expected.single[term]![0]!, 0) / Math.max(1, single.length);
}

/** Expected ROUGE-1 F1 + PAIR_WEIGHT × ROUGE-2 F1 of a summary against one of `terms` terms, and its figures. */
function worthBy(
  expected: ExpectedTerms,
  { terms, sentences }: Limits,
): (set: NumberedCandidate[]) => number {
  const single = expectedF1('single');
  const pairs = expectedF1('pairs');
  const figure = Number.isFinite(sentences) ? FIGURE : 0;
  return (set) => single(set) + PAIR_WEIGHT * pairs(set) + figure * set.filter(hasFigure).length;

  function expectedF1(kind: keyof ExpectedTerms): (set: NumberedCandidate[]) => number {
    const chances = expected[kind];
    const said = new Uint16Array(chances.length);
    return (set) => {
      let hits = 0;
      let length = 0;
      for (const candidate of set) {
        length += candidate[kind].length;
        for (const term of candidate[kind]) hits += chances[term]![said[term]!++] ?? 0;
      }
      for (const candidate of set) for (const term of candidate[kind]) said[term] = 0;
      return (2 * hits) / (length + terms);
    };
  }
}

function hasFigure(candidate: Candidate): boolean {
  return candidate.terms.some((term) => term >= '0' && term < ':');
}

/** Documents in the order in which they were first chosen from, sentences of each as they stand in it. */
function inReadingOrder(chosen: NumberedCandidate[]): NumberedCandidate[] {
  const rank = new Map<number, number>();
  for (const c of chosen) if (!rank.has(c.document)) rank.set(c.document, rank.size);
  return chosen.toSorted((a, b) => rank.get(a.document)! - rank.get(b.document)! || a.start - b.start);
}
