import { setMaxListeners } from 'node:events';
import type { Delivery, Part } from '../model/delivery.ts';
import { type SendResult, sendDelivery } from './send-delivery.ts';
import type { SendDeps } from './send-deps.ts';

export interface DeliverDeps extends SendDeps {
  owner: string;
}

/** What one round did, by result. */
export type DeliveryRound = Record<SendResult, number>;

/** So many calls wait for answers of at most this long at the platform's own pace. */
const ANSWER_MS = 1_500;
const MOST_AT_ONCE = 64;

/**
 * Claims what is due for one platform and sends it, until nothing is due any more; several at once, one at a time in
 * each destination. Only so many are claimed as are sent within a lease, so that memory does not grow with what waits.
 * Throws what the store throws, after the calls under way have ended.
 */
export async function deliverDue(deps: DeliverDeps): Promise<DeliveryRound> {
  const { store, publisher, owner } = deps;
  const round: DeliveryRound = {
    sent: 0,
    uncertain: 0,
    failed: 0,
    skipped: 0,
    expired: 0,
    later: 0,
    lost: 0,
  };
  const { requests, perMs } = publisher.pace.global;
  const atOnce = Math.min(MOST_AT_ONCE, Math.max(2, Math.ceil((requests * ANSWER_MS) / perMs)));
  setMaxListeners(0, deps.stopping, deps.abort);

  const underWay = new Set<Promise<void>>();
  const lastOf = new Map<number, Promise<void>>();
  let failure: unknown;

  while (failure === undefined && !deps.stopping.aborted && deps.budget.wait() === 0) {
    const room = atOnce - underWay.size;
    if (room < atOnce / 4) {
      await Promise.race(underWay);
      continue;
    }
    const due = await store.deliveries.claimDue(deps.now(), owner, deps.leaseMs, room, publisher.platform);
    for (const delivery of due) start(delivery);
    // A claim that did not fill the room found everything there is: the next round sees what comes due meanwhile.
    if (due.length < room) break;
  }
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
  return round;

  function start(delivery: Delivery & { parts: Part[] }): void {
    const { destinationId } = delivery;
    const before = lastOf.get(destinationId) ?? Promise.resolve();
    const job = before
      .then(() => sendDelivery(delivery, deps))
      .then(
        (result) => {
          round[result]++;
        },
        (error: unknown) => {
          failure ??= error;
        },
      )
      .finally(() => {
        underWay.delete(job);
        if (lastOf.get(destinationId) === job) lastOf.delete(destinationId);
      });
    underWay.add(job);
    lastOf.set(destinationId, job);
  }
}
