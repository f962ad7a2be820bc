// Fits src/summaries/term-weights.ts on the measurement data: npm run fit:summaries
import { writeFileSync } from 'node:fs';
import { type Example, fitTermWeights } from './fit-term-weights.ts';
import { readExamples } from './summary-examples.ts';

const examples = readExamples();
if (examples) {
  const text = `import type { TermWeights } from './expect-terms.ts';

// Written by scripts/fit-summaries.ts: do not edit by hand.

/** For a story of one document; fitted on highlights of 100 newspaper articles. */
export const ONE_DOCUMENT: TermWeights = ${literal(examples.one)};

/** For a story of several documents; fitted on summaries of 400 groups of reports. */
export const MANY_DOCUMENTS: TermWeights = ${literal(examples.many)};
`;
  writeFileSync(new URL('../src/summaries/term-weights.ts', import.meta.url), text);
}

function literal(rows: Example[]): string {
  const weights = fitTermWeights(rows);
  const list = (numbers: readonly number[]) => `[${numbers.map((n) => Number(n.toFixed(4))).join(', ')}]`;
  return `{ single: ${list(weights.single)}, pairs: ${list(weights.pairs)} }`;
}
