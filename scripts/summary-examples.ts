import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outletFromName } from '../src/model/outlet.ts';
import type { SummaryDocument } from '../src/summaries/summarizer.ts';
import type { Example } from './fit-term-weights.ts';

/** Words of a summary that say what a few sentences must: news is written from the top down. */
const BEGINNING = 60;

/** The same documents with the first words of their summary. */
export function beginningOf(example: Example): Example {
  return { ...example, reference: example.reference.split(/\s+/).slice(0, BEGINNING).join(' ') };
}

/** The measurement data, or null (said on stderr) where it is absent. */
export function readExamples(): { one: Example[]; many: Example[] } | null {
  const folder = process.env.TUMEN_DATA ?? '../shared/data';
  if (!existsSync(join(folder, 'summaries'))) {
    process.stderr.write(`No measurement data in ${folder}: set TUMEN_DATA. Skipped.\n`);
    return null;
  }
  const one = readLines<{ src: string; ref: string }>(join(folder, 'summaries/realsumm.jsonl'));
  const many = readLines<{ documents: string[]; reference: string }>(join(folder, 'clusters/reports.jsonl'));
  return {
    one: one.map((row) => ({ documents: [toDocument(row.src)], reference: row.ref })),
    many: many.map((row) => ({ documents: row.documents.map(toDocument), reference: row.reference })),
  };
}

function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

function toDocument(text: string): SummaryDocument {
  return { url: null, title: '', text, language: 'en', outlet: outletFromName(''), published: 0 };
}
