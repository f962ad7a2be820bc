import { afterEach, beforeEach, expect, it } from 'vitest';
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
const sync = (...outlets: ReturnType<typeof outlet>[]) => syncFeeds(store, outlets, SAMPLE_TIME, () => 0.5);
const urls = async () => (await store.feeds.list()).map((feed) => feed.url);
const [A, B, C] = ['https://a.example/rss', 'https://b.example/rss', 'https://c.example/rss'];

it('adds what the file lists, spread over the first half minute, and nothing twice', async () => {
  expect(await sync(outlet('a', A!, B!))).toEqual({ added: 2, removed: 0 });
  expect(await sync(outlet('a', A!, B!))).toEqual({ added: 0, removed: 0 });
  const feeds = await store.feeds.list();
  expect(feeds.map((feed) => feed.url)).toEqual([A, B]);
  for (const feed of feeds) expect(feed.poll.nextPollAt).toBe(SAMPLE_TIME + 15_000);
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
