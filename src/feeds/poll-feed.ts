import { hash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { Feed, FeedProblem, ParsedEntry, PollState } from '../model/feed.ts';
import { createHttpClient, type HttpClient, userAgent } from '../net/http-client.ts';
import { createFeedParser, type FeedParser } from './feed-parser.ts';
import { entryTimes, silenceLimit, silentSince } from './feed-rhythm.ts';
import { type FetchedFeed, fetchFeed } from './fetch-feed.ts';
import {
  isGone,
  type PollIntervals,
  type PollOutcome,
  type PollWishes,
  schedulePoll,
} from './poll-schedule.ts';

/** Sightings of one permanent redirect after which its target is the feed's URL. */
const ADOPT_AFTER = 3;

/** What polling remembers of a feed while the process lives: an unchanged body is not read again for it. */
interface FeedMemory {
  wishes: PollWishes;
  silenceLimit: number;
}

export interface PollDeps {
  client: HttpClient;
  parser: FeedParser;
  intervals: PollIntervals;
  memory: Map<number, FeedMemory>;
  now: () => number;
  random: () => number;
  close(): Promise<void>;
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
  /** A permanent redirect was seen often enough: the feed's URL from now on. */
  movedTo: string | null;
}

export function createPollDeps(options: {
  net: { allowPrivate: boolean; contact: string };
  polling: PollIntervals;
  now: () => number;
  random: () => number;
}): PollDeps {
  const { net, polling, now, random } = options;
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
    memory: new Map(),
    now,
    random,
  };
}

/** Polls one feed and says what its poll state is now. Stores nothing; throws only where `signal` is aborted. */
export async function pollFeed(feed: Feed, deps: PollDeps, signal?: AbortSignal): Promise<PollResult> {
  const fetched = await fetchFeed(feed, deps.client, deps.now(), signal);
  const now = deps.now();
  if (fetched.kind === 'problem') return failed(feed, deps, now, fetched.problem, fetched.retryAfterMs);
  if (fetched.kind === 'not-modified') return unchanged(feed, deps, now, fetched, {});
  const { body, contentType, etag, lastModified, finalUrl, permanentUrl } = fetched;
  const bodyHash = hash('sha256', body, 'base64url');
  // Validators belong to where they came from; a chain that ends temporarily has no such place to remember.
  const validators =
    permanentUrl === null || permanentUrl === finalUrl
      ? { etag, lastModified }
      : { etag: null, lastModified: null };
  if (bodyHash === feed.poll.bodyHash) return unchanged(feed, deps, now, fetched, validators);
  const { feed: parsed, problem } = await deps.parser.parse(body, { url: finalUrl, contentType });
  if (!parsed) return failed(feed, deps, now, problem, 0);
  if (!parsed.entries.length)
    return failed(feed, deps, now, { code: 'no-entries', message: 'the feed has no entries' }, 0);

  const times = entryTimes(parsed.entries, now);
  const memory: FeedMemory = { wishes: parsed, silenceLimit: silenceLimit(times) };
  const { minIntervalMs, skipHours, skipDays } = parsed;
  deps.memory.set(feed.id, { ...memory, wishes: { minIntervalMs, skipHours, skipDays } });
  const newestEntryAt = times[0] ?? feed.poll.newestEntryAt ?? now;
  const outcome: PollOutcome = {
    kind: 'changed',
    freshForMs: fetched.freshForMs,
    retryAfterMs: 0,
    wishes: memory.wishes,
  };
  const { redirect, movedTo } = nextRedirect(feed, fetched);
  return {
    entries: parsed.entries,
    title: parsed.title,
    language: parsed.language,
    problem: null,
    unchanged: false,
    movedTo,
    poll: {
      ...feed.poll,
      ...validators,
      ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
      bodyHash,
      redirect,
      lastError: null,
      lastPolledAt: now,
      lastSuccessAt: now,
      goneAt: null,
      newestEntryAt,
      silentSince: silentSince(newestEntryAt, memory.silenceLimit, now),
    },
  };
}

function unchanged(
  feed: Feed,
  deps: PollDeps,
  now: number,
  fetched: Exclude<FetchedFeed, { kind: 'problem' }>,
  validators: Partial<Pick<PollState, 'etag' | 'lastModified'>>,
): PollResult {
  const memory = deps.memory.get(feed.id);
  const outcome: PollOutcome = {
    kind: 'unchanged',
    freshForMs: fetched.freshForMs,
    retryAfterMs: 0,
    wishes: memory?.wishes ?? null,
  };
  const { redirect, movedTo } = nextRedirect(feed, fetched);
  return {
    entries: [],
    title: null,
    language: null,
    problem: null,
    unchanged: true,
    movedTo,
    poll: {
      ...feed.poll,
      ...validators,
      ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
      redirect,
      lastError: null,
      lastPolledAt: now,
      lastSuccessAt: now,
      goneAt: null,
      silentSince: silentSince(feed.poll.newestEntryAt, memory?.silenceLimit ?? null, now),
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
  const outcome: PollOutcome = { kind: 'failed', freshForMs: 0, retryAfterMs, wishes: null };
  const poll: PollState = {
    ...feed.poll,
    ...schedulePoll(feed.poll, outcome, deps.intervals, now, deps.random),
    lastError: problem,
    lastPolledAt: now,
  };
  if (isGone(problem, poll, now)) poll.goneAt = now;
  return { entries: [], title: null, language: null, problem, unchanged: false, movedTo: null, poll };
}

/** Counts sightings of a permanent redirect; a temporary one is remembered for its validators and never counted. */
function nextRedirect(
  feed: Feed,
  { finalUrl, permanentUrl }: { finalUrl: string; permanentUrl: string | null },
): { redirect: PollState['redirect']; movedTo: string | null } {
  const own = URL.parse(feed.url)?.href ?? feed.url;
  if (permanentUrl === null || permanentUrl === own)
    return { redirect: finalUrl === own ? null : { url: finalUrl, sightings: 0 }, movedTo: null };
  const before = feed.poll.redirect?.url === permanentUrl ? feed.poll.redirect.sightings : 0;
  if (before + 1 < ADOPT_AFTER)
    return { redirect: { url: permanentUrl, sightings: before + 1 }, movedTo: null };
  return { redirect: null, movedTo: permanentUrl };
}
