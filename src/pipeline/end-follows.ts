import { markersOf } from '../deliveries/markers.ts';
import { fill, localeOf } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Store } from '../store/store.ts';
import { endFollows } from '../subscriptions/manage-subscriptions.ts';
import type { AlertDeps } from './alert-deps.ts';
import { makeDelivery } from './make-delivery.ts';

const CHECKED = 'follows-checked';
const EVERY_MS = 3_600_000;
const EXPIRES_MS = 86_400_000;

/** Once an hour: ends what follows a story that has ended, and says so where its alerts went; both or neither. */
export async function tellEndedFollows({ store, publishers }: AlertDeps, now: number): Promise<void> {
  const last = Number((await store.meta.get(CHECKED)) ?? 0);
  // A clock that was set back must not stop it for ever.
  if (now - last < EVERY_MS && now >= last) return;
  await store.transaction(async (tx) => {
    await tx.meta.set(CHECKED, String(now));
    for (const ended of await endFollows(tx, now)) await tellEnd(tx, publishers, ended, now);
  });
}

async function tellEnd(
  store: Store,
  publishers: AlertDeps['publishers'],
  { id, storyId, destinationId }: Subscription,
  now: number,
): Promise<void> {
  const destination = await store.destinations.get(destinationId);
  const publisher = destination && publishers.get(destination.platform);
  if (!destination || destination.paused || !publisher) return;
  const words = newsWords(localeOf(destination.languages));
  const content = {
    kind: 'notice' as const,
    code: 'follow-ended',
    title: words.storyEnded,
    text: fill(words.storyEndedText, { a: storyId! }),
  };
  const key = `follow-ended:${id}`;
  const parts = publisher.plan(content, destination, markersOf(key));
  await makeDelivery(store, { kind: 'notice', destinationId, key, content }, parts, now, EXPIRES_MS);
}
