import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from './store.ts';

/** What is kept for how long, ms. */
export interface RetentionPolicy {
  articlesMs: number;
  deliveriesMs: number;
}

export interface RetentionReport {
  articles: number;
  deliveries: number;
  identities: number;
  longCalls: number;
}

/** An article that no feed has carried for this long is not taken for the same again: see `model` of identities. */
const IDENTITY_MS = 90 * 24 * 3_600_000;
/** A button that nobody has pressed for this long leads nowhere then, where its call does not stand in itself. */
const LONG_CALL_MS = 90 * 24 * 3_600_000;
/** Rows of one transaction: short enough that nobody who writes waits long. */
const BATCH = 50;
const PAUSE_MS = 10;

/** Removes what is past its time, in small transactions with room between them for everybody else. */
export async function retain(
  store: Store,
  policy: RetentionPolicy,
  now: number,
  signal?: AbortSignal,
): Promise<RetentionReport> {
  const inBatches = async (remove: () => Promise<number>) => {
    let total = 0;
    for (;;) {
      signal?.throwIfAborted();
      const removed = await remove();
      total += removed;
      if (removed < BATCH) return total;
      await sleep(PAUSE_MS);
    }
  };
  return {
    articles: await inBatches(() => store.articles.forget(now - policy.articlesMs, BATCH)),
    deliveries: await inBatches(() => store.deliveries.removeOlderThan(now - policy.deliveriesMs, BATCH)),
    identities: await store.articles.forgetIdentities(now - IDENTITY_MS),
    longCalls: await store.longCalls.forget(now - LONG_CALL_MS),
  };
}
