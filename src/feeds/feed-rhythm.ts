import { hash } from 'node:crypto';
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

/**
 * A hash of the entries whose date says nothing: it changes when one of them is new. By title, since ids and addresses
 * may change with each answer. Null where every entry has a date.
 */
export function undatedEntries(entries: readonly ParsedEntry[], now: number): string | null {
  const keys = entries
    .filter((entry) => !entryTimes([entry], now).length)
    .map(({ title, url, id }) => title ?? url ?? id ?? '');
  return keys.length ? hash('sha256', keys.sort().join('\n'), 'base64url') : null;
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
