import { hash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { Feed, FeedHabits, FeedProblem, ParsedEntry, ParsedFeed, PollState } from '../model/feed.ts';
import { createHttpClient, type HttpClient, userAgent } from '../net/http-client.ts';
import { createFeedParser, type FeedParser } from './feed-parser.ts';
import { entryTimes, silenceLimit, silentSince, undatedEntries } from './feed-rhythm.ts';
import { type FetchedFeed, fetchFeed, isAdopted } from './fetch-feed.ts';
import { isGone, type PollIntervals, type PollOutcome, schedulePoll } from './poll-schedule.ts';

export interface PollDeps {
  client: HttpClient;
  parser: FeedParser;
  intervals: PollIntervals;
  now: () => number;
  random: () => number;
  close(): Promise<void>;
  /** Called before each step that keeps this thread busy for some ms. */
  giveWay?: () => Promise<void>;
}

export interface PollResult {
  /** Empty where nothing changed or the poll failed. */
  entries: ParsedEntry[];
  /** What the feed calls itself, null where it was not read. */
  title: string | null;
  language: string | null;
  poll: PollState;
  problem: FeedProblem | null;
  unchanged: boolean;
}

export function createPollDeps(options: {
  net: { allowPrivate: boolean; contact: string };
  polling: PollIntervals;
  now: () => number;
  random: () => number;
  giveWay?: PollDeps['giveWay'];
}): PollDeps {
  const { net, polling, now, random, giveWay } = options;
  const agent = userAgent(packageJson.version, net.contact);
  const client = createHttpClient({ allowPrivate: net.allowPrivate, userAgent: agent });
  const parser = createFeedParser();
  return {
    client,
    parser,
    close: async () => {
      await Promise.all([client.close(), parser.close()]);
    },
    intervals: polling,
    now,
    random,
    giveWay,
  };
}

/** Polls one feed and says what its poll state is now. Stores nothing; throws only where `signal` is aborted. */
export async function pollFeed(feed: Feed, deps: PollDeps, signal?: AbortSignal): Promise<PollResult> {
  const fetched = await fetchFeed(feed, deps.client, deps.now(), signal);
  const now = deps.now();
  if (fetched.kind === 'problem') return failed(feed, deps, now, fetched.problem, fetched.retryAfterMs);
  if (fetched.kind === 'not-modified') return unchanged(feed, deps, now, fetched, {});
  const { body, contentType, etag, lastModified, finalUrl } = fetched;
  const bodyHash = hash('sha256', body, 'base64url');
  const { redirect, lasting } = nextRedirect(feed, fetched);
  // A chain that ends temporarily leaves no place to remember for its validators.
  const validators = lasting ? { etag, lastModified } : { etag: null, lastModified: null };
  if (bodyHash === feed.poll.bodyHash) return unchanged(feed, deps, now, fetched, validators);
  await deps.giveWay?.();
  const { feed: parsed, problem } = await deps.parser.parse(body, { url: finalUrl, contentType });
  if (!parsed) return failed(feed, deps, now, problem, 0);
  if (!parsed.entries.length)
    return failed(feed, deps, now, { code: 'no-entries', message: 'the feed has no entries' }, 0);

  const times = entryTimes(parsed.entries, now);
  const habits = readHabits(parsed, times, fetched.freshForMs, now);
  const newestEntryAt = newestEntry(feed.poll, habits, times, now);
  const outcome: PollOutcome = {
    kind: 'changed',
    freshForMs: habits.freshForMs,
    retryAfterMs: 0,
    wishes: habits,
  };
  return {
    entries: parsed.entries,
    title: parsed.title,
    language: parsed.language,
    problem: null,
    unchanged: false,
    poll: {
      ...feed.poll,
      ...validators,
      ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
      bodyHash,
      redirect,
      habits,
      lastError: null,
      lastPolledAt: now,
      lastSuccessAt: now,
      goneAt: null,
      newestEntryAt,
      silentSince: silentSince(newestEntryAt, habits.silenceLimit, now),
    },
  };
}

function readHabits(
  parsed: ParsedFeed,
  times: readonly number[],
  freshForMs: number | null,
  now: number,
): FeedHabits {
  return {
    minIntervalMs: parsed.minIntervalMs ?? null,
    skipHours: parsed.skipHours ?? [],
    skipDays: parsed.skipDays ?? [],
    freshForMs: freshForMs ?? 0,
    silenceLimit: silenceLimit(times),
    undated: undatedEntries(parsed.entries, now),
  };
}

/** The newest date, or now where an entry is new whose date says nothing. */
function newestEntry(before: PollState, habits: FeedHabits, times: readonly number[], now: number): number {
  const known = Math.max(times[0] ?? 0, before.newestEntryAt ?? 0);
  // At first sight an undated entry beside dated ones may be of any age.
  const isNew = habits.undated !== null && habits.undated !== before.habits?.undated;
  return known === 0 || (isNew && before.habits !== null) ? now : known;
}

function unchanged(
  feed: Feed,
  deps: PollDeps,
  now: number,
  fetched: Exclude<FetchedFeed, { kind: 'problem' }>,
  validators: Partial<Pick<PollState, 'etag' | 'lastModified'>>,
): PollResult {
  // A 304 without a word on caching leaves what was said before (RFC 9111, 3.2).
  const freshForMs =
    fetched.freshForMs ?? (fetched.kind === 'body' ? 0 : (feed.poll.habits?.freshForMs ?? 0));
  const habits = feed.poll.habits && { ...feed.poll.habits, freshForMs };
  const outcome: PollOutcome = { kind: 'unchanged', freshForMs, retryAfterMs: 0, wishes: habits };
  return {
    entries: [],
    title: null,
    language: null,
    problem: null,
    unchanged: true,
    poll: {
      ...feed.poll,
      ...validators,
      ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
      redirect: nextRedirect(feed, fetched).redirect,
      habits,
      lastError: null,
      lastPolledAt: now,
      lastSuccessAt: now,
      goneAt: null,
      silentSince: silentSince(feed.poll.newestEntryAt, habits?.silenceLimit ?? null, now),
    },
  };
}

function failed(
  feed: Feed,
  deps: PollDeps,
  now: number,
  problem: FeedProblem,
  retryAfterMs: number,
): PollResult {
  const outcome: PollOutcome = { kind: 'failed', freshForMs: 0, retryAfterMs, wishes: feed.poll.habits };
  const poll: PollState = {
    ...feed.poll,
    ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
    lastError: problem,
    lastPolledAt: now,
  };
  // An address that the feed moved to is given up before the feed is: it may have moved again.
  if (isAdopted(feed.poll.redirect)) Object.assign(poll, { redirect: null, etag: null, lastModified: null });
  else if (isGone(problem, poll, now)) poll.goneAt = now;
  return { entries: [], title: null, language: null, problem, unchanged: false, poll };
}

/**
 * Where the next question goes and whether the validators of this answer can be used for it. Counts sightings of a
 * permanent redirect; a temporary one is remembered for its validators and never counted. An adopted target stays
 * adopted until it moves on itself.
 */
function nextRedirect(
  feed: Feed,
  { finalUrl, permanentUrl }: { finalUrl: string; permanentUrl: string | null },
): { redirect: PollState['redirect']; lasting: boolean } {
  const { redirect } = feed.poll;
  if (isAdopted(redirect) && permanentUrl === null) return { redirect, lasting: finalUrl === redirect.url };
  const own = URL.parse(feed.url)?.href;
  if (permanentUrl === null || permanentUrl === own)
    return { redirect: finalUrl === own ? null : { url: finalUrl, sightings: 0 }, lasting: true };
  const before = redirect?.url === permanentUrl ? redirect.sightings : 0;
  return { redirect: { url: permanentUrl, sightings: before + 1 }, lasting: finalUrl === permanentUrl };
}
