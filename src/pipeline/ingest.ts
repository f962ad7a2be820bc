import type { Logger } from 'pino';
import { normalizeInTurns } from '../articles/normalize-article.ts';
import { type PollDeps, pollFeed } from '../feeds/poll-feed.ts';
import { settleAddress } from '../feeds/settle-address.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import type { DueFeed, Store } from '../store/store.ts';
import { createDueQueue } from './due-queue.ts';

const LEASE_MS = 2 * 60_000;
/** How often a round looks for what has fallen due since, ms. */
const LIST_MS = 1_000;

export interface IngestDeps {
  store: Store;
  /** What one poll needs: HTTP, time, chance. */
  polling: PollDeps;
  owner: string;
  /** Feeds under way at once. */
  concurrency: number;
  log: Logger;
  /** Feeds that take part; all that are due, now or during the round, where it is omitted. */
  only?: ReadonlySet<number>;
  /** No feed is begun later in the round, ms: the scheduler wants to see rounds end. */
  roundMs?: number;
  /** How long a feed is held without a sign of life, ms. */
  leaseMs?: number;
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
 * One round: leases the feeds that are due, polls them side by side, and stores what they carry. Of each host one feed
 * is under way at a time, and only what is under way is leased: a slow host holds up nobody else and lets no lease run
 * out. What falls due meanwhile joins the round.
 * @returns feeds polled @throws the first fault that is no feed's, once the other feeds have had their turn
 */
export async function pollDueFeeds(deps: IngestDeps, signal: AbortSignal): Promise<number> {
  const { store, owner, concurrency, polling, log, only } = deps;
  const { roundMs = Number.POSITIVE_INFINITY, leaseMs = LEASE_MS } = deps;
  const queue = createDueQueue();
  const running = new Set<number>();
  const started = performance.now();
  let polled = 0;
  let ended = 0;
  let failure: unknown = null;
  let wake = () => {};
  const renewal = setInterval(() => {
    store.feeds
      .renew([...running], owner, polling.now() + leaseMs)
      .catch((error: unknown) => log.warn({ err: error }, 'leases of feeds were not renewed'));
  }, leaseMs / 4);
  try {
    await fill();
  } catch (error) {
    failure = error;
  }
  while (running.size) await nextEnd();
  clearInterval(renewal);
  if (failure !== null) throw failure;
  return polled;

  async function fill(): Promise<void> {
    let listedUntil: number | null = null;
    let listedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted && performance.now() - started < roundMs) {
      if (listedUntil === null || (!only && performance.now() - listedAt >= LIST_MS)) {
        const now = polling.now();
        const due = await store.feeds.due(listedUntil, now);
        queue.add(only ? due.filter(({ id }) => only.has(id)) : due);
        listedUntil = now;
        listedAt = performance.now();
      }
      const seen = ended;
      const next = queue.take(concurrency - running.size);
      if (next.length) await begin(next);
      else if (!running.size) return;
      if (running.size && ended === seen) await nextEnd(LIST_MS);
      // Several at once: a lease costs a write.
      while (running.size > concurrency * 0.75) await nextEnd();
    }
  }

  /** Until a feed is done, or this time is over. */
  function nextEnd(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function begin(due: DueFeed[]): Promise<void> {
    const feeds = await store.feeds.claim(
      due.map(({ id }) => id),
      polling.now(),
      owner,
      leaseMs,
    );
    const claimed = new Map(feeds.map((feed) => [feed.id, feed]));
    for (const turn of due) {
      const feed = claimed.get(turn.id);
      // Another instance has it.
      if (!feed) queue.done(turn);
      else {
        running.add(feed.id);
        // One that fails in a way nobody foresaw stays leased for a while, and holds up nobody.
        pollOne(deps, feed, signal)
          .then(() => polled++)
          .catch((error: unknown) => {
            if (!signal.aborted) log.error({ err: error, feed: feed.id }, 'a poll broke off');
            failure ??= error;
          })
          .finally(() => {
            ended++;
            running.delete(feed.id);
            queue.done(turn);
            wake();
          });
      }
    }
  }
}

async function pollOne(deps: IngestDeps, feed: Feed, signal: AbortSignal): Promise<void> {
  const { store, polling, log } = deps;
  await polling.giveWay?.();
  const result = await pollFeed(feed, polling, signal);
  const now = polling.now();
  const articles = await normalizeInTurns(result.entries, feed, now, polling.giveWay);
  if (articles.length) await polling.giveWay?.();
  // One commit, one sync of the disk: what the feed carried, and that it was read.
  const stored = await store.transaction(async (tx) => {
    const outcomes = articles.length ? await tx.articles.ingest(feed.id, articles, now) : [];
    if (result.title && !feed.title) await tx.feeds.update(feed.id, { title: result.title });
    await tx.feeds.finishPoll(feed.id, await settleAddress(tx, feed, result.poll));
    return outcomes.filter(({ outcome }) => outcome === 'new' || outcome === 'revised').length;
  });
  const problem = result.problem?.message ?? null;
  if (problem)
    log.warn({ feed: feed.id, url: maskUrl(feed.url), code: result.problem!.code, problem }, 'feed failed');
  deps.onPolled?.(feed, {
    outcome: problem ? 'failed' : result.unchanged ? 'unchanged' : 'fetched',
    stored,
    problem,
  });
}
