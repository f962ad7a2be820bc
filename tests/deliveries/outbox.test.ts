import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutbox, type Outbox, type OutboxOptions } from '../../src/deliveries/outbox.ts';
import type { Part, PartAction } from '../../src/model/delivery.ts';
import { StoreError } from '../../src/model/errors.ts';
import type { Destination, Schedule } from '../../src/model/schedule.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';
import { sampleDigest, sampleNotice } from '../fakes/sample-digest.ts';
import { createScriptedPlatform, type ScriptedPlatform } from '../fakes/scripted-platform.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 4, 5, 23);
/** Until then a call may still be carried out: the platform's settle time and our deadline. */
const SETTLED = 10_000 + 500;

const log = pino({ level: 'silent' });
let clock: number;
let store: Store;
let platform: ScriptedPlatform;
let destination: Destination;
let schedule: Schedule;
let outboxes: Outbox[];

beforeEach(async () => {
  clock = START;
  outboxes = [];
  store = await openStore({ file: ':memory:' });
  platform = createScriptedPlatform({ settleMs: 10_000, now: () => clock });
  destination = await store.destinations.save(sampleDestination());
  schedule = await store.schedules.add(sampleSchedule(destination.id));
  for (let story = 0; story < 3; story++)
    await store.stories.create({ id: await store.stories.nextId(), at: clock });
});

afterEach(async () => {
  for (const outbox of outboxes) await outbox.stop();
  await store.close();
});

function outbox(owner = 'one', change: Partial<OutboxOptions> = {}): Outbox {
  const options = { store, publishers: [platform], owner, log, now: () => clock, ticks: () => clock };
  const made = createOutbox({ ...options, leaseMs: 60_000, callMs: 500, ...change });
  outboxes.push(made);
  return made;
}

async function deliver(
  options: { to?: Destination; stories?: number; firstId?: number; parts?: PartAction[] } = {},
) {
  const { to = destination, stories = 1, firstId = 1 } = options;
  const content = sampleDigest(stories, firstId);
  const key = `digest:${to.id}:${firstId}`;
  const ids = content.memory.map((memory) => memory.storyId);
  const actions = options.parts ?? [{ kind: 'message', payload: 'text' }];
  const created = await store.deliveries.create(
    {
      kind: 'digest',
      destinationId: to.id,
      scheduleId: to === destination ? schedule.id : null,
      slotId: null,
      key,
      createdAt: clock,
      dueAt: clock,
      expiresAt: clock + 3 * HOUR,
      content,
      cutoff: clock,
    },
    actions.map((action, index) => ({ index, action, marker: `${key}:${index}`, stories: index ? [] : ids })),
  );
  return created!.id;
}

const read = async (id: number) => (await store.deliveries.get(id))!;
const states = async (id: number) => (await read(id)).parts.map((part: Part) => part.state);
const standing = () => platform.messages.map((message) => message.marker);

