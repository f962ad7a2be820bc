import { fill, formatNumber } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import { parseQuery } from '../search/parse-query.ts';
import { QueryError } from '../search/query.ts';
import { type SearchCursor, searchArticles } from '../search/search-articles.ts';
import { audienceIn } from './audience.ts';
import type { Action, Command } from './command.ts';
import { completeQuery, RecentQueries } from './complete-query.ts';
import { nothingForQuery } from './nothing-found.ts';
import { refuseQuery } from './query-refusal.ts';
import { refuse, say, text, weave } from './say.ts';
import { showFound } from './show-found.ts';
import { type SubscriptionDeps, topicsOf, vocabularyOf } from './subscription-deps.ts';

const PAGE = 5;

/** Searches the archive: the same language as subscriptions, with days. */
export function searchCommand(deps: SubscriptionDeps, recent = new RecentQueries()): Command {
  const { store } = deps;
  return {
    path: ['news', 'search'],
    names: { en: 'search', ko: '검색', ru: 'поиск' },
    description: {
      en: 'Search all that was read',
      ko: '지금까지 읽은 기사를 검색합니다',
      ru: 'Искать по всему прочитанному',
    },
    options: [
      {
        name: 'query',
        names: { en: 'query', ko: '검색어', ru: 'запрос' },
        description: {
          en: 'Words, "phrases", -not, OR, prefix*, lang:ko, source:…, after:2024-06-01',
          ko: '단어, "구문", -제외, OR, 앞부분*, lang:ko, source:…, after:2024-06-01',
          ru: 'Слова, "фразы", -исключить, OR, начало*, lang:ru, source:…, after:2024-06-01',
        },
        type: 'string',
        required: true,
        maxLength: 1000,
        rest: true,
        freeText: true,
        complete: (typed, context) => completeQuery(deps, recent, typed, context),
        example: '"mutual defence" after:2024-06-01',
      },
      {
        name: 'page',
        names: { en: 'page', ko: '쪽', ru: 'страница' },
        description: {
          en: 'Where to go on, as the More button says',
          ko: '이어 볼 위치. 더 보기 버튼이 채웁니다',
          ru: 'Откуда продолжить: заполняет кнопка «Ещё»',
        },
        type: 'string',
        maxLength: 40,
        example: '5.120.1718755200000',
      },
    ],
    right: 'anyone',
    personal: true,
    examples: ['/news search "mutual defence" after:2024-06-01', '/news search 포탄 lang:ko -축구'],
    async run(options, context) {
      const { actor, now } = context;
      const words = newsWords(actor.locale);
      const typed = String(options.query);
      const query = parseQuery(typed, await vocabularyOf(deps));
      if (query instanceof QueryError)
        return refuseQuery(actor, typed, query, (better) => ({
          label: words.searchThis,
          call: { path: 'news search', options: { query: better } },
        }));
      recent.add(context, typed);
      const cursor = options.page === undefined ? undefined : readCursor(String(options.page));
      if (cursor === null) return refuse(actor, [words.staleButton]);
      const scopes = await audienceIn(store, actor);
      const seeker = { store, actor, scopes, topics: await topicsOf(deps, actor), now };
      const { stories, total, atLeast, next } = await searchArticles(store, query, seeker, {
        size: PAGE,
        cursor,
      });
      if (!stories.length)
        return say(actor, [
          text(...weave(nothingWords(actor.locale).nothing, { a: { code: typed } })),
          ...(await nothingForQuery(seeker, query, (nearer) => ({
            call: { path: 'news search', options: { query: nearer } },
          }))),
        ]);
      const actions: Action[] = [];
      if (next)
        actions.push({
          label: words.next,
          style: 'primary',
          call: { path: 'news search', options: { query: typed, page: writeCursor(next) } },
        });
      actions.push({
        label: words.subscribe,
        call: { path: 'subscribe', options: { query: typed } },
        form: true,
      });
      const title = fill(atLeast ? words.foundAtLeast : words.found, {
        a: formatNumber(actor.locale, total),
      });
      return say(
        actor,
        [{ kind: 'heading', text: title }, showFound(stories, actor.locale), { kind: 'actions', actions }],
        { shareable: true },
      );
    },
  };
}

function writeCursor({ offset, maxId, at }: SearchCursor): string {
  return `${offset}.${maxId}.${at}`;
}

function readCursor(text: string): SearchCursor | null {
  const [, offset, maxId, at] = /^(\d{1,9})\.(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  return offset === undefined ? null : { offset: Number(offset), maxId: Number(maxId), at: Number(at) };
}
