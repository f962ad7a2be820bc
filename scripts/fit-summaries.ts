// Fits src/summaries/term-weights.ts on the measurement data: npm run fit:summaries
import { writeFileSync } from 'node:fs';
import { type Example, fitTermWeights } from './fit-term-weights.ts';
import { beginningOf, readExamples } from './summary-examples.ts';

const examples = readExamples();
if (examples) {
  const text = `import type { TermWeights } from './expect-terms.ts';

// Written by scripts/fit-summaries.ts: do not edit by hand.

/** For a few sentences; fitted on highlights of 100 articles and the beginnings of 400 summaries of several reports. */
export const FEW_SENTENCES: TermWeights = ${literal([...examples.one, ...examples.many.map(beginningOf)])};

/** For a page of several documents; fitted on the 400 whole summaries. */
export const MANY_WORDS: TermWeights = ${literal(examples.many)};
`;
  writeFileSync(new URL('../src/summaries/term-weights.ts', import.meta.url), text);
}

function literal(rows: Example[]): string {
  const weights = fitTermWeights(rows);
  const list = (numbers: readonly number[]) => `[${numbers.map((n) => Number(n.toFixed(4))).join(', ')}]`;
  return `{ single: ${list(weights.single)}, pairs: ${list(weights.pairs)} }`;
}
