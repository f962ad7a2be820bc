import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { z } from 'zod';
import { detectLanguage } from '../articles/detect-language.ts';
import { outletFromName } from '../model/outlet.ts';
import { extractSummary } from '../summaries/extractive-summarizer.ts';
import type { SummaryDocument } from '../summaries/summarizer.ts';
import type { CliIo } from './io.ts';
import { readNumber } from './read-number.ts';

const DEFAULT_SENTENCES = 3;

const Input = z.object({
  story: z.union([z.string(), z.number()]).optional(),
  documents: z.array(
    z.object({
      url: z.string().nullish(),
      title: z.string().nullish(),
      text: z.string().nullish(),
      language: z.string().nullish(),
      outlet: z.string().nullish(),
      published: z.string().nullish(),
    }),
  ),
});
type Input = z.infer<typeof Input>;

/** `summarize`: stories as JSON lines in, verbatim sentences with their spans out, in input order. */
export function summarizeCommand(io: CliIo): Command {
  return new Command('summarize')
    .description('Sum up each story in sentences that stand verbatim in its documents')
    .option('--sentences <n>', `most sentences (${DEFAULT_SENTENCES} where no words are given)`, readNumber)
    .option('--words <n>', 'most words', readNumber)
    .addHelpText(
      'after',
      '\nExample:\n  $ npm run --silent tumen -- summarize --sentences 2 < stories.jsonl\n',
    )
    .action(async (options: { sentences?: number; words?: number }) => {
      const sentences = options.sentences ?? (options.words ? Number.POSITIVE_INFINITY : DEFAULT_SENTENCES);
      let number = 0;
      for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
        number++;
        if (line.trim() === '') continue;
        const input = readInput(line);
        if (typeof input === 'string') {
          io.exit(1);
          io.stdout.write(`${JSON.stringify({ error: input, line: number })}\n`);
          continue;
        }
        const documents = input.documents.map(toDocument);
        const summary = extractSummary({
          documents,
          sentences,
          words: options.words,
          languages: languagesByText(documents),
          shown: [],
          now: Date.now(),
        });
        io.stdout.write(`${JSON.stringify({ story: input.story ?? null, sentences: summary.sentences })}\n`);
      }
    });
}

/** The story, or in words what is wrong with the line. */
function readInput(line: string): Input | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  const parsed = Input.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue!.path.join('.') || 'line'}: ${issue!.message}`;
}

function toDocument(document: Input['documents'][number]): SummaryDocument {
  const title = document.title ?? '';
  const text = document.text ?? '';
  return {
    url: document.url ?? null,
    title,
    text,
    language: document.language ?? detectLanguage(`${title}\n${text}`),
    outlet: outletFromName(document.outlet ?? ''),
    published: Date.parse(document.published ?? '') || 0,
  };
}

/** The language of most of the text first: a summary keeps to one. */
function languagesByText(documents: SummaryDocument[]): string[] {
  const lengths = new Map<string, number>();
  for (const { language, text } of documents)
    lengths.set(language, (lengths.get(language) ?? 0) + text.length);
  return [...lengths].sort((a, b) => b[1] - a[1]).map(([language]) => language);
}
