import { expect, test } from 'vitest';
import { findHits, showHits } from '../../src/search/find-hits.ts';
import { makeSnippet } from '../../src/search/make-snippet.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { QueryError } from '../../src/search/query.ts';
import { rankResults } from '../../src/search/rank-results.ts';

const DAY = 86_400_000;

function rootOf(text: string) {
  const query = parseQuery(text);
  if (query instanceof QueryError) throw new Error(query.message);
  return query.root;
}
const wordsIn = (query: string, title: string, text = '') =>
  findHits(rootOf(query), { title, text }).map((hit) => `${hit.in} ${hit.word}`);

test('hits are the words as written, headline first, without what the query leaves out', () => {
  expect(wordsIn('missile "north korea" -train', 'Missiles of North Korea', 'A train, a missile.')).toEqual([
    'title Missiles',
    'title North Korea',
    'text missile',
  ]);
  expect(wordsIn('북한 核', '북한은', '朝鲜核试验')).toEqual(['title 북한', 'text 核']);
  expect(wordsIn('launch*', 'The launchers')).toEqual(['title launchers']);
});

test('an alert shows a word of the text with what stands round it', () => {
  const text = 'The harbour master said that two missiles were fired towards the sea before dawn on Friday.';
  const hits = findHits(rootOf('missile harbour'), { title: 'Harbour closed', text });
  expect(showHits(hits, text, 5)).toEqual([
    'Harbour',
    '…master said that two missiles were fired towards the…',
  ]);
});

test('a snippet is cut between words round the first hit, and its marks are the hits', () => {
  const text = `${'Filler of the day. '.repeat(20)}Two missiles fell near a missile base. ${'More filler here. '.repeat(20)}`;
  const snippet = makeSnippet(text, findHits(rootOf('missile'), { title: '', text }));
  expect(snippet.text.length).toBeLessThan(200);
  expect(snippet.text).toMatch(/^….*…$/);
  expect(snippet.marks.map(({ start, end }) => snippet.text.slice(start, end))).toEqual([
    'missiles',
    'missile',
  ]);
  const unspaced = '今日は天気がよい。'.repeat(30);
  const cut = makeSnippet(
    `${unspaced}北朝鮮${unspaced}`,
    findHits(rootOf('北朝鮮'), { title: '', text: `${unspaced}北朝鮮${unspaced}` }),
  );
  expect(cut.marks.map(({ start, end }) => cut.text.slice(start, end))).toEqual(['北朝鮮']);
});

test('headline before text, fresh before old, a story of many before a single report', () => {
  const found = (id: number, title: string, days: number, storyId: number | null = null) => ({
    id,
    title,
    published: -days * DAY,
    tier: 2 as const,
    storyId,
  });
  const order = (...list: Parameters<typeof rankResults>[0][number][]) =>
    rankResults(list, rootOf('missile'), 0).map((story) => story.articleIds);
  expect(order(found(1, 'Missile', 0), found(2, 'Other', 0))).toEqual([[1], [2]]);
  expect(order(found(1, 'Missile', 60), found(2, 'Missile', 0))).toEqual([[2], [1]]);
  expect(order(found(1, 'Missile', 0), found(2, 'Missile', 0, 9), found(3, 'Missile', 1, 9))).toEqual([
    [2, 3],
    [1],
  ]);
});
