import type { Logger } from 'pino';
import type { Scope } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';

/**
 * What was paused because the platform refused the token goes on once it takes the token of today. Asked once for
 * each server or workspace. @returns how many destinations go on
 */
export async function resumeUnauthorized({
  store,
  publisher,
  log,
}: {
  store: Store;
  publisher: Publisher;
  log: Logger;
}): Promise<number> {
  if (!publisher.hasAccess) return 0;
  const proved = new Map<Scope, boolean>();
  let resumed = 0;
  for (const destination of await store.destinations.list()) {
    const isPaused = destination.paused?.why === 'unauthorized';
    if (destination.platform !== publisher.platform || !isPaused) continue;
    const { scope } = destination;
    if (!proved.has(scope)) proved.set(scope, await publisher.hasAccess(scope));
    if (!proved.get(scope)) continue;
    await store.destinations.pause(destination.id, null);
    log.info({ destination: destination.id, scope }, 'the token is taken again: a destination goes on');
    resumed++;
  }
  return resumed;
}
