import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Article, NewArticle } from '../../src/model/article.ts';
import type { Verdict } from '../../src/model/topic.ts';
import { parseQuery } from '../../src/search/parse-query.ts';
import { type Query, QueryError } from '../../src/search/query.ts';
import { searchArticles } from '../../src/search/search-articles.ts';
import { toSearchQuery } from '../../src/search/to-search-query.ts';
import type { Store } from '../../src/store/store.ts';
import { holds } from '../subscriptions/brute-force.ts';

const DAY = 86_400_000;
/** 2024-06-19T00:00Z */
const T0 = 1_718_755_200_000;

const verdict = (more: Partial<Verdict> = {}): Verdict => ({
  topic: 'russia-north-korea',
  score: 0.9,
  relevant: true,
  kind: 'report',
  themes: ['arms'],
  entities: ['kim-jong-un'],
  sides: ['russia'],
  reasons: [],
  ...more,
});

/** Our own small archive: title, text, language, days after T0, verdict. */
const ARCHIVE: [string, string, string, number, Verdict][] = [
  ['Kim inspects missiles', "Kim's guests saw a KN-23 and 10,000 shells.", 'en', 0, verdict()],
  ['Trade fair opens', 'The launcher of a missile was not on show.', 'en', 1, verdict({ themes: ['trade'] })],
  ['Far north', 'Korea is cold there.', 'en', 2, verdict({ relevant: false, entities: [] })],
  [
    'A north Korean port',
    'Ships from the U.S. keep away.',
    'en',
    40,
    verdict({ kind: 'opinion', sides: [] }),
  ],
  ['Лавров прибыл в Пхеньян', 'С Лавровым говорили о ракетах и о Северной Корее.', 'ru', 0, verdict()],
  ['Пресс-центр', 'Запуск ракеты прошёл с самолёта.', 'ru', 3, verdict({ entities: [] })],
  ['북한군 열병식', '북한은 핵 문제를 논의했다. 북·러 회담.', 'ko', 4, verdict()],
  ['러시아의 답', '조선에서는 답이 없었다.'.normalize('NFD'), 'ko', 5, verdict({ themes: [] })],
  ['北朝鮮の核実験', 'ﾛｼｱ政府は北朝鮮と会談した。', 'ja', 6, verdict()],
  ['朝鲜发射导弹', '有核。2025年的试验，１０，０００人。', 'zh', 7, verdict({ themes: ['arms', 'nuclear'] })],
  ["O'Brien asks", `${'the '.repeat(400)}end "quoted" \\slash`, 'en', 8, verdict({ relevant: false })],
  ['Long page', `${'filler word '.repeat(9_000)}unreached`, 'en', 9, verdict({ relevant: false })],
];

const QUERIES = [
  ...[
    'missile',
    'missiles*',
    'launch*',
    'KN-23',
    '10000',
    '"north korea"',
    'U.S.',
    "O'Brien",
    'Kim -missile',
  ],
  ...['Лавров', 'ракета', '"Северная Корея"', 'самолет', 'ракет*', '(ракета OR missile) -самолёт'],
  ...['북한', '핵', '북·러', '조선', '러시아 OR 北朝鮮', '"북한은 핵"'],
  ...['北朝鮮', '核', 'ロシア', '朝鮮と', '导弹', '朝鲜 -实验', '2025', '人', '"the the"', 'end slash'],
  ...['lang:ko', 'source:sample-wire', 'theme:nuclear', 'kind:opinion', 'entity:kim-jong-un -lang:en'],
  ...['side:russia (lang:ru OR lang:zh)', 'topic:russia-north-korea korea', 'missile (북한 OR -theme:arms)'],
  ...['theme:none', 'unreached', 'filler'],
];

const parse = (text: string): Query => {
  const query = parseQuery(text);
  if (query instanceof QueryError) throw new Error(`${text}: ${query.message}`);
  return query;
};

