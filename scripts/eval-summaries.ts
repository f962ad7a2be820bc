// Extractive summaries against lead, cross-validated, and the key facts of our own stories: npm run eval:summaries
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import snowball from 'snowball-stemmers';
import { extractSummary } from '../src/summaries/extractive-summarizer.ts';
import { findUngrounded } from '../src/summaries/grounding.ts';
import type { Summary, SummaryRequest } from '../src/summaries/summarizer.ts';
import { splitSentences } from '../src/text/sentences.ts';
import { type Example, fitTermWeights } from './fit-term-weights.ts';
import { missingFacts, readKeyFactStories } from './key-facts.ts';
import { beginningOf, readExamples } from './summary-examples.ts';

const FOLDS = 5;

interface Scorer {
  rouge(candidate: string, references: string[], n: number): number;
  pairedBootstrap(a: number[], b: number[], rounds?: number, seed?: number): number;
}

type Limits = Pick<SummaryRequest, 'sentences' | 'words'>;
const UNLIMITED = Number.POSITIVE_INFINITY;

const porter = snowball.newStemmer('porter');

/** The published figures are of Porter stems. */
function stems(text: string): string {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .map((w) => (w.length > 3 ? porter.stem(w) : w))
    .join(' ');
}

function request(example: Example, limits: Limits): SummaryRequest {
  return { documents: example.documents, languages: [], shown: [], now: 0, ...limits };
}

/** Summaries of each example by weights that were fitted without its fold, but with `more` examples. */
function crossValidate(examples: Example[], more: Example[], limits: Limits): Summary[] {
  const summaries: Summary[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fitTermWeights([...examples.filter((_, i) => i % FOLDS !== fold), ...more]);
    examples.forEach((example, i) => {
      if (i % FOLDS === fold) summaries[i] = extractSummary(request(example, limits), weights);
    });
  }
  return summaries;
}

function leadSentences(example: Example, count: number): string {
  const text = example.documents[0]!.text;
  return text.slice(0, splitSentences(text, 'en')[count - 1]?.end);
}

/** The first words of the documents one after the other. */
function leadWords(example: Example, count: number): string {
  const words = example.documents.flatMap((document) => document.text.split(/\s+/));
  return words.slice(0, count).join(' ');
}

function textOf(summary: Summary): string {
  return summary.sentences.map((sentence) => sentence.text).join(' ');
}

function mean(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}

function report(name: string, scorer: Scorer, examples: Example[], ours: string[], lead: string[]): void {
  for (const [how, prepare] of [
    ['as written', (text: string) => text],
    ['Porter stems', stems],
  ] as const) {
    for (const n of [1, 2]) {
      const score = (texts: string[]) =>
        texts.map((text, i) => 100 * scorer.rouge(prepare(text), [prepare(examples[i]!.reference)], n));
      const [a, b] = [score(ours), score(lead)];
      const wins = scorer.pairedBootstrap(a, b);
      console.log(
        `${name} ROUGE-${n} F1 (${how}): ours ${mean(a).toFixed(1)}, lead ${mean(b).toFixed(1)}, better in ${(100 * wins).toFixed(1)}% of resamples`,
      );
    }
  }
}

function countVerbatim(examples: Example[], summaries: Summary[]): string {
  let equal = 0;
  let all = 0;
  summaries.forEach((summary, i) => {
    for (const { text, document, start, end } of summary.sentences) {
      all++;
      if (text === examples[i]!.documents[document]!.text.slice(start, end)) equal++;
    }
  });
  return `${equal} of ${all} sentences equal their span`;
}

const examples = readExamples();
if (examples) {
  const file = resolve(process.env.TUMEN_DATA ?? '../shared/data', '../score/score.mjs');
  const scorer: Scorer = await import(pathToFileURL(file).href);
  const beginnings = examples.many.map(beginningOf);
  const one = crossValidate(examples.one, beginnings, { sentences: 3 });
  report(
    'one document, 3 sentences:',
    scorer,
    examples.one,
    one.map(textOf),
    examples.one.map((example) => leadSentences(example, 3)),
  );
  const few = crossValidate(beginnings, examples.one, { sentences: 3 });
  report(
    'several documents, 3 sentences:',
    scorer,
    beginnings,
    few.map(textOf),
    beginnings.map((example) => leadSentences(example, 3)),
  );
  const many = crossValidate(examples.many, [], { sentences: UNLIMITED, words: 250 });
  report(
    'several documents, 250 words:',
    scorer,
    examples.many,
    many.map(textOf),
    examples.many.map((example) => leadWords(example, 250)),
  );
  console.log(countVerbatim([...examples.one, ...examples.many], [...one, ...many]));

  const started = performance.now();
  for (const example of examples.one) extractSummary(request(example, { sentences: 3 }));
  for (const example of examples.many) extractSummary(request(example, { sentences: UNLIMITED, words: 250 }));
  const documents = [...examples.one, ...examples.many].reduce(
    (sum, example) => sum + example.documents.length,
    0,
  );
  console.log(`${((performance.now() - started) / documents).toFixed(2)} ms a document`);
}

const stories = readKeyFactStories();
let found = 0;
let facts = 0;
for (const story of stories) {
  const summary = extractSummary({ ...story.request, sentences: 3 });
  const missing = missingFacts(story, textOf(summary));
  facts += story.facts.length;
  found += story.facts.length - missing.length;
  if (missing.length) console.log(`  ${story.name}: without ${missing.join(', ')}`);
}
console.log(
  `key facts of ${stories.length} own stories in three sentences: ${found} of ${facts} (${((100 * found) / facts).toFixed(1)}%)`,
);

const groups: { sources: string[]; faithful: string[]; invented: string[] }[] = readFileSync(
  new URL('../tests/fixtures/summaries/grounding.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
for (const kind of ['faithful', 'invented'] as const) {
  const all = groups.flatMap((group) => group[kind].map((text) => ({ text, sources: group.sources })));
  const passed = all.filter(
    ({ text, sources }) => findUngrounded(text, sources, Date.UTC(2026, 5, 19)) === null,
  );
  console.log(`${kind} sentences of a model: ${passed.length} of ${all.length} pass`);
}
