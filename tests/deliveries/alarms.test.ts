import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AlarmDeps, raiseAlarms } from '../../src/deliveries/alarms.ts';
import { makeDueSlots } from '../../src/digests/make-slots.ts';
import type { Destination } from '../../src/model/schedule.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';
import { sampleDigest } from '../fakes/sample-digest.ts';
import { createScriptedPlatform } from '../fakes/scripted-platform.ts';

/** 08:00 in Seoul. */
const DUE = Date.UTC(2026, 4, 5, 23);
const MINUTE = 60_000;

let store: Store;
let destination: Destination;
let deps: AlarmDeps;

beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  destination = await store.destinations.save(sampleDestination());
  const publishers = new Map([['discord' as const, createScriptedPlatform()]]);
  deps = { store, publishers, operators: 'discord:555', log: pino({ level: 'silent' }) };
});
afterEach(() => store.close());

const notices = async () => {
  const found = (await store.deliveries.list({ limit: 100 })).filter(({ kind }) => kind === 'notice');
  return found.map(({ content }) => (content.kind === 'notice' ? `${content.title}\n${content.text}` : ''));
};

async function makeDigest(scheduleId: number | null, state: 'sent' | 'pending') {
  const made = await store.deliveries.create(
    {
      kind: 'digest',
      destinationId: destination.id,
      scheduleId,
      slotId: (scheduleId && (await store.schedules.slots(scheduleId, 1))[0]?.id) ?? null,
      key: `digest:${scheduleId}:${DUE}`,
      createdAt: DUE,
      dueAt: DUE,
      expiresAt: DUE + 3 * 60 * MINUTE,
      content: sampleDigest(1),
      cutoff: DUE,
    },
    [],
  );
  if (state === 'sent') await store.deliveries.resolve(made!.id, 'sent', 'test', DUE);
}

describe('a digest that was due', () => {
  test('and was never made raises an alarm, once an hour', async () => {
    await store.schedules.add(sampleSchedule(destination.id, { slotsUntil: DUE - 60 * MINUTE }));
    expect(await raiseAlarms(deps, DUE + 14 * MINUTE)).toBe(0);
    expect(await raiseAlarms(deps, DUE + 15 * MINUTE)).toBe(1);
    expect(await raiseAlarms(deps, DUE + 20 * MINUTE)).toBe(0);
    expect(await notices()).toEqual([expect.stringContaining('2026-05-06T08:00 Asia/Seoul): not made')]);
  });

  test('and has a slot but no delivery raises an alarm', async () => {
    await store.schedules.add(sampleSchedule(destination.id, { slotsUntil: DUE - 60 * MINUTE }));
    await makeDueSlots(store, DUE);
    expect(await raiseAlarms(deps, DUE + 16 * MINUTE)).toBe(1);
  });

  test('and still waits raises an alarm that says how it stands', async () => {
    await makeDigest(null, 'pending');
    await raiseAlarms(deps, DUE + 16 * MINUTE);
    expect(await notices()).toEqual([
      expect.stringMatching(/1 digest due and not gone out\n.*#news.*: pending/),
    ]);
  });

  test('and was sent raises none', async () => {
    const schedule = await store.schedules.add(
      sampleSchedule(destination.id, { slotsUntil: DUE - 60 * MINUTE }),
    );
    await makeDueSlots(store, DUE);
    await makeDigest(schedule.id, 'sent');
    expect(await raiseAlarms(deps, DUE + 16 * MINUTE)).toBe(0);
  });

  test('in a paused channel raises none: its owner was told', async () => {
    await makeDigest(null, 'pending');
    await store.destinations.pause(destination.id, { at: DUE, why: 'target-gone', detail: null });
    expect(await raiseAlarms(deps, DUE + 16 * MINUTE)).toBe(0);
  });

  test('before the schedule was made, or under hours it no longer has, raises none', async () => {
    await store.schedules.add(
      sampleSchedule(destination.id, { createdAt: DUE + MINUTE, slotsUntil: DUE + MINUTE }),
    );
    await store.schedules.add(sampleSchedule(destination.id, { slotsUntil: DUE + MINUTE }));
    expect(await raiseAlarms(deps, DUE + 16 * MINUTE)).toBe(0);
  });
});

describe('feeds', () => {
  async function feed(url: string, lastSuccessAt: number | null) {
    const outlet = await store.outlets.save({
      slug: 'sample-wire',
      name: 'Sample Wire',
      domain: null,
      country: null,
      language: 'en',
      tier: 1,
      stateMedia: false,
      paywalled: false,
    });
    const fields = {
      url,
      scope: 'instance',
      outletId: outlet.id,
      title: null,
      language: 'en',
      fullText: 'never',
    } as const;
    const { feed } = await store.feeds.add({ ...fields, nextPollAt: 0 });
    const error = { code: 'timeout', message: 'no answer within 10 s' } as const;
    await store.feeds.finishPoll(feed.id, {
      ...feed.poll,
      lastPolledAt: DUE,
      lastSuccessAt,
      lastError: error,
    });
  }

  test('of which none was read for two hours raise an alarm, one that was read does not', async () => {
    await feed('https://wire.example.org/a', DUE - 121 * MINUTE);
    expect(await raiseAlarms(deps, DUE)).toBe(1);
    expect(await notices()).toEqual([expect.stringContaining('no answer within 10 s')]);
    await feed('https://wire.example.org/b', DUE + 30 * MINUTE);
    expect(await raiseAlarms(deps, DUE + 61 * MINUTE)).toBe(0);
  });
});

test('without an operators’ destination nothing is sent', async () => {
  await makeDigest(null, 'pending');
  await raiseAlarms({ ...deps, operators: null }, DUE + 16 * MINUTE);
  expect(await notices()).toEqual([]);
});
