import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Options, Reply } from '../../src/commands/command.ts';
import { digestCommands } from '../../src/commands/digests.ts';
import { readDays, readTimes } from '../../src/commands/read-schedule.ts';
import { planDelivery } from '../../src/platforms/discord/plan-delivery.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { readLanguages } from '../../src/text/read-language.ts';

const NOW = Date.UTC(2026, 4, 5, 12);
const TOPICS = [
  {
    slug: 'estuary',
    title: { en: 'The estuary' },
    themes: [{ slug: 'transport', title: { en: 'Transport', ko: '교통' } }],
  },
];
const actor: Actor = {
  platform: 'discord',
  scope: 'discord:1',
  userId: '900',
  channelId: '100',
  admin: true,
  groups: [],
  guest: false,
  locale: 'en',
};

let store: Store;
let missing: string[];
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  missing = [];
});
afterEach(() => store.close());

function run(verb: string, options: Options = {}, who: Actor = actor): Promise<Reply> {
  const commands = digestCommands({
    store,
    topics: TOPICS,
    summarizer: createExtractiveSummarizer(),
    planDelivery: (digest, destination, marker) => planDelivery(digest, destination, marker),
    describeChannel: async (_, channelId) =>
      channelId === '404' ? null : { kind: 'text', name: `#c${channelId}`, missing },
  });
  const command = commands.find(({ path }) => path[1] === verb)!;
  return command.run(options, { actor: who, now: NOW, signal: AbortSignal.timeout(5_000), manager: true });
}

const words = (reply: Reply) => JSON.stringify(reply.blocks);