describe('a delivery', () => {
  test('goes out once, and what it showed and its cut-off are on record', async () => {
    const id = await deliver({ stories: 2 });
    const [round] = await outbox().tick();
    expect(round?.round).toMatchObject({ sent: 1, later: 0 });
    expect(standing()).toHaveLength(1);
    expect((await read(id)).state).toBe('sent');
    expect((await store.schedules.get(schedule.id))?.cutoff).toBe(START);
    const shown = await store.deliveries.shown(destination.id, [1, 2]);
    expect(shown.map((row) => [row.storyId, row.message?.messageId])).toEqual([
      [1, '000001'],
      [2, '000001'],
    ]);
    await outboxes[0]!.tick();
    expect(platform.calls.publish).toBe(1);
  });

  test('is sent part by part, in order', async () => {
    const id = await deliver({ parts: [1, 2, 3].map((n) => ({ kind: 'message', payload: n })) });
    await outbox().tick();
    expect(platform.messages.map((message) => message.payload)).toEqual([1, 2, 3]);
    expect(await states(id)).toEqual(['sent', 'sent', 'sent']);
  });

  test('that the platform took before it died is found and not sent again', async () => {
    const id = await deliver();
    platform.script.push({ outcome: { kind: 'unknown', reason: '502' }, stored: true });
    const box = outbox();
    await box.tick();
    expect(await states(id)).toEqual(['sending']);
    clock += SETTLED - 1;
    await box.tick();
    expect(platform.calls.find).toBe(0);
    clock += 1;
    await box.tick();
    expect(standing()).toHaveLength(1);
    expect(await read(id)).toMatchObject({ state: 'sent', parts: [{ messageId: '000001', attempts: 1 }] });
    expect(await store.deliveries.shown(destination.id, [1])).toHaveLength(1);
  });

  test('that did not get there is sent again after the look, and looked at once more', async () => {
    const id = await deliver();
    platform.script.push({ outcome: { kind: 'unknown', reason: 'time-out' }, stored: false });
    const box = outbox();
    await box.tick();
    clock += SETTLED;
    await box.tick();
    expect(standing()).toHaveLength(1);
    expect(await read(id)).toMatchObject({ state: 'sending', parts: [{ state: 'sent', attempts: 2 }] });
    clock += SETTLED;
    await box.tick();
    expect(await read(id)).toMatchObject({ state: 'sent', reason: null });
  });

  test('whose first call is carried out later than promised loses the double', async () => {
    const id = await deliver();
    platform.script.push({ outcome: { kind: 'unknown', reason: 'time-out' }, stored: false });
    const box = outbox();
    await box.tick();
    clock += SETTLED;
    await box.tick();
    const [kept] = platform.messages;
    platform.messages.unshift({ ...kept!, messageId: '000000', at: clock - 1 });
    clock += SETTLED;
    await box.tick();
    expect(platform.messages).toEqual([kept]);
    expect(await read(id)).toMatchObject({ state: 'sent', parts: [{ messageId: kept!.messageId }] });
  });

  test('is uncertain where the history is denied, is not sent again and not dropped', async () => {
    const id = await deliver();
    platform.historyDenied = true;
    platform.script.push({ outcome: { kind: 'unknown', reason: 'closed' }, stored: false });
    const box = outbox();
    for (let tick = 0; tick < 4; tick++, clock += HOUR) await box.tick();
    expect(platform.calls.publish).toBe(1);
    expect(await read(id)).toMatchObject({ state: 'uncertain', reason: expect.stringContaining('history') });
    expect((await store.schedules.get(schedule.id))?.cutoff).toBeNull();

    await store.deliveries.resolve(id, 'pending', 'it is not there', clock);
    platform.historyDenied = false;
    await box.tick();
    expect(standing()).toHaveLength(1);
  });

  test('waits for a history that does not answer now', async () => {
    const id = await deliver();
    platform.script.push({ outcome: { kind: 'unknown', reason: '502' }, stored: true });
    platform.lookups.push({ kind: 'retry', reason: '503' }, { kind: 'retry', reason: '503' });
    const box = outbox();
    for (let tick = 0; tick < 4; tick++, clock += 60_000) await box.tick();
    expect(platform.calls).toMatchObject({ publish: 1, find: 3 });
    expect((await read(id)).state).toBe('sent');
  });

  test.each(['hang', 'throw'] as const)('survives an adapter that %ss', async (outcome) => {
    const id = await deliver();
    platform.script.push({ outcome, stored: false });
    const box = outbox('one', { callMs: 100 });
    await box.tick();
    expect(await states(id)).toEqual(['sending']);
    for (let tick = 0; tick < 2; tick++) {
      clock += SETTLED;
      await box.tick();
    }
    expect(standing()).toHaveLength(1);
  });

  test('that the platform refuses as malformed fails, and its other parts go out', async () => {
    const id = await deliver({ parts: [1, 2, 3].map((n) => ({ kind: 'message', payload: n })) });
    platform.script.push({ outcome: 'sent' }, { outcome: { kind: 'rejected', reason: 'too long' } });
    await outbox().tick();
    expect(await states(id)).toEqual(['sent', 'failed', 'sent']);
    expect(await read(id)).toMatchObject({ state: 'failed', reason: 'part 2 of 3: too long' });
  });

  test('whose thread could not be opened does not post beside it', async () => {
    const thread: PartAction[] = [
      { kind: 'message', payload: 'opener' },
      { kind: 'thread', title: 'Sources', of: 0 },
      { kind: 'message', payload: 'inside', inThreadOf: 1 },
    ];
    const id = await deliver({ parts: thread });
    platform.script.push({ outcome: 'sent' }, { outcome: { kind: 'rejected', reason: 'no threads here' } });
    await outbox().tick();
    expect(await states(id)).toEqual(['sent', 'failed', 'failed']);
    expect(platform.messages.map((message) => message.payload)).toEqual(['opener']);
  });

  test('past its expiry is not sent, and its stories stay unseen', async () => {
    const id = await deliver();
    clock += 3 * HOUR + 1;
    await outbox().tick();
    expect(await read(id)).toMatchObject({ state: 'expired' });
    expect(platform.calls.publish).toBe(0);
    expect(await store.deliveries.shown(destination.id, [1])).toEqual([]);
    expect((await store.schedules.get(schedule.id))?.cutoff).toBeNull();
  });

  test('that expires half sent keeps what was shown and leaves the cut-off', async () => {
    const id = await deliver({ parts: [1, 2].map((n) => ({ kind: 'message', payload: n })) });
    platform.script.push(
      { outcome: 'sent' },
      { outcome: { kind: 'rate-limited', until: clock + 4 * HOUR, scope: 'channel' } },
    );
    const box = outbox();
    await box.tick();
    clock += 4 * HOUR;
    await box.tick();
    expect(await states(id)).toEqual(['sent', 'expired']);
    expect(await read(id)).toMatchObject({ state: 'expired' });
    expect(await store.deliveries.shown(destination.id, [1])).toHaveLength(1);
    expect((await store.schedules.get(schedule.id))?.cutoff).toBeNull();
  });

  test('that cannot be recorded is not sent, and goes out once there is room again', async () => {
    const id = await deliver();
    let full = true;
    const beginPart: Store['deliveries']['beginPart'] = async (...args) => {
      if (full) throw new StoreError('disk-full', 'no room left');
      await store.deliveries.beginPart(...args);
    };
    const box = outbox('one', { store: { ...store, deliveries: { ...store.deliveries, beginPart } } });
    const [round] = await box.tick();
    expect(round?.error).toMatchObject({ code: 'disk-full' });
    expect(platform.calls.publish).toBe(0);
    full = false;
    clock += 60_001;
    await box.tick();
    expect((await read(id)).state).toBe('sent');
    expect(standing()).toHaveLength(1);
  });
});

