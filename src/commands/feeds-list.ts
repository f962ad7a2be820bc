import { type FeedState, feedStatus } from '../feeds/feed-status.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill, formatNumber } from '../locale/labels.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import type { Feed } from '../model/feed.ts';
import { audienceOf } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { nearest } from '../text/nearest.ts';
import type { Command, CommandContext, Inline, OptionSpec, Options, Reply } from './command.ts';
import { completeFeedNames, type FeedsDeps, feedName, feedsOf } from './feeds-deps.ts';
import { lastPoll } from './nothing-found.ts';
import { say, text, weave } from './say.ts';

const MOST = 25;
const WORST_FIRST: FeedState[] = ['gone', 'failing', 'silent', 'new', 'ok'];

const wordsOption = (store: Store): OptionSpec => ({
  name: 'words',
  names: { en: 'words', ko: '낱말', ru: 'слова' },
  description: {
    en: 'Only feeds with these words in their name or address',
    ko: '이름이나 주소에 이 낱말이 있는 피드만',
    ru: 'Только ленты с этими словами в имени или адресе',
  },
  type: 'string',
  maxLength: 100,
  rest: true,
  complete: (typed, context) => completeFeedNames(store, typed, context),
  example: 'wire',
});

export function listFeedsCommand(deps: FeedsDeps): Command {
  return {
    path: ['feeds', 'list'],
    names: { en: 'list', ko: '목록', ru: 'список' },
    description: {
      en: 'The feeds that are read for you',
      ko: '읽고 있는 피드 목록',
      ru: 'Ленты, которые для вас читаются',
    },
    options: [wordsOption(deps.store)],
    right: 'anyone',
    personal: true,
    examples: ['/feeds list', '/feeds list words:wire'],
    run: async (options, context) => {
      const feeds = await feedsOf(deps.store, context.actor.scope, String(options.words ?? ''));
      if (!feeds.length) return noFeed(deps, 'feeds list', options, context);
      return table(
        deps,
        feeds.sort((a, b) => (feedName(a) < feedName(b) ? -1 : 1)),
        context,
      );
    },
  };
}

export function checkFeedsCommand(deps: FeedsDeps): Command {
  return {
    path: ['feeds', 'check'],
    names: { en: 'check', ko: '점검', ru: 'проверка' },
    description: {
      en: 'How every feed is doing, the troubled ones first',
      ko: '모든 피드의 상태, 문제가 있는 것부터',
      ru: 'Состояние всех лент, сначала проблемные',
    },
    options: [wordsOption(deps.store)],
    right: 'anyone',
    personal: true,
    examples: ['/feeds check'],
    run: async (options, context) => {
      const feeds = await feedsOf(deps.store, context.actor.scope, String(options.words ?? ''));
      if (!feeds.length) return noFeed(deps, 'feeds check', options, context);
      const rank = (feed: Feed) => WORST_FIRST.indexOf(feedStatus(feed).state);
      return table(
        deps,
        feeds.toSorted((a, b) => rank(a) - rank(b)),
        context,
      );
    },
  };
}

/** No feed matches: what was looked through, how fresh it is, and the fewest words less that match. */
async function noFeed(
  { store }: FeedsDeps,
  path: string,
  options: Options,
  { actor }: CommandContext,
): Promise<Reply> {
  const { locale, scope } = actor;
  const words = nothingWords(locale);
  const all = await feedsOf(store, scope);
  if (!all.length) return say(actor, [text(words.noFeeds)]);
  const typed = String(options.words ?? '');
  const ours = all.filter((feed) => feed.scope !== 'instance').length;
  const count = (n: number) => formatNumber(locale, n);
  const parts = typed.split(/\s+/).filter(Boolean);
  const nearer = await Promise.all(
    parts.map(async (word) => ({ word, found: (await feedsOf(store, scope, word)).length })),
  );
  const [best] = nearer.filter(({ found }) => found).sort((a, b) => a.found - b.found);
  const near = nearest(
    typed.toLowerCase(),
    all.map((feed) => feedName(feed).toLowerCase()),
  );
  const query = best?.word ?? near;
  const found = best?.found ?? (near === null ? all.length : (await feedsOf(store, scope, near)).length);
  const action = {
    label: `${query ?? words.allFeeds} (${count(found)})`,
    call: { path, options: query === null ? {} : { words: query } },
  };
  return say(actor, [
    text(...weave(words.noFeed, { a: { code: typed } })),
    text(fill(words.searchedFeeds, { a: count(all.length - ours), b: count(ours) })),
    await lastPoll({ store, actor, scopes: audienceOf(scope) }),
    text(...weave(words.nearestWindow, { a: { strong: query ?? words.allFeeds }, b: count(found) })),
    { kind: 'actions', actions: [action] },
  ]);
}

async function table({ store }: FeedsDeps, feeds: Feed[], { actor }: CommandContext): Promise<Reply> {
  const say_ = feedWords(actor.locale);
  const paused = new Set((await store.settings.get(actor.scope))?.pausedFeeds ?? []);
  const items = feeds.slice(0, MOST).map((feed) => ({ text: line(feed, paused.has(feed.id), actor.locale) }));
  const more = feeds.length - items.length;
  return say(
    actor,
    [
      { kind: 'heading', text: `${say_.feeds} (${feeds.length})` },
      { kind: 'list', items },
      ...(more > 0 ? [text(fill(say_.more, { n: more }))] : []),
    ],
    { shareable: true },
  );
}

function line(feed: Feed, paused: boolean, locale: Reply['locale']): Inline[] {
  const say_ = feedWords(locale);
  const { state, lastSuccessAt, newestEntryAt, problem } = feedStatus(feed);
  const parts: Inline[] = [{ strong: feedName(feed) }];
  if (feed.language) parts.push(` ${feed.language}`);
  parts.push(` · ${say_.state[paused ? 'paused' : state]}`);
  if (feed.scope !== 'instance') parts.push(` · ${say_.ours}`);
  if (problem)
    parts.push(` · ${say_.problem[problem.code]}${problem.status ? ` (HTTP ${problem.status})` : ''}`);
  if (lastSuccessAt !== null) parts.push(` · ${say_.lastSuccess} `, { time: lastSuccessAt });
  if (newestEntryAt !== null) parts.push(` · ${say_.newest} `, { time: newestEntryAt });
  return parts;
}
