/**
 * Matches the measured stream against many boolean subscriptions: `npm run bench:subscriptions`.
 * Prints Markdown rows for docs/benchmarks.md.
 */

import MiniSearch from 'minisearch';
import AhoCorasick from 'modern-ahocorasick';
import type { ArticleContent } from '../../src/model/article.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { type Query, QueryError } from '../../src/search/query.ts';
import { createMatcher, type Matcher } from '../../src/subscriptions/match-subscriptions.ts';
import { tokenize } from '../../src/text/tokenize.ts';
import { makeQueries } from './make-queries.ts';
import { quantile, readStream, seeded } from './measured-articles.ts';

const stream = readStream();
if (!stream) {
  console.error('skipped: the measurement data is absent (TUMEN_DATA)');
  process.exit(0);
}
const sizes = process.argv[2] ? process.argv[2].split(',').map(Number) : [100_000, 1_000_000];

const collect = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** @param common most articles, as a share, that a word of a query stands in */
function measure(count: number, common: number, articles: ArticleContent[]): void {
  const queries = makeQueries(articles, count, seeded(7), common).map(parse);
  const before = collect();
  const matcher = createMatcher();
  for (const article of articles.slice(0, 2000)) matcher.learn(article);
  const adds = Float64Array.from(queries, (query, id) =>
    timed(() => matcher.add({ id, query, topics: null })),
  );
  const memory = collect() - before;
  runAll(matcher, articles.slice(0, 2000));

  let matches = 0;
  const cpu = process.cpuUsage();
  const busy: number[] = [];
  const each = Float64Array.from(articles, (article) => {
    const before = process.cpuUsage();
    const ms = timed(() => {
      matches += matcher.match(article, []).length;
    });
    const used = process.cpuUsage(before);
    busy.push((used.user + used.system) / 1000);
    return ms;
  });
  busy.sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(cpu);
  const total = each.reduce((a, b) => a + b, 0);
  const rate = (time: number): string => Math.round((articles.length / time) * 1000).toLocaleString('en');
  each.sort();
  const changed = Array.from({ length: 20_000 }, (_, i) => Math.floor((i * count) / 20_000));
  const removes = Float64Array.from(changed, (id) => timed(() => matcher.remove(id))).sort();
  const readds = Float64Array.from(changed, (id) =>
    timed(() => matcher.add({ id, query: queries[id]!, topics: null })),
  ).sort();
  adds.sort();
  const ms = (n: number): string => n.toFixed(3);
  console.log(
    `| ${count.toLocaleString('en')} | ${(matches / articles.length).toFixed(0)} | ${rate(total)} (${rate((user + system) / 1000)}) | ${ms(quantile(each, 0.5))} | ${ms(quantile(each, 0.99))} (${ms(quantile(busy, 0.99))}) | ${ms(each.at(-1)!)} | ${ms(quantile(adds, 0.99))} / ${ms(adds.at(-1)!)} | ${ms(quantile(removes, 0.99))} / ${ms(removes.at(-1)!)} | ${ms(quantile(readds, 0.99))} / ${ms(readds.at(-1)!)} | ${Math.round(memory)} MB |`,
  );
}

function parse(text: string): Query {
  const query = parseQuery(text);
  if (query instanceof QueryError) throw new Error(`${text}: ${query.message}`);
  return query;
}

function runAll(matcher: Matcher, articles: ArticleContent[]): void {
  for (const article of articles) matcher.match(article, []);
}

/** What peers can do of it: find which of many plain words stand in each article, no boolean and no inflection. */
function peers(articles: ArticleContent[]): void {
  const words = [...new Set(makeQueries(articles, 100_000, seeded(7)).filter((q) => !/[\s"*:()-]/.test(q)))];
  const sample = articles.slice(0, 2000);
  const rate = (n: number, ms: number): string => Math.round((n / ms) * 1000).toLocaleString('en');
  const row = (name: string, can: string, n: number, ms: number, found: number): void =>
    console.log(`| ${name} | ${can} | ${rate(n, ms)} | ${(found / n).toFixed(1)} |`);
  console.log(
    `\n${words.length.toLocaleString('en')} single words, articles/s on the first ${sample.length}:\n`,
  );
  console.log('| | what it does | articles/s | found an article |\n|---|---|---|---|');

  const matcher = createMatcher();
  for (const article of sample) matcher.learn(article);
  for (const [id, word] of words.entries()) matcher.add({ id, query: parse(word), topics: null });
  runAll(matcher, sample);
  let found = 0;
  let ms = timed(() => {
    for (const a of sample) found += matcher.match(a, []).length;
  });
  row('tumen', 'words in their inflections', sample.length, ms, found);

  const automaton = new AhoCorasick(words.map((w) => w.toLowerCase()));
  found = 0;
  ms = timed(() => {
    for (const a of sample) {
      const hits = new Set<string>();
      for (const { pattern } of automaton.search(`${a.title}\n${a.text}`.toLowerCase())) hits.add(pattern);
      found += hits.size;
    }
  });
  row('modern-ahocorasick', 'substrings, also inside words', sample.length, ms, found);

  // Queries as documents, each article as an OR query: the percolator that a search index allows.
  const index = new MiniSearch({
    fields: ['text'],
    tokenize: (text) => tokenize(text).map((t) => t.term),
    processTerm: (term) => term,
  });
  index.addAll(words.map((text, id) => ({ id, text })));
  const few = sample.slice(0, 200);
  found = 0;
  ms = timed(() => {
    for (const a of few) found += index.search(`${a.title} ${a.text}`).length;
  });
  row('minisearch', 'any token of a word, no phrases: candidates only', few.length, ms, found);
}

console.log(
  '| subscriptions | matches an article | articles/s (by processor time) | p50 ms | p99 ms (processor time) | max ms | add p99 / max ms | remove p99 / max ms | add again p99 / max ms | memory |\n|---|---|---|---|---|---|---|---|---|---|',
);
for (const size of sizes) measure(size, 0.001, stream);
// The same with words that stand in up to one article in fifty: several hundred alerts an article.
measure(sizes[0]!, 0.02, stream);
peers(stream);
