import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catchUp } from '../../src/digests/catch-up.ts';
import { makeDueSlots } from '../../src/digests/make-slots.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { NewSchedule, Store } from '../../src/store/store.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 08:00 in Seoul. */
const EIGHT = Date.UTC(2026, 4, 5, 23);

let store: Store;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
});
afterEach(() => store.close());

async function schedule(change: Partial<NewSchedule> = {}): Promise<number> {
  const destination = await store.destinations.save(sampleDestination());
  return (await store.schedules.add(sampleSchedule(destination.id, { slotsUntil: EIGHT - HOUR, ...change })))
    .id;
}
const slots = async (id: number) =>
  (await store.schedules.slots(id, 100)).map((slot) => slot.local).reverse();

describe('slots of a running clock', () => {
  test('are made once, whether it ticks each minute or not at all for a day', async () => {
    const ticked = await schedule();
    for (let now = EIGHT - HOUR; now <= EIGHT + HOUR; now += 60_000) await makeDueSlots(store, now);
    expect(await slots(ticked)).toEqual(['2026-05-06T08:00']);
    await makeDueSlots(store, EIGHT + 25 * HOUR);
    expect(await slots(ticked)).toEqual(['2026-05-06T08:00', '2026-05-07T08:00']);
  });

  test('are none while paused', async () => {
    const paused = await schedule({ paused: true });
    await makeDueSlots(store, EIGHT + DAY);
    expect(await slots(paused)).toEqual([]);
  });

  test('of a year without service are those of the last week', async () => {
    const old = await schedule();
    await makeDueSlots(store, EIGHT + 365 * DAY);
    expect(await slots(old)).toHaveLength(7);
  });
});

describe('slots of a clock that jumps', () => {
  test.each([1, 400])(
    '%i days ahead and back are made once, and those after it are not missed',
    async (days) => {
      const id = await schedule();
      await makeDueSlots(store, EIGHT);
      await makeDueSlots(store, EIGHT + days * DAY);
      const ahead = await slots(id);
      for (let now = EIGHT + HOUR; now < EIGHT + 3 * DAY; now += HOUR) await makeDueSlots(store, now);
      const after = await slots(id);
      expect(new Set(after).size).toBe(after.length);
      expect(after).toEqual([...new Set([...ahead, '2026-05-07T08:00', '2026-05-08T08:00'])].sort());
    },
  );
});

describe('slots under changed zone rules', () => {
  // New rules of one zone look like another zone to what was stored under the old ones.
  test('are not repeated where the same wall-clock time comes again later', async () => {
    const id = await schedule({ zone: 'Asia/Seoul' });
    await makeDueSlots(store, EIGHT);
    await store.schedules.update(id, { zone: 'Asia/Shanghai' });
    await makeDueSlots(store, EIGHT + 2 * HOUR);
    expect(await slots(id)).toEqual(['2026-05-06T08:00']);
  });

  test('are not lost where the wall-clock time lies in the past now', async () => {
    const id = await schedule({ zone: 'Asia/Shanghai', slotsUntil: EIGHT - 23 * HOUR });
    await makeDueSlots(store, EIGHT + HOUR / 2);
    await store.schedules.update(id, { zone: 'Asia/Seoul' });
    await makeDueSlots(store, EIGHT + HOUR / 2 + 60_000);
    expect(await slots(id)).toEqual(['2026-05-06T08:00']);
  });
});

describe('catching up', () => {
  const slot = (due: number) => ({ id: due, scheduleId: 1, due, local: '' });

  test('on the hour is not late', () => {
    expect(catchUp([slot(EIGHT)], EIGHT + 3_000, 3 * HOUR)).toMatchObject({
      send: { due: EIGHT },
      late: false,
      skip: [],
    });
  });

  test('after a time without service the newest within the grace period goes out once, marked late', () => {
    const missed = [EIGHT - 4 * HOUR, EIGHT - 2 * HOUR, EIGHT].map(slot);
    const plan = catchUp(missed, EIGHT + HOUR, 3 * HOUR);
    expect(plan).toMatchObject({ send: { due: EIGHT }, late: true });
    expect(plan.skip.map(({ slot, reason }) => [slot.due, reason.split(' ')[0]])).toEqual([
      [EIGHT - 2 * HOUR, 'covered'],
      [EIGHT - 4 * HOUR, 'missed'],
    ]);
  });

  test('beyond the grace period nothing goes out', () => {
    expect(catchUp([slot(EIGHT)], EIGHT + 3 * HOUR + 1, 3 * HOUR)).toMatchObject({ send: null, late: false });
  });
});
