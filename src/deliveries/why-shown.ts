import { nextSlot } from '../digests/due-slots.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import type { Store, StoryWithMembers } from '../store/store.ts';

/** What became of a story at one slot of a destination, or in one alert: exactly one for each. */
export interface SlotEnd {
  destination: Destination;
  scheduleId: number | null;
  /** The slot's due moment, or when the alert was shown. */
  at: number;
  code: string;
  detail: string | null;
}

/** Slots after it came in that are looked at, for each schedule. */
const MOST_SLOTS = 5;

/** Why a story was or was not shown at a destination, slot by slot, oldest first. */
export async function whyShown(
  store: Store,
  story: StoryWithMembers,
  destination: Destination,
  /** Topics to which it is relevant. */
  topics: readonly string[],
  /** When the article asked about joined the story. */
  joinedAt: number,
  now: number,
): Promise<SlotEnd[]> {
  const ends: SlotEnd[] = [];
  for (const shown of await store.deliveries.shown(destination.id, [story.id]))
    if (shown.via === 'alert')
      ends.push({ destination, scheduleId: null, at: shown.at, code: 'alerted', detail: null });
  for (const schedule of await store.schedules.list({ destinationId: destination.id })) {
    const slots = (await store.schedules.slots(schedule.id, 200))
      .filter((slot) => slot.due >= joinedAt)
      .sort((a, b) => a.due - b.due)
      .slice(0, MOST_SLOTS);
    for (const slot of slots) {
      const delivery = slot.deliveryId === null ? null : await store.deliveries.get(slot.deliveryId);
      ends.push({
        destination,
        scheduleId: schedule.id,
        at: slot.due,
        ...endAt(schedule, slot, delivery, story, topics),
      });
    }
    if (slots.length) continue;
    const next = schedule.paused ? null : nextSlot(schedule, now);
    if (next)
      ends.push({
        destination,
        scheduleId: schedule.id,
        at: next.due,
        code: schedule.topics.some((topic) => topics.includes(topic)) ? 'waiting' : 'other-topic',
        detail: null,
      });
  }
  return ends.sort((a, b) => a.at - b.at);
}

function endAt(
  schedule: Schedule,
  slot: { skipped: string | null },
  delivery: Delivery | null,
  story: StoryWithMembers,
  topics: readonly string[],
): { code: string; detail: string | null } {
  if (!schedule.topics.some((topic) => topics.includes(topic))) return { code: 'other-topic', detail: null };
  if (slot.skipped !== null) return { code: 'skipped', detail: slot.skipped };
  if (!delivery) return { code: 'waiting', detail: null };
  const digest = delivery.content;
  if (digest.kind === 'notice') return { code: 'not-visible', detail: null };
  const left = digest.leftOut.find((entry) => entry.storyId === story.id);
  if (left) return { code: left.reason, detail: left.detail ?? null };
  if (digest.alerted.some((entry) => entry.storyId === story.id)) return { code: 'alerted', detail: null };
  const isIn =
    digest.sections.some((section) => section.stories.some((s) => s.storyId === story.id)) ||
    digest.alsoNoted.some((entry) => entry.storyId === story.id);
  if (!isIn) return { code: 'not-visible', detail: null };
  switch (delivery.state) {
    case 'sent':
      return { code: 'shown', detail: null };
    case 'pending':
    case 'sending':
      return { code: 'sending', detail: null };
    default:
      return { code: delivery.state, detail: delivery.reason };
  }
}
