/**
 * Searches an archive of the measured stream, repeated with variations: `npm run bench:search`.
 * Prints Markdown rows for docs/benchmarks.md.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ArticleContent } from '../../src/model/article.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { type Query, QueryError } from '../../src/search/query.ts';
import { searchArticles } from '../../src/search/search-articles.ts';
import { toSearchQuery } from '../../src/search/to-search-query.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { SearchDocument, Store } from '../../src/store/store.ts';
import { dataFolder, quantile, readStream, seeded } from './measured-articles.ts';
import { RUSSIAN_WORDS } from './russian-words.ts';

const stream = readStream();
if (!stream) {
  console.error('skipped: the measurement data is absent (TUMEN_DATA)');
  process.exit(0);
}
const COUNT = Number(process.argv[2] ?? 100_000);
const NOW = Math.max(...stream.map((a) => a.published)) + 86_400_000;
const audience = { scopes: ['instance' as const], topics: null, now: NOW };
const random = seeded(11);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const folder = mkdtempSync(join(tmpdir(), 'tumen-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const parse = (text: string): Query => {
  const query = parseQuery(text);
  if (query instanceof QueryError) throw new Error(`${text}: ${query.message}`);
  return query;
};

/** The stream again and again, each time with some of the words exchanged for words of a neighbour and a number of its own. */
function repeat(articles: readonly ArticleContent[], count: number): ArticleContent[] {
  return Array.from({ length: count }, (_, i) => {
    const a = articles[i % articles.length]!;
    if (i < articles.length) return a;
    const other = articles[(i * 7 + 1) % articles.length]!.text.split(' ');
    const vary = (text: string): string =>
      text
        .split(' ')
        .map((word) => (random() < 0.15 ? pick(other) : word))
        .join(' ');
    return { ...a, url: `${a.url}?copy=${i}`, title: vary(a.title), text: `${vary(a.text)} ${i}` };
  });
}

async function fill(store: Store, articles: readonly ArticleContent[]): Promise<SearchDocument[]> {
  const outlets = new Map<string, number>();
  for (const { outlet } of articles)
    if (!outlets.has(outlet.slug))
      outlets.set(
        outlet.slug,
        (await store.outlets.save({ ...outlet, domain: null, country: null, language: 'en' })).id,
      );
  const { feed } = await store.feeds.add({
    url: 'https://bench.example/rss',
    scope: 'instance',
    outletId: [...outlets.values()][0]!,
    title: null,
    language: null,
    fullText: 'never',
    nextPollAt: 0,
  });
  const documents: SearchDocument[] = [];
  for (let i = 0; i < articles.length; i += 1_000) {
    const part = articles.slice(i, i + 1_000).map((a, j) => ({
      identity: `url:${a.url}#${i + j}`,
      url: `${a.url}#${i + j}`,
      guid: null,
      outletId: outlets.get(a.outlet.slug)!,
      title: a.title,
      text: a.text,
      language: a.language,
      published: a.published,
      firstSeen: a.published,
      backfill: false,
      authors: [],
      categories: [],
      thumbnail: null,
    }));
    for (const { article } of await store.articles.ingest(feed.id, part, NOW))
      documents.push({ ...article!, verdicts: [] });
  }
  return documents;
}

async function index(store: Store, documents: readonly SearchDocument[]): Promise<string> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  for (let i = 0; i < documents.length; i += 1_000)
    await store.search.put(documents.slice(i, i + 1_000) as SearchDocument[]);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const rate = (time: number): string => Math.round((documents.length / time) * 1000).toLocaleString('en');
  return `${rate(ms)} (${rate((user + system) / 1000)} by processor time)`;
}

/** Bytes of an FTS5 index: what its shadow tables hold. */
function indexBytes(file: string, table: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const tables = ['data', 'idx', 'docsize', 'content'].map((t) => `${table}_${t}`);
  let bytes = 0;
  for (const name of tables) {
    if (!db.prepare('select 1 from sqlite_schema where name = ?').get(name)) continue;
    const columns = db.prepare(`select name from pragma_table_info('${name}')`).all() as { name: string }[];
    const sum = columns.map((c) => `length(cast("${c.name}" as blob))`).join(' + ');
    bytes += (db.prepare(`select total(${sum}) as n from ${name}`).get() as { n: number }).n;
  }
  db.close();
  return bytes;
}

