import type { Logger } from 'pino';
import type { Locale } from '../model/digest.ts';
import type { Destination, Pause } from '../model/schedule.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { type PausedUses, pauseNotice } from './pause-notice.ts';

export interface PauseDeps {
  store: Store;
  publisher: Publisher;
  now: () => number;
  log: Logger;
}

/** Nothing more goes to a target that refuses; the person who set it up is told once, and everything else goes on. */
export async function pauseTarget(
  deps: PauseDeps,
  destination: Destination,
  why: Pause['why'],
  detail: string | null,
): Promise<void> {
  const at = deps.now();
  await deps.store.destinations.pause(destination.id, { at, why, detail });
  deps.log.warn(
    { destination: destination.id, platform: destination.platform, why, detail },
    'a destination is paused',
  );
  await tellOwner(deps, { ...destination, paused: { at, why, detail } });
}

/** Tells what a crash between the pause and the message has left untold. */
export async function tellOwnersOfPaused(deps: PauseDeps): Promise<void> {
  for (const destination of await deps.store.destinations.list())
    if (destination.platform === deps.publisher.platform) await tellOwner(deps, destination);
}

async function tellOwner(deps: PauseDeps, destination: Destination): Promise<void> {
  const { paused, setUpBy } = destination;
  if (!paused || paused.why === 'person' || setUpBy === null) return;
  // A refused token can tell nobody anything: health complains, and whoever runs the service mends it.
  if (paused.why === 'unauthorized') return;
  // Noted before it is said: a person hears it once, or after a crash in between not at all, never twice.
  const key = `told:${destination.id}`;
  if ((await deps.store.meta.get(key)) === String(paused.at)) return;
  await deps.store.meta.set(key, String(paused.at));
  try {
    const uses = await usesOf(deps.store, destination);
    const outcome = await deps.publisher.tell(
      setUpBy,
      pauseNotice(destination, paused, localeOf(destination), uses),
      destination.scope,
    );
    if (outcome.kind !== 'sent')
      deps.log.warn(
        { destination: destination.id, outcome: outcome.kind },
        'the owner of a paused destination could not be told',
      );
  } catch (error) {
    deps.log.warn(
      { err: error, destination: destination.id },
      'the owner of a paused destination could not be told',
    );
  }
}

async function usesOf(store: Store, { id }: Destination): Promise<PausedUses> {
  const [schedules, [subscription]] = await Promise.all([
    store.schedules.list({ destinationId: id }),
    store.subscriptions.list({ destinationId: id }),
  ]);
  return { digest: schedules.length > 0, subscription: subscription?.id ?? null };
}

function localeOf(destination: Destination): Locale {
  return (
    destination.languages.find((language): language is Locale => ['en', 'ko', 'ru'].includes(language)) ??
    'en'
  );
}
