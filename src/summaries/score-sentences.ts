import { type Candidate, contentTerms } from './candidate-sentences.ts';
import { similarity } from './similarity.ts';
import type { SummaryDocument } from './summarizer.ts';

/** Names of the features, in the order of `features`. */
export const FEATURES = [
  'bias',
  'first',
  'early',
  'place',
  'length',
  'short',
  'long',
  'centroid',
  'degree',
  'title',
  'agreement',
  'numbers',
  'dangling',
  'quote',
] as const;

/** One row for each candidate, one column for each of FEATURES, most within 0 to 1. */
export function features(candidates: Candidate[], documents: SummaryDocument[]): number[][] {
  const centroid = centroidOf(candidates);
  const titles = documents.map((document) => new Set(contentTerms(document.title)));
  return candidates.map((candidate) => {
    let degree = 0;
    const best = new Map<number, number>();
    for (const other of candidates) {
      if (other === candidate) continue;
      const s = similarity(candidate.termSet, other.termSet);
      degree += s;
      if (other.document !== candidate.document)
        best.set(other.document, Math.max(best.get(other.document) ?? 0, s));
    }
    let agreement = 0;
    for (const s of best.values()) agreement += s;
    const title = titles[candidate.document]!;
    return [
      1,
      candidate.index === 0 ? 1 : 0,
      1 / Math.sqrt(candidate.index + 1),
      candidate.index / candidate.of,
      Math.min(candidate.words, 40) / 40,
      candidate.words < 10 ? 1 : 0,
      candidate.words > 40 ? 1 : 0,
      centrality(candidate, centroid),
      degree / Math.max(1, candidates.length - 1),
      title.size ? similarity(candidate.termSet, title) : 0,
      documents.length > 1 ? agreement / (documents.length - 1) : 0,
      Math.min(3, candidate.terms.filter((term) => /^\d/.test(term)).length) / 3,
      candidate.standing === 'dangling' ? 1 : 0,
      /["“«「]/.test(candidate.text) ? 1 : 0,
    ];
  });
}

/** Terms with the share of sentences that have them. */
function centroidOf(candidates: Candidate[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const candidate of candidates)
    for (const term of candidate.termSet) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** Mean frequency of the sentence's terms, damped by the root of its size so that long ones do not always win. */
function centrality(candidate: Candidate, counts: Map<string, number>): number {
  let sum = 0;
  for (const term of candidate.termSet) {
    const n = counts.get(term)!;
    if (n > 1) sum += Math.log(n);
  }
  return sum / (Math.sqrt(candidate.termSet.size + 1) * Math.log(counts.size + 2));
}

const WEIGHTS = [0, 0.25, 0.35, -0.1, 0.2, -0.2, -0.1, 0.6, 0.4, 0.4, 0.5, 0.1, -0.2, -0.05];

/** How much each candidate is worth in a summary; only the order and differences matter. */
export function scoreSentences(candidates: Candidate[], documents: SummaryDocument[]): number[] {
  return features(candidates, documents).map((row) => row.reduce((sum, x, i) => sum + x * WEIGHTS[i]!, 0));
}
