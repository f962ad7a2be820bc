import type { Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { parseQuery } from '../search/parse-query.ts';
import { leavesOf, type Query, QueryError } from '../search/query.ts';
import type { Vocabulary } from '../search/read-field.ts';
import { restrictQuery } from '../search/restrict-query.ts';
import { toSearchQuery } from '../search/to-search-query.ts';
import type { Store } from '../store/store.ts';

export const WEEK = 7 * 86_400_000;
/** Subscriptions of one person, of one destination, of one server or workspace. */
const MOST = { owner: 50, destination: 100, scope: 2_000 };
/** A query that would have matched more than this share of last week is told so before it is saved. */
const BROAD = 0.5;
/** Fewer articles than this prove nothing. */
const ENOUGH = 20;

/** What a person asks for; with `id`, a subscription of theirs is changed. */
export interface SubscriptionWish
  extends Pick<
    Subscription,
    'scope' | 'owner' | 'destinationId' | 'query' | 'mode' | 'zone' | 'languages' | 'themes' | 'updates'
  > {
  id?: number;
  quietHours: Subscription['quietHours'];
  /** They have read that it is broad. */
  anyway: boolean;
}

export type SubscriptionAnswer =
  | { kind: 'saved'; subscription: Subscription; query: Query; lastWeek: Breadth }
  | { kind: 'bad-query'; error: QueryError }
  | { kind: 'broad'; lastWeek: Breadth }
  | { kind: 'duplicate'; subscription: Subscription }
  | { kind: 'too-many'; of: keyof typeof MOST; most: number };

/** Articles of last week that a query would have matched, of those that its place sees. */
export interface Breadth {
  matched: number;
  seen: number;
}

/** Saves a subscription, or says why not. */
export async function saveSubscription(
  store: Store,
  wish: SubscriptionWish,
  { vocabulary, topics, now }: { vocabulary: Vocabulary; topics: readonly string[]; now: number },
): Promise<SubscriptionAnswer> {
  const query = parseQuery(wish.query, vocabulary);
  if (query instanceof QueryError) return { kind: 'bad-query', error: query };
  const date = leavesOf(query.root).find((leaf) => leaf.kind === 'date');
  if (date) return { kind: 'bad-query', error: dateError(wish.query, `${date.field}:${date.value}`) };
  const own = await store.subscriptions.list({ scope: wish.scope, owner: wish.owner });
  const same = own.find(
    ({ id, query: text, destinationId, ...rest }) =>
      id !== wish.id && text === wish.query && destinationId === wish.destinationId && sameLimits(rest, wish),
  );
  if (same) return { kind: 'duplicate', subscription: same };
  const full = wish.id === undefined ? await findFull(store, wish, own.length) : null;
  if (full) return { kind: 'too-many', of: full, most: MOST[full] };
  const limited = { ...query, root: restrictQuery(query, wish) };
  const lastWeek = await measureBreadth(store, limited, { scope: wish.scope, topics, now });
  if (!wish.anyway && lastWeek.seen >= ENOUGH && lastWeek.matched > lastWeek.seen * BROAD)
    return { kind: 'broad', lastWeek };
  const { mode, quietHours, zone, languages, themes, updates, destinationId } = wish;
  const settings = { query: wish.query, mode, quietHours, zone, languages, themes, updates, destinationId };
  if (wish.id !== undefined) await store.subscriptions.update(wish.id, settings);
  const subscription =
    wish.id === undefined
      ? await store.subscriptions.add({
          ...settings,
          scope: wish.scope,
          owner: wish.owner,
          storyId: null,
          paused: false,
          createdAt: now,
        })
      : (await store.subscriptions.get(wish.id))!;
  return { kind: 'saved', subscription, query, lastWeek };
}

/** Follows one story to a person or channel: alerts of it alone, when it changes, until it ends. */
export async function followStory(
  store: Store,
  wish: Pick<Subscription, 'scope' | 'owner' | 'destinationId' | 'zone'> & { storyId: number },
  now: number,
): Promise<Subscription> {
  // Once for each destination, wherever it was asked for.
  const own = await store.subscriptions.list({ owner: wish.owner, destinationId: wish.destinationId });
  const known = own.find(({ storyId }) => storyId === wish.storyId);
  if (known) return known;
  return store.subscriptions.add({
    ...wish,
    query: '',
    mode: 'instant',
    quietHours: null,
    languages: [],
    themes: [],
    updates: true,
    paused: false,
    createdAt: now,
  });
}

/** A story without a new report for so long, ms, has ended. */
const STORY_ENDS = 10 * 86_400_000;

/** Ends what follows a story that has ended or is gone. @returns the subscriptions that ended */
export async function endFollows(store: Store, now: number): Promise<Subscription[]> {
  const ended: Subscription[] = [];
  for (const subscription of await store.subscriptions.list()) {
    if (subscription.storyId === null) continue;
    const story = await store.stories.get(subscription.storyId);
    if (story && now - Math.max(story.updatedAt, subscription.createdAt) < STORY_ENDS) continue;
    await store.subscriptions.remove(subscription.id);
    ended.push(subscription);
  }
  return ended;
}

/** How much a query would have brought last week. */
export async function measureBreadth(
  store: Store,
  query: Query,
  { scope, topics, now }: { scope: Scope; topics: readonly string[]; now: number },
): Promise<Breadth> {
  const audience = { scopes: [...new Set<Scope>(['instance', scope])], topics, now };
  const everything = { ...query, root: { kind: 'and' as const, nodes: [] } };
  const count = (asked: Query): Promise<number> =>
    store.search.count({ ...toSearchQuery(asked, audience), ingestedAfter: now - WEEK });
  return { matched: await count(query), seen: await count(everything) };
}

async function findFull(
  store: Store,
  { scope, destinationId }: SubscriptionWish,
  own: number,
): Promise<keyof typeof MOST | null> {
  if (own >= MOST.owner) return 'owner';
  if ((await store.subscriptions.list({ destinationId })).length >= MOST.destination) return 'destination';
  return (await store.subscriptions.list({ scope })).length >= MOST.scope ? 'scope' : null;
}

function sameLimits(
  a: Pick<Subscription, 'languages' | 'themes'>,
  b: Pick<Subscription, 'languages' | 'themes'>,
): boolean {
  const written = ({ languages, themes }: typeof a) =>
    JSON.stringify([languages.toSorted(), themes.toSorted()]);
  return written(a) === written(b);
}

function dateError(text: string, found: string): QueryError {
  const position = Math.max(0, text.indexOf(found));
  const rest = text.replace(found, '').replace(/\s+/g, ' ').trim();
  return new QueryError(
    'date-in-subscription',
    position,
    found.length,
    'Days are for searches: a subscription sees only what comes.',
    rest || null,
  );
}
