import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const openFile = () => openStore({ file: join(folder, `${files++}.db`) });

storeContract('store on SQLite in memory', () => openStore({ file: ':memory:' }));
storeContract('store on a SQLite file', openFile);

it('whoever reads waits for no transaction, and sees what has been committed', async () => {
  const store = await openFile();
  const feed = await addSampleFeed(store);
  const written = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const writing = store.transaction(async (tx) => {
    await tx.articles.ingest(feed.id, [sampleEntry(feed, 1)], SAMPLE_TIME);
    written.resolve();
    await mayEnd.promise;
  });
  await written.promise;
  expect(await store.articles.since(0, 10)).toEqual([]);
  mayEnd.resolve();
  await writing;
  expect(await store.articles.since(0, 10)).toHaveLength(1);
  await store.close();
});

it('a long transaction lets others have their turn', async () => {
  const store = await openFile();
  const feed = await addSampleFeed(store);
  let turns = 0;
  let ended = false;
  const writing = store
    .transaction(async (tx) => {
      for (let i = 0; i < 200; i++) await tx.articles.ingest(feed.id, [sampleEntry(feed, i)], SAMPLE_TIME);
    })
    .finally(() => {
      ended = true;
    });
  while (!ended) {
    await nextTurn();
    turns++;
  }
  await writing;
  expect(turns).toBeGreaterThan(3);
  await store.close();
});
