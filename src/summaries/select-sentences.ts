import type { Candidate } from './candidate-sentences.ts';
import { overlap, similarity } from './similarity.ts';
import type { SummaryDocument } from './summarizer.ts';

/** Weight of what a sentence repeats of the ones already chosen (maximal marginal relevance). */
const REDUNDANCY = 0.6;
/** A sentence that shares this much with a chosen or shown one says it again. */
const SAME = 0.75;

const QUOTED_SENTENCES = 2;
const QUOTED_CHARACTERS = 300;

export interface Limits {
  sentences: number;
  words?: number;
  quotation: boolean;
}

/**
 * Takes the best sentences one after the other, each against what is chosen already, within the limits. A sentence
 * that leans on the one before it is taken only right after it.
 */
export function selectSentences(
  candidates: Candidate[],
  scores: number[],
  documents: SummaryDocument[],
  limits: Limits,
): Candidate[] {
  const chosen: Candidate[] = [];
  const open = new Set(candidates.keys());
  let words = 0;
  while (chosen.length < limits.sentences) {
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const i of open) {
      const candidate = candidates[i]!;
      if (limits.words !== undefined && words + candidate.words > limits.words) continue;
      if (candidate.standing === 'dangling' && !followsChosen(candidate, chosen)) continue;
      if (limits.quotation && !mayQuote(candidate, chosen, documents)) continue;
      let redundancy = 0;
      let repeats = false;
      for (const other of chosen) {
        redundancy = Math.max(redundancy, similarity(candidate.termSet, other.termSet));
        repeats ||= overlap(candidate.termSet, other.termSet) >= SAME;
      }
      if (repeats) {
        open.delete(i);
        continue;
      }
      const score = scores[i]! - REDUNDANCY * redundancy;
      if (score > bestScore) [best, bestScore] = [i, score];
    }
    if (best === -1) break;
    chosen.push(candidates[best]!);
    words += candidates[best]!.words;
    open.delete(best);
  }
  return inReadingOrder(chosen);
}

function followsChosen(candidate: Candidate, chosen: Candidate[]): boolean {
  return chosen.some((c) => c.document === candidate.document && c.index === candidate.index - 1);
}

/** At most two sentences and 300 characters of one document, one sentence where it is paywalled. */
function mayQuote(candidate: Candidate, chosen: Candidate[], documents: SummaryDocument[]): boolean {
  const same = chosen.filter((c) => c.document === candidate.document);
  const most = documents[candidate.document]!.outlet.paywalled ? 1 : QUOTED_SENTENCES;
  if (same.length >= most) return false;
  return same.reduce((sum, c) => sum + c.text.length, candidate.text.length) <= QUOTED_CHARACTERS;
}

/** Documents in the order in which they were first chosen from, sentences of each as they stand in it. */
function inReadingOrder(chosen: Candidate[]): Candidate[] {
  const rank = new Map<number, number>();
  for (const c of chosen) if (!rank.has(c.document)) rank.set(c.document, rank.size);
  return chosen.toSorted((a, b) => rank.get(a.document)! - rank.get(b.document)! || a.start - b.start);
}