/** Every database passes this. @param open an empty store of the database under test */
export function searchContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    let articles: Article[];
    beforeEach(async () => {
      store = await open();
      const { id: outletId } = await store.outlets.save({
        slug: 'sample-wire',
        name: 'Sample Wire',
        domain: null,
        country: null,
        language: 'en',
        tier: 1,
        stateMedia: false,
        paywalled: false,
      });
      articles = await add(
        'instance',
        ARCHIVE.map(([title, text, language, days], i) =>
          entry(`a${i}`, outletId, title, text, language, days),
        ),
        ARCHIVE.map(([, , , , of]) => of),
      );
    });
    afterEach(() => store.close());

    function entry(
      key: string,
      outletId: number,
      title: string,
      text: string,
      language: string,
      days: number,
    ) {
      const published = T0 + days * DAY;
      const url = `https://wire.example/${key}`;
      const rest = { guid: key, firstSeen: published, backfill: false, authors: [], categories: [] };
      return {
        ...rest,
        identity: `url:${url}`,
        url,
        outletId,
        title,
        text,
        language,
        published,
        thumbnail: null,
      };
    }

    async function add(scope: 'instance' | `discord:${string}`, entries: NewArticle[], verdicts: Verdict[]) {
      const { feed } = await store.feeds.add({
        url: `https://wire.example/${scope}`,
        scope,
        outletId: entries[0]!.outletId,
        title: null,
        language: null,
        fullText: 'never',
        nextPollAt: T0,
      });
      const results = await store.articles.ingest(feed.id, entries, T0);
      const stored = results.map(({ article }) => article!);
      await store.search.put(stored.map((article, i) => ({ ...article, verdicts: [verdicts[i]!] })));
      return stored;
    }

    const everyone = { scopes: ['instance' as const], topics: null, now: T0 + 30 * DAY };
    const idsOf = async (text: string, audience = everyone): Promise<number[]> =>
      (await store.search.candidates(toSearchQuery(parse(text), audience), 100)).map((found) => found.id);

    test('finds what reading every article finds, newest first', async () => {
      // What lies beyond the indexed part of a very long page is not found.
      const reachable = articles.map((a) => ({ ...a, text: a.text.replace('unreached', '') }));
      for (const text of QUERIES) {
        const expected = reachable
          .filter((a, i) => holds(parse(text).root, a, [ARCHIVE[i]![4]]))
          .map((a) => a.id)
          .reverse();
        expect(await idsOf(text), text).toEqual(expected);
        expect(await store.search.count(toSearchQuery(parse(text), everyone)), text).toBe(expected.length);
      }
    });

    test('days bound a search on both sides, inclusive', async () => {
      const days = async (text: string) =>
        (await idsOf(text)).map((id) => ARCHIVE[articles.findIndex((a) => a.id === id)]![3]);
      expect(await days('source:sample-wire after:2024-06-24 before:2024-06-26')).toEqual([7, 6, 5]);
      expect(await days('source:sample-wire after:2024-07-01')).toEqual([40]);
      expect(await days('source:sample-wire before:2024-06-20')).toEqual([0, 1, 0]);
    });

    test("shows the instance's articles and the own server's, nobody else's", async () => {
      const [own] = await add('discord:100', [entry('own', 1, 'Own missile', '', 'en', 10)], [verdict()]);
      expect(await idsOf('"own missile"')).toEqual([]);
      expect(
        await idsOf('"own missile"', { ...everyone, scopes: ['instance', 'discord:100'] as never }),
      ).toEqual([own!.id]);
    });

    test('topics narrow a search unless it says topic:any', async () => {
      const narrow = { ...everyone, topics: ['russia-north-korea'] as never };
      expect(await idsOf('korea cold', narrow)).toEqual([]);
      expect(await idsOf('korea cold topic:any', narrow)).toHaveLength(1);
      expect(await idsOf('korea cold topic:any', { ...narrow, topics: [] as never })).toHaveLength(1);
      expect(await idsOf('korea', { ...narrow, topics: [] as never })).toEqual([]);
    });

    test('a revised article is found by its new words and judged anew, a removed one no more', async () => {
      const [first] = articles;
      await store.search.put([
        { ...first!, title: 'Nothing here', text: 'at all', verdicts: [verdict({ themes: ['trade'] })] },
      ]);
      expect(await idsOf('missiles lang:en theme:arms')).toEqual([]);
      expect(await idsOf('"nothing here" theme:trade')).toEqual([first!.id]);
      expect(await store.articles.forget(T0 + 1, 100)).toBe(ARCHIVE.length);
      expect(await idsOf('source:sample-wire')).toEqual([]);
    });

    test('groups by story, marks what matched, and pages without repeats while news arrives', async () => {
      const id = await store.stories.nextId();
      await store.stories.create({ id, at: T0 });
      for (const article of [articles[0]!, articles[1]!])
        await store.stories.join(
          { storyId: id, articleId: article.id, originId: article.id, joinedAt: T0 },
          'engine',
        );
      const query = parse('missile OR ракета OR 导弹');
      const first = await searchArticles(store, query, everyone, { size: 2 });
      expect(first.total).toBe(5);
      const grouped = first.stories.find((story) => story.storyId === id);
      expect(grouped?.articles.map(({ article }) => article.title)).toEqual([
        'Kim inspects missiles',
        'Trade fair opens',
      ]);
      const { title } = grouped!.articles[0]!;
      expect(title.marks.map(({ start, end }) => title.text.slice(start, end))).toEqual(['missiles']);

      await add('instance', [entry('late', 1, 'missile missile missile', 'missile', 'en', 29)], [verdict()]);
      const seen = [...first.stories];
      for (let cursor = first.next; cursor; ) {
        const page = await searchArticles(store, query, everyone, { size: 2, cursor });
        seen.push(...page.stories);
        cursor = page.next;
      }
      const ids = seen.flatMap((story) => story.articles.map(({ article }) => article.id));
      expect(ids.toSorted((a, b) => a - b)).toEqual([0, 1, 4, 5, 9].map((i) => articles[i]!.id));
    });
  });
}