function trigram(documents: readonly SearchDocument[]): { bytes: number; rate: string } {
  const file = join(folder, 'trigram.sqlite');
  const db = new DatabaseSync(file);
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create virtual table t using fts5(text, content = '', contentless_delete = 1, tokenize = 'trigram')`);
  const insert = db.prepare('insert into t (rowid, text) values (?, ?)');
  const started = performance.now();
  for (let i = 0; i < documents.length; i += 1_000) {
    db.exec('begin');
    for (const { id, title, text } of documents.slice(i, i + 1_000)) insert.run(id, `${title}\n${text}`);
    db.exec('commit');
  }
  const ms = performance.now() - started;
  db.close();
  return {
    bytes: indexBytes(file, 't'),
    rate: Math.round((documents.length / ms) * 1000).toLocaleString('en'),
  };
}

const CJK = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]{2,}/gu;

/** Words of two to four characters out of unspaced runs, wherever in them, by language. */
function unspacedWords(documents: readonly SearchDocument[], language: string, count: number): string[] {
  const own = documents.filter((d) => d.language === language);
  const words = new Set<string>();
  for (let tries = 0; words.size < count && tries < count * 50; tries++) {
    const { title, text } = pick(own);
    const runs = `${title}\n${text}`.match(CJK) ?? [];
    if (!runs.length) continue;
    const run = pick(runs);
    const length = Math.min(run.length, 2 + Math.floor(random() * 3));
    const at = Math.floor(random() * (run.length - length + 1));
    words.add(run.slice(at, at + length));
  }
  return [...words];
}

async function measureRecall(store: Store, documents: readonly SearchDocument[]): Promise<void> {
  console.log(
    '\n| words of 2 to 4 characters | language | in articles | recall | precision |\n|---|---|---|---|---|',
  );
  const texts = documents.map((d) => ({ id: d.id, text: `${d.title}\n${d.text}` }));
  for (const language of ['ko', 'ja', 'zh']) {
    const words = unspacedWords(documents, language, 100);
    let [there, found, both] = [0, 0, 0];
    for (const word of words) {
      const scan = new Set(texts.filter(({ text }) => text.includes(word)).map(({ id }) => id));
      const ids = await store.search.candidates(toSearchQuery(parse(`"${word}"`), audience), 1_000_000);
      there += scan.size;
      found += ids.length;
      both += ids.filter(({ id }) => scan.has(id)).length;
    }
    const percent = (n: number, of: number): string => `${((n / of) * 100).toFixed(2)}%`;
    console.log(
      `| ${words.length} | ${language} | ${there.toLocaleString('en')} | ${percent(both, there)} | ${percent(both, found)} |`,
    );
  }
}

async function measureRussian(): Promise<void> {
  const file = join(dataFolder, 'clusters/pairs_ru.jsonl');
  if (!existsSync(file)) return;
  const texts = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { first, second } = JSON.parse(line);
      return [first, second] as { title: string; text: string }[];
    });
  const store = await openStore({ file: ':memory:' });
  const template = { ...stream![0]!, language: 'ru', published: NOW };
  const documents = await fill(
    store,
    texts.map(({ title, text }, i) => ({ ...template, url: `https://ru.example/${i}`, title, text })),
  );
  await store.search.put(documents);
  const written = new Map(
    documents.map(({ id, title, text }) => [
      id,
      new Set(
        `${title}\n${text}`
          .toLowerCase()
          .replaceAll('ё', 'е')
          .match(/[а-я]+/g) ?? [],
      ),
    ]),
  );
  let [forms, formsFound, pairs, pairsFound, found, right] = [0, 0, 0, 0, 0, 0];
  for (const [lemma, paradigm] of RUSSIAN_WORDS) {
    const hits = await store.search.candidates(toSearchQuery(parse(lemma), audience), 100_000);
    const ids = new Set(hits.map(({ id }) => id));
    for (const form of paradigm) {
      const holders = [...written].filter(([, words]) => words.has(form)).map(([id]) => id);
      if (!holders.length) continue;
      const reached = holders.filter((id) => ids.has(id)).length;
      forms++;
      if (reached === holders.length) formsFound++;
      pairs += holders.length;
      pairsFound += reached;
    }
    found += ids.size;
    for (const id of ids) if (paradigm.some((form) => written.get(id)!.has(form))) right++;
  }
  const percent = (n: number, of: number): string => `${((n / of) * 100).toFixed(1)}% (${n} of ${of})`;
  console.log(`\n${RUSSIAN_WORDS.size} Russian words in ${documents.length} texts:`);
  console.log(`- occurrences of forms that the dictionary form finds: ${percent(pairsFound, pairs)}`);
  console.log(`- different forms found wherever they stand: ${percent(formsFound, forms)}`);
  console.log(`- precision, texts found that hold a form of the word: ${percent(right, found)}`);
  await store.close();
}

