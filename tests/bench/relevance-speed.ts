/** How many articles one core judges: `npm run bench:relevance`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readOwnSet } from '../../scripts/labelled-sets.ts';
import type { ArticleContent } from '../../src/model/article.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';

const ROUNDS = 5;
const topic = await loadTopic('config/topics/russia-north-korea.yaml');
const words = wordsOf(parse(readFileSync('config/topics/russia-north-korea.yaml', 'utf8')));
const own = readOwnSet().map((item) => item.article);

/** Texts of our own, joined until they have the length of a full report. */
const long = own.map((article, i) => {
  let text = article.text;
  for (let k = 1; text.length < 3000; k++) {
    const next = own[(i + k) % own.length]!;
    if (next.language === article.language) text += `\n\n${next.text}`;
  }
  return { ...article, text: text.slice(0, 3000) };
});

report('own set, short', own);
report('3,000 characters', long);
const stream = join(process.env.TUMEN_DATA ?? '../shared/data', 'stream/2025-09.jsonl');
if (existsSync(stream))
  report('stream of September 2025', readFileSync(stream, 'utf8').trim().split('\n').map(toArticle));
else console.error(`skipped: no stream at ${stream} (set TUMEN_DATA)`);

console.log('\nthe peer, looking for each word of the topic file with includes()');
report('own set, short', own, nameLoop);
report('3,000 characters', long, nameLoop);

function report(
  name: string,
  articles: ArticleContent[],
  judge: (article: ArticleContent) => unknown = (article) => judgeArticle(article, topic),
): void {
  for (const article of articles) judge(article);
  const rates: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const article of articles) {
      const before = performance.now();
      judge(article);
      times.push(performance.now() - before);
    }
    rates.push((articles.length / (performance.now() - start)) * 1000);
  }
  const at = (list: number[], share: number) =>
    list.toSorted((a, b) => a - b)[Math.floor(list.length * share)]!;
  console.log(
    `${name.padEnd(26)} ${String(articles.length).padStart(5)} articles  ${Math.round(at(rates, 0.5)).toLocaleString('en').padStart(7)}/s  ` +
      `median ${at(times, 0.5).toFixed(3)} ms  p99 ${at(times, 0.99).toFixed(3)} ms`,
  );
}

function toArticle(line: string): ArticleContent {
  const { url, title, summary, outlet } = JSON.parse(line) as Record<string, string>;
  const text = summary ?? '';
  return {
    url: url ?? null,
    title: title ?? '',
    text,
    language: languageOf(`${title} ${text}`),
    published: 0,
    outlet: outletFromName(outlet ?? 'unknown'),
  };
}

function nameLoop({ title, text }: ArticleContent): number {
  const all = `${title}\n${text}`.toLowerCase();
  let found = 0;
  for (const word of words) if (all.includes(word)) found++;
  return found;
}

/** Every word that stands in a list of the file, lower case. */
function wordsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.map((word) => String(word).toLowerCase());
  return node !== null && typeof node === 'object' ? Object.values(node).flatMap(wordsOf) : [];
}

/** By script alone: the bench measures judging, not language identification. */
function languageOf(text: string): string {
  if (/\p{sc=Hangul}/u.test(text)) return 'ko';
  if (/\p{sc=Hiragana}|\p{sc=Katakana}/u.test(text)) return 'ja';
  if (/\p{sc=Han}/u.test(text)) return 'zh';
  return /\p{sc=Cyrillic}/u.test(text) ? 'ru' : 'en';
}
