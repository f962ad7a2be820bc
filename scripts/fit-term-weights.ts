import { allTerms, type Candidate, candidateSentences } from '../src/summaries/candidate-sentences.ts';
import { MOST_TIMES, type TermWeights, termFeatures } from '../src/summaries/expect-terms.ts';
import type { SummaryDocument } from '../src/summaries/summarizer.ts';
import { countTerms } from '../src/summaries/term-statistics.ts';

/** Documents and a person's summary of them. */
export interface Example {
  documents: SummaryDocument[];
  reference: string;
}

const RIDGE = 3;
const NEWTON_STEPS = 7;

/** Logistic regression by Newton's method: does the reference have this term at least k times? */
export function fitTermWeights(examples: Example[]): TermWeights {
  const rows: Record<keyof TermWeights, { features: number[]; label: number }[]> = { single: [], pairs: [] };
  for (const example of examples) {
    const candidates: Candidate[] = candidateSentences(example.documents);
    const story = countTerms(
      candidates,
      example.documents.map((document) => allTerms(document.title)),
    );
    for (const kind of ['single', 'pairs'] as const) {
      const inReference = countKeys(allTerms(example.reference), kind);
      const keys = new Map<number, string>();
      candidates.forEach((candidate, i) => {
        const own = keysOf(candidate.terms, kind);
        story[kind].rows[i]!.forEach((number, j) => {
          keys.set(number, own[j]!);
        });
      });
      for (const [number, key] of keys) {
        const statistics = story[kind].statistics[number]!;
        for (let time = 1; time <= Math.min(statistics.times, MOST_TIMES[kind]); time++)
          rows[kind].push({
            features: termFeatures(statistics, story, kind, time),
            label: (inReference.get(key) ?? 0) >= time ? 1 : 0,
          });
      }
    }
  }
  return { single: fitLogistic(rows.single), pairs: fitLogistic(rows.pairs) };
}

function keysOf(terms: string[], kind: keyof TermWeights): string[] {
  return kind === 'single' ? terms : terms.slice(1).map((term, i) => `${terms[i]} ${term}`);
}

function countKeys(terms: string[], kind: keyof TermWeights): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keysOf(terms, kind)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function fitLogistic(rows: { features: number[]; label: number }[]): number[] {
  const size = rows[0]!.features.length;
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    const gradient = new Float64Array(size);
    for (const { features, label } of rows) {
      let z = 0;
      for (let a = 0; a < size; a++) z += weights[a]! * features[a]!;
      const p = 1 / (1 + Math.exp(-z));
      const curve = p * (1 - p);
      for (let a = 0; a < size; a++) {
        const x = features[a]!;
        if (x === 0) continue;
        gradient[a]! += x * (label - p);
        const row = hessian[a]!;
        for (let b = 0; b <= a; b++) row[b]! += curve * x * features[b]!;
      }
    }
    for (let a = 0; a < size; a++) {
      gradient[a]! -= RIDGE * weights[a]!;
      hessian[a]![a]! += RIDGE;
      for (let b = a + 1; b < size; b++) hessian[a]![b] = hessian[b]![a]!;
    }
    solve(hessian, gradient).forEach((change, a) => {
      weights[a]! += change;
    });
  }
  return weights;
}

/** Gauss-Jordan elimination with partial pivoting. */
function solve(matrix: Float64Array[], right: Float64Array): number[] {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let j = i + 1; j < size; j++) if (Math.abs(rows[j]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = j;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      if (factor) for (let k = i; k <= size; k++) rows[j]![k]! -= factor * rows[i]![k]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}
