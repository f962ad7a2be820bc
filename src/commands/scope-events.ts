import type { ScopeEvents } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { defaultSettings } from './tumen-settings.ts';

/**
 * A server or workspace comes or goes; a new one begins in the language it prefers. What it set up stands still while tumen is away and goes on when it comes
 * back; after 30 days away it is purged.
 */
export function createScopeEvents(store: Store, now: () => number): ScopeEvents {
  return {
    async joined(scope, locale = 'en') {
      await store.transaction(async (tx) => {
        const before = (await tx.settings.get(scope)) ?? defaultSettings(scope, locale);
        await tx.settings.save({ ...before, removedAt: null });
        // A new installation brings a new token, too.
        for (const destination of await tx.destinations.list(scope))
          if (['bot-removed', 'unauthorized'].includes(destination.paused?.why ?? ''))
            await tx.destinations.pause(destination.id, null);
      });
    },
    async removed(scope) {
      await store.transaction(async (tx) => {
        const at = now();
        const before = (await tx.settings.get(scope)) ?? defaultSettings(scope, 'en');
        await tx.settings.save({ ...before, removedAt: at });
        for (const destination of await tx.destinations.list(scope))
          if (!destination.paused && destination.kind !== 'dm')
            await tx.destinations.pause(destination.id, { at, why: 'bot-removed', detail: null });
      });
    },
  };
}
