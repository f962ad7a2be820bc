import { setImmediate } from 'node:timers/promises';
import type { Schedule } from '../model/schedule.ts';
import type { Store } from '../store/store.ts';
import { type DueSlot, dueSlots } from './due-slots.ts';

/** Nothing older is made up for: the grace period is hours. */
const LOOK_BACK_MS = 7 * 86_400_000;
const YIELD_EVERY = 200;
/** A mark this far in the future was set while the clock was wrong. */
const CLOCK_FAULT_MS = 3_600_000;

/**
 * Stores the slots that have come due for every unpaused schedule. `slotsUntil` moves only when a slot is made, so
 * that after a change of zone rules the slot that new rules moved into the past is still found, and its local time
 * tells one that old rules have made already.
 * @returns how many were made
 */
export async function makeDueSlots(store: Store, now: number): Promise<number> {
  let made = 0;
  for (const [i, schedule] of (await store.schedules.list()).entries()) {
    // Thousands of schedules with nothing due must not hold up the main loop.
    if (i % YIELD_EVERY === YIELD_EVERY - 1) await setImmediate();
    if (!schedule.paused) made += await makeFor(schedule);
  }
  return made;

  async function makeFor(schedule: Schedule): Promise<number> {
    if (schedule.slotsUntil > now + CLOCK_FAULT_MS) {
      await store.schedules.addSlots(schedule.id, [], now);
      return 0;
    }
    const due = dueSlots(schedule, Math.max(schedule.slotsUntil, now - LOOK_BACK_MS), now);
    if (!due.length) return 0;
    const known = await store.schedules.slots(schedule.id, schedule.times.length * 8 + due.length);
    const fresh = withoutKnown(due, known);
    await store.schedules.addSlots(schedule.id, fresh, due.at(-1)!.due);
    return fresh.length;
  }
}

/** Drops what was made under other zone rules: the same wall-clock time of the same day; pure. */
function withoutKnown(due: DueSlot[], known: { local: string }[]): DueSlot[] {
  const locals = new Set(known.map((slot) => slot.local));
  return due.filter((slot) => !locals.has(slot.local));
}
