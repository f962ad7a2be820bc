import type { ParsedEntry } from '../model/feed.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Shorter pauses say nothing: nights and weekends. */
const SHORTEST = 36 * HOUR;
const LONGEST = 60 * DAY;
/** For feeds whose rhythm is not known. */
const UNKNOWN = 7 * DAY;
/** Newest entries that make the rhythm. */
const RECENT = 30;

/** Times of the entries, the newest first; those that lie in the future or are missing are left out. */
export function entryTimes(entries: readonly ParsedEntry[], now: number): number[] {
  return entries
    .map(({ published, updated }) => Date.parse(published ?? updated ?? ''))
    .filter((time) => time <= now)
    .sort((a, b) => b - a);
}

/** How long a feed may be quiet before it counts as silent: twice its longest recent pause. */
export function silenceLimit(times: readonly number[]): number {
  if (times.length < 4) return UNKNOWN;
  const recent = times.slice(0, RECENT);
  const longest = Math.max(...recent.slice(1).map((time, i) => recent[i]! - time));
  return Math.min(Math.max(2 * longest, SHORTEST), LONGEST);
}

/** Since when a feed has been silent; null while it keeps its rhythm. */
export function silentSince(newest: number | null, limit: number | null, now: number): number | null {
  if (newest === null) return null;
  const since = newest + (limit ?? UNKNOWN);
  return now > since ? since : null;
}
