import { feedStatus } from '../feeds/feed-status.ts';
import { formatNumber, labelsOf, plural } from '../locale/labels.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import type { Feed } from '../model/feed.ts';
import type { Scope } from '../model/scope.ts';
import { type BroaderQuery, findBroader } from '../search/broader-query.ts';
import { type DateTest, leavesOf, type Query } from '../search/query.ts';
import { restrictQuery } from '../search/restrict-query.ts';
import { toSearchQuery } from '../search/to-search-query.ts';
import type { Store } from '../store/store.ts';
import type { Action, Actor, Block, Inline } from './command.ts';
import { feedName } from './feeds-deps.ts';
import { text, weave } from './say.ts';

const DAY = 86_400_000;
/** Feeds that are named where none can be read. */
const MOST_NAMES = 5;

/** Whom an answer without results is for, and what they see. */
export interface Seeker {
  store: Store;
  actor: Actor;
  scopes: Scope[];
  topics: readonly string[];
  now: number;
}

/**
 * What stands under "nothing found" for a query: what was searched and how far back, how fresh that is, and the
 * nearest query that finds something, one press away.
 * @param press the call of a query's button
 * @param within what every query is limited to: read after `since`, ms UTC; of these languages and themes
 */
export async function nothingForQuery(
  seeker: Seeker,
  query: Query,
  press: (query: string) => Omit<Action, 'label'>,
  within: { since?: number; languages?: readonly string[]; themes?: readonly string[] } = {},
): Promise<Block[]> {
  const { store, actor, scopes, topics, now } = seeker;
  const words = nothingWords(actor.locale);
  const { since, ...limits } = within;
  const broader = await findBroader(query, (other) => {
    const limited = { ...other, root: restrictQuery(other, limits) };
    return store.search.count({ ...toSearchQuery(limited, { scopes, topics, now }), ingestedAfter: since });
  });
  return [
    await searchedFor(seeker, query, since),
    await lastPoll(seeker),
    ...(broader ? nearest(broader, actor, press) : [text(words.nothingNearer)]),
  ];
}

/** How fresh what is read here is: the last successful poll, or that nothing can be read. */
export async function lastPoll({
  store,
  actor,
  scopes,
}: Pick<Seeker, 'store' | 'actor' | 'scopes'>): Promise<Block> {
  const words = nothingWords(actor.locale);
  const paused = (await store.settings.get(actor.scope))?.pausedFeeds ?? [];
  const feeds = (await store.feeds.list(scopes)).filter(({ id }) => !paused.includes(id));
  if (!feeds.length) return text(words.noFeeds);
  const failing = feeds.filter((feed) => ['failing', 'gone'].includes(feedStatus(feed).state));
  const last = Math.max(0, ...feeds.map(({ poll }) => poll.lastSuccessAt ?? 0));
  const said: Inline[] = last ? weave(words.lastPoll, { a: { time: last } }) : [words.neverPolled];
  if (failing.length === feeds.length)
    said.push(' ', ...weave(words.allFailing, { a: namesOf(failing, actor) }));
  return text(...said);
}

function namesOf(feeds: readonly Feed[], { locale }: Actor): string {
  const names = feeds.slice(0, MOST_NAMES).map(feedName);
  const rest = feeds.length - names.length;
  return [...names, ...(rest ? [`+${formatNumber(locale, rest)}`] : [])].join(', ');
}

async function searchedFor(
  { store, actor, scopes, now }: Seeker,
  { root, anyTopic }: Query,
  since?: number,
): Promise<Block> {
  const words = nothingWords(actor.locale);
  const days = leavesOf(root).filter((leaf): leaf is DateTest => leaf.kind === 'date');
  const after = days.find(({ field }) => field === 'after');
  const before = days.find(({ field }) => field === 'before');
  const from = after ? Date.parse(after.value) : (since ?? (await store.articles.oldest(scopes)) ?? now);
  return text(
    ...weave(words.searched, {
      what: anyTopic ? words.everything : words.onTopic,
      a: { time: from },
      b: before ? { time: Date.parse(before.value) + DAY - 1 } : words.now,
    }),
  );
}

function nearest(
  { query, hits }: BroaderQuery,
  { locale }: Actor,
  press: (query: string) => Omit<Action, 'label'>,
): Block[] {
  const found = plural(locale, labelsOf(locale).articles, hits);
  return [
    text(...weave(nothingWords(locale).nearest, { a: { code: query.text }, b: found })),
    {
      kind: 'actions',
      actions: [{ ...press(query.text), label: `${query.text} (${formatNumber(locale, hits)})` }],
    },
  ];
}
