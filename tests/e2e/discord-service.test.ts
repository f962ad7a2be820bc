import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { createReader, filledIn, labels, read } from '../fakes/discord-reader.ts';
import { CHANNEL, DiscordServer, GUILD, MEMBER_PERMISSIONS, TOKEN } from '../fakes/discord-server.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';

const MANAGE = MEMBER_PERMISSIONS | (1n << 5n);
const ADMIN = '400000000000000001';
const READER = '400000000000000009';
const [ANNOUNCEMENTS, THREAD, FORUM, OTHER] = ['5', '11', '15', '16'].map(
  (n) => `3000000000000000${n.padStart(2, '0')}`,
);
const CROSSPOSTED = 1;
const SUPPRESSED = 1 << 12;

let server: DiscordServer;
let service: SeededService;
let admin: ReturnType<typeof createReader>;
let reader: ReturnType<typeof createReader>;

beforeAll(async () => {
  server = await DiscordServer.start();
  const guild_id = GUILD;
  server.addChannel({ id: ANNOUNCEMENTS!, type: 5, guild_id, name: 'announcements' });
  server.addChannel({ id: THREAD!, type: 11, guild_id, parent_id: CHANNEL, name: 'a thread' });
  server.addChannel({ id: OTHER!, type: 0, guild_id, name: 'other' });
  server.addChannel({
    id: FORUM!,
    type: 15,
    guild_id,
    name: 'forum',
    flags: 1 << 4,
    available_tags: [
      { id: '71', name: 'News', moderated: false },
      { id: '72', name: 'Arms', moderated: false },
    ],
  });
  service = await startSeededService({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.apiUrl });
  await until(() => server.commands.has('global') && service.platforms[0]!.health().state === 'connected');
  // The first words in a server that is new.
  await until(() => server.messagesIn(CHANNEL).length === 1);
  expect(labels(server.messagesIn(CHANNEL))).toContain('Set up a digest');
  server.messagesIn(CHANNEL).length = 0;
  admin = createReader(server, { user: ADMIN, permissions: MANAGE });
  reader = createReader(server, { user: READER });
}, 60_000);
afterAll(async () => {
  await service.close();
  await server.close();
});
afterEach(async () => {
  await forget(CHANNEL, ANNOUNCEMENTS!, THREAD!, FORUM!, OTHER!);
  for (const channel of server.channels.values()) channel.permission_overwrites.length = 0;
  server.faults.length = 0;
  expect(server.violations).toEqual([]);
  expect(service.errors.map((one) => JSON.stringify(one))).toEqual([]);
});

/** `HH:MM` of the service's clock, so many minutes on. */
function inMinutes(minutes: number): string {
  return new Date(service.core.now() + minutes * 60_000).toISOString().slice(11, 16);
}

/** Schedules a digest that is due in a minute, and lets the minute pass. */
async function digestIn(channel: string, options: Record<string, unknown> = {}) {
  const answer = await admin.type('digest schedule', { time: inMinutes(1), channel, ...options });
  service.wait(65_000);
  await service.deliver();
  return answer;
}

const schedulesOf = async (channel: string) => {
  const destination = await service.core.store.destinations.find('discord', channel);
  return destination ? service.core.store.schedules.list({ destinationId: destination.id }) : [];
};

async function forget(...channels: string[]): Promise<void> {
  for (const channel of channels) {
    const destination = await service.core.store.destinations.find('discord', channel);
    if (destination) await service.core.store.destinations.remove(destination.id);
    server.messagesIn(channel).length = 0;
  }
}

