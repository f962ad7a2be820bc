import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Feed } from '../../src/model/feed.ts';
import { COPIED_TABLES, copyToPostgres } from '../../src/store/copy-to-postgres.ts';
import { openStore } from '../../src/store/open-store.ts';
import { checkPostgres } from '../../src/store/postgres-check.ts';
import { openPostgres } from '../../src/store/postgres-database.ts';
import { runRetention } from '../../src/store/run-retention.ts';
import { checkSqlite } from '../../src/store/sqlite-check.ts';
import type { Store } from '../../src/store/store.ts';
import { type PostgresServer, postgresBinaries, startPostgres } from '../fakes/postgres.ts';
import { addSampleFeed, claimSampleDelivery, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const DAY = 24 * 3_600_000;
const installed = postgresBinaries() !== null;

describe.skipIf(!installed)('several instances on one Postgres', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.createDatabase();
  });

  async function withStores<T>(count: number, work: (stores: Store[]) => Promise<T>): Promise<T> {
    const stores = await Promise.all(Array.from({ length: count }, () => openStore({ url })));
    try {
      return await work(stores);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
  }

  test('started at once on an empty database, they migrate it once', async () => {
    await withStores(4, async (stores) => {
      expect(await stores[3]!.articles.lastSequence()).toBe(0);
    });
    expect((await checkPostgres(url)).problems).toEqual([]);
  });

  test('a database of a newer version is refused', async () => {
    await withStores(1, async () => {});
    await server.query(url, "insert into schema_versions values (99, 'of tomorrow', 0)");
    await expect(openStore({ url })).rejects.toMatchObject({ code: 'newer-schema' });
    expect((await checkPostgres(url)).problems[0]).toContain('schema 99');
  });

  test('nobody there, or no such database: says where and what to do', async () => {
    await expect(openStore({ url: 'postgres://tumen:secret@127.0.0.1:1/tumen' })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.not.stringContaining('secret'),
      hint: expect.stringContaining('DATABASE_URL'),
    });
    await expect(openStore({ url: url.replace(/\w+$/, 'nowhere') })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  test('share due feeds: each is claimed by one', async () => {
    await withStores(3, async (stores) => {
      for (let i = 0; i < 60; i++) await addSampleFeed(stores[0]!, `https://wire.example/${i}`);
      const claims = await Promise.all(
        stores.flatMap((store, i) =>
          Array.from({ length: 4 }, async () => {
            const due = await store.feeds.due(null, SAMPLE_TIME);
            const ids = due.map(({ id }) => id);
            return store.feeds.claim(ids, SAMPLE_TIME, `instance-${i}`, 60_000);
          }),
        ),
      );
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(60);
    });
  });

  test('ingest the same entries at once: one article each, and no reader misses a sequence', async () => {
    await withStores(3, async (stores) => {
      const feeds: Feed[] = [];
      for (let i = 0; i < 3; i++) feeds.push(await addSampleFeed(stores[0]!, `https://wire.example/${i}`));
      const seen = new Set<number>();
      let reading = true;
      // The grouper's way: what it has passed it does not look at again.
      const reader = (async () => {
        for (let last = 0; ; ) {
          const more = await stores[0]!.articles.since(last, 10);
          for (const { id } of more) seen.add(id);
          last = more.at(-1)?.sequence ?? last;
          if (!more.length && !reading) return;
        }
      })();
      await Promise.all(
        stores.map(async (store, i) => {
          for (let poll = 0; poll < 20; poll++)
            await store.articles.ingest(
              feeds[i]!.id,
              Array.from({ length: 5 }, (_, k) => sampleEntry(feeds[i]!, poll * 5 + k)),
              SAMPLE_TIME,
            );
        }),
      );
      reading = false;
      await reader;
      expect(seen.size).toBe(100);
      expect(await stores[1]!.articles.count(0, SAMPLE_TIME, ['instance'])).toBe(100);
    });
  });

  test('a delivery has one sender; of many that ask at once, one gets it', async () => {
    await withStores(4, async (stores) => {
      const { delivery } = await claimSampleDelivery(stores[0]!);
      const later = SAMPLE_TIME + 60_000;
      const claims = await Promise.all(
        stores.map((store, i) => store.deliveries.claimDue(later, `instance-${i}`, 60_000, 5, 'console')),
      );
      const winners = claims.flat();
      expect(winners).toHaveLength(1);
      expect(winners[0]).toMatchObject({ id: delivery.id, lease: { fence: 2 } });
    });
  });

  test('every commit is on disk before it is told, whatever the server is set to', async () => {
    const name = new URL(url).pathname.slice(1);
    await server.query(url, `alter database ${name} set synchronous_commit = off`);
    expect(await server.query(url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'off' }]);
    const pool = openPostgres(url, 1);
    const client = await pool.connect();
    expect((await client.query('show synchronous_commit', [])).rows).toEqual([{ synchronous_commit: 'on' }]);
    client.release();
    await pool.end();
  });

  describe('with a SQLite database to move', () => {
    let folder: string;
    let file: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tumen-copy-'));
      file = join(folder, 'tumen.db');
      const store = await openStore({ file });
      const feed = await addSampleFeed(store);
      const entries = Array.from({ length: 1_200 }, (_, i) => sampleEntry(feed, i));
      await store.articles.ingest(feed.id, entries, SAMPLE_TIME);
      for (let i = 0; i < 3; i++) {
        const id = await store.stories.nextId();
        await store.stories.create({ id, at: SAMPLE_TIME });
        await store.stories.join(
          { storyId: id, articleId: i + 1, originId: 1, joinedAt: SAMPLE_TIME },
          'engine',
        );
      }
      await store.stories.merge(1, 3, 'engine', SAMPLE_TIME);
      await store.verdicts.save(1, 1, [
        {
          topic: 'rail',
          score: 0.1 + 0.2,
          relevant: true,
          kind: 'report',
          themes: ['rail'],
          entities: [],
          sides: [],
          reasons: [{ code: 'title', text: '다리 "мост" \\ 💬' }],
        },
      ]);
      await claimSampleDelivery(store);
      // The newest ids are gone: they must not be given again.
      await store.articles.ingest(feed.id, [sampleEntry(feed, 'last')], SAMPLE_TIME - 50 * DAY);
      await store.articles.forget(SAMPLE_TIME - 40 * DAY, 10);
      await store.close();
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    test('all of it is there afterwards, and goes on where it was', async () => {
      const told: string[] = [];
      await copyToPostgres(file, url, ({ table, copied, total }) => told.push(`${table} ${copied}/${total}`));
      expect(told).toContain('articles 1200/1200');
      const counts = (rows: { table: string; rows: number }[]) =>
        new Map(
          rows.filter(({ table }) => table !== 'schema_versions').map(({ table, rows }) => [table, rows]),
        );
      const there = counts((await checkPostgres(url)).rows);
      for (const { table, rows } of checkSqlite(file).rows)
        if ((COPIED_TABLES as readonly string[]).includes(table))
          expect([table, there.get(table)]).toEqual([table, rows]);

      const from = await openStore({ file });
      await withStores(1, async ([to]) => {
        const all = async (store: Store) => ({
          articles: await store.articles.since(0, 5_000),
          verdicts: await store.verdicts.of(1),
          stories: await store.stories.getMany([1, 2, 3]),
          deliveries: await store.deliveries.list({ limit: 10 }),
          feeds: await store.feeds.list(),
        });
        expect(await all(to!)).toEqual(await all(from));
        const feed = (await to!.feeds.list())[0]!;
        const [fresh] = await to!.articles.ingest(feed.id, [sampleEntry(feed, 'fresh')], SAMPLE_TIME + 1);
        expect(fresh!.article).toMatchObject({ id: 1_202, sequence: 1_202 });
        expect(
          (await to!.articles.ingest(feed.id, [sampleEntry(feed, 'last')], SAMPLE_TIME + 1))[0]!.outcome,
        ).toBe('forgotten');
        expect(await to!.stories.nextId()).toBe(4);
      });
      await from.close();
    });

    test('a Postgres that has data already is left alone', async () => {
      await withStores(1, ([store]) => addSampleFeed(store!));
      await expect(copyToPostgres(file, url)).rejects.toMatchObject({ code: 'not-empty' });
      expect((await checkPostgres(url)).rows).toContainEqual({ table: 'articles', rows: 0 });
    });

    test('retention works there too', async () => {
      await copyToPostgres(file, url);
      const report = await runRetention(
        { url },
        { articlesMs: DAY, deliveriesMs: DAY },
        SAMPLE_TIME + 2 * DAY,
      );
      expect(report).toEqual({ articles: 1_200, deliveries: 0, identities: 0, longCalls: 0 });
    });
  });

  test('every table is copied, or made anew on the other side', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tumen-tables-'));
    const file = join(folder, 'tumen.db');
    await (await openStore({ file })).close();
    const tables = checkSqlite(file).rows.map(({ table }) => table);
    rmSync(folder, { recursive: true, force: true });
    const derived = (table: string) => table === 'schema_versions' || table.includes('search');
    expect(tables.filter((table) => !derived(table)).sort()).toEqual([...COPIED_TABLES].sort());
  });
});
