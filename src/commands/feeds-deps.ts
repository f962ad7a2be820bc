import type { DiscoverDeps } from '../feeds/discover-feeds.ts';
import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { byNearness } from '../text/nearest.ts';
import type { Topic } from '../topics/compile-topic.ts';
import type { Actor, CommandContext, Completion, OptionSpec, Reply } from './command.ts';
import { completeChoices } from './complete-choices.ts';
import { refuse } from './say.ts';

/** Feeds that a server or workspace may add. */
export const MOST_FEEDS = 100;

export interface FeedsDeps {
  store: Store;
  discover: DiscoverDeps;
  topics: readonly Topic[];
}

/** Feeds that a refusal names, and that a completion offers. */
const MOST_NEAR = 5;
const MOST_COMPLETED = 25;

/** What people call a feed. */
export function feedName(feed: Pick<Feed, 'title' | 'outlet' | 'url'>): string {
  const { name } = feed.outlet;
  return feed.title && feed.title !== name ? `${name}: ${feed.title}` : name;
}

/** The feeds an audience has, where their name or address holds all words. */
export async function feedsOf(store: Store, scope: Scope, words = ''): Promise<Feed[]> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const feeds = await store.feeds.list(audienceOf(scope));
  return feeds.filter((feed) => {
    const text = `${feedName(feed)} ${maskUrl(feed.url)} ${feed.language ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The feed that was meant: by id, which completion gives, else the only one that matches. */
export async function findFeed(store: Store, scope: Scope, typed: string): Promise<Feed | null> {
  const all = await feedsOf(store, scope);
  const exact = all.find((feed) => String(feed.id) === typed || feed.url === typed);
  if (exact) return exact;
  const matching = await feedsOf(store, scope, typed);
  return matching.length === 1 ? matching[0]! : null;
}

/** No feed, or more than one, is called so: the nearest, and all that it could be. */
export async function noSuchFeed(store: Store, actor: Actor, typed: string): Promise<Reply> {
  const words = feedWords(actor.locale);
  const matching = await feedsOf(store, actor.scope, typed);
  const names = (matching.length ? matching : await feedsOf(store, actor.scope)).map(feedName);
  const near = byNearness(typed, names).slice(0, MOST_NEAR).join(', ');
  const said = matching.length ? words.severalFeeds : words.noSuchFeed;
  return refuse(actor, [
    fill(said, { a: typed, n: matching.length }),
    near ? fill(words.nearFeeds, { a: near }) : '',
  ]);
}

type Wanted = (context: CommandContext) => Promise<(feed: Feed) => boolean>;

/** The option that names one feed; with `wanted`, of those that the command makes sense for. */
export function feedOption(store: Store, wanted: Wanted = async () => () => true): OptionSpec {
  return {
    name: 'feed',
    names: { en: 'feed', ko: '피드', ru: 'лента' },
    description: { en: 'Name or address of a feed', ko: '피드의 이름이나 주소', ru: 'Имя или адрес ленты' },
    type: 'string',
    required: true,
    maxLength: 500,
    rest: true,
    complete: (typed, context) => completeFeeds(store, typed, context, wanted),
    example: 'Sample Wire',
  };
}

async function completeFeeds(
  store: Store,
  typed: string,
  context: CommandContext,
  wanted: Wanted,
): Promise<Completion[]> {
  const feeds = await feedsOf(store, context.actor.scope, typed);
  return feeds
    .filter(await wanted(context))
    .slice(0, MOST_COMPLETED)
    .map((feed) => ({ value: String(feed.id), label: feedName(feed).slice(0, 100) }));
}

/** Completes words by the names of feeds. */
export async function completeFeedNames(
  store: Store,
  typed: string,
  { actor }: CommandContext,
): Promise<Completion[]> {
  const names = new Set((await feedsOf(store, actor.scope)).map(feedName));
  return completeChoices(
    typed,
    [...names].map((name) => ({ value: name, label: name })),
  );
}
