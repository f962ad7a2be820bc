import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { runRetention } from '../../src/store/run-retention.ts';
import { backupSqlite, restoreSqlite } from '../../src/store/sqlite-backup.ts';
import { checkSqlite } from '../../src/store/sqlite-check.ts';
import { openSqlite } from '../../src/store/sqlite-database.ts';
import type { Store } from '../../src/store/store.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const DAY = 24 * 3_600_000;
let folder: string;
let file: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tumen-maintenance-'));
  file = join(folder, 'tumen.db');
  store = await openStore({ file });
});
afterEach(async () => {
  await store.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});

async function addArticles(from: number, to: number, now = SAMPLE_TIME): Promise<void> {
  const feed = await addSampleFeed(store);
  const entries = Array.from({ length: to - from }, (_, i) => sampleEntry(feed, from + i));
  await store.articles.ingest(feed.id, entries, now);
}

describe('durability', () => {
  test('every commit is synced to disk: write-ahead log with synchronous=FULL', () => {
    const database = openSqlite(file);
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });
});

describe('transactions on the one connection', () => {
  test('the outer store inside a transaction is refused, since it would wait for itself', async () => {
    const wrong = store.transaction(async () => {
      await store.meta.set('a', '1');
    });
    await expect(wrong).rejects.toThrow('use the store that was handed to it');
    const nested = store.transaction(() => store.transaction((inside) => inside.meta.set('a', '1')));
    await expect(nested).rejects.toThrow('use the store that was handed to it');
    await store.meta.set('a', '2');
    expect(await store.meta.get('a')).toBe('2');
  });
});

describe('the main thread', () => {
  test('gets its turn during a long chain of queries', async () => {
    const end = performance.now() + 300;
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    while (performance.now() < end) await store.meta.get('anything');
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('backup and restore', () => {
  test('a backup is one moment of a database in use', async () => {
    await addArticles(0, 100);
    const copy = join(folder, 'copy.db');
    let writing = true;
    const writer = (async () => {
      for (let i = 100; writing; i += 10) await addArticles(i, i + 10);
    })();
    const size = await backupSqlite(file, copy);
    writing = false;
    await writer;
    const { problems, rows } = checkSqlite(copy);
    expect(problems).toEqual([]);
    const articles = rows.find(({ table }) => table === 'articles')!.rows;
    expect(articles).toBeGreaterThanOrEqual(100);
    expect(articles % 10).toBe(0);
    expect(size).toBe(statSync(copy).size);
    expect(existsSync(`${copy}.partial`)).toBe(false);
    await expect(backupSqlite(file, copy)).rejects.toMatchObject({ code: 'exists' });
    await expect(backupSqlite(file, join(folder, 'no', 'copy.db'))).rejects.toMatchObject({
      code: 'read-only',
    });
  });

  test('a restore waits for the service to stop, and keeps what was there', async () => {
    await addArticles(0, 10);
    const copy = join(folder, 'copy.db');
    await backupSqlite(file, copy);
    await addArticles(10, 30);
    expect(() => restoreSqlite(copy, file, SAMPLE_TIME)).toThrow(expect.objectContaining({ code: 'locked' }));
    await store.close();
    const kept = restoreSqlite(copy, file, SAMPLE_TIME)!;
    expect(kept).toBe(`${file}.before-restore-20240619000000`);
    store = await openStore({ file });
    expect(await store.articles.lastSequence()).toBe(10);
    expect(checkSqlite(kept).rows).toContainEqual({ table: 'articles', rows: 30 });
  });

  test('a damaged database can be restored, a damaged backup is refused', async () => {
    await addArticles(0, 200);
    const copy = join(folder, 'copy.db');
    await backupSqlite(file, copy);
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096, 20 * 4_096);
    writeFileSync(file, bytes);
    expect(checkSqlite(file).problems.length).toBeGreaterThan(0);
    expect(() => restoreSqlite(file, join(folder, 'elsewhere.db'), SAMPLE_TIME)).toThrow('no sound backup');
    restoreSqlite(copy, file, SAMPLE_TIME);
    store = await openStore({ file });
    expect(await store.articles.lastSequence()).toBe(200);
  });

  test('check names broken references and files of others', async () => {
    await addArticles(0, 3);
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    database.exec('update articles set outlet_id = 77 where id = 1');
    database.close();
    expect(checkSqlite(file).problems).toEqual([
      'a row of articles names a row of outlets that is not there',
    ]);
    const other = join(folder, 'other.db');
    const foreign = new DatabaseSync(other);
    foreign.exec('create table notes (text)');
    foreign.close();
    expect(checkSqlite(other).problems).toEqual(['it is no database of tumen']);
  });
});

describe('retention', () => {
  const policy = { articlesMs: 30 * DAY, deliveriesMs: 30 * DAY };

  test('removes what is past its time beside the main thread, and gives the space back', async () => {
    await addArticles(0, 1_500, SAMPLE_TIME);
    await addArticles(1_500, 1_510, SAMPLE_TIME + 40 * DAY);
    const inspect = new DatabaseSync(file);
    const pages = () => Number(inspect.prepare('pragma page_count').get()!.page_count);
    const before = pages();
    const report = await runRetention({ file }, policy, SAMPLE_TIME + 41 * DAY);
    expect(report).toEqual({ articles: 1_500, deliveries: 0, identities: 0, longCalls: 0 });
    expect(pages()).toBeLessThan(before / 2);
    expect(Number(inspect.prepare('pragma freelist_count').get()!.freelist_count)).toBe(0);
    inspect.close();
    expect((await store.articles.since(0, 100)).length).toBe(10);
    const feed = await addSampleFeed(store);
    const [again] = await store.articles.ingest(feed.id, [sampleEntry(feed, 7)], SAMPLE_TIME + 42 * DAY);
    expect(again!.outcome).toBe('forgotten');
  });

  test('stops when asked to', async () => {
    await addArticles(0, 500, SAMPLE_TIME);
    const stop = new AbortController();
    const running = runRetention({ file }, policy, SAMPLE_TIME + 41 * DAY, stop.signal);
    stop.abort(new Error('shutting down'));
    await expect(running).rejects.toThrow('shutting down');
    await store.meta.set('still', 'works');
  });
});