describe('/digest', () => {
  test('schedule makes a schedule here, says when the next one comes, and changes it by its number', async () => {
    const made = await run('schedule', {
      time: '8, 18.30',
      zone: 'seoul',
      days: 'mon-fri',
      languages: 'ko,en',
      themes: 'transport',
    });
    expect(made.failed).toBeUndefined();
    expect(words(made)).toContain(String(Date.UTC(2026, 4, 5, 23)));
    const [schedule] = await store.schedules.list();
    expect(schedule).toMatchObject({
      times: ['08:00', '18:30'],
      zone: 'Asia/Seoul',
      days: [1, 2, 3, 4, 5],
      topics: ['estuary'],
      themes: ['transport'],
      slotsUntil: NOW,
    });
    expect(await store.destinations.find('discord', '100')).toMatchObject({
      name: '#c100',
      languages: ['ko', 'en'],
      setUpBy: '900',
    });
    await run('schedule', { time: '07:15', schedule: schedule!.id });
    expect(await store.schedules.list()).toMatchObject([
      { id: schedule!.id, times: ['07:15'], days: [1, 2, 3, 4, 5] },
    ]);
  });

  test('themes are named as people call them, and "all" ends the choice of some', async () => {
    const made = await run('schedule', { time: '08:00', themes: 'transport' }, { ...actor, locale: 'ko' });
    expect(words(made)).toContain('The estuary (교통)');
    const [schedule] = await store.schedules.list();
    const all = await run('schedule', { schedule: schedule!.id, themes: 'all' });
    expect(words(all)).not.toContain('Transport');
    expect(await store.schedules.list()).toMatchObject([{ themes: [], times: ['08:00'] }]);
  });

  test('what is paused can be resumed by a press, and says then when the next one comes', async () => {
    await run('schedule', { time: '08:00' });
    const paused = words(await run('pause', { schedule: 1 }));
    expect(paused).toContain('"path":"digest resume","options":{"schedule":1}');
    expect(words(await run('resume', { schedule: 1 }))).toContain(String(Date.UTC(2026, 4, 6, 8)));
  });

  test('a value that cannot be guessed can be put right in the form', async () => {
    const wrong = await run('schedule', { time: '8 in the morning', zone: 'Asia/Seoul' });
    expect(wrong.blocks.at(-1)).toMatchObject({
      actions: [{ form: true, call: { options: { time: '8 in the morning', zone: 'Asia/Seoul' } } }],
    });
  });

  test.each([
    [{ time: '25:00' }, '25:00'],
    [{ time: '08:00', zone: 'Asia/Seol' }, 'Asia/Seoul'],
    [{ time: '08:00', days: 'someday' }, 'someday'],
    [{ time: '08:00', topic: 'estuaries' }, 'estuary'],
    [{ time: '08:00', themes: 'transprot' }, 'transport'],
    [{ time: '08:00', languages: 'Korean' }, 'korean'],
    [{ time: '8am' }, 'Did you mean 08:00'],
    [{ time: '8:30 pm, noon' }, '12:00,20:30'],
    [{ time: '08:00', days: 'mun' }, 'Did you mean mon'],
    [{ time: '08:00', days: '월' }, 'Did you mean mon'],
    [{ time: '08:00', languages: 'kr' }, 'Did you mean ko'],
    [{ time: '08:00', languages: 'english, xq' }, 'no list of languages'],
    [{ time: '08:00', channel: '404' }, 'no such channel'],
  ] as [Options, string][])('schedule refuses %j in words and stores nothing', async (options, said) => {
    const reply = await run('schedule', options);
    expect(reply.failed).toBe(true);
    expect(words(reply).toLowerCase()).toContain(said.toLowerCase());
    expect(await store.schedules.list()).toEqual([]);
  });

  test('a change that is not of its hours passes nothing over that is due', async () => {
    await run('schedule', { time: '08:00' });
    const { id } = (await store.schedules.list())[0]!;
    await store.schedules.update(id, { slotsUntil: NOW - 60_000 });
    await run('schedule', { schedule: id, time: '8:00', silent: true, length: 5 });
    expect(await store.schedules.get(id)).toMatchObject({ slotsUntil: NOW - 60_000, length: 5 });
    expect(await store.destinations.find('discord', '100')).toMatchObject({ silent: true });
    await run('schedule', { schedule: id, time: '09:00' });
    expect(await store.schedules.get(id)).toMatchObject({ slotsUntil: NOW, times: ['09:00'] });
  });

  test('schedule names what tumen lacks in the channel', async () => {
    missing = ['Send Messages'];
    expect(words(await run('schedule', { time: '08:00' }))).toContain('Send Messages');
  });

  test('pause, resume and remove change the schedule of this server and of no other', async () => {
    await run('schedule', { time: '08:00' });
    const { id } = (await store.schedules.list())[0]!;
    const stranger: Actor = { ...actor, scope: 'discord:2' };
    expect((await run('remove', { schedule: id }, stranger)).failed).toBe(true);
    await run('pause', { schedule: id });
    expect((await store.schedules.get(id))?.paused).toBe(true);
    expect(words(await run('list'))).toContain('paused');
    await run('resume', { schedule: id });
    expect(await store.schedules.get(id)).toMatchObject({ paused: false, slotsUntil: NOW });
    const removed = await run('remove', { schedule: id });
    expect(removed.changed?.object).toBe(`schedule ${id} (#c100)`);
    expect(await store.schedules.get(id)).toBeNull();
  });

  test('resume lifts the pause of a channel that can be posted to again', async () => {
    await run('schedule', { time: '08:00' });
    const { id, destinationId } = (await store.schedules.list())[0]!;
    await store.destinations.pause(destinationId, { at: NOW, why: 'not-allowed', detail: null });
    missing = ['Send Messages'];
    expect((await run('resume', { schedule: id })).failed).toBe(true);
    missing = [];
    await run('resume', { schedule: id });
    expect((await store.destinations.get(destinationId))?.paused).toBeNull();
  });

  test('now answers the asker alone and counts nothing as shown', async () => {
    const reply = await run('now', { hours: 48 });
    expect(reply).toMatchObject({ private: true, shareable: true, blocks: [{ kind: 'digest' }] });
    expect(await store.deliveries.list({ limit: 1 })).toEqual([]);
  });

  test('list offers to make the first one', async () => {
    expect(words(await run('list'))).toContain('digest schedule');
  });
});

test.each([
  ['8', ['08:00']],
  ['08:00, 8:00 18h30', ['08:00', '18:30']],
  ['', null],
  ['24:00', null],
  ['8:60', null],
  ['noon', null],
])('times from %j', (typed, times) => {
  expect(readTimes(typed)).toEqual(times);
});

test.each([
  ['daily', [1, 2, 3, 4, 5, 6, 7]],
  ['Sat-Mon', [1, 6, 7]],
  ['wed, mon', [1, 3]],
  ['weekends fri', [5, 6, 7]],
  ['', null],
  ['mo-xx', null],
])('days from %j', (typed, days) => {
  expect(readDays(typed)).toEqual(days);
});

test('languages are codes', () => {
  expect(readLanguages('KO, en ko')).toEqual(['ko', 'en']);
  expect(readLanguages('Korean!')).toBeNull();
});
