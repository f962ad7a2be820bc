import { describe, expect, test } from 'vitest';
import { normalizeEntries, normalizeInTurns } from '../../src/articles/normalize-article.ts';
import type { ParsedEntry } from '../../src/model/feed.ts';

const NOW = Date.UTC(2024, 5, 19, 8);
const HOUR = 3_600_000;
const feed = (lastSuccessAt: number | null = NOW - HOUR) => ({
  outletId: 4,
  outlet: { slug: 'sample-wire', name: 'Sample Wire', tier: 1 as const, stateMedia: false, paywalled: false },
  language: 'en',
  poll: { lastSuccessAt } as never,
});
const entry = (more: Partial<ParsedEntry> = {}): ParsedEntry => ({
  id: null,
  url: null,
  title: 'A treaty is signed',
  text: null,
  published: null,
  updated: null,
  authors: [],
  categories: [],
  ...more,
});
const one = (more: Partial<ParsedEntry>, from = feed()) => normalizeEntries([entry(more)], from, NOW)[0]!;
const identities = (...entries: Partial<ParsedEntry>[]) =>
  normalizeEntries(entries.map(entry), feed(), NOW).map(({ identity }) => identity);

describe('time (row 14)', () => {
  const iso = (time: number) => new Date(time).toISOString();
  test.each([
    ['absent', null, NOW],
    ['in the future', iso(NOW + 5 * HOUR), NOW],
    ['the epoch', '1970-01-01T00:00:00.000Z', NOW],
    ['a little ahead', iso(NOW + 60_000), NOW],
    ['a day old', iso(NOW - 24 * HOUR), NOW - 24 * HOUR],
  ])('%s', (_, published, expected) => {
    expect(one({ published }).published).toBe(expected);
  });

  test('what is older than three days when it is first seen is kept and posted nowhere', () => {
    expect(one({ published: iso(NOW - 71 * HOUR) }).backfill).toBe(false);
    expect(one({ published: iso(NOW - 73 * HOUR) }).backfill).toBe(true);
  });

  test('the first document of a feed without dates may be a whole archive', () => {
    expect(one({}, feed(null)).backfill).toBe(true);
    expect(one({}, feed()).backfill).toBe(false);
  });
});

describe('identity', () => {
  test('the canonical address comes first', () => {
    expect(identities({ url: 'https://www.wire.example/1?utm_source=rss', id: 'x' })).toEqual([
      'url:wire.example/1',
    ]);
  });

  test('entries that all link home are told apart by their guids, and without those by their titles', () => {
    const home = 'https://wire.example/';
    expect(identities({ url: home, id: 'a', title: 'One' }, { url: home, id: 'b', title: 'Two' })).toEqual([
      'guid:sample-wire:a',
      'guid:sample-wire:b',
    ]);
    expect(identities({ url: `${home}?x=1`, title: 'One' }, { url: `${home}?x=1`, title: 'Two' })).toEqual([
      'hash:sample-wire:one undated',
      'hash:sample-wire:two undated',
    ]);
    expect(identities({ url: home, id: 'a' })).toEqual(['guid:sample-wire:a']);
  });

  test('one guid for all is none', () => {
    expect(identities({ id: '0', title: 'One' }, { id: '0', title: 'Two' })).toEqual([
      'hash:sample-wire:one undated',
      'hash:sample-wire:two undated',
    ]);
  });

  test('an entry that stands twice in a document makes its address no worse', () => {
    const url = 'https://wire.example/1';
    expect(
      new Set(identities({ url, id: 'a' }, { url, id: 'b' }, { url, id: 'a', title: 'A treaty was signed' })),
    ).toEqual(new Set(['url:wire.example/1']));
  });

  test('a title differs by its words, not by case, accents or marks', () => {
    const published = '2024-06-19T06:00:00.000Z';
    const [first, second] = identities(
      { title: 'Café “pact” signed!', published },
      { title: 'cafe pact  SIGNED', published },
    );
    expect(first).toBe(second);
    expect(first).toBe('hash:sample-wire:cafe pact signed 2024-06-19');
  });
});

describe('what is read', () => {
  test('a text without a title lends its first line', () => {
    expect(one({ title: null, text: 'Ten containers were seen at the port.\nMore follows.' }).title).toBe(
      'Ten containers were seen at the port.',
    );
    expect(one({ title: null, text: 'word '.repeat(60).trim() }).title).toMatch(/^(?:word ){23}word…$/);
  });

  test('an entry with neither is left out', () => {
    expect(normalizeEntries([entry({ title: null }), entry()], feed(), NOW)).toHaveLength(1);
  });

  test('a text that only repeats the title is none', () => {
    expect(one({ text: 'A treaty is signed' }).text).toBe('');
  });
});

test('a long document leaves others their turn, and comes to the same', async () => {
  const sentence = 'Officials at the station said that twelve wagons carried grain across the river. ';
  const entries = Array.from({ length: 1_000 }, (_, n) =>
    entry({ id: `g${n}`, title: `Report ${n}`, text: `${n} ${sentence.repeat(80)}` }),
  );
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const articles = await normalizeInTurns(entries, feed(), NOW);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  expect(articles).toEqual(normalizeEntries(entries, feed(), NOW));
});
