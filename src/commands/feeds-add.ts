import { normalizeEntries } from '../articles/normalize-article.ts';
import { createFeedAdder } from '../feeds/add-feed.ts';
import { type DiscoveredFeed, discoverFeeds, typedAddress } from '../feeds/discover-feeds.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { maskUrl, type ParsedFeed } from '../model/feed.ts';
import { outletFromName } from '../model/outlet.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import type { Block, Command, CommandContext, Inline, Reply } from './command.ts';
import { type FeedsDeps, MOST_FEEDS } from './feeds-deps.ts';
import { refuse, say, text } from './say.ts';

const SAMPLES = 3;
/** Characters of a title where several feeds show theirs. */
const SHORT = 70;

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
      {
        name: 'full-text',
        names: { en: 'full-text', ko: '전문', ru: 'полный-текст' },
        description: {
          en: 'Read the page of a relevant article that has only a teaser',
          ko: '요약만 있는 관련 기사는 페이지에서 전문 읽기',
          ru: 'Читать страницу статьи по теме, если в ленте лишь анонс',
        },
        type: 'boolean',
        example: 'yes',
      },
    ],
    right: 'manage',
    personal: false,
    examples: [
      '/feeds add url:https://news.example.org/',
      '/feeds add url:https://news.example.org/ full-text:yes',
    ],
    async run(options, context) {
      const { actor, signal } = context;
      const words = feedWords(actor.locale);
      const own = await deps.store.feeds.list([actor.scope]);
      if (own.length >= MOST_FEEDS) return refuse(actor, [fill(words.tooMany, { n: MOST_FEEDS })]);
      const url = String(options.url);
      const { found, problem } = await discoverFeeds(url, deps.discover, signal);
      if (problem) {
        const address = typedAddress(url);
        const shown = URL.canParse(address) ? maskUrl(address) : url;
        const said = { a: shown, b: words.problem[problem.code] };
        return refuse(actor, [fill(words.notFound, said)]);
      }
      const fullText = options['full-text'] === undefined ? undefined : options['full-text'] === true;
      return found.length === 1
        ? add(deps, found[0]!, fullText, context)
        : choose(deps, found, fullText, context);
    },
  };
}

/** A page with several feeds: the person says which. */
function choose(
  { topics }: FeedsDeps,
  found: DiscoveredFeed[],
  fullText: boolean | undefined,
  { actor, now }: CommandContext,
): Reply {
  const words = feedWords(actor.locale);
  return say(
    actor,
    found.flatMap(({ url, feed }, i): Block[] => {
      const name: Inline[] = [{ strong: feed.title ?? maskUrl(url) }, ` ${maskUrl(url)}`];
      const options = { url, ...(fullText === undefined ? {} : { 'full-text': fullText }) };
      const samples = sampleVerdicts(feed, topics, now).map((sample) => ({
        text: [`${shorten(sample.title)} · ${verdictWords(sample, actor.locale)}`],
      }));
      return [
        ...(i === 0 ? [text(fill(words.found, { n: found.length }), ' ', words.choose)] : []),
        {
          kind: 'list',
          items: [
            {
              text: name,
              // What does not fit a button's id is typed by hand.
              actions: url.length <= 70 ? [{ label: words.add, call: { path: 'feeds add', options } }] : [],
            },
            ...samples,
          ],
        },
      ];
    }),
  );
}

async function add(
  deps: FeedsDeps,
  { url, feed }: DiscoveredFeed,
  fullText: boolean | undefined,
  { actor, now }: CommandContext,
): Promise<Reply> {
  const words = feedWords(actor.locale);
  const name = feed.title ?? maskUrl(url);
  const { title, link, language } = feed;
  const adder = await createFeedAdder(deps.store, actor.scope);
  const { outcome } = await adder.add(
    {
      ...{ url, title, link, language },
      ...(fullText === undefined ? {} : { fullText: fullText ? 'relevant' : 'never' }),
    },
    now,
  );
  const said = { added: words.added, known: words.duplicate, revived: words.revived }[outcome];
  return say(actor, [text(fill(said, { a: name })), ...samples(feed, deps.topics, now, actor.locale)], {
    ...(outcome === 'known' ? {} : { changed: { object: `feed ${name}`, detail: maskUrl(url) } }),
  });
}

/** The newest entries with the verdict that each topic has of them: whether the feed is of use is seen at once. */
function samples(feed: ParsedFeed, topics: readonly Topic[], now: number, locale: Reply['locale']): Block[] {
  const items = sampleVerdicts(feed, topics, now).map((sample) => ({
    text: [`${sample.title} · ${verdictWords(sample, locale)}`],
  }));
  return items.length ? [text(feedWords(locale).samples), { kind: 'list', items }] : [];
}

/** `relevant to Russia–North Korea`: the topics that want it, or that none of them does. */
function verdictWords({ wantedBy, topics }: SampleVerdict, locale: Reply['locale']): string {
  const words = feedWords(locale);
  const names = (list: readonly Topic[]) => list.map(({ title }) => title[locale] ?? title.en).join(', ');
  return wantedBy.length
    ? fill(words.relevant, { a: names(wantedBy) })
    : fill(words.notRelevant, { a: names(topics) });
}

function shorten(title: string): string {
  return title.length > SHORT ? `${title.slice(0, SHORT).toWellFormed().trimEnd()}…` : title;
}

export interface SampleVerdict {
  title: string;
  url: string | null;
  /** All topics, and those that find it relevant. */
  topics: readonly Topic[];
  wantedBy: readonly Topic[];
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
    topics,
    wantedBy: topics.filter((topic) => judgeArticle({ ...article, outlet }, topic).relevant),
  }));
}
