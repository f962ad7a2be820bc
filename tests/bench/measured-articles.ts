import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleContent } from '../../src/model/article.ts';
import { outletFromName } from '../../src/model/outlet.ts';

/** Where the measurement data lies. */
export const dataFolder = process.env.TUMEN_DATA ?? '../shared/data';

/** The articles of the measured stream in order, or null where the data is absent. */
export function readStream(): ArticleContent[] | null {
  const file = join(dataFolder, 'stream/2025-09.jsonl');
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { url, title, summary, published, outlet } = JSON.parse(line);
      return {
        url,
        title,
        text: summary ?? '',
        language: guessLanguage(`${title} ${summary}`),
        published: Date.parse(published),
        outlet: outletFromName(outlet),
      };
    });
}

/** By script: enough to have `lang:` terms that are true for part of the stream. */
function guessLanguage(text: string): string {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  if (/\p{Script=Cyrillic}/u.test(text)) return 'ru';
  return 'en';
}

/** A seeded generator (mulberry32), so that every run asks the same. */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!;
}
