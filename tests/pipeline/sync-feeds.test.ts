import { afterEach, beforeEach, expect, it } from 'vitest';
import { spreadOverdue } from '../../src/pipeline/spread-polls.ts';
import { syncFeeds } from '../../src/pipeline/sync-feeds.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
});
afterEach(() => store.close());

function outlet(slug: string, ...urls: string[]) {
  const feeds = urls.map((url) => ({ url, language: 'en', fullText: 'never' as const }));
  return { name: slug, slug, country: null, tier: 2 as const, stateMedia: false, paywalled: false, feeds };
}
const sync = (...outlets: ReturnType<typeof outlet>[]) => syncFeeds(store, outlets, SAMPLE_TIME, 15 * 60_000);
const urls = async () => (await store.feeds.list()).map((feed) => feed.url);
const [A, B, C] = ['https://a.example/rss', 'https://b.example/rss', 'https://c.example/rss'];

it('adds what the file lists, and nothing twice', async () => {
  expect(await sync(outlet('a', A!, B!))).toEqual({ added: 2, removed: 0 });
  expect(await sync(outlet('a', A!, B!))).toEqual({ added: 0, removed: 0 });
  const feeds = await store.feeds.list();
  expect(feeds.map((feed) => feed.url)).toEqual([A, B]);
  for (const feed of feeds) expect(feed.poll.nextPollAt).toBe(SAMPLE_TIME);
});

const many = (count: number) => Array.from({ length: count }, (_, i) => `https://${i}.example/rss`);
const minutes = async () =>
  (await store.feeds.list()).map((feed) => (feed.poll.nextPollAt - SAMPLE_TIME) / 60_000);

it('reads a list of usual length at once, and spreads what a long one has more', async () => {
  await sync(outlet('a', ...many(40)));
  expect(new Set(await minutes())).toEqual(new Set([0]));
  await sync(outlet('b', ...many(700).slice(100)));
  const times = await minutes();
  expect(times.filter((time) => time <= 0.1).length).toBeLessThan(100);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeGreaterThan(4);
  await sync(outlet('c', ...many(10_000).slice(1_000)));
  expect(Math.max(...(await minutes()))).toBeLessThanOrEqual(15);
});

it('spreads what is overdue after a long stop, the longest due first, and leaves alone what is not', async () => {
  await sync(outlet('a', ...many(300)));
  const feeds = await store.feeds.list();
  const start = SAMPLE_TIME + 24 * 3_600_000;
  // In the reverse of their order; the last ones are due later.
  await store.feeds.reschedule(feeds.map(({ id }, i) => ({ id, nextPollAt: start - 600_000 - i * 1_000 })));
  const notYet = feeds.slice(-10).map(({ id }) => ({ id, nextPollAt: start + 60_000 }));
  await store.feeds.reschedule(notYet);
  await spreadOverdue(store, start, 15 * 60_000);
  const after = await store.feeds.list();
  const due = after.filter(({ poll }) => poll.nextPollAt <= start);
  expect(due.length).toBeGreaterThan(20);
  expect(due.length).toBeLessThan(100);
  const turns = after
    .slice(0, -10)
    .toSorted((a, b) => a.poll.nextPollAt - b.poll.nextPollAt)
    .map(({ id }) => id);
  expect(turns).toEqual(
    feeds
      .slice(0, -10)
      .map(({ id }) => id)
      .reverse(),
  );
  for (const { id, nextPollAt } of notYet)
    expect((await store.feeds.get(id))!.poll.nextPollAt).toBe(nextPollAt);
});

it('removes what the file no longer lists, and keeps its articles', async () => {
  await sync(outlet('a', A!, B!));
  const [first] = await store.feeds.list();
  await store.articles.ingest(first!.id, [sampleEntry(first!, 1)], SAMPLE_TIME);
  expect(await sync(outlet('a', B!))).toEqual({ added: 0, removed: 1 });
  expect(await urls()).toEqual([B]);
  expect(await store.articles.since(0, 10)).toHaveLength(1);
});

it('keeps the poll state of a feed whose entry was edited', async () => {
  await sync(outlet('a', A!));
  const [feed] = await store.feeds.list();
  await store.feeds.finishPoll(feed!.id, { ...feed!.poll, nextPollAt: SAMPLE_TIME + 900_000, failures: 3 });
  await sync({ ...outlet('a', A!), name: 'A, renamed' });
  const [after] = await store.feeds.list();
  expect(after).toMatchObject({ id: feed!.id, outlet: { name: 'A, renamed' }, poll: { failures: 3 } });
  expect(after!.poll.nextPollAt).toBe(SAMPLE_TIME + 900_000);
});

it('leaves alone what people added in chat, even under the same address', async () => {
  await sync(outlet('a', A!));
  const { outletId } = (await store.feeds.list())[0]!;
  for (const url of [A!, C!])
    await store.feeds.add({
      url,
      scope: 'discord:1',
      outletId,
      title: null,
      language: null,
      fullText: 'never',
      nextPollAt: 0,
    });
  await sync(outlet('b', B!));
  expect((await store.feeds.list(['discord:1'])).map((feed) => feed.url)).toEqual([A, C]);
  expect((await store.feeds.list(['instance'])).map((feed) => feed.url)).toEqual([B]);
});
