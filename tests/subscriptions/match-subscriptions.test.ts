import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArticleContent } from '../../src/model/article.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import type { Verdict } from '../../src/model/topic.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { type Query, QueryError } from '../../src/search/query.ts';
import { createMatcher } from '../../src/subscriptions/match-subscriptions.ts';
import { holds } from './brute-force.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (parsed instanceof QueryError) throw new Error(`${text}: ${parsed.message}`);
  return parsed;
}

function article(title: string, text = '', more: Partial<ArticleContent> = {}): ArticleContent {
  return {
    url: null,
    title,
    text,
    language: 'en',
    published: 0,
    outlet: outletFromName('Sample Wire'),
    ...more,
  };
}

function verdict(more: Partial<Verdict>): Verdict {
  return {
    topic: 'russia-north-korea',
    score: 0.9,
    relevant: true,
    kind: 'report',
    themes: [],
    entities: [],
    sides: [],
    reasons: [],
    ...more,
  };
}

/** Whether one query alone wants an article. */
function wants(text: string, about: ArticleContent, verdicts: Verdict[] = []): boolean {
  const matcher = createMatcher();
  matcher.add({ id: 1, query: query(text), topics: null });
  return matcher.match(about, verdicts).length === 1;
}

describe('a word finds', () => {
  test.each([
    ['its inflections in English', 'missile', 'Three missiles were seen'],
    ['its inflections in Russian', 'ракета', 'Запуск двух ракет с полигона'],
    ['names in every Russian case', 'Лавров', 'Встреча с Лавровым прошла в среду'],
    ['its particle forms in Korean', '북한', '북한에서는 답이 없었다'],
    ['itself inside unspaced Japanese', '北朝鮮', 'ロシアと北朝鮮の会談'],
    ['itself inside unspaced Chinese', '导弹', '朝鲜发射导弹试验'],
    ['a single character inside a run', '核', '朝鲜核试验'],
    ['a single character at the end of a run', '核', '有核。'],
    ['other case, width and accents', 'ＰＹＯＮＧＹÁNG', 'talks in Pyongyang'],
    ['half-width kana', 'ロシア', 'ﾛｼｱの港'],
    ['decomposed letters', '조선', '조선의 항구'.normalize('NFD')],
    ['thousands however written', '10000', 'about 10,000 containers'],
    ['ё written as е', 'самолёт', 'Три самолета вылетели'],
    ['words joined by a hyphen', 'KN-23', 'a KN-23 was shown'],
    ['possessives', 'Kim', "Kim's train"],
    ['words across a middle dot', '북·러', '오늘 북·러회담'],
  ])('%s', (_, text, title) => {
    expect(wants(text, article(title))).toBe(true);
  });

  test('nothing across the border of title and text', () => {
    expect(wants('"north korea"', article('Far north', 'Korea spoke'))).toBe(false);
  });
});

test.each([
  ['"north korea"', 'Korea is north', false],
  ['"north korea"', 'in North Korea today', true],
  ['"Северная Корея"', 'о Северной Корее', true],
  ['missile -test', 'missile test', false],
  ['missile (train OR ship)', 'missile on a ship', true],
  ['missile (train OR ship)', 'missile alone', false],
  ['launch*', 'The launcher stood', true],
  ['missiles*', 'One missile', true],
  ['launch*', 'a relaunch', false],
  ['-(train OR ship) missile', 'missile on a train', false],
])('%s on "%s": %s', (text, title, expected) => {
  expect(wants(text, article(title))).toBe(expected);
});

test('fields ask for what the article and its verdicts say', () => {
  const about = article('Kim spoke', '', { language: 'ru', outlet: outletFromName('TASS') });
  const verdicts = [
    verdict({ themes: ['arms'], entities: ['kim-jong-un'], sides: ['north-korea'], kind: 'opinion' }),
  ];
  for (const text of [
    'lang:ru',
    'source:tass',
    'theme:arms',
    'kind:opinion',
    'entity:kim-jong-un',
    'side:north-korea',
    'topic:russia-north-korea',
  ]) {
    expect(wants(text, about, verdicts), text).toBe(true);
    expect(wants(`kim -${text}`, about, verdicts), text).toBe(false);
  }
  expect(wants('theme:trade', about, verdicts)).toBe(false);
});

test('a subscription sees what is relevant to its topics, and everything with topic:any', () => {
  const matcher = createMatcher();
  matcher.add({ id: 1, query: query('kim'), topics: ['russia-north-korea'] });
  matcher.add({ id: 2, query: query('kim topic:any'), topics: ['russia-north-korea'] });
  matcher.add({ id: 3, query: query('kim'), topics: [] });
  expect(matcher.match(article('Kim'), [verdict({ relevant: false })])).toEqual([2]);
  expect(matcher.match(article('Kim'), [verdict({})]).sort()).toEqual([1, 2]);
});

