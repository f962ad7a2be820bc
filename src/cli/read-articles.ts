import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { detectLanguage } from '../articles/detect-language.ts';
import type { ArticleContent } from '../model/article.ts';
import { outletFromName } from '../model/outlet.ts';

const Line = z.object({
  url: z.string().nullish(),
  title: z.string().trim().min(1, 'an article needs a title'),
  text: z.string().nullish(),
  summary: z.string().nullish(),
  published: z.string().nullish(),
  outlet: z.string().nullish(),
  language: z.string().nullish(),
});

/** One line of an article stream: an article, or in words what is wrong with the line. */
export type ArticleLine = { line: number } & (
  | { article: ArticleContent; error?: undefined }
  | { error: string; article?: undefined }
);

/** Reads articles as JSON lines (`{"url","title","text"?,"summary"?,"published","outlet"?,"language"?}`); empty lines are skipped. */
export async function* readArticles(input: Readable): AsyncGenerator<ArticleLine> {
  let line = 0;
  for await (const source of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (source.trim() !== '') yield readArticle(source, line);
  }
}

function readArticle(source: string, line: number): ArticleLine {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { line, error: 'not JSON' };
  }
  const parsed = Line.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { line, error: `${issue!.path.join('.') || 'line'}: ${issue!.message}` };
  }
  const { url, title, outlet } = parsed.data;
  const text = parsed.data.text || parsed.data.summary || '';
  const published = Date.parse(parsed.data.published ?? '');
  return {
    line,
    article: {
      url: url ?? null,
      title,
      text,
      language: detectLanguage(`${title}\n${text}`, parsed.data.language ?? null),
      published: Number.isNaN(published) ? 0 : published,
      outlet: outletFromName(outlet ?? ''),
    },
  };
}
