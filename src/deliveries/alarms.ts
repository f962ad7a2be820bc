import type { Logger } from 'pino';
import { dueSlots } from '../digests/due-slots.ts';
import type { Notice } from '../model/delivery.ts';
import type { Feed } from '../model/feed.ts';
import type { Destination } from '../model/schedule.ts';
import type { PlatformName } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { markersOf } from './markers.ts';

export interface AlarmDeps {
  store: Store;
  publishers: ReadonlyMap<PlatformName, Publisher>;
  /** `discord:123456`, from the configuration; without it alarms are in the log alone. */
  operators: string | null;
  log: Logger;
}

/** A digest is overdue after this, ms: retries and rate limits have had their time. */
const OVERDUE_MS = 15 * 60_000;
/** No feed at all was read for this long, ms. */
const NO_FEED_MS = 2 * 3_600_000;
/** Checked digests were due at most this long ago, ms: an alarm that was missed meanwhile still comes. */
const LOOK_BACK_MS = 6 * 3_600_000;
const HOUR = 3_600_000;
const MOST_NAMED = 5;
const MOST_LOOKED_AT = 1_000;

/**
 * Tells the operators what readers would notice first: a digest that was due has not gone out, or no feed was read
 * for long. One message an hour for each kind, however many are concerned. @returns alarms raised now
 */
export async function raiseAlarms(deps: AlarmDeps, now: number): Promise<number> {
  const { store } = deps;
  const overdue = [...(await stuckDigests(store, now)), ...(await digestsNeverMade(store, now))];
  const alarms = [overdueAlarm(overdue, now), silenceAlarm(await store.feeds.list(), now)];
  let raised = 0;
  for (const alarm of alarms) if (alarm && (await raise(deps, alarm, now))) raised++;
  return raised;
}

interface Alarm {
  /** Unique by (kind, hour). */
  key: string;
  notice: Notice;
}

/** One line for each digest that is late or lost; pure wording. */
function overdueAlarm(overdue: readonly string[], now: number): Alarm | null {
  if (!overdue.length) return null;
  const more = overdue.length > MOST_NAMED ? `\nand ${overdue.length - MOST_NAMED} more` : '';
  return {
    key: `alarm:digests:${Math.floor(now / HOUR)}`,
    notice: {
      kind: 'notice',
      code: 'alarm-digests',
      title: `${overdue.length} digest${overdue.length === 1 ? '' : 's'} due and not gone out`,
      text: `${overdue.slice(0, MOST_NAMED).join('\n')}${more}\nDetails: tumen deliveries list`,
    },
  };
}

function silenceAlarm(feeds: readonly Feed[], now: number): Alarm | null {
  const polled = feeds.filter((feed) => feed.poll.goneAt === null && feed.poll.lastPolledAt !== null);
  if (!polled.length) return null;
  const lastRead = Math.max(...polled.map((feed) => feed.poll.lastSuccessAt ?? 0));
  if (now - lastRead < NO_FEED_MS) return null;
  const since = lastRead ? `since ${new Date(lastRead).toISOString()}` : 'yet';
  const reasons = new Set(
    polled.map((feed) => feed.poll.lastError?.message).filter((text) => text !== undefined),
  );
  return {
    key: `alarm:feeds:${Math.floor(now / HOUR)}`,
    notice: {
      kind: 'notice',
      code: 'alarm-feeds',
      title: 'No feed was read for long',
      text: `None of ${polled.length} feeds was read ${since}. ${[...reasons].slice(0, 3).join('; ')}\nDetails: tumen feeds check`,
    },
  };
}

/** Digests that were made and are late, or ended unsent. */
async function stuckDigests(store: Store, now: number): Promise<string[]> {
  const lines: string[] = [];
  for (const state of ['pending', 'sending', 'uncertain', 'failed', 'expired'] as const)
    for (const delivery of await store.deliveries.list({ state, limit: MOST_LOOKED_AT })) {
      const isRecent = delivery.dueAt > now - LOOK_BACK_MS && delivery.dueAt <= now - OVERDUE_MS;
      if (delivery.kind !== 'digest' || !isRecent) continue;
      const destination = await store.destinations.get(delivery.destinationId);
      if (!destination || destination.paused) continue;
      lines.push(
        `${nameOf(destination)}, due ${iso(delivery.dueAt)}: ${state}${delivery.reason ? `, ${delivery.reason}` : ''}`,
      );
    }
  return lines;
}

/** What the clock says was due, and nobody has made. */
async function digestsNeverMade(store: Store, now: number): Promise<string[]> {
  const lines: string[] = [];
  for (const schedule of await store.schedules.list()) {
    if (schedule.paused) continue;
    const from = Math.max(now - LOOK_BACK_MS, schedule.createdAt);
    const expected = dueSlots(schedule, from, now - OVERDUE_MS).at(-1);
    // Slots are made in order: with a later mark, this one was made or belongs to hours that were changed since.
    if (!expected || (schedule.slotsUntil > expected.due && schedule.slotsUntil <= now)) continue;
    const slots = await store.schedules.slots(schedule.id, schedule.times.length * 2);
    const slot = slots.find((one) => one.due === expected.due);
    if (slot && (slot.deliveryId !== null || slot.skipped !== null)) continue;
    const destination = await store.destinations.get(schedule.destinationId);
    if (destination && !destination.paused)
      lines.push(
        `${nameOf(destination)}, due ${iso(expected.due)} (${expected.local} ${schedule.zone}): not made`,
      );
  }
  return lines;
}

async function raise(
  { store, publishers, operators, log }: AlarmDeps,
  alarm: Alarm,
  now: number,
): Promise<boolean> {
  const { key, notice } = alarm;
  if (await store.deliveries.byKey(key)) return false;
  const destination = operators === null ? null : await operatorsDestination(store, operators);
  const publisher = destination && publishers.get(destination.platform);
  if (!destination || !publisher) {
    if (await store.leases.once(key, now))
      log.error({ alarm: notice.code, title: notice.title, text: notice.text }, 'alarm');
    return false;
  }
  const parts = publisher
    .plan(notice, destination, markersOf(key))
    .map((part, index) => ({ index, ...part }));
  const whom = {
    kind: 'notice',
    destinationId: destination.id,
    scheduleId: null,
    slotId: null,
    cutoff: null,
  } as const;
  const times = { createdAt: now, dueAt: now, expiresAt: now + 24 * HOUR };
  const made = await store.deliveries.create({ ...whom, ...times, key, content: notice }, parts);
  if (made) log.error({ alarm: notice.code, title: notice.title, text: notice.text }, 'alarm');
  return made !== null;
}

async function operatorsDestination(store: Store, operators: string): Promise<Destination> {
  const colon = operators.indexOf(':');
  const platform = operators.slice(0, colon) as PlatformName;
  const target = operators.slice(colon + 1);
  const known = await store.destinations.find(platform, target);
  if (known) return known;
  return store.destinations.save({
    platform,
    scope: 'instance',
    kind: 'text',
    target,
    name: null,
    languages: ['en'],
    zone: 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: null,
  });
}

const nameOf = (destination: Destination) =>
  `${destination.platform} ${destination.name ?? destination.target}`;
const iso = (at: number) => new Date(at).toISOString();
