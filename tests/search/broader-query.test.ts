import { expect, test } from 'vitest';
import { findBroader } from '../../src/search/broader-query.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { type Query, QueryError, writeQuery } from '../../src/search/query.ts';

function read(text: string): Query {
  const query = parseQuery(text);
  if (query instanceof QueryError) throw query;
  return query;
}

/** Finds what is listed, as typed. */
function archive(hits: Record<string, number>) {
  const asked: string[] = [];
  return {
    asked,
    count: async ({ text }: Query) => {
      asked.push(text);
      return hits[text] ?? 0;
    },
  };
}

test.each([
  'missile train',
  'missile (train OR ship) -football lang:ko',
  '(a1 b1) OR -"c d" e1',
  'launch* OR missiles*',
  '(a1 OR b1) topic:any',
  'after:2024-06-01 북한 "north korea"',
])('a query that is written out reads the same: %s', (text) => {
  const query = read(text);
  const again = read(writeQuery(query));
  expect({ ...again, text: '' }).toEqual({ ...query, text: '' });
});

test.each<[string, Record<string, number>, string | null]>([
  // Only one of three words is known.
  ['zebra giraffe treaty', { treaty: 7 }, 'treaty'],
  // As few words as possible are left out; of equals, the one that finds most.
  [
    'shell train ship',
    { shell: 9, train: 9, ship: 9, 'shell train': 2, 'train ship': 5, 'shell ship': 3 },
    'train ship',
  ],
  // The words stand, though not in this order.
  ['"grain river"', { 'grain river': 4, grain: 9 }, 'grain river'],
  ['missile lang:ko', { missile: 3, 'lang:ko': 90 }, 'missile'],
  ['missile after:2024-06-01 lang:ko', { 'missile lang:ko': 2, missile: 8 }, 'missile lang:ko'],
  ['volcano', { 'volcano topic:any': 2 }, 'volcano topic:any'],
  ['volcano eruption lang:ko', { 'eruption topic:any': 1 }, 'eruption topic:any'],
  ['(zebra treaty) OR giraffe', { 'treaty OR giraffe': 7 }, 'treaty OR giraffe'],
  // What is to be left out stays so.
  ['zebra treaty -football', { 'treaty -football': 1, treaty: 9 }, 'treaty -football'],
  ['nowhere', {}, null],
])('%s', async (asked, hits, expected) => {
  const found = await findBroader(read(asked), archive(hits).count);
  expect(found?.query.text ?? null).toBe(expected);
  expect(found?.hits ?? null).toBe(expected === null ? null : hits[expected]);
});

test('a long query costs a bounded number of searches, and none twice', async () => {
  const asked: string[] = [];
  // Each word is known, no two of them together.
  await findBroader(read('a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 k1 l1'), async ({ text }) => {
    asked.push(text);
    return text.includes(' ') ? 0 : 1;
  });
  expect(asked.length).toBeLessThanOrEqual(32);
  expect(new Set(asked).size).toBe(asked.length);
});