test('languages and themes of the settings narrow a query', () => {
  const matcher = createMatcher();
  matcher.add({ id: 1, query: query('kim'), topics: null, languages: ['ko', 'ru'], themes: ['arms'] });
  expect(matcher.match(article('Kim'), [verdict({ themes: ['arms'] })])).toEqual([]);
  expect(matcher.match(article('Kim', '', { language: 'ru' }), [verdict({ themes: ['arms'] })])).toEqual([1]);
  expect(matcher.match(article('Kim', '', { language: 'ru' }), [verdict({})])).toEqual([]);
});

test('equal queries of many people are each told', () => {
  const matcher = createMatcher();
  for (let id = 1; id <= 3; id++) matcher.add({ id, query: query('kim (train OR ship)'), topics: null });
  matcher.remove(2);
  expect(matcher.match(article('Kim by train'), []).sort()).toEqual([1, 3]);
  matcher.remove(1);
  matcher.remove(3);
  expect(matcher.match(article('Kim by train'), [])).toEqual([]);
});

test('an edited query replaces the former one', () => {
  const matcher = createMatcher();
  matcher.add({ id: 1, query: query('train'), topics: null });
  matcher.add({ id: 1, query: query('ship'), topics: null });
  expect(matcher.match(article('a train'), [])).toEqual([]);
  expect(matcher.match(article('a ship'), [])).toEqual([1]);
});

/** Words that overlap in stems, characters and prefixes, in five languages, so that near misses are common. */
const WORDS = [
  ...['missile', 'missiles', 'missing', 'Kim', "Kim's", 'launch', 'launched', 'launcher', 'U.S.', 'KN-23'],
  ...['ракета', 'ракетами', 'ракетный', 'Северная', 'Корея', 'Кореи', 'самолёт', 'самолета'],
  ...['북한', '북한이', '북한군', '군', '러시아', '북·러', '조선', '핵'],
  ...['北朝鮮', '朝鮮', '鮮の', '核', 'ロシア', 'ﾛｼｱ', '北', 'ミサイル'],
  ...['朝鲜', '朝鲜核', '导弹', '核试验', '金正恩', '10,000', '10000', '2025'],
];
const word = fc.constantFrom(...WORDS);
const term = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`) },
  {
    weight: 1,
    arbitrary: fc.tuple(word, word).map(([a, b]) => `"${a}${b}"`),
  },
  { weight: 1, arbitrary: fc.constantFrom('miss*', 'launch*', 'раке*', 'missiles*', '"kim laun*"', '20*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('lang:ko', 'lang:en', 'theme:arms', 'entity:kim', 'kind:opinion', 'side:x'),
  },
);
const anyQuery = fc
  .letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      term,
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a} ${b}`),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a} OR ${b})`),
      fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}) -(${b})`),
    ),
  }))
  .node.map((text) => parseQuery(text))
  .filter((parsed) => !(parsed instanceof QueryError))
  .map((parsed) => parsed as Query);
const anyText = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', '', ', ', '。')), { maxLength: 12 })
  .map((pairs) => pairs.flat().join(''));
const anyArticle = fc.record({
  article: fc
    .record({ title: anyText, text: anyText, language: fc.constantFrom('ko', 'en', 'ru') })
    .map(({ title, text, language }) => article(title, text, { language })),
  verdicts: fc.array(
    fc
      .record({
        relevant: fc.boolean(),
        themes: fc.subarray(['arms', 'trade']),
        entities: fc.subarray(['kim', 'putin']),
        sides: fc.subarray(['x', 'y']),
        kind: fc.constantFrom('report' as const, 'opinion' as const),
      })
      .map(verdict),
    { maxLength: 2 },
  ),
});

test('agrees with brute force while queries come and go', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyQuery, fc.boolean(), anyArticle), { minLength: 1, maxLength: 40 }),
      (steps) => {
        const matcher = createMatcher();
        const live = new Map<number, Query>();
        for (const [i, [q, removeOne, { article: a, verdicts }]] of steps.entries()) {
          matcher.add({ id: i, query: q, topics: null });
          live.set(i, q);
          if (removeOne && live.size > 1) {
            const [oldest] = live.keys();
            matcher.remove(oldest!);
            live.delete(oldest!);
          }
          const expected = [...live].filter(([, l]) => holds(l.root, a, verdicts)).map(([id]) => id);
          expect(matcher.match(a, verdicts).sort((x, y) => x - y)).toEqual(expected);
        }
      },
    ),
    { numRuns: 300 },
  );
});
