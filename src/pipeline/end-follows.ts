import { markersOf } from '../deliveries/markers.ts';
import { fill, localeOf } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import { endFollows } from '../subscriptions/manage-subscriptions.ts';
import type { AlertDeps } from './alert-deps.ts';

const CHECKED = 'follows-checked';
const EVERY_MS = 3_600_000;
const EXPIRES_MS = 86_400_000;

/** Once an hour: ends what follows a story that has ended, and says so where its alerts went. */
export async function tellEndedFollows({ store, publishers }: AlertDeps, now: number): Promise<void> {
  if (now - Number((await store.meta.get(CHECKED)) ?? 0) < EVERY_MS) return;
  await store.meta.set(CHECKED, String(now));
  for (const { id, storyId, destinationId } of await endFollows(store, now)) {
    const destination = await store.destinations.get(destinationId);
    const publisher = destination && publishers.get(destination.platform);
    if (!destination || destination.paused || !publisher) continue;
    const words = newsWords(localeOf(destination.languages));
    const content = {
      kind: 'notice' as const,
      code: 'follow-ended',
      title: words.storyEnded,
      text: fill(words.storyEndedText, { a: storyId! }),
    };
    const key = `follow-ended:${id}`;
    const parts = publisher.plan(content, destination, markersOf(key));
    await store.deliveries.create(
      {
        kind: 'notice',
        destinationId,
        scheduleId: null,
        slotId: null,
        key,
        createdAt: now,
        dueAt: now,
        expiresAt: now + EXPIRES_MS,
        content,
        cutoff: null,
      },
      parts.map((part, index) => ({ index, ...part })),
    );
  }
}
