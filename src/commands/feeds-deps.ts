import type { DiscoverDeps } from '../feeds/discover-feeds.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import type { Topic } from '../topics/compile-topic.ts';
import type { CommandContext, Completion, OptionSpec } from './command.ts';

/** Feeds that a server or workspace may add. */
export const MOST_FEEDS = 100;

export interface FeedsDeps {
  store: Store;
  discover: DiscoverDeps;
  topics: readonly Topic[];
}

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

/** The option that names one feed. */
export function feedOption(store: Store): OptionSpec {
  return {
    name: 'feed',
    names: { en: 'feed', ko: '피드', ru: 'лента' },
    description: { en: 'Name or address of a feed', ko: '피드의 이름이나 주소', ru: 'Имя или адрес ленты' },
    type: 'string',
    required: true,
    maxLength: 500,
    rest: true,
    complete: (typed, context) => completeFeeds(store, typed, context),
    example: 'Sample Wire',
  };
}

async function completeFeeds(store: Store, typed: string, { actor }: CommandContext): Promise<Completion[]> {
  const feeds = await feedsOf(store, actor.scope, typed);
  return feeds.slice(0, 25).map((feed) => ({ value: String(feed.id), label: feedName(feed).slice(0, 100) }));
}
