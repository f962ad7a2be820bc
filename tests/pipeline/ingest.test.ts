import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPollDeps, type PollDeps } from '../../src/feeds/poll-feed.ts';
import { type IngestDeps, pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { syncFeeds } from '../../src/pipeline/sync-feeds.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { addSampleFeed } from '../fakes/sample-store.ts';
import { startWebServer } from '../fakes/web-server.ts';

const MINUTE = 60_000;
const log: Logger = pino({ level: 'silent' });
const rss =
  '<rss version="2.0"><channel><title>S</title><item><title>A</title><link>https://wire.example/1</link></item></channel></rss>';

let store: Store;
let polling: PollDeps;
let now: () => number;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  now = Date.now;
  polling = createPollDeps({
    net: { allowPrivate: true, contact: '' },
    polling: { interval: 15 * MINUTE, slowest: 720 * MINUTE },
    now: () => now(),
    random: () => 0.5,
  });
});
afterEach(() => Promise.all([polling.close(), store.close()]));

const round = (more: Partial<IngestDeps> = {}) =>
  pollDueFeeds(
    { store, polling, owner: 'test', concurrency: 32, log, ...more },
    new AbortController().signal,
  );

/** A host of its own; counts what it is asked, and how often at once. */
async function startHost(address: string, listener: RequestListener) {
  const asked: string[] = [];
  const seen = { asked, atOnce: 0, open: 0, origin: '' };
  const server = createServer((request, response) => {
    asked.push(request.url!);
    seen.atOnce = Math.max(seen.atOnce, ++seen.open);
    response.on('close', () => seen.open--);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  seen.origin = `http://${address}:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return Object.assign(seen, { [Symbol.asyncDispose]: close });
}
const slowly =
  (ms: number): RequestListener =>
  (_, response) =>
    void setTimeout(() => response.end(rss), ms);

test('feeds that wait behind a slow host are polled once, however long it takes', async () => {
  await using host = await startHost('127.0.0.1', slowly(40));
  for (let i = 0; i < 40; i++) await addSampleFeed(store, `${host.origin}/${i}`);
  // 40 ms are 8 s: the last feed begins long after a lease of two minutes.
  const start = Date.now();
  now = () => start + (Date.now() - start) * 200;
  expect(await round()).toBe(40);
  expect(new Set(host.asked).size).toBe(40);
  expect(host.asked).toHaveLength(40);
  expect(host.atOnce).toBe(1);
});

test('a host with many feeds takes one place, not all', async () => {
  await using slow = await startHost('127.0.0.1', slowly(60));
  let before = Number.POSITIVE_INFINITY;
  await using other = await startHost('127.0.0.2', (_, response) => {
    before = slow.asked.length;
    response.end(rss);
  });
  for (let i = 0; i < 20; i++) await addSampleFeed(store, `${slow.origin}/${i}`);
  await addSampleFeed(store, `${other.origin}/behind`);
  await round({ concurrency: 8 });
  expect(other.asked).toEqual(['/behind']);
  expect(before).toBeLessThan(5);
});

test('a feed that falls due during a round is asked in it, not after the slowest host', async () => {
  await using slow = await startHost('127.0.0.1', slowly(700));
  await using other = await startHost('127.0.0.2', (_, response) => response.end(rss));
  for (let i = 0; i < 4; i++) await addSampleFeed(store, `${slow.origin}/${i}`);
  const late = await addSampleFeed(store, `${other.origin}/late`);
  await store.feeds.reschedule([{ id: late.id, nextPollAt: Date.now() + 300 }]);
  let before: number | null = null;
  await round({ onPolled: (feed) => (before ??= feed.id === late.id ? slow.asked.length : null) });
  expect(before).toBeLessThan(4);
});

test('a round begins nothing after its time, and takes only those it is told', async () => {
  await using host = await startHost('127.0.0.1', slowly(60));
  const feeds = [];
  for (let i = 0; i < 10; i++) feeds.push(await addSampleFeed(store, `${host.origin}/${i}`));
  expect(await round({ only: new Set([feeds[7]!.id]) })).toBe(1);
  expect(host.asked).toEqual(['/7']);
  expect(await round({ roundMs: 150 })).toBeLessThan(6);
});

test('a lease is renewed while its feed is under way', async () => {
  const renewed: number[][] = [];
  const taken: number[] = [];
  await using host = await startHost('127.0.0.1', slowly(200));
  const { id } = await addSampleFeed(store, host.origin);
  const watched = {
    ...store,
    feeds: {
      ...store.feeds,
      renew: async (ids: number[], owner: string, until: number) => {
        renewed.push(ids);
        await store.feeds.renew(ids, owner, until);
        // Long after the lease that it began with.
        if (taken.length === 0 && ids.length)
          taken.push((await store.feeds.claim([id], until - 1, 'other', 1)).length);
      },
    },
  };
  await round({ store: watched, leaseMs: 60 });
  expect(renewed).toContainEqual([id]);
  expect(taken).toEqual([0]);
});

test('feeds that led to one host when they were last asked are not asked side by side', async () => {
  await using target = await startHost('127.0.0.3', slowly(40));
  const redirecting: RequestListener = (request, response) =>
    void response.writeHead(302, { location: target.origin + request.url }).end();
  await using a = await startHost('127.0.0.1', redirecting);
  await using b = await startHost('127.0.0.2', redirecting);
  for (const { origin } of [a, b]) await addSampleFeed(store, `${origin}/rss`);
  await round();
  for (const { id } of await store.feeds.list()) await store.feeds.reschedule([{ id, nextPollAt: 0 }]);
  let running = 0;
  const client = {
    ...polling.client,
    fetchBytes: async (...args: Parameters<typeof polling.client.fetchBytes>) => {
      expect(++running).toBe(1);
      return polling.client.fetchBytes(...args).finally(() => running--);
    },
  };
  expect(await round({ polling: { ...polling, client } })).toBe(2);
});

test('a feed that has moved for good is stored under its new address, and stays so after a restart (row 6)', async () => {
  let gone = false;
  await using server = await startWebServer((request, response) => {
    if (request.url === '/old' && !gone) response.writeHead(301, { location: '/new' }).end();
    else if (request.url === '/new' && gone) response.writeHead(410).end();
    else response.writeHead(200, { etag: `"${request.url}"` }).end(rss);
  });
  const [old, moved] = [`${server.origin}/old`, `${server.origin}/new`];
  const listed = (url: string) => [
    {
      ...{ name: 'Wire', slug: 'wire', country: null, tier: 2 as const, stateMedia: false, paywalled: false },
      feeds: [{ url, language: 'en', fullText: 'never' as const }],
    },
  ];
  /** A start with this list, and a poll. */
  const live = async (url = old) => {
    await syncFeeds(store, listed(url), Date.now(), 0);
    const [feed, ...others] = await store.feeds.list();
    expect(others).toEqual([]);
    await store.feeds.reschedule([{ id: feed!.id, nextPollAt: Date.now() }]);
    await round();
    return (await store.feeds.list())[0]!;
  };
  for (let i = 0; i < 2; i++) expect((await live()).url).toBe(old);
  const { id } = await live();
  expect(await live()).toMatchObject({ id, url: moved, movedFrom: old });
  expect(server.requests.at(-1)).toMatchObject({ url: '/new', headers: { 'if-none-match': '"/new"' } });
  // The operator may write the new address into the list, or leave the old one there.
  expect(await live(moved)).toMatchObject({ id, url: moved, movedFrom: null });
  await store.feeds.relocate(id, moved, old);
  gone = true;
  expect(await live()).toMatchObject({ id, url: old, movedFrom: null, poll: { goneAt: null } });
  expect((await live()).poll.lastError).toBeNull();
});

test('a feed that moves to where another one is stays in the list as it was, and is asked there', async () => {
  await using server = await startWebServer((request, response) => {
    if (request.url === '/old') response.writeHead(308, { location: '/new' }).end();
    else response.end(rss);
  });
  const old = await addSampleFeed(store, `${server.origin}/old`);
  await addSampleFeed(store, `${server.origin}/new`);
  for (let i = 0; i < 4; i++) {
    await store.feeds.reschedule([{ id: old.id, nextPollAt: 0 }]);
    await round();
  }
  expect(await store.feeds.get(old.id)).toMatchObject({ url: old.url, poll: { failures: 0 } });
  expect(server.requests.filter(({ url }) => url === '/old')).toHaveLength(3);
});

test('a feed that is gone is told once and asked no more (row 10)', async () => {
  await using server = await startWebServer((_, response) => response.writeHead(410).end());
  const feed = await addSampleFeed(store, server.origin);
  const told: string[] = [];
  const say = pino({ level: 'warn' }, { write: (line: string) => void told.push(line) });
  for (let i = 0; i < 3; i++) {
    await store.feeds.reschedule([{ id: feed.id, nextPollAt: 0 }]);
    await round({ log: say });
  }
  expect(server.requests).toHaveLength(1);
  expect(told).toEqual([expect.stringContaining('gone for good')]);
});
