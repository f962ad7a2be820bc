import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';

const DAY = 86_400_000;
const LEASE_MS = 30 * 60_000;
const LAST_RUN = 'house-kept-at';
/** A server or workspace that removed tumen and does not come back. */
const PURGE_AFTER_MS = 30 * DAY;

export interface HouseDeps {
  store: Store;
  owner: string;
  /** Removes what is past its time, off the main thread. */
  runRetention: (now: number, signal: AbortSignal) => Promise<object>;
  log: Logger;
}

/** Once a day, by one instance: retention, and the data of servers that have been gone for 30 days. */
export async function keepHouse(deps: HouseDeps, now: number, signal: AbortSignal): Promise<boolean> {
  const { store, owner, log } = deps;
  const last = Number((await store.meta.get(LAST_RUN)) ?? 0);
  // A clock that was set back must not stop it for ever.
  if (now - last < DAY && now >= last) return false;
  if (!(await store.leases.acquire('retention', owner, LEASE_MS, now))) return false;
  try {
    for (const { scope, removedAt } of await store.settings.list())
      if (removedAt !== null && now - removedAt > PURGE_AFTER_MS) {
        await store.settings.purge(scope);
        log.info({ scope }, 'data of a server that left was purged');
      }
    const removed = await deps.runRetention(now, signal);
    await store.meta.set(LAST_RUN, String(now));
    log.info({ removed }, 'house kept');
    return true;
  } finally {
    await store.leases.release('retention', owner);
  }
}
