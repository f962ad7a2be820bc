import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import type { Verdict } from '../../src/model/topic.ts';
import { openStore } from '../../src/store/open-store.ts';
import { runRetention } from '../../src/store/run-retention.ts';
import type { Store } from '../../src/store/store.ts';
import { postgresBinaries, startPostgres } from '../fakes/postgres.ts';
import { addSampleFeed, claimSampleDelivery, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

// How fast the store is, beside what the database itself can do in the same run: `npm run bench:store`.

const ARTICLES = 10_000;
/** Entries of one poll. */
const POLL = 50;
const DAY = 24 * 3_600_000;

const verdict: Verdict = {
  topic: 'rail',
  score: 0.9,
  relevant: true,
  kind: 'report',
  themes: ['rail'],
  entities: ['khasan'],
  sides: ['russia', 'north-korea'],
  reasons: [{ code: 'title', text: 'crosses the river', weight: 1.2, in: 'title', start: 0, end: 17 }],
};

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((count / (performance.now() - start)) * 1_000);
}

async function measureStore(store: Store): Promise<[string, string][]> {
  const feed = await addSampleFeed(store);
  const polls = Array.from({ length: ARTICLES / POLL }, (_, poll) =>
    Array.from({ length: POLL }, (_, i) => sampleEntry(feed, poll * POLL + i, 300)),
  );
  const fresh = await perSecond(ARTICLES, async () => {
    for (const entries of polls) {
      const results = await store.articles.ingest(feed.id, entries, SAMPLE_TIME);
      await store.verdicts.saveMany(
        results.map(({ article }) => ({ ...verdict, articleId: article!.id, revision: article!.revision })),
      );
    }
  });
  const known = await perSecond(ARTICLES, async () => {
    for (const entries of polls) await store.articles.ingest(feed.id, entries, SAMPLE_TIME + 1);
  });
  const read = await perSecond(ARTICLES, async () => {
    for (let last = 0; last < ARTICLES; ) last = (await store.articles.since(last, 500)).at(-1)!.sequence;
  });
  const story = await store.stories.nextId();
  await store.stories.create({ id: story, at: SAMPLE_TIME });
  const joins = await perSecond(1_000, async () => {
    for (let articleId = 1; articleId <= 1_000; articleId++)
      await store.stories.join({ storyId: story, articleId, originId: 1, joinedAt: SAMPLE_TIME }, 'engine');
  });
  const { part } = await claimSampleDelivery(store);
  const marks = await perSecond(1_000, async () => {
    for (let i = 0; i < 1_000; i++) await store.deliveries.beginPart(part.id, 1, SAMPLE_TIME);
  });
  return [
    ['new articles with their verdicts, polls of 50', `${fresh}/s`],
    ['known articles, polls of 50', `${known}/s`],
    ['articles read in ingest order', `${read}/s`],
    ['members joining a story, one transaction each', `${joins}/s`],
    ['parts marked as sending, synced to disk', `${marks}/s`],
  ];
}

/** The same words into one bare table with prepared statements, a transaction for each 50. */
function measureLimit(file: string): [string, string][] {
  const database = new DatabaseSync(file);
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table a (id integer primary key, title text, text text)',
  );
  const insert = database.prepare('insert into a (title, text) values (?, ?)');
  const { text } = sampleEntry({ outletId: 1 } as never, 1, 300);
  const start = performance.now();
  for (let i = 0; i < ARTICLES; i += POLL) {
    database.exec('begin immediate');
    for (let k = 0; k < POLL; k++) insert.run(`Freight train ${i + k}`, text);
    database.exec('commit');
  }
  const rows = (ARTICLES / (performance.now() - start)) * 1_000;
  const commitStart = performance.now();
  for (let i = 0; i < 1_000; i++) insert.run('one', 'row');
  const commits = 1_000_000 / (performance.now() - commitStart);
  database.close();
  return [
    ['limit: bare rows with the same words, transactions of 50', `${Math.round(rows)}/s`],
    ['limit: synced commits of one row', `${Math.round(commits)}/s`],
  ];
}

/** What the main thread feels while the worker removes everything. */
async function measureRetention(file: string, store: Store): Promise<[string, string][]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  let waited = 0;
  let running = true;
  const writer = (async () => {
    while (running) {
      const asked = performance.now();
      await store.meta.set('tick', '1');
      waited = Math.max(waited, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const policy = { articlesMs: DAY, deliveriesMs: DAY };
  const { articles } = await runRetention({ file }, policy, SAMPLE_TIME + 2 * DAY);
  running = false;
  await writer;
  delay.disable();
  return [
    [
      'retention of all articles in a worker',
      `${Math.round(articles / ((performance.now() - start) / 1_000))}/s`,
    ],
    ['… main thread held up, p99', `${(delay.percentile(99) / 1e6).toFixed(1)} ms`],
    ['… longest wait of a write meanwhile', `${waited.toFixed(0)} ms`],
  ];
}

function print(title: string, rows: [string, string][]): void {
  console.log(`\n${title}`);
  for (const [what, value] of rows) console.log(`  ${what.padEnd(60)} ${value.padStart(12)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'tumen-bench-'));
const file = join(folder, 'tumen.db');
const store = await openStore({ file });
print('SQLite', await measureStore(store));
print('SQLite by itself', measureLimit(join(folder, 'bare.db')));
print('SQLite, retention', await measureRetention(file, store));
await store.close();
rmSync(folder, { recursive: true });
if (postgresBinaries()) {
  const server = await startPostgres();
  const remote = await openStore({ url: await server.createDatabase() });
  print('Postgres on the same machine (its fsync off)', await measureStore(remote));
  await remote.close();
  await server.stop();
} else console.log('\nPostgres is not installed here: left out');
