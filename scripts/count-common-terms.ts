/**
 * Counts how common terms are in the measurement data, by script, and writes src/stories/common-terms.json:
 * level k holds the terms that about one text in 2^k has. Counts say nothing of which stories belong together.
 *
 *     node scripts/count-common-terms.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { outletFromName } from '../src/model/outlet.ts';
import { conceptsOf } from '../src/stories/concepts.ts';
import { tokenize } from '../src/text/tokenize.ts';
import { judgeArticle } from '../src/topics/judge-article.ts';
import { loadTopic } from '../src/topics/load-topic.ts';

const data = process.env.TUMEN_DATA ?? '../shared/data';
const LEVELS = 7;
const LEAD = 1200;

const lines = (file: string) =>
  readFileSync(`${data}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function scriptOf(text: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const counts: [string, number][] = [
    ['hangul', count(/\p{sc=Hangul}/gu)],
    ['kana', 3 * count(/\p{sc=Hiragana}|\p{sc=Katakana}/gu)],
    ['han', count(/\p{sc=Han}/gu)],
    ['cyrillic', count(/\p{sc=Cyrillic}/gu)],
    ['latin', count(/\p{sc=Latin}/gu) / 2],
  ];
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

const texts: string[] = [
  ...lines('clusters/reports.jsonl').flatMap((group) => group.documents),
  ...lines('clusters/pairs_ru.jsonl').flatMap((p) => [p.first, p.second].map((a) => `${a.title}\n${a.text}`)),
  ...lines('stream/2025-09.jsonl').map((a) => `${a.title}\n${a.summary}`),
  ...lines('relevance/labelled.jsonl').map((a) => `${a.title}\n${a.summary}`),
];

const totals = new Map<string, number>();
const counts = new Map<string, Map<string, number>>();
for (const text of texts) {
  const script = scriptOf(text);
  totals.set(script, (totals.get(script) ?? 0) + 1);
  const own = counts.get(script) ?? new Map<string, number>();
  counts.set(script, own);
  for (const term of new Set(tokenize(text.slice(0, LEAD)).map((token) => token.term)))
    own.set(term, (own.get(term) ?? 0) + 1);
}

const shares = new Map<string, number>();
for (const [script, own] of counts)
  for (const [term, n] of own)
    if (n >= 5) shares.set(term, Math.max(shares.get(term) ?? 0, n / (totals.get(script)! + 30)));

// What reports of the topic say in every language is counted among themselves.
const topic = await loadTopic('config/topics/russia-north-korea.yaml');
const about = [
  ...lines('relevance/events.jsonl'),
  ...lines('relevance/labelled.jsonl').filter((a) => a.grade > 0),
];
const crossCounts = new Map<string, number>();
for (const { title, text, summary, language } of about) {
  const body = text ?? summary ?? '';
  const content = {
    url: null,
    title,
    text: body,
    language: language ?? 'en',
    published: 0,
    outlet: outletFromName('x'),
  };
  const both = `${title}\n${body}`;
  const terms = [
    ...conceptsOf(both, tokenize(both)).map((concept) => `c:${concept}`),
    ...conceptsOf(title, tokenize(title)).map((concept) => `t:${concept}`),
    ...judgeArticle(content, topic).entities.map((slug) => `e:${slug}`),
  ];
  for (const term of new Set(terms)) crossCounts.set(term, (crossCounts.get(term) ?? 0) + 1);
}
for (const [term, n] of crossCounts) shares.set(term, n / about.length);

const levels: string[][] = Array.from({ length: LEVELS + 1 }, () => []);
for (const [term, share] of shares) levels[Math.round(-Math.log2(share))]?.push(term);
writeFileSync(
  'src/stories/common-terms.json',
  `${JSON.stringify(
    levels.map((level) => level.sort().join(' ')),
    null,
    2,
  )}\n`,
);
console.error(levels.map((level, k) => `2^-${k}: ${level.length}`).join('  '));
