import type { Schedule } from '../model/schedule.ts';

/** One moment a schedule asks for: `due` in ms UTC, `local` the wall-clock time asked for (`2026-03-29T02:30`). */
export interface DueSlot {
  due: number;
  local: string;
}

type WallClock = Pick<Schedule, 'times' | 'days' | 'zone'>;

/**
 * The moments of a schedule in `(from, until]`, by time; pure.
 *
 * A time inside a spring gap is due at the first moment after the gap, a repeated hour counts once (its first
 * pass), a day that the zone leaves out has none. Two times that fall on one moment are one slot.
 */
export function dueSlots(schedule: WallClock, from: number, until: number): DueSlot[] {
  if (until <= from) return [];
  // A gap that swallows midnight moves a slot into the next day: look one day further at both ends.
  const first = localDate(from, schedule.zone).subtract({ days: 1 });
  const last = localDate(until, schedule.zone).add({ days: 1 });
  const slots = new Map<number, DueSlot>();
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (!schedule.days.includes(date.dayOfWeek)) continue;
    for (const time of schedule.times) {
      const due = momentOf(date, time, schedule.zone);
      if (due !== null && due > from && due <= until && !slots.has(due))
        slots.set(due, { due, local: `${date}T${time}` });
    }
  }
  return [...slots.values()].sort((a, b) => a.due - b.due);
}

/** The first slot after `after`, or null where none comes within two weeks. */
export function nextSlot(schedule: WallClock, after: number): DueSlot | null {
  for (const days of [2, 15]) {
    const [next] = dueSlots(schedule, after, after + days * 86_400_000);
    if (next) return next;
  }
  return null;
}

/** ms UTC of a wall-clock time; null on a day that the zone skipped (Apia had no 30 December 2011). */
function momentOf(date: Temporal.PlainDate, time: string, zone: string): number | null {
  const wanted = date.toPlainDateTime(time);
  const moment = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (moment.toPlainDateTime().equals(wanted)) return moment.epochMilliseconds;
  if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return null;
  // In a gap `earlier` lands before it; the transition that follows is the gap's end.
  return moment.getTimeZoneTransition('next')!.epochMilliseconds;
}

function localDate(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}