describe('rate limits', () => {
  test('of one channel hold up that channel alone', async () => {
    const other = await store.destinations.save(sampleDestination({ target: '200' }));
    const first = await deliver();
    const second = await deliver({ to: other });
    platform.script.push({ outcome: { kind: 'rate-limited', until: clock + 30_000, scope: 'channel' } });
    const box = outbox();
    await box.tick();
    expect([(await read(first)).state, (await read(second)).state]).toEqual(['pending', 'sent']);
    clock += 30_000;
    await box.tick();
    expect(await states(first)).toEqual(['sent']);
    expect(platform.messages).toHaveLength(2);
  });

  test('of the whole token hold up everything', async () => {
    const other = await store.destinations.save(sampleDestination({ target: '200' }));
    await deliver();
    platform.script.push({ outcome: { kind: 'rate-limited', until: clock + 30_000, scope: 'global' } });
    const box = outbox();
    await box.tick();
    const second = await deliver({ to: other });
    await box.tick();
    expect((await read(second)).state).toBe('pending');
    expect(platform.calls.publish).toBe(1);
  });
});

describe('a target that refuses', () => {
  test.each(['target-gone', 'dms-closed', 'unauthorized'] as const)(
    '%s pauses, its owner is told once, the rest goes on',
    async (kind) => {
      const other = await store.destinations.save(sampleDestination({ target: '200' }));
      await deliver();
      await deliver({ firstId: 2 });
      const last = await deliver({ to: other });
      platform.script.push({ outcome: { kind, reason: 'as it says' } });
      if (kind === 'unauthorized') platform.refusedScopes.add(destination.scope);
      await outbox().tick();
      await outboxes[0]!.stop();
      await outbox('after a restart').tick();
      clock += 90_000;
      await outboxes[1]!.tick();
      expect((await store.destinations.get(destination.id))?.paused).toMatchObject({
        why: kind,
        detail: 'as it says',
      });
      // Nobody can be told anything with a token that is refused: health says it to whoever runs the service.
      const codes = platform.told.map(({ userId, notice }) => `${userId} ${notice.code}`);
      expect(codes).toEqual(kind === 'unauthorized' ? [] : [`900 paused-${kind}`]);
      expect((await read(last)).state).toBe('sent');
    },
  );

  test('what was paused for a refused token goes on at the next start that finds it taken', async () => {
    const others = await store.destinations.save(
      sampleDestination({ target: '200', scope: 'discord:other' }),
    );
    const pause = { at: clock, why: 'unauthorized', detail: '401' } as const;
    for (const { id } of [destination, others]) await store.destinations.pause(id, pause);
    const id = await deliver();
    platform.refusedScopes.add(destination.scope);
    await outbox().tick();
    expect((await store.destinations.get(destination.id))?.paused?.why).toBe('unauthorized');
    expect((await store.destinations.get(others.id))?.paused).toBeNull();
    await outboxes[0]!.stop();
    platform.refusedScopes.clear();
    await outbox('with a new token').tick();
    expect((await store.destinations.get(destination.id))?.paused).toBeNull();
    expect((await read(id)).state).toBe('sent');
  });

  test('a crash between the pause and the message leaves nobody untold', async () => {
    const pause = { at: clock, why: 'target-gone', detail: null } as const;
    await store.destinations.pause(destination.id, pause);
    const box = outbox();
    await box.tick();
    await box.tick();
    expect(platform.told.map((call) => call.userId)).toEqual(['900']);
  });

  test('that a person paused is nobody’s news', async () => {
    await store.destinations.pause(destination.id, { at: clock, why: 'person', detail: null });
    const id = await deliver();
    await outbox().tick();
    expect(platform.told).toEqual([]);
    expect((await read(id)).state).toBe('pending');
  });
});