describe('a digest', () => {
  test('comes to a text channel with its sources and buttons that work there', async () => {
    const answer = await digestIn(CHANNEL);
    expect(read(answer)).toContain('The digest is scheduled.');
    expect(read(answer)).toMatch(/#news · \d\d:\d\d UTC · every day/);
    const posted = server.messagesIn(CHANNEL);
    expect(read(posted)).toContain('Russia–North Korea');
    expect(read(posted)).toContain('`NEW`');
    expect(posted.every(({ flags }) => !(flags & SUPPRESSED))).toBe(true);
    expect(read(await reader.press(posted, 'Why'))).toMatch(/\S{20}/);
    expect(read(await reader.press(posted, 'Sources'))).toContain('1');
    expect(read(await reader.press(posted, 'Coverage'))).toContain('Feeds');
    const menu = await reader.menu('Why this story?', posted[0]);
    expect(read(menu)).toContain('Which story?');
  });

  test('is published to followers when asked, and not otherwise', async () => {
    const answer = await digestIn(ANNOUNCEMENTS!);
    expect(read(answer)).not.toContain('published');
    const flags = () => server.messagesIn(ANNOUNCEMENTS!).map((message) => message.flags & CROSSPOSTED);
    expect(flags().length).toBeGreaterThan(0);
    expect(flags().every((flag) => flag === 0)).toBe(true);
    await forget(ANNOUNCEMENTS!);

    const asked = await digestIn(ANNOUNCEMENTS!, { publish: true });
    expect(read(asked)).toContain('published to followers');
    await until(() => flags().length > 0 && flags().every((flag) => flag === CROSSPOSTED));
    const stopped = await admin.press(asked, 'Stop publishing');
    expect(read(stopped)).toContain('The schedule is changed.');
    expect(read(stopped)).not.toContain('published');
    await forget(ANNOUNCEMENTS!);
    const refused = await admin.type('digest schedule', { time: '08:00', channel: CHANNEL, publish: true });
    expect(read(refused)).toContain('#news is none');
    expect(await schedulesOf(CHANNEL)).toEqual([]);
  });

  test('comes without a sound where that is wanted, said by a button', async () => {
    const answer = await admin.type('digest schedule', { time: inMinutes(1), channel: OTHER });
    const silent = await admin.press(answer, 'Post silently');
    expect(read(silent)).toContain('without a sound');
    expect(labels(silent)).toContain('Post with a sound');
    service.wait(65_000);
    await service.deliver();
    expect(server.messagesIn(OTHER!).length).toBeGreaterThan(0);
    expect(server.messagesIn(OTHER!).every(({ flags }) => flags & SUPPRESSED)).toBe(true);
  });

  test('comes into a thread', async () => {
    expect(read(await digestIn(THREAD!))).toContain('scheduled');
    expect(read(server.messagesIn(THREAD!))).toContain('`NEW`');
  });

  test('becomes a post of a forum, with the tag that it requires, asked for and completed by name', async () => {
    const refused = await admin.type('digest schedule', { time: inMinutes(2), channel: FORUM });
    expect(read(refused)).toContain('takes no post without a tag. Choose one: News, Arms');
    expect(await schedulesOf(FORUM!)).toEqual([]);
    const unknown = await admin.type('digest schedule', {
      time: inMinutes(2),
      channel: FORUM,
      tags: 'News,Amrs',
    });
    expect(read(unknown)).toContain('There is no tag "Amrs" in this forum. Its tags: News, Arms.');
    expect(labels(unknown)).toEqual(['News,Arms']);
    expect(await admin.complete('digest schedule', 'tags', 'News,a', { channel: FORUM })).toEqual([
      { name: 'News, Arms', value: 'News,Arms' },
    ]);
    expect(await admin.complete('digest schedule', 'tags', '')).toEqual([]);

    expect(read(await admin.type('subscribe', { query: 'treaty', channel: FORUM }))).toContain(
      'alerts get the same ones',
    );

    const made = await admin.press(refused, 'Arms');
    expect(read(made)).toContain('tags: Arms');
    expect(read(await admin.type('digest list'))).toContain('tags: Arms');
    service.wait(125_000);
    await service.deliver();
    const posts = [...server.channels.values()].filter((channel) => channel.parent_id === FORUM);
    expect(posts).toHaveLength(1);
    expect(posts[0]!.messages[0]).toMatchObject({ applied_tags: ['72'] });
    expect(read(posts[0]!.messages)).toContain('`NEW`');
  });

  test('with updates in threads asks for the right to open them when it is scheduled', async () => {
    const overwrite = { id: GUILD, type: 0, allow: '0', deny: String(1n << 35n) };
    server.channels.get(OTHER!)!.permission_overwrites.push(overwrite);
    const options = { time: '08:00', channel: OTHER, updates: 'thread' };
    expect(read(await admin.type('digest schedule', options))).toContain(
      'tumen lacks: Create Public Threads',
    );
    server.channels.get(OTHER!)!.permission_overwrites.length = 0;
    expect(read(await admin.type('digest schedule', options))).toContain('updates in threads');
  });
});

describe('a test post', () => {
  test('goes the way of the real one, once for a double click, is never published and counts for nothing', async () => {
    const scheduled = await admin.type('digest schedule', {
      time: inMinutes(3),
      channel: ANNOUNCEMENTS,
      publish: true,
    });
    const first = await admin.press(scheduled, 'Post a test there');
    await admin.press(scheduled, 'Post a test there');
    expect(read(first)).toContain('A test is on its way to #announcements.');
    await service.deliver();
    const posted = [...server.messagesIn(ANNOUNCEMENTS!)];
    expect(read(posted)).toContain('Test · Russia–North Korea');
    expect(read(posted).match(/## Test/g)).toHaveLength(1);
    expect(posted.every(({ flags }) => !(flags & CROSSPOSTED))).toBe(true);

    service.wait(185_000);
    await service.deliver();
    const real = server.messagesIn(ANNOUNCEMENTS!).slice(posted.length);
    expect(read(real)).toContain('## Russia–North Korea');
    expect(read(real).match(/`NEW`/g)).toEqual(read(posted).match(/`NEW`/g));
  });

  test('finds what is missing before the hour comes, and asks which where there are several', async () => {
    await admin.type('digest schedule', { time: '08:00', channel: OTHER });
    server.channels
      .get(OTHER!)!
      .permission_overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String(1n << 11n) });
    expect(read(await admin.type('digest test'))).toContain('It lacks: Send Messages');
    server.channels.get(OTHER!)!.permission_overwrites.length = 0;
    await admin.type('digest schedule', { time: '09:00', channel: THREAD });
    const which = await admin.type('digest test', {}, { channel: ANNOUNCEMENTS! });
    expect(read(which)).toContain('Which schedule?');
    expect(labels(which)).toHaveLength(2);
    expect(read(await reader.type('digest test'))).toContain('Manage Server');
    await admin.press(which, labels(which)[0]!);
    const [told] = await service.core.store.settings.audits(`discord:${GUILD}`, 1);
    expect(told).toMatchObject({ action: 'digest test', object: expect.stringMatching(/^schedule \d+ \(#/) });
  });
});

describe('a schedule', () => {
  test('is changed by a form that shows it, and moves with its channel', async () => {
    const made = await admin.type('digest schedule', {
      time: '08:00,18:30',
      channel: CHANNEL,
      zone: 'Asia/Seoul',
      days: 'weekdays',
      languages: 'ko,en',
      quiet: 'nothing',
      length: 7,
    });
    expect(read(made)).toContain('08:00, 18:30 Asia/Seoul · weekdays');
    const [known] = await schedulesOf(CHANNEL);
    const form = await admin.press(await admin.type('digest list'), 'Change');
    expect(filledIn(form)).toEqual({
      time: '08:00,18:30',
      channel: CHANNEL,
      zone: 'Asia/Seoul',
      languages: 'ko,en',
      days: 'weekdays',
    });
    const names = form.modal!.components.map((one: { label: string }) => one.label);
    expect(names).toEqual(['Time', 'Channel', 'Zone', 'Languages', 'Days']);
    const changed = await admin.send(form, { time: '09:15', channel: [OTHER!] });
    expect(read(changed)).toContain('The schedule is changed.');
    expect(read(changed)).toContain('#other · 09:15 Asia/Seoul · weekdays');
    expect(await schedulesOf(CHANNEL)).toEqual([]);
    expect(await schedulesOf(OTHER!)).toMatchObject([
      { id: known!.id, times: ['09:15'], days: [1, 2, 3, 4, 5], quietDay: 'nothing', length: 7 },
    ]);
    expect(await service.core.store.destinations.find('discord', OTHER!)).toMatchObject({
      languages: ['ko', 'en'],
    });
  });

  test('made by the form takes what was filled in; the hour must be', async () => {
    const form = await admin.press(await admin.type('digest list'), 'Schedule one');
    expect(filledIn(form)).toMatchObject({ time: null, zone: 'UTC', languages: 'en' });
    const required = form.modal!.components.map(
      (one: { component: { required: boolean } }) => one.component.required,
    );
    expect(required).toEqual([true, false, false, false, false]);
    const wrong = await admin.send(form, { time: '8am', channel: [CHANNEL], zone: 'Asia/Seoul' });
    expect(read(wrong)).toContain('"8am" is no time of day');
    expect(read(wrong)).toContain('Did you mean 08:00?');
    const made = await admin.press(wrong, '08:00');
    expect(read(made)).toContain('#news · 08:00 Asia/Seoul');
  });

  test('without a zone says that it is in UTC and offers the choice', async () => {
    const made = await admin.type('digest schedule', { time: '08:00', channel: OTHER });
    expect(read(made)).toContain('these hours are UTC');
    const form = await admin.press(made, 'Choose the time zone');
    const changed = await admin.send(form, { zone: 'Europe/Moscow' });
    expect(read(changed)).toContain('#other · 08:00 Europe/Moscow');
  });

  test('the eleventh of a channel is refused, and the channel stays as it was', async () => {
    for (let i = 0; i < 10; i++)
      await admin.type('digest schedule', { time: `0${i}:00`, channel: OTHER, languages: 'en' });
    const refused = await admin.type('digest schedule', {
      time: '11:00',
      channel: OTHER,
      languages: 'ru',
      silent: true,
    });
    expect(read(refused)).toContain('10 schedules already');
    expect(await service.core.store.destinations.find('discord', OTHER!)).toMatchObject({
      languages: ['en'],
      silent: false,
    });
  });
});

describe('alerts', () => {
  const query = 'treaty OR clause OR troops OR shells OR train';
  beforeAll(async () => {
    expect(read(await reader.type('subscribe', { query }))).toContain('Subscribed.');
    expect(read(await admin.type('subscribe', { query, channel: OTHER }))).toContain('Subscribed.');
    server.closedDms.add(READER);
    await service.nextRound();
    // An alert waits a little for the other reports of its story.
    service.wait(15 * 60_000);
    await service.deliver();
  });

  test('come to a channel with the matched words, and only those who manage it change them, whatever number they name', async () => {
    const { store } = service.core;
    const posted = server.messagesIn(OTHER!);
    expect(read(posted)).toMatch(/→ \*\*/);
    expect(read(posted)).toMatch(/treaty|clause|troops|shells|train/i);
    const here = { channel: OTHER! };
    expect(read(await reader.press(posted, 'Why', here))).toMatch(/\S{20}/);
    expect(read(await reader.type('subscribe', { query: 'x', channel: OTHER }))).toContain('Manage Server');

    const [subscription] = await store.subscriptions.list({ owner: ADMIN });
    const { id } = subscription!;
    for (const attempt of [
      reader.type('subscribe', { id, query: 'nothing' }, here),
      reader.type('unsubscribe', { id }, here),
      reader.type('subscriptions', { pause: id }, here),
    ])
      expect(read(await attempt)).toContain(`${id}`);
    const other = createReader(server, { user: '400000000000000077', permissions: MANAGE });
    await other.type('subscriptions', { pause: id }, { channel: CHANNEL });
    expect(await store.subscriptions.get(id)).toMatchObject({ query, paused: false });
    await other.type('subscriptions', { pause: id }, here);
    expect(await store.subscriptions.get(id)).toMatchObject({ paused: true });
    await admin.type('unsubscribe', { id });
    expect(await store.subscriptions.get(id)).toBeNull();
  });

  test('to a person stop at closed DMs, the next command says so, and they go on when it is told to', async () => {
    const place = await service.core.store.destinations.find('discord', READER);
    expect(place?.paused?.why).toBe('dms-closed');

    const told = await reader.type('tumen help');
    expect(read(told)).toContain('Your alerts by direct message are paused');
    server.closedDms.delete(READER);
    expect(read(await reader.press(told, 'Resume'))).toContain('resumed');
    await service.deliver();
    const dm = [...server.channels.values()].find((channel) => channel.recipient === READER)!;
    expect(read(dm.messages)).toMatch(/→ \*\*/);
    expect(read(dm.messages)).toMatch(/treaty|clause|troops|shells|train/i);
    const inDm = { guild: null, channel: dm.id, onlyUser: true };
    expect(read(await reader.press(dm.messages, 'Why', inDm))).toMatch(/\S{20}/);
    expect(read(await reader.press(dm.messages, 'Follow', inDm))).not.toBe('');
    const menu = await reader.menu('Follow this story', dm.messages.at(-1), inDm);
    expect(read(menu)).not.toContain('shows no story');
    expect(labels(await reader.type('subscriptions', {}, inDm)).length).toBeGreaterThan(0);
  });
});

describe('forms', () => {
  const open = (id: string, ask = {}) =>
    server.answered(server.press(id, { id: server.id(), channel_id: CHANNEL, components: [] }, ask));

  test('of a subscription: made, shown as it is, and changed', async () => {
    const { store } = service.core;
    const who = createReader(server, { user: '400000000000000055' });
    const form = await open('?subscribe', { user: '400000000000000055' });
    const made = await who.send(form, { query: 'ferry', mode: ['daily'], quiet: '22:00-07:00' });
    expect(read(made)).toContain('ferry · once a day · quiet 22:00–07:00');
    const edit = await who.press(await who.type('subscriptions'), 'Edit');
    expect(filledIn(edit)).toMatchObject({ query: 'ferry', mode: 'daily', quiet: '22:00-07:00' });
    const style = edit.modal!.components.map(
      ({ component }: { component: { type: number; style?: number } }) => component.style ?? null,
    );
    // A query may be long; hours are one line.
    expect(style.filter((one: number | null) => one === 2)).toHaveLength(1);
    expect(read(await who.send(edit, { query: 'ferry OR port' }))).toContain('ferry OR port');
    expect(await store.subscriptions.list({ owner: '400000000000000055' })).toMatchObject([
      { query: 'ferry OR port', mode: 'daily', quietHours: { start: 22 * 60, end: 7 * 60 } },
    ]);
  });

  test('of the settings: shown as they are, with labels that can be read', async () => {
    const form = await admin.press(await admin.type('tumen settings'), 'Edit');
    expect(form.modal!.title).toBe('Settings of this server');
    expect(form.modal!.components.map(({ label }: { label: string }) => label)).toContain('Audit channel');
    expect(filledIn(form)).toMatchObject({ language: 'en', zone: 'UTC', role: null, 'audit-channel': null });
    // Sent back as it was, it changes nothing.
    expect(read(await admin.send(form, {}))).not.toContain('Saved.');
    const sent = await admin.send(form, { zone: 'Asia/Seoul', topic: 'russia-north-korea' });
    expect(read(sent)).toContain('Saved.');
    expect(read(sent)).toContain('`Asia/Seoul`');
    const made = await admin.type('digest schedule', { time: '08:00', channel: OTHER });
    expect(read(made)).toContain('#other · 08:00 Asia/Seoul');
    expect(read(made)).not.toContain('UTC');
    await admin.type('tumen settings', { zone: 'UTC' });
  });

  test('of a story: a report is taken out of it', async () => {
    const { store, now } = service.core;
    const stories = await store.stories.active(now() - 3 * 86_400_000, now());
    const story = stories.find(({ members }) => members.length > 2)!;
    const report = story.members.at(-1)!.articleId;
    const form = await open(`?story split|story=${story.id}`, { user: ADMIN, permissions: MANAGE });
    expect(filledIn(form)).toMatchObject({ story: String(story.id) });
    const sent = await admin.send(form, { reports: String(report), why: 'another event' });
    expect(read(sent)).not.toContain('Manage');
    expect((await store.stories.ofArticle(report))!.id).not.toBe(story.id);
  });
});

describe('completions', () => {
  test('offer what can be named here, as it is called', async () => {
    const made = await admin.type('digest schedule', { time: '08:00', channel: OTHER });
    expect(read(made)).toContain('scheduled');
    const [schedule] = await schedulesOf(OTHER!);
    expect(await admin.complete('digest remove', 'schedule', '')).toEqual([
      { name: `${schedule!.id}: #other · 08:00 UTC · every day · Russia–North Korea`, value: schedule!.id },
    ]);
    expect(await reader.complete('digest remove', 'schedule', '')).toEqual([]);
    expect(await admin.complete('digest schedule', 'zone', 'seo')).toContainEqual({
      name: expect.stringMatching(/^Asia\/Seoul \(\d\d:\d\d\)$/),
      value: 'Asia/Seoul',
    });
    expect(await admin.complete('digest schedule', 'topic', 'kor')).toEqual([
      { name: 'Russia–North Korea', value: 'russia-north-korea' },
    ]);
    const commands = await reader.complete('tumen help', 'command', 'story s');
    expect(commands.map(({ value }) => value)).toContain('story show');
    const stories = await reader.complete('story show', 'story', '');
    expect(stories.length).toBeGreaterThan(0);
    for (const { name } of stories) expect(String(name).length).toBeGreaterThan(10);
  });
});

describe('what a person sees of the fault of others', () => {
  test('a permission that is taken away pauses the channel, and the answer to a command names it', async () => {
    await admin.type('digest schedule', { time: inMinutes(1), channel: OTHER });
    const overwrites = server.channels.get(OTHER!)!.permission_overwrites;
    overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String(1n << 11n) });
    service.wait(65_000);
    await service.deliver();
    const list = await admin.type('digest list');
    expect(read(list)).toMatch(/paused: A permission is missing\. \(Send Messages\)/);
    const inKorean = await admin.type('digest list', {}, { locale: 'ko' });
    expect(read(inKorean)).toContain('일시 중지됨: 권한이 부족합니다. (메시지 보내기)');
    expect(read(await admin.press(list, 'Resume'))).toContain('It lacks: Send Messages');
    overwrites.length = 0;
    expect(read(await admin.press(list, 'Resume'))).toContain('Resumed.');
  });

  test.each([
    ['a 5xx', { status: 502 }],
    ['a rate limit', { status: 429, body: { message: 'slow down', retry_after: 0.1, global: false } }],
  ])('%s while a channel is looked at is ridden out', async (_, fault) => {
    server.faults.push({ method: 'GET', path: /^\/channels\/\d+$/, ...fault });
    const made = await admin.type('digest schedule', { time: '08:00', channel: OTHER });
    expect(read(made)).toContain('scheduled');
  });
});

describe('sharing', () => {
  test('twice posts once', async () => {
    const seen = await reader.type('tumen status');
    const shared = await reader.press(seen, 'Share here');
    expect(shared.messages.map(({ ephemeral }) => ephemeral)).toEqual([false]);
    expect(read(shared)).toContain('Shared by');
    const again = await reader.press(seen, 'Share here');
    expect(again.messages.map(({ ephemeral }) => ephemeral)).toEqual([true]);
    expect(read(again)).toContain('shared already');
  });
});

test('a server that is new begins in the language it prefers', async () => {
  const [guild, hall] = ['200000000000000077', '300000000000000077'];
  Object.assign(server.addGuild(guild), { preferred_locale: 'ru', system_channel_id: hall });
  server.deny(guild, 1n << 16n);
  server.addChannel({ id: hall, type: 0, guild_id: guild, name: 'hall' });
  server.join(guild);
  await until(() => server.messagesIn(hall).length === 1);
  expect(labels(server.messagesIn(hall))).toContain('Настроить сводку');
  expect(read(server.messagesIn(hall))).toContain('Читать историю сообщений');
  expect((await service.core.store.settings.get(`discord:${guild}`))!.locale).toBe('ru');
});