async function measureSearch(store: Store, documents: readonly SearchDocument[]): Promise<void> {
  const word = (): string => {
    const { title, text } = pick(documents);
    const spaced = `${title} ${text}`.match(
      /[\p{Script=Latin}\p{Script=Cyrillic}]{3,}|[\p{Script=Hangul}]{2,4}/gu,
    );
    const unspaced = `${title} ${text}`.match(/[\p{Script=Han}\p{Script=Katakana}]{2,4}/gu);
    return pick(spaced ?? unspaced ?? ['news']);
  };
  const shapes: Record<string, () => string> = {
    'one word': word,
    'two words': () => `${word()} ${word()}`,
    phrase: () =>
      `"${pick(documents)
        .title.replace(/["()*|]/g, ' ')
        .slice(0, 20)}"`,
    'OR and NOT': () => `(${word()} OR ${word()} OR ${word()}) -${word()}`,
    'word in a language': () => `${word()} lang:${pick(['ko', 'en', 'ja', 'zh'])}`,
    'word of a source': () => `${word()} source:${pick(documents).outlet.slug}`,
    'word after a day': () => `${word()} after:2025-09-15`,
    prefix: () => `${pick(['nucl', 'mis', 'presid', 'gov', 'econ', 'stud'])}*`,
    'the commonest': () => pick(['the', '것', '했다', 'trump', '미국', '中国', '日本']),
  };
  console.log(
    '\n| search | found on average | p50 ms | p95 ms | max ms | p95 processor ms |\n|---|---|---|---|---|---|',
  );
  const all: number[] = [];
  const allBusy: number[] = [];
  for (const [name, make] of Object.entries(shapes)) {
    const times: number[] = [];
    const busy: number[] = [];
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const query = parseQuery(make());
      if (query instanceof QueryError) continue;
      const started = performance.now();
      const cpu = process.cpuUsage();
      const results = await searchArticles(store, query, audience, { size: 10 });
      times.push(performance.now() - started);
      const { user, system } = process.cpuUsage(cpu);
      busy.push((user + system) / 1000);
      found += results.total;
    }
    all.push(...times);
    allBusy.push(...busy);
    row(name, found / times.length, times, busy);
  }
  row('all of these', null, all, allBusy);
}

function row(name: string, found: number | null, times: number[], busy: number[]): void {
  times.sort((a, b) => a - b);
  busy.sort((a, b) => a - b);
  const ms = (q: number): string => quantile(times, q).toFixed(2);
  console.log(
    `| ${name} | ${found === null ? '' : found.toFixed(0)} | ${ms(0.5)} | ${ms(0.95)} | ${ms(1)} | ${quantile(busy, 0.95).toFixed(2)} |`,
  );
}

const file = join(folder, 'archive.sqlite');
const store = await openStore({ file });
const documents = await fill(store, repeat(stream, COUNT));
const rate = await index(store, documents);
const ours = indexBytes(file, 'search_tokens');
const peer = trigram(documents);
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
console.log(`${documents.length.toLocaleString('en')} articles\n`);
console.log('| index | articles/s | size |\n|---|---|---|');
console.log(`| own tokens in FTS5, with tags | ${rate} | ${mb(ours)} |`);
console.log(`| FTS5 trigram, no tags | ${peer.rate} | ${mb(peer.bytes)} |`);
await measureSearch(store, documents);
await measureRecall(store, documents);
await measureRussian();
await store.close();