describe('several instances', () => {
  test('have one sender for a platform, and the next takes over when it stops', async () => {
    await deliver();
    const [first, second] = [outbox('one'), outbox('two')];
    await first.tick();
    await deliver({ firstId: 2 });
    expect((await second.tick())[0]?.round).toBeNull();
    await first.stop();
    expect((await second.tick())[0]?.round).toMatchObject({ sent: 1 });
  });

  test('a holder that was stopped before the call does not make it', async () => {
    const id = await deliver();
    let stopped = false;
    const beginPart: Store['deliveries']['beginPart'] = async (...args) => {
      await store.deliveries.beginPart(...args);
      if (!stopped) clock += 61_000;
      stopped = true;
    };
    const first = outbox('one', { store: { ...store, deliveries: { ...store.deliveries, beginPart } } });
    expect((await first.tick())[0]?.round).toMatchObject({ lost: 1 });
    expect(platform.calls.publish).toBe(0);
    await first.stop();
    const second = outbox('two');
    for (let tick = 0; tick < 2; tick++, clock += SETTLED) await second.tick();
    expect(await read(id)).toMatchObject({ state: 'sent' });
    expect(standing()).toHaveLength(1);
  });

  test('a holder that was stopped within the call takes its double back', async () => {
    const id = await deliver();
    const second = outbox('two');
    platform.script.push({
      outcome: 'sent',
      before: async () => {
        clock += 61_000;
        await second.tick();
      },
    });
    const first = outbox('one');
    expect((await first.tick())[0]?.round).toMatchObject({ lost: 1 });
    expect(platform.calls).toMatchObject({ publish: 2, remove: 1 });
    const [kept] = platform.messages;
    expect(platform.messages).toHaveLength(1);
    clock += SETTLED;
    await second.tick();
    expect(await read(id)).toMatchObject({ state: 'sent', parts: [{ messageId: kept!.messageId }] });
  });

  test('a holder that was stopped within a call and does not learn its end looks for its double', async () => {
    platform = createScriptedPlatform({ settleMs: 20, now: () => clock });
    const id = await deliver();
    const second = outbox('two', { callMs: 30 });
    platform.script.push({
      outcome: { kind: 'unknown', reason: 'no answer' },
      stored: true,
      before: async () => {
        clock += 61_000;
        for (let tick = 0; tick < 2; tick++, clock += 60) await second.tick();
      },
    });
    expect((await outbox('one', { callMs: 5_000 }).tick())[0]?.round).toMatchObject({ lost: 1 });
    expect((await read(id)).state).toBe('sent');
    expect(platform.messages.map((message) => message.messageId)).toEqual([
      (await read(id)).parts[0]?.messageId,
    ]);
    expect(platform.calls.remove).toBe(1);
  }, 10_000);

  test('a double of a holder that died is found by the other one', async () => {
    const id = await deliver();
    platform.script.push({ outcome: { kind: 'unknown', reason: 'died' }, stored: false });
    const box = outbox();
    await box.tick();
    clock += SETTLED;
    await box.tick();
    const [kept] = platform.messages;
    platform.messages.push({ ...kept!, messageId: '000099', at: clock + 5 });
    clock += SETTLED;
    await box.tick();
    expect(platform.messages).toEqual([kept]);
    expect((await read(id)).state).toBe('sent');
  });
});

