import type { Logger } from 'pino';
import { normalizeEntries } from '../articles/normalize-article.ts';
import { type PollDeps, pollFeed } from '../feeds/poll-feed.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import type { Store } from '../store/store.ts';

const LEASE_MS = 2 * 60_000;

export interface IngestDeps {
  store: Store;
  /** What one poll needs: HTTP, time, chance. */
  polling: PollDeps;
  owner: string;
  /** Feeds under way at once. */
  concurrency: number;
  log: Logger;
  /** Called after each feed: progress, metrics. */
  onPolled?: (feed: Feed, result: PolledFeed) => void;
}

export interface PolledFeed {
  outcome: 'fetched' | 'unchanged' | 'failed';
  /** Entries that became a new or revised article. */
  stored: number;
  problem: string | null;
}

/**
 * One round: claims the feeds that are due, polls them side by side, and stores what they carry.
 * @returns feeds polled @throws the first fault that is no feed's, once the other feeds have had their turn
 */
export async function pollDueFeeds(deps: IngestDeps, signal: AbortSignal): Promise<number> {
  const { store, owner, concurrency, polling, log } = deps;
  const hosts = new Map<string, Promise<unknown>>();
  let polled = 0;
  let running = 0;
  let failure: unknown = null;
  let wake = () => {};
  const below = async (limit: number) => {
    while (running > limit) await new Promise<void>((resolve) => (wake = resolve));
  };
  // New feeds are claimed as others end, so that a slow one holds up nobody but its host; one that fails in a way
  // nobody foresaw stays leased for a while, and holds up nobody either.
  while (!signal.aborted) {
    await below(concurrency * 0.75);
    const feeds = await store.feeds.claimDue(
      polling.now(),
      owner,
      LEASE_MS,
      Math.ceil(concurrency - running),
    );
    if (!feeds.length) break;
    for (const feed of feeds) {
      running++;
      onePerHost(hosts, feed.url, () => pollOne(deps, feed, signal))
        .then(() => polled++)
        .catch((error: unknown) => {
          if (!signal.aborted) log.error({ err: error, feed: feed.id }, 'a poll broke off');
          failure ??= error;
        })
        .finally(() => {
          running--;
          wake();
        });
    }
  }
  await below(0);
  if (failure !== null) throw failure;
  return polled;
}

async function pollOne(deps: IngestDeps, feed: Feed, signal: AbortSignal): Promise<void> {
  const { store, polling, log } = deps;
  const result = await pollFeed(feed, polling, signal);
  let stored = 0;
  if (result.entries.length) {
    const now = polling.now();
    const articles = normalizeEntries(result.entries, feed, now);
    const outcomes = await store.articles.ingest(feed.id, articles, now);
    stored = outcomes.filter(({ outcome }) => outcome === 'new' || outcome === 'revised').length;
  }
  if (result.title && !feed.title) await store.feeds.update(feed.id, { title: result.title });
  // The poll state comes last: killed before it, the feed is simply read again, and known entries stay known.
  await store.feeds.finishPoll(feed.id, result.poll);
  const problem = result.problem?.message ?? null;
  if (problem)
    log.warn({ feed: feed.id, url: maskUrl(feed.url), code: result.problem!.code, problem }, 'feed failed');
  deps.onPolled?.(feed, {
    outcome: problem ? 'failed' : result.unchanged ? 'unchanged' : 'fetched',
    stored,
    problem,
  });
}

/** A host answers one question at a time. */
function onePerHost(
  hosts: Map<string, Promise<unknown>>,
  url: string,
  work: () => Promise<void>,
): Promise<void> {
  const host = URL.parse(url)?.host ?? url;
  const next = (hosts.get(host) ?? Promise.resolve()).catch(() => {}).then(work);
  hosts.set(host, next);
  return next.finally(() => {
    if (hosts.get(host) === next) hosts.delete(host);
  });
}
