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

async function newFeed(path: string, name = 'Sample Wire', domain = 'wire.example'): Promise<Feed> {
  const outlet = await store.outlets.save({
    slug: name.toLowerCase().replace(' ', '-'),
    name,
    domain,
    country: null,
    language: 'en',
    tier: 1,
    stateMedia: false,
    paywalled: false,
  });
  const url = `https://${domain}/${path}`;
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

describe('what has neither address nor guid to go by (row 13)', () => {
  const home = () => ({ link: 'https://wire.example/' });
  const story = (title: string, date = '', text = `What ${title} says at length.`) =>
    `<item><title>${title}</title>${date && `<pubDate>${date}</pubDate>`}<description>${text}</description></item>`;

  test('a feed whose entries all link home may change all guids, after retention too', async () => {
    const feed = await newFeed('home-guids');
    const renamed = (to: string) => items('home-guids', (n) => ({ ...home(), guid: `${to}-${n}` }));
    expect(await read(feed, renamed('a'))).toEqual(['new', 'new', 'new']);
    expect(await read(feed, renamed('b'))).toEqual(['known', 'known', 'known']);
    await store.articles.forget(now + 1, 1_000);
    expect(await read(feed, renamed('c'))).toEqual(['forgotten', 'forgotten', 'forgotten']);
    expect(await read(feed, renamed('d'))).toEqual(['forgotten', 'forgotten', 'forgotten']);
  });

  test('without address and guid the date may move or vanish', async () => {
    const feed = await newFeed('bare');
    expect(await read(feed, story('Bridge opens', 'Tue, 18 Jun 2024 23:00:00 GMT'))).toEqual(['new']);
    expect(await read(feed, story('Bridge opens', 'Wed, 19 Jun 2024 01:00:00 GMT'))).toEqual(['known']);
    expect(await read(feed, story('Bridge opens'))).toEqual(['known']);
    expect(await read(feed, story('Bridge closes'))).toEqual(['new']);
  });

  test('a title that comes back with other words is news', async () => {
    const feed = await newFeed('daily');
    const day = (n: number) => item({ n, prefix: 'daily', ...home(), title: 'The day in brief' });
    expect(await read(feed, day(1))).toEqual(['new']);
    expect(await read(feed, day(2))).toEqual(['new']);
    expect(await read(feed, day(3) + day(2))).toEqual(['new', 'known']);
  });
});

describe('another article at a known place is news', () => {
  test('guids that count positions', async () => {
    const feed = await newFeed('positions');
    const at = (n: number, guid: number) => item({ n, prefix: 'positions', guid: String(guid) });
    expect(await read(feed, at(1, 1) + at(2, 2))).toEqual(['new', 'new']);
    expect(await read(feed, at(3, 1) + at(1, 2) + at(2, 3))).toEqual(['new', 'known', 'known']);
    const first = await store.articles.byUrl('https://wire.example/positions/1');
    expect(first!.title).toBe('positions report 1');
  });

  test('a page that is always "live"', async () => {
    const feed = await newFeed('live');
    const live = (n: number, more = {}) =>
      item({ n, prefix: 'live', link: 'https://wire.example/live/now', ...more });
    expect(await read(feed, live(1))).toEqual(['new']);
    expect(await read(feed, live(2))).toEqual(['new']);
    expect(await read(feed, live(2))).toEqual(['known']);
    expect(await read(feed, live(2, { title: 'live report 2, corrected' }))).toEqual(['revised']);
    expect(await read(feed, live(2, { title: 'live report 2, corrected', guid: 'z' }))).toEqual(['known']);
    expect(await read(feed, live(3))).toEqual(['new']);
    await store.articles.forget(now + 1, 1_000);
    expect(await read(feed, live(3))).toEqual(['forgotten']);
    expect(await read(feed, live(4))).toEqual(['new']);
  });

  test('a guid that is the address and a version tells nothing of its own', async () => {
    const feed = await newFeed('versions');
    const link = 'https://wire.example/versions/1';
    const version = (n: number) => item({ n, prefix: 'versions', link, guid: `${link}?v=${n}` });
    expect(await read(feed, version(1))).toEqual(['new']);
    expect(await read(feed, version(2))).toEqual(['revised']);
  });

  test('an article that has moved is shown at its new place', async () => {
    const feed = await newFeed('mover');
    await read(feed, item({ n: 1, prefix: 'mover' }));
    const moved = { n: 1, prefix: 'mover', link: 'https://wire.example/mover/new' };
    expect(await read(feed, item(moved))).toEqual(['known']);
    expect(await read(feed, item({ ...moved, title: 'mover report 1, corrected' }))).toEqual(['revised']);
    expect(await store.articles.byUrl('https://wire.example/mover/new')).toMatchObject({ revision: 2 });
  });
});

describe('links of an aggregator that lead nowhere', () => {
  const opaque = (
    title: string,
    id: string,
    source = '<source url="https://www.post.example">Sample Post</source>',
  ) =>
    `<item><title>${title} - Sample Post</title><link>https://news.google.com/rss/articles/${id}?oc=5</link><guid isPermaLink="false">${id}</guid>${source}<description>${title} Sample Post ${id}</description></item>`;
  const own = (title: string, n: number) =>
    `<item><title>${title}</title><link>https://www.post.example/${n}</link><guid>p${n}</guid><description>All of ${title}.</description></item>`;

  test('are the article of the outlet that they name', async () => {
    const [post, search, other] = [
      await newFeed('rss', 'Sample Post', 'post.example'),
      await newFeed('search', 'Aggregator', 'news.google.com'),
      await newFeed('search?q=2', 'Aggregator', 'news.google.com'),
    ];
    expect(await read(post, own('Leaders sign treaty', 1))).toEqual(['new']);
    expect(await read(search, opaque('Leaders sign treaty', 'CBMiabc'))).toEqual(['known']);
    expect(await read(search, opaque('Leaders sign treaty', 'CBMixyz'))).toEqual(['known']);
    expect(await read(other, opaque('Leaders sign treaty', 'CBMizzz', ''))).toEqual(['known']);
    expect(await read(search, opaque('Rail bridge reopens', 'CBMi2'))).toEqual(['new']);
    expect(await read(search, opaque('Rail bridge reopens', 'CBMi3'))).toEqual(['known']);
    expect(await read(other, opaque('Rail bridge reopens', 'CBMi4', ''))).toEqual(['known']);
  });

  test('give way to the own words and address of the outlet', async () => {
    const [post, search] = [
      await newFeed('rss', 'Sample Post', 'post.example'),
      await newFeed('search', 'Aggregator', 'news.google.com'),
    ];
    expect(await read(search, opaque('Talks resume in Sinuiju', 'CBMi5'))).toEqual(['new']);
    expect(await read(post, own('Talks resume in Sinuiju', 5))).toEqual(['revised']);
    expect(await store.articles.byUrl('https://www.post.example/5')).toMatchObject({
      title: 'Talks resume in Sinuiju',
      text: 'All of Talks resume in Sinuiju.',
      outlet: { name: 'Sample Post' },
    });
    expect(await read(search, opaque('Talks resume in Sinuiju', 'CBMi6'))).toEqual(['known']);
    expect(await read(post, own('Talks resume in Sinuiju', 5))).toEqual(['known']);
  });

  test('of a title that another outlet has too are no article of that', async () => {
    const wire = await newFeed('titles');
    const search = await newFeed('search', 'Aggregator', 'news.google.com');
    expect(await read(wire, item({ n: 1, prefix: 'titles', title: 'Floods in the north' }))).toEqual(['new']);
    expect(await read(search, opaque('Floods in the north', 'CBMi7'))).toEqual(['new']);
  });
});