describe('stopping', () => {
  test('waits for the call under way and begins no other', async () => {
    const id = await deliver({ parts: [1, 2].map((n) => ({ kind: 'message', payload: n })) });
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { promise: called, resolve: call } = Promise.withResolvers<void>();
    platform.script.push({
      outcome: 'sent',
      before: () => {
        call();
        return answered;
      },
    });
    const box = outbox();
    const tick = box.tick();
    await called;
    const stopped = box.stop();
    answer();
    await Promise.all([tick, stopped]);
    expect(await states(id)).toEqual(['sent', 'pending']);
    await outbox('after the restart').tick();
    expect(platform.messages.map((message) => message.payload)).toEqual([1, 2]);
  });

  test('gives a call up that takes too long; it is looked up after the restart', async () => {
    const id = await deliver();
    platform.script.push({ outcome: 'hang', stored: true });
    const box = outbox('one', { drainMs: 50, callMs: 5_000 });
    const tick = box.tick();
    while (!platform.calls.publish) await new Promise((resolve) => setTimeout(resolve, 5));
    await box.stop();
    await tick;
    clock += SETTLED + 5_000;
    await outbox('after the restart').tick();
    expect((await read(id)).state).toBe('sent');
    expect(standing()).toHaveLength(1);
  });
});

test('a notice shows no story', async () => {
  const fields = {
    kind: 'notice',
    destinationId: destination.id,
    scheduleId: null,
    slotId: null,
    cutoff: null,
  } as const;
  const times = { createdAt: clock, dueAt: clock, expiresAt: clock + HOUR };
  const created = await store.deliveries.create(
    { ...fields, ...times, key: 'notice:1', content: sampleNotice() },
    [{ index: 0, action: { kind: 'message', payload: 'hello' }, marker: 'notice:1:0', stories: [] }],
  );
  await outbox().tick();
  expect((await read(created!.id)).state).toBe('sent');
});
