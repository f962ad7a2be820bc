import { parseOpml } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { importOpml } from '../../src/feeds/import-opml.ts';
import { type OpmlFeed, readOpml, writeOpml } from '../../src/feeds/opml.ts';
import { openStore } from '../../src/store/open-store.ts';

const list = `<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="World"><outline text="Sample Wire" type="rss" xmlUrl="https://wire.example/rss?a=1&b=2" htmlUrl="https://wire.example/" language="en-GB"/>
<outline text="Broken" type="rss" xmlUrl="not an address"/><outline text="A folder with nothing"/>
<outline title="샘플" xmlURL='feed://korea.example/rss'/></outline>
<outline text="Again" xmlUrl="https://wire.example/rss?a=1&amp;b=2"/></body></opml>`;

test('other readers’ lists are read, broken entries set aside with the reason', () => {
  const { feeds, invalid } = readOpml(Buffer.from(list));
  expect(feeds).toEqual([
    {
      url: 'https://wire.example/rss?a=1&b=2',
      title: 'Sample Wire',
      page: 'https://wire.example/',
      language: 'en',
      folders: ['World'],
    },
    { url: 'http://korea.example/rss', title: '샘플', page: null, language: null, folders: ['World'] },
    { url: 'https://wire.example/rss?a=1&b=2', title: 'Again', page: null, language: null, folders: [] },
  ]);
  expect(invalid.map(({ text }) => text)).toEqual(['Broken', 'A folder with nothing']);
  expect(() => readOpml(Buffer.from('<rss/>'))).toThrow(/no OPML/);
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
  expect(readOpml(Buffer.from(written)).feeds.map(({ url, title }) => [new URL(url).href, title])).toEqual(
    feeds.map(({ url, title }) => [new URL(url).href, title]),
  );
  expect(parseOpml(written).body?.outlines?.[0]).toMatchObject({
    text: '샘플 & Co',
    outlines: [{ xmlUrl: feeds[0]!.url }],
  });
});

describe('importing', () => {
  test('each line is added, a duplicate or invalid; one bad entry stops nothing', async () => {
    const store = await openStore({ file: ':memory:' });
    const lines = await importOpml(store, Buffer.from(list), 'console:local', 0);
    expect(lines.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['Broken', 'invalid'],
      ['A folder with nothing', 'invalid'],
      ['Sample Wire', 'added'],
      ['샘플', 'added'],
      ['Again', 'duplicate'],
    ]);
    expect((await store.feeds.list()).map(({ outlet }) => outlet.slug)).toEqual([
      'wire-example',
      'korea-example',
    ]);
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
    await importOpml(store, Buffer.from(list), 'discord:1', 0);
    expect((await store.outlets.list()).map(({ slug, name }) => [slug, name])).toEqual([
      ['korea-example', '샘플'],
      ['wire-example', 'The Wire'],
      ['wire-example-2', 'Sample Wire'],
    ]);
    await store.close();
  });
});
