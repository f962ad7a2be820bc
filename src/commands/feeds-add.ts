import { normalizeEntries } from '../articles/normalize-article.ts';
import { addFeed } from '../feeds/add-feed.ts';
import { type DiscoveredFeed, discoverFeeds } from '../feeds/discover-feeds.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { maskUrl, type ParsedFeed } from '../model/feed.ts';
import { outletFromName } from '../model/outlet.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import type { Block, Command, CommandContext, Reply } from './command.ts';
import { type FeedsDeps, MOST_FEEDS } from './feeds-deps.ts';
import { refuse, say, text } from './say.ts';

const SAMPLES = 3;

export function addFeedCommand(deps: FeedsDeps): Command {
  return {
    path: ['feeds', 'add'],
    names: { en: 'add', ko: '추가', ru: 'добавить' },
    description: {
      en: 'Read another feed for this server; a page finds its own',
      ko: '이 서버를 위해 피드 추가. 페이지 주소도 됩니다',
      ru: 'Читать ещё одну ленту; по странице она найдётся сама',
    },
    options: [
      {
        name: 'url',
        names: { en: 'url', ko: '주소', ru: 'адрес' },
        description: {
          en: 'Address of a feed or a page',
          ko: '피드나 페이지의 주소',
          ru: 'Адрес ленты или страницы',
        },
        type: 'string',
        required: true,
        maxLength: 1_000,
        rest: true,
        example: 'https://news.example.org/',
      },
    ],
    right: 'manage',
    personal: false,
    examples: ['/feeds add url:https://news.example.org/'],
    async run(options, context) {
      const { actor, signal } = context;
      const words = feedWords(actor.locale);
      const own = await deps.store.feeds.list([actor.scope]);
      if (own.length >= MOST_FEEDS) return refuse(actor, [fill(words.tooMany, { n: MOST_FEEDS })]);
      const url = String(options.url);
      const { found, problem } = await discoverFeeds(url, deps.discover, signal);
      if (problem)
        return refuse(actor, [fill(words.notFound, { a: maskUrl(url), b: words.problem[problem.code] })]);
      return found.length === 1 ? add(deps, found[0]!, context) : choose(found, context);
    },
  };
}

/** A page with several feeds: the person says which. */
function choose(found: DiscoveredFeed[], { actor }: CommandContext): Reply {
  const words = feedWords(actor.locale);
  return say(actor, [
    text(fill(words.found, { n: found.length }), ' ', words.choose),
    {
      kind: 'list',
      items: found.map(({ url, feed }) => ({
        text: [{ strong: feed.title ?? maskUrl(url) }, ` ${maskUrl(url)}`],
        // What does not fit a button's id is typed by hand.
        actions:
          url.length <= 70 ? [{ label: words.add, call: { path: 'feeds add', options: { url } } }] : [],
      })),
    },
  ]);
}

async function add(
  deps: FeedsDeps,
  { url, feed }: DiscoveredFeed,
  { actor, now }: CommandContext,
): Promise<Reply> {
  const words = feedWords(actor.locale);
  const everybody = await deps.store.feeds.list(['instance']);
  const name = feed.title ?? maskUrl(url);
  if (everybody.some((known) => known.url === url))
    return say(actor, [text(fill(words.duplicate, { a: name }))]);
  const { title, link, language } = feed;
  const { added } = await addFeed(deps.store, { url, scope: actor.scope, title, link, language }, now);
  const said = text(fill(added ? words.added : words.duplicate, { a: name }));
  return say(actor, [said, ...samples(feed, deps.topics, now, actor.locale)], {
    ...(added ? { changed: { object: `feed ${name}`, detail: maskUrl(url) } } : {}),
  });
}

/** The newest entries with the verdict that each topic has of them: whether the feed is of use is seen at once. */
function samples(feed: ParsedFeed, topics: readonly Topic[], now: number, locale: Reply['locale']): Block[] {
  const words = feedWords(locale);
  const items = sampleVerdicts(feed, topics, now).map(({ title, relevant }) => ({
    text: [`${title} · ${relevant ? words.relevant : words.notRelevant}`],
  }));
  return items.length ? [text(words.samples), { kind: 'list', items }] : [];
}

export interface SampleVerdict {
  title: string;
  url: string | null;
  /** For any of the topics. */
  relevant: boolean;
}

/** The first entries of a feed as they would be judged. */
export function sampleVerdicts(feed: ParsedFeed, topics: readonly Topic[], now: number): SampleVerdict[] {
  const outlet = outletFromName(feed.title ?? '');
  const poll = { lastSuccessAt: null } as never;
  return normalizeEntries(
    feed.entries.slice(0, SAMPLES),
    { outletId: 0, outlet, language: feed.language, poll },
    now,
  ).map((article) => ({
    title: article.title,
    url: article.url,
    relevant: topics.some((topic) => judgeArticle({ ...article, outlet }, topic).relevant),
  }));
}
