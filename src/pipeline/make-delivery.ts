import type { Delivery } from '../model/delivery.ts';
import type { PlannedPart } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';

type Made = Pick<Delivery, 'kind' | 'destinationId' | 'key' | 'content'>;

/**
 * A delivery that no schedule asked for, due at once. @param lifeMs after which it is no use any more
 * @returns null where one of this key was made before
 */
export function makeDelivery(
  store: Pick<Store, 'deliveries'>,
  made: Made,
  parts: readonly PlannedPart[],
  now: number,
  lifeMs: number,
): Promise<Delivery | null> {
  const times = { createdAt: now, dueAt: now, expiresAt: now + lifeMs };
  return store.deliveries.create(
    { ...made, ...times, scheduleId: null, slotId: null, cutoff: null },
    parts.map((part, index) => ({ index, ...part })),
  );
}
