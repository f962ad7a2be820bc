import type { Delivery } from '../model/delivery.ts';
import type { Schedule } from '../model/schedule.ts';
import type { Store } from '../store/store.ts';

/** Whether the next digest of a schedule may be built now. */
export interface Way {
  /** False while an earlier digest of the schedule is on its way: how it ends decides what the next one covers. */
  clear: boolean;
  /** Stories that other deliveries are bringing, or may have brought (uncertain): not to be told beside them. */
  waiting: Set<number>;
}

/** Deliveries of one destination that may still be open. */
const MOST_OPEN = 200;

/**
 * Two digests of one schedule must not be under way at once: both would cover the same window, and its stories would
 * come twice. One that waits and has not begun gives way to the next, which covers its window too.
 */
export async function clearWay(store: Store, schedule: Schedule, due: number, now: number): Promise<Way> {
  const way: Way = { clear: true, waiting: new Set() };
  for (const state of ['pending', 'sending', 'uncertain'] as const) {
    const filter = { destinationId: schedule.destinationId, state, limit: MOST_OPEN };
    for (const delivery of await store.deliveries.list(filter)) {
      const isEarlier = delivery.scheduleId === schedule.id && delivery.dueAt < due;
      if (isEarlier && state === 'pending' && isFree(delivery, now)) {
        const reason = `covered by the digest of ${new Date(due).toISOString()}`;
        await store.deliveries.resolve(delivery.id, 'skipped', reason, now);
        continue;
      }
      if (isEarlier && state !== 'uncertain') way.clear = false;
      for (const story of storiesOf(delivery)) way.waiting.add(story);
    }
  }
  return way;
}

function isFree(delivery: Delivery, now: number): boolean {
  return delivery.lease === null || delivery.lease.until <= now;
}

function storiesOf(delivery: Delivery): number[] {
  return delivery.content.kind === 'notice' ? [] : delivery.content.memory.map((memory) => memory.storyId);
}
