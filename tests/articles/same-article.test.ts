import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalizeEntries } from '../../src/articles/normalize-article.ts';
import { parseFeed } from '../../src/feeds/parse-feed.ts';
import type { Feed } from '../../src/model/feed.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

const HOUR = 3_600_000;
let store: Store;
let now = Date.UTC(2024, 5, 19, 8);
beforeAll(async () => {
  store = await openStore({ file: ':memory:' });
});
afterAll(() => store.close());

async function newFeed(path: string): Promise<Feed> {
  const outlet = await store.outlets.save({
    slug: 'sample-wire',
    name: 'Sample Wire',
    domain: 'wire.example',
    country: null,
    language: 'en',
    tier: 1,
    stateMedia: false,
    paywalled: false,
  });
  const url = `https://wire.example/${path}`;
  const { feed } = await store.feeds.add({
    url,
    scope: 'instance',
    outletId: outlet.id,
    title: null,
    language: 'en',
    fullText: 'never',
    nextPollAt: now,
  });
  return feed;
}

/** Reads a document as the pipeline does. @returns what became of its entries */
async function read(feed: Feed, items: string): Promise<string[]> {
  now += HOUR;
  const source = `<rss version="2.0"><channel><title>S</title>${items}</channel></rss>`;
  const { feed: parsed } = await parseFeed(Buffer.from(source), { url: feed.url });
  const results = await store.articles.ingest(feed.id, normalizeEntries(parsed!.entries, feed, now), now);
  return results.map(({ outcome }) => outcome);
}

interface Item {
  n: number;
  prefix: string;
  guid?: string;
  link?: string;
  date?: string;
  title?: string;
}
function item({ n, prefix, ...more }: Item): string {
  const guid = more.guid ?? `${prefix}-${n}`;
  const link = more.link ?? `https://wire.example/${prefix}/${n}`;
  const date = more.date ? `<pubDate>${more.date}</pubDate>` : '';
  const title = more.title ?? `${prefix} report ${n}`;
  return `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid><link>${link}</link>${date}<description>What report ${n} of ${prefix} says.</description></item>`;
}
const items = (prefix: string, change: (n: number) => Partial<Item> = () => ({})) =>
  [1, 2, 3].map((n) => item({ n, prefix, ...change(n) })).join('');

describe('the same article stays one (row 13)', () => {
  test.each<[string, (n: number) => Partial<Item>]>([
    ['nothing', () => ({})],
    ['every guid', (n) => ({ guid: `new-${Math.E}-${n}` })],
    ['every date', () => ({ date: 'Thu, 20 Jun 2024 09:00:00 GMT' })],
    [
      'tracking parameters',
      (n) => ({ link: `https://www.wire.example/tracked/${n}?utm_source=rss&amp;utm_campaign=${n}` }),
    ],
    ['the scheme, the mobile host and a slash', (n) => ({ link: `http://m.wire.example/moved/${n}/` })],
    ['the address, with the guid kept', (n) => ({ link: `https://wire.example/elsewhere/${n}` })],
  ])('when %s changes', async (what, change) => {
    const prefix =
      what === 'tracking parameters'
        ? 'tracked'
        : what.startsWith('the scheme')
          ? 'moved'
          : what.replace(/\W+/g, '-');
    const feed = await newFeed(prefix);
    expect(await read(feed, items(prefix))).toEqual(['new', 'new', 'new']);
    for (let i = 0; i < 3; i++)
      expect(await read(feed, items(prefix, change))).toEqual(['known', 'known', 'known']);
  });

  test('guid, date and tracking together', async () => {
    const feed = await newFeed('all');
    await read(feed, items('all'));
    const changed = items('all', (n) => ({
      guid: `z${n}`,
      date: 'Fri, 21 Jun 2024 09:00:00 GMT',
      link: `https://wire.example/all/${n}?fbclid=${n}`,
    }));
    expect(await read(feed, changed)).toEqual(['known', 'known', 'known']);
  });

  test('in a feed whose entries all link home', async () => {
    const feed = await newFeed('home');
    const home = () => ({ link: 'https://wire.example/' });
    expect(await read(feed, items('home', home))).toEqual(['new', 'new', 'new']);
    expect(await read(feed, items('home', home))).toEqual(['known', 'known', 'known']);
    expect(await read(feed, item({ n: 4, prefix: 'home', ...home() }) + items('home', home))).toEqual([
      'new',
      'known',
      'known',
      'known',
    ]);
  });

  test('in several feeds of an outlet', async () => {
    const [world, asia] = [await newFeed('world'), await newFeed('asia')];
    expect(await read(world, items('shared'))).toEqual(['new', 'new', 'new']);
    expect(
      await read(
        asia,
        items('shared', (n) => ({ guid: `asia-${n}` })),
      ),
    ).toEqual(['known', 'known', 'known']);
  });

  test('an edit is a revision of it', async () => {
    const feed = await newFeed('edit');
    await read(feed, items('edit'));
    const edited = items('edit', (n) => (n === 2 ? { title: 'edit report 2, corrected' } : {}));
    expect(await read(feed, edited)).toEqual(['known', 'revised', 'known']);
    expect(await read(feed, edited)).toEqual(['known', 'known', 'known']);
  });

  test('what retention removed does not come back while a feed carries it', async () => {
    const feed = await newFeed('old');
    await read(feed, items('old'));
    await store.articles.forget(now + 1, 1_000);
    expect(
      await read(
        feed,
        items('old', (n) => ({ guid: `again-${n}` })),
      ),
    ).toEqual(['forgotten', 'forgotten', 'forgotten']);
  });
});
