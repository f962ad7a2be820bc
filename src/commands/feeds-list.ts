import { type FeedState, feedStatus } from '../feeds/feed-status.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import type { Feed } from '../model/feed.ts';
import type { Command, CommandContext, Inline, OptionSpec, Reply } from './command.ts';
import { type FeedsDeps, feedName, feedsOf } from './feeds-deps.ts';
import { say, text } from './say.ts';

const MOST = 25;
const WORST_FIRST: FeedState[] = ['gone', 'failing', 'silent', 'new', 'ok'];

const words: OptionSpec = {
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
  example: 'wire',
};

export function listFeedsCommand(deps: FeedsDeps): Command {
  return {
    path: ['feeds', 'list'],
    names: { en: 'list', ko: '목록', ru: 'список' },
    description: {
      en: 'The feeds that are read for you',
      ko: '읽고 있는 피드 목록',
      ru: 'Ленты, которые для вас читаются',
    },
    options: [words],
    right: 'anyone',
    personal: true,
    examples: ['/feeds list', '/feeds list words:wire'],
    run: async (options, context) => {
      const feeds = await feedsOf(deps.store, context.actor.scope, String(options.words ?? ''));
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
    options: [words],
    right: 'anyone',
    personal: true,
    examples: ['/feeds check'],
    run: async (options, context) => {
      const feeds = await feedsOf(deps.store, context.actor.scope, String(options.words ?? ''));
      const rank = (feed: Feed) => WORST_FIRST.indexOf(feedStatus(feed).state);
      return table(
        deps,
        feeds.toSorted((a, b) => rank(a) - rank(b)),
        context,
      );
    },
  };
}

async function table({ store }: FeedsDeps, feeds: Feed[], { actor }: CommandContext): Promise<Reply> {
  const say_ = feedWords(actor.locale);
  const paused = new Set((await store.settings.get(actor.scope))?.pausedFeeds ?? []);
  if (!feeds.length) return say(actor, [text(say_.none)]);
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
