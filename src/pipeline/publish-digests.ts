import type { Logger } from 'pino';
import { clearWay } from '../deliveries/clear-way.ts';
import { markersOf } from '../deliveries/markers.ts';
import { buildDigest } from '../digests/build-digest.ts';
import { catchUp } from '../digests/catch-up.ts';
import { makeDueSlots } from '../digests/make-slots.ts';
import type { Digest } from '../model/digest.ts';
import type { Destination, Schedule, Slot } from '../model/schedule.ts';
import type { PlatformName } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Summarizer } from '../summaries/summarizer.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { eachByItself } from './each-by-itself.ts';

const SLOT_LEASE_MS = 5 * 60_000;
const DAY = 86_400_000;
/** Batches of articles that were stored just before the hour are visible to every instance by then. */
const SETTLE_MS = 2_000;

export interface PublishDeps {
  store: Store;
  topics: readonly Topic[];
  summarizer: Summarizer;
  publishers: ReadonlyMap<PlatformName, Publisher>;
  owner: string;
  /** A missed digest still goes out within this time. */
  graceMs: number;
  log: Logger;
  /** Called between the stories of a digest. */
  giveWay?: () => Promise<void>;
}

/** Makes the slots that are due, builds their digests and freezes each as a delivery. @returns deliveries made */
export async function publishDigests(deps: PublishDeps, now: number, signal?: AbortSignal): Promise<number> {
  const { store, owner } = deps;
  await makeDueSlots(store, now);
  const slots = await store.schedules.claimSlots(now - SETTLE_MS, owner, SLOT_LEASE_MS, 500);
  let made = 0;
  const bySchedule = Map.groupBy(slots, (slot) => slot.scheduleId);
  await eachByItself(bySchedule, signal, async ([scheduleId, due]) => {
    const schedule = await store.schedules.get(scheduleId);
    const destination = schedule && (await store.destinations.get(schedule.destinationId));
    if (!schedule || !destination) return;
    const { send, late, skip } = catchUp(due, now, deps.graceMs);
    for (const { slot, reason } of skip) await store.schedules.skipSlot(slot.id, reason);
    if (!send) return;
    if (destination.paused) {
      await store.schedules.skipSlot(send.id, `the destination is paused: ${destination.paused.why}`);
      return;
    }
    const { clear, waiting } = await clearWay(store, schedule, send.due, now);
    // The slot comes back when its lease is over.
    if (!clear) return;
    if (await publishSlot(deps, { schedule, destination, slot: send, late, now, waiting }, signal)) made++;
  });
  return made;
}

interface SlotJob {
  schedule: Schedule;
  destination: Destination;
  slot: Slot;
  late: boolean;
  now: number;
  waiting: ReadonlySet<number>;
}

async function publishSlot(deps: PublishDeps, job: SlotJob, signal?: AbortSignal): Promise<boolean> {
  const { store, publishers, log } = deps;
  const { schedule, destination, slot } = job;
  const publisher = publishers.get(destination.platform);
  if (!publisher) return false;
  const digest = await digestFor(deps, job, signal);
  if (isQuiet(digest) && schedule.quietDay === 'nothing' && digest.coverage.feedsRead > 0) {
    await store.schedules.skipSlot(slot.id, 'nothing new, and the schedule asks for silence on quiet days');
    return false;
  }
  const key = `digest:${schedule.id}:${slot.due}`;
  const parts = publisher.plan(digest, destination, markersOf(key));
  const delivery = await store.deliveries.create(
    {
      kind: 'digest',
      destinationId: destination.id,
      scheduleId: schedule.id,
      slotId: slot.id,
      key,
      createdAt: job.now,
      dueAt: slot.due,
      expiresAt: job.now + deps.graceMs,
      content: digest,
      cutoff: digest.window.until,
    },
    parts.map((part, index) => ({ index, ...part })),
  );
  if (delivery)
    log.info(
      { destination: destination.id, slot: slot.local, stories: digest.coverage.stories },
      'digest made',
    );
  return delivery !== null;
}

/** The digest that a schedule wants at a moment: also what "digest now" and the preview show. */
export function digestFor(
  { store, topics, summarizer, giveWay }: Pick<PublishDeps, 'store' | 'topics' | 'summarizer' | 'giveWay'>,
  { schedule, destination, slot, late, now, waiting }: SlotJob,
  signal?: AbortSignal,
): Promise<Digest> {
  // What came in while nobody was there to send belongs into a late digest too.
  const until = late ? now : slot.due;
  return buildDigest(
    {
      destinationId: destination.id,
      scope: destination.scope,
      languages: destination.languages,
      zone: schedule.zone,
      topics: schedule.topics.flatMap((slug) => topics.find((topic) => topic.slug === slug) ?? []),
      themes: schedule.themes,
      length: schedule.length,
      sentences: schedule.sentences,
      window: { since: schedule.cutoff ?? until - DAY, until },
      at: slot.due,
      late,
      waiting,
    },
    { store, summarizer, signal, giveWay },
  );
}

export function isQuiet(digest: Digest): boolean {
  return !digest.sections.length && !digest.alsoNoted.length && !digest.alerted.length;
}
