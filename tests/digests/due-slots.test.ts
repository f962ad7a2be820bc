import { describe, expect, test } from 'vitest';
import { type DueSlot, dueSlots, nextSlot } from '../../src/digests/due-slots.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const utc = (slots: DueSlot[]) => slots.map((slot) => new Date(slot.due).toISOString().slice(0, 16));

function schedule(zone: string, times: string[], days = EVERY_DAY) {
  return { zone, times, days };
}

describe('due slots', () => {
  test('the window is open at its start and closed at its end', () => {
    const daily = schedule('Asia/Seoul', ['08:00']);
    const eight = at('2026-05-04T23:00Z');
    expect(dueSlots(daily, eight - 1, eight)).toEqual([{ due: eight, local: '2026-05-05T08:00' }]);
    expect(dueSlots(daily, eight, eight + 1)).toEqual([]);
  });

  test('days of week are those of the zone, not of UTC', () => {
    const mondays = schedule('Asia/Seoul', ['07:30'], [1]);
    expect(utc(dueSlots(mondays, at('2026-05-01T00:00Z'), at('2026-05-15T00:00Z')))).toEqual([
      '2026-05-03T22:30',
      '2026-05-10T22:30',
    ]);
  });

  test('a time inside a spring gap is due at the first moment after it', () => {
    const gap = schedule('Europe/Berlin', ['02:30']);
    expect(dueSlots(gap, at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z'))).toEqual([
      { due: at('2026-03-29T01:00Z'), local: '2026-03-29T02:30' },
    ]);
  });

  test('two times that a gap pushes onto one moment are one slot', () => {
    const gap = schedule('Europe/Berlin', ['02:00', '02:30', '03:00']);
    expect(utc(dueSlots(gap, at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z')))).toEqual([
      '2026-03-29T01:00',
    ]);
  });

  test('a repeated hour fires once, at its first pass', () => {
    const repeated = schedule('America/New_York', ['01:30']);
    expect(utc(dueSlots(repeated, at('2026-11-01T00:00Z'), at('2026-11-01T23:00Z')))).toEqual([
      '2026-11-01T05:30',
    ]);
  });

  test('a day that does not exist is skipped', () => {
    const apia = schedule('Pacific/Apia', ['00:00', '08:00', '23:59']);
    const days = dueSlots(apia, at('2011-12-29T12:00Z'), at('2012-01-01T08:00Z')).map((s) => s.local);
    expect(days.filter((local) => local.startsWith('2011-12-30'))).toEqual([]);
    expect(days.filter((local) => local.startsWith('2011-12-31'))).toHaveLength(3);
  });

  test('a gap over midnight keeps the slot of the day it was asked for', () => {
    const cairo = schedule('Africa/Cairo', ['00:30']);
    expect(dueSlots(cairo, at('2026-04-23T12:00Z'), at('2026-04-24T12:00Z'))).toEqual([
      { due: at('2026-04-23T22:00Z'), local: '2026-04-24T00:30' },
    ]);
  });

  test('a minute-by-minute clock finds the same slots as one look', () => {
    const times = schedule('America/Santiago', ['00:00', '00:30', '23:30']);
    const from = at('2026-09-05T12:00Z');
    const until = at('2026-09-07T12:00Z');
    const ticked: DueSlot[] = [];
    for (let t = from; t < until; t += 60_000)
      ticked.push(...dueSlots(times, t, Math.min(t + 60_000, until)));
    expect(ticked).toEqual(dueSlots(times, from, until));
  });

  test('the next slot of a weekly schedule is found across a whole week', () => {
    const weekly = schedule('Europe/London', ['08:00'], [1]);
    expect(nextSlot(weekly, at('2026-06-01T07:00Z'))).toEqual({
      due: at('2026-06-08T07:00Z'),
      local: '2026-06-08T08:00',
    });
  });
});

describe('every zone transition of 2025 to 2027', () => {
  const transitions = Intl.supportedValuesOf('timeZone').flatMap((zone) => transitionsOf(zone, 2025, 2027));

  test('daily schedules at the hours and half hours around it have each slot exactly once', () => {
    let slots = 0;
    for (const { zone, moment } of transitions) {
      const around = moment.toPlainDate();
      const times = clockTimesAround(moment);
      const from = moment.subtract({ hours: 72 }).epochMilliseconds;
      const until = moment.add({ hours: 72 }).epochMilliseconds;
      for (const time of times) {
        const due = dueSlots(schedule(zone, [time]), from, until);
        slots += due.length;
        // The days well inside the window: one slot each, in order, on or right after the wall-clock time.
        const wanted = [-1, 0, 1].map((days) => `${around.add({ days })}T${time}`);
        const found = due.filter((slot) => wanted.includes(slot.local)).map((slot) => slot.local);
        if (found.join() !== wanted.join())
          expect.fail(`${zone} ${moment} at ${time}: ${found.join(' ')} instead of ${wanted.join(' ')}`);
        for (const slot of due) checkMoment(zone, slot);
      }
    }
    expect(transitions.length).toBeGreaterThan(500);
    expect(slots).toBeGreaterThan(transitions.length * 4 * 5);
  });
});

/** A slot shows its wall-clock time, or stands at the very end of the gap that swallowed it. */
function checkMoment(zone: string, slot: DueSlot): void {
  const instant = Temporal.Instant.fromEpochMilliseconds(slot.due);
  const shown = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  const asked = Temporal.PlainDateTime.from(slot.local);
  if (shown.equals(asked)) {
    const hourBefore = instant.subtract({ hours: 1 }).toZonedDateTimeISO(zone).toPlainDateTime();
    expect(hourBefore.equals(asked), `${zone} ${slot.local}: first pass of a repeated hour`).toBe(false);
    return;
  }
  const before = instant.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDateTime();
  expect(Temporal.PlainDateTime.compare(before, asked), `${zone} ${slot.local}: after the gap began`).toBe(
    -1,
  );
  expect(Temporal.PlainDateTime.compare(asked, shown), `${zone} ${slot.local}: before the gap ended`).toBe(
    -1,
  );
}

function transitionsOf(zone: string, firstYear: number, lastYear: number) {
  const found: { zone: string; moment: Temporal.ZonedDateTime }[] = [];
  let moment = Temporal.Instant.from(`${firstYear}-01-01T00:00Z`).toZonedDateTimeISO(zone);
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (!next || next.year > lastYear) return found;
    found.push({ zone, moment: next });
    moment = next;
  }
}

/** Hours and half hours of the clock from two hours before the transition to two hours after, as walls showed them. */
function clockTimesAround(moment: Temporal.ZonedDateTime): string[] {
  const times = new Set<string>();
  const before = moment.subtract({ milliseconds: 1 }).toPlainDateTime().add({ milliseconds: 1 });
  for (const edge of [before, moment.toPlainDateTime()])
    for (let half = -4; half <= 4; half++)
      times.add(
        edge
          .add({ minutes: half * 30 })
          .round({ smallestUnit: 'minute', roundingIncrement: 30 })
          .toPlainTime()
          .toString()
          .slice(0, 5),
      );
  return [...times];
}
