import type { Store } from '../store/store.ts';

/** A first start with a list of usual length reads all of it at once, so that the first digest has something to say. */
const AT_ONCE = 48;
/** From there on a feed each half second: no stampede from one address, and hundreds of feeds are read in minutes. */
const PACE_MS = 500;
/** What is overdue by more was not asked because nobody ran; what is overdue by less is just late. */
const LATE_MS = 5 * 60_000;

/** When so many feeds that could all be asked now are asked, in their order. @param spreadMs the longest time it may take */
export function spreadPolls(count: number, now: number, spreadMs: number): number[] {
  const pace = Math.min(PACE_MS, spreadMs / Math.max(1, count - AT_ONCE));
  return Array.from({ length: count }, (_, i) => Math.round(now + Math.max(0, i + 1 - AT_ONCE) * pace));
}

/**
 * After a long stop every feed is due at the same moment: they are spread again, the longest due first. Each keeps its
 * own rhythm from its next poll on.
 */
export async function spreadOverdue(
  { feeds }: Pick<Store, 'feeds'>,
  now: number,
  spreadMs: number,
): Promise<void> {
  const overdue = await feeds.due(null, now - LATE_MS);
  const turns = spreadPolls(overdue.length, now, spreadMs);
  // The first ones stay as they are: due, and in their order.
  const later = overdue.map(({ id }, i) => ({ id, nextPollAt: turns[i]! })).filter((_, i) => turns[i]! > now);
  if (later.length) await feeds.reschedule(later);
}
