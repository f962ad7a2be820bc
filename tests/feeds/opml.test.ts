import { parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { importOpml } from '../../src/feeds/import-opml.ts';
import { type OpmlFeed, readOpml, writeOpml } from '../../src/feeds/opml.ts';
import { openStore } from '../../src/store/open-store.ts';
import { addSampleFeed } from '../fakes/sample-store.ts';

const list = `<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="World"><outline text="Sample Wire" type="rss" xmlUrl="https://wire.example/rss?a=1&b=2" htmlUrl="https://wire.example/" language="en-GB"/>
<outline text="Broken" type="rss" xmlUrl="not an address"/><outline text="A folder with nothing"/>
<outline title="샘플" xmlURL='feed://korea.example/rss'/></outline>
<outline text="Again" xmlUrl="https://wire.example/rss?a=1&amp;b=2"/></body></opml>`;

const feedsOf = (text: string) => readOpml(Buffer.from(text)).entries.flatMap(({ feed }) => feed ?? []);
const inBody = (outlines: string) => `<opml version="2.0"><body>${outlines}</body></opml>`;

test('other readers’ lists are read in their order, broken entries with the reason', () => {
  const { entries, faults } = readOpml(Buffer.from(list));
  expect(entries.map(({ feed, text, reason }) => feed?.url ?? [text, reason])).toEqual([
    'https://wire.example/rss?a=1&b=2',
    ['Broken', 'bad-address'],
    ['A folder with nothing', 'no-address'],
    'http://korea.example/rss',
    'https://wire.example/rss?a=1&b=2',
  ]);
  expect(entries.flatMap(({ feed }) => feed ?? []).slice(0, 2)).toEqual([
    {
      url: 'https://wire.example/rss?a=1&b=2',
      title: 'Sample Wire',
      page: 'https://wire.example/',
      language: 'en',
      folders: ['World'],
    },
    { url: 'http://korea.example/rss', title: '샘플', page: null, language: null, folders: ['World'] },
  ]);
  expect(faults).toEqual([]);
  expect(() => readOpml(Buffer.from('<rss/>'))).toThrow(/no OPML/);
});

test('a folder is a folder, whatever empty attributes it carries', () => {
  const text = inBody(
    '<outline text="F" type="rss" xmlUrl=""><outline text="A" xmlUrl="https://a.example/"/></outline>',
  );
  expect(feedsOf(text)).toMatchObject([{ url: 'https://a.example/', folders: ['F'] }]);
  expect(readOpml(Buffer.from(text)).entries).toHaveLength(1);
});

test.each([
  ['feed:https://a.example/rss', 'https://a.example/rss'],
  ['feed://https://a.example/rss', 'https://a.example/rss'],
  ['feed://a.example/rss', 'http://a.example/rss'],
  ['feed:a.example/rss', 'http://a.example/rss'],
  ['FEED:HTTP://a.example/rss', 'http://a.example/rss'],
])('%s is the address %s', (written, url) => {
  expect(feedsOf(inBody(`<outline text="A" xmlUrl="${written}"/>`))).toMatchObject([{ url }]);
});

test.each([
  ['<opml><body><outline text="A" xmlUrl="https://a.example/"/>', ['truncated'], 1],
  ['<opml><body><outline text="A" xmlUrl="https://a.example/"/><outline te', ['truncated'], 1],
  [
    '<opml><body><outline text="A" xmlUrl="https://a.example/"/><outline xmlUrl="https://b.exam',
    ['truncated'],
    1,
  ],
  [
    '<opml><body><outline text="A" xmlUrl="https://a.example/"/></body><body><outline text="B" xmlUrl="https://b.example/"/></body></opml>',
    ['second-body'],
    2,
  ],
  ['<opml><head><title>Mine</title></head><body></body></opml>', ['empty'], 0],
  ['<opml/>', ['truncated', 'empty'], 0],
])('what is wrong with %s is said: %j', (text, faults, feeds) => {
  expect(readOpml(Buffer.from(text)).faults).toEqual(faults);
  expect(feedsOf(text)).toHaveLength(feeds);
});

test('what is written comes back, through another reader too', async () => {
  const feeds: OpmlFeed[] = [
    {
      url: 'https://wire.example/rss?a=1&b="2"',
      title: 'A <b> & "c"',
      page: null,
      language: 'ko',
      folders: ['샘플 & Co'],
    },
    {
      url: 'https://post.example/',
      title: 'Post',
      page: 'https://post.example/home',
      language: null,
      folders: [],
    },
  ];
  const written = await writeOpml('tumen', feeds, Date.UTC(2024, 5, 19));
  expect(feedsOf(written).map(({ url, title }) => [new URL(url).href, title])).toEqual(
    feeds.map(({ url, title }) => [new URL(url).href, title]),
  );
  expect(parseOpml(written).body?.outlines?.[0]).toMatchObject({
    text: '샘플 & Co',
    outlines: [{ xmlUrl: feeds[0]!.url }],
  });
});

const ANY = { check: () => null };

describe('importing', () => {
  test('each line is added, a duplicate or invalid; one bad entry stops nothing', async () => {
    const store = await openStore({ file: ':memory:' });
    const { lines } = await importOpml(store, Buffer.from(list), 'console:local', 0, ANY);
    expect(lines.map(({ text, url, outcome }) => [text, url, outcome])).toEqual([
      ['Sample Wire', 'https://wire.example/rss?a=1&b=2', 'added'],
      ['Broken', null, 'invalid'],
      ['A folder with nothing', null, 'invalid'],
      ['샘플', 'http://korea.example/rss', 'added'],
      ['Again', 'https://wire.example/rss?a=1&b=2', 'duplicate'],
    ]);
    expect((await store.feeds.list()).map(({ outlet }) => outlet.slug)).toEqual([
      'wire-example',
      'korea-example',
    ]);
    await store.close();
  });

  test('room is taken by what is added, not by what is known or cannot be used', async () => {
    const store = await openStore({ file: ':memory:' });
    const outline = (n: number) => `<outline text="F${n}" xmlUrl="https://${n}.example/rss"/>`;
    const outlines = (...numbers: number[]) => Buffer.from(inBody(numbers.map(outline).join('')));
    await importOpml(store, outlines(1, 2, 3), 'discord:1', 0, ANY);
    const check = (url: string) => (url.includes('4') ? 'no' : null);
    const rules = { check, room: 2, full: 'full' };
    const { lines } = await importOpml(store, outlines(1, 4, 5, 2, 6, 7, 3), 'discord:1', 0, rules);
    expect(lines.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['duplicate', 'it is read already'],
      ['invalid', 'no'],
      ['added', null],
      ['duplicate', 'it is read already'],
      ['added', null],
      ['invalid', 'full'],
      ['duplicate', 'it is read already'],
    ]);
    const many = outlines(...Array.from({ length: 700 }, (_, i) => 1_000 + i));
    const { lines: all } = await importOpml(store, many, 'console:local', 0, ANY);
    expect(all.every(({ outcome }) => outcome === 'added')).toBe(true);
    await store.close();
  });

  test('a feed of the instance is known to everybody, under each address it has had', async () => {
    const store = await openStore({ file: ':memory:' });
    const moved = await addSampleFeed(store, 'https://wire.example/old');
    await store.feeds.relocate(moved.id, 'https://wire.example/new', 'https://wire.example/old');
    const adopted = await addSampleFeed(store, 'https://wire.example/listed');
    const redirect = { url: 'https://cdn.example/rss', sightings: 3 };
    await store.feeds.finishPoll(adopted.id, { ...adopted.poll, redirect });
    const known = ['wire.example/old', 'wire.example/new', 'wire.example/listed', 'cdn.example/rss'];
    const outlines = known.map((url) => `<outline text="A" xmlUrl="https://${url}"/>`);
    for (const scope of ['discord:1', 'console:local'] as const) {
      const { lines } = await importOpml(store, Buffer.from(inBody(outlines.join(''))), scope, 0, ANY);
      expect(lines.map(({ outcome }) => outcome)).toEqual(known.map(() => 'duplicate'));
    }
    await store.close();
  });

  test('a feed added by a person never renames an outlet of the configuration', async () => {
    const store = await openStore({ file: ':memory:' });
    await store.outlets.save({
      slug: 'wire-example',
      name: 'The Wire',
      domain: 'other.example',
      country: 'KR',
      language: 'ko',
      tier: 1,
      stateMedia: true,
      paywalled: false,
    });
    await importOpml(store, Buffer.from(list), 'discord:1', 0, ANY);
    expect((await store.outlets.list()).map(({ slug, name }) => [slug, name])).toEqual([
      ['korea-example', '샘플'],
      ['wire-example', 'The Wire'],
      ['wire-example-2', 'Sample Wire'],
    ]);
    await store.close();
  });
});
