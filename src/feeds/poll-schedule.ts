import type { FeedProblem, PollWishes } from '../model/feed.ts';

export interface PollIntervals {
  /** How often a feed with news is asked, ms. */
  interval: number;
  /** The longest time between two questions, ms. */
  slowest: number;
}

export interface PollOutcome {
  /** New content; an answer without; none. */
  kind: 'changed' | 'unchanged' | 'failed';
  /** What the headers allow to be kept, ms. */
  freshForMs: number;
  /** What Retry-After asks for, ms. */
  retryAfterMs: number;
  wishes: PollWishes | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A feed without news is asked more rarely by and by, but never more than this many times. */
const QUIET_FACTOR = 4;

/** When a feed is asked next. `random` spreads the feeds, so that those read together do not stay together. */
export function schedulePoll(
  poll: { intervalMs: number; failures: number },
  outcome: PollOutcome,
  intervals: PollIntervals,
  now: number,
  random: () => number,
): { intervalMs: number; nextPollAt: number; failures: number } {
  const { interval, slowest } = intervals;
  const jitter = 0.9 + 0.2 * random();
  const wish = Math.min(outcome.wishes?.minIntervalMs ?? 0, slowest);
  if (outcome.kind === 'failed') {
    const failures = poll.failures + 1;
    const backOff = Math.min(interval * 2 ** Math.min(failures - 1, 20), slowest);
    // A publisher that wants to be asked rarely wants it in trouble too.
    const wait = Math.max(backOff * jitter, outcome.retryAfterMs, wish * jitter);
    const nextPollAt = afterSkips(Math.round(now + wait), outcome.wishes);
    return { intervalMs: poll.intervalMs, nextPollAt, failures };
  }
  const least = Math.max(interval, wish);
  const grown = Math.min(poll.intervalMs * 1.25, interval * QUIET_FACTOR);
  const intervalMs = Math.round(
    outcome.kind === 'changed' ? least : Math.max(least, Math.min(grown, slowest)),
  );
  const wait = Math.max(intervalMs * jitter, Math.min(outcome.freshForMs, slowest));
  return { intervalMs, nextPollAt: afterSkips(Math.round(now + wait), outcome.wishes), failures: 0 };
}

/** The first moment from `time` on that lies outside of the hours and days (UTC) a publisher asks to be spared. */
function afterSkips(time: number, wishes: PollWishes | null): number {
  const hours = notAll(wishes?.skipHours, 24);
  const days = notAll(wishes?.skipDays, 7);
  let at = time;
  for (;;) {
    const date = new Date(at);
    if (days.has(date.getUTCDay() || 7)) at = (Math.floor(at / DAY) + 1) * DAY;
    else if (hours.has(date.getUTCHours())) at = (Math.floor(at / HOUR) + 1) * HOUR;
    else return at;
  }
}

/** Skipping everything is no wish but a mistake. */
function notAll(skipped: readonly number[] = [], all: number): Set<number> {
  const set = new Set(skipped);
  return set.size >= all ? new Set() : set;
}

/** Not found for this long, and this many times, is gone. */
const LOST_MS = 14 * DAY;
const LOST_FAILURES = 8;

/** Whether a feed is given up: the server says so, or there has been nothing for long. */
export function isGone(
  problem: FeedProblem,
  poll: { failures: number; lastSuccessAt: number | null; lastPolledAt: number | null },
  now: number,
): boolean {
  if (problem.code === 'gone') return true;
  return (
    problem.status === 404 && poll.failures >= LOST_FAILURES && now - (poll.lastSuccessAt ?? 0) > LOST_MS
  );
}
