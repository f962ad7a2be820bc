import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartAction } from '../../../src/model/delivery.ts';
import type { Destination } from '../../../src/model/schedule.ts';
import { createDiscordPublisher, type DiscordPublisher } from '../../../src/platforms/discord/publisher.ts';
import { partOf } from '../../contracts/platform.contract.ts';
import { CHANNEL, DiscordServer, GUILD, TOKEN } from '../../fakes/discord-server.ts';
import { sampleDestination } from '../../fakes/sample-destination.ts';
import { sampleDigest } from '../../fakes/sample-digest.ts';

const FORUM = '300000000000000015';
const ANNOUNCEMENTS = '300000000000000005';
const PERSON = '400000000000000042';
const SEND = 1n << 11n;
const HISTORY = 1n << 16n;

let server: DiscordServer;
let publisher: DiscordPublisher;
beforeEach(async () => {
  server = await DiscordServer.start();
  const available_tags = [
    { id: '1', name: 'News', moderated: false },
    { id: '2', name: 'Arms', moderated: false },
    { id: '3', name: 'Pinned', moderated: true },
  ];
  server.addChannel({ id: FORUM, type: 15, guild_id: GUILD, name: 'forum', available_tags });
  server.addChannel({ id: ANNOUNCEMENTS, type: 5, guild_id: GUILD, name: 'announcements' });
  publisher = createDiscordPublisher({ token: TOKEN, apiUrl: server.apiUrl });
});
afterEach(async () => {
  await server.close();
  expect(server.violations).toEqual([]);
});

function to(change: Partial<Destination>): Destination {
  return {
    ...sampleDestination({ scope: `discord:${GUILD}`, target: CHANNEL }),
    id: 1,
    paused: null,
    ...change,
  };
}

/** Sends every planned part in order, as the outbox does when all goes well. */
async function sendAll(destination: Destination, stories: number) {
  const parts = publisher
    .plan(sampleDigest(stories), destination, (index) => `m.${index}`)
    .map((planned, index) => partOf(index, planned));
  const sent = new Map<number, { messageId: string; channelId: string }>();
  for (const part of parts) {
    const outcome = await publisher.publish(part, destination, sent, AbortSignal.timeout(5000));
    if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
    sent.set(part.index, outcome);
  }
  return { parts, sent };
}

test('a forum gets one post, with its tags, and the further messages in it', async () => {
  const destination = to({ kind: 'forum', target: FORUM, tags: ['1', '2'] });
  const { parts, sent } = await sendAll(destination, 20);
  expect(parts.length).toBeGreaterThan(2);
  const post = sent.get(0)!.channelId;
  expect(server.channels.get(post)).toMatchObject({ parent_id: FORUM, name: 'Russia–North Korea · 6 May' });
  expect(server.messagesIn(post)).toHaveLength(parts.length);
  expect(server.messagesIn(post)[0]).toMatchObject({ applied_tags: ['1', '2'] });
  for (const part of parts)
    expect(await publisher.find(part, destination, sent, Date.now())).toMatchObject({
      kind: 'found',
      messages: [{ messageId: sent.get(part.index)!.messageId, channelId: sent.get(part.index)!.channelId }],
    });
});

test('an announcement channel publishes each message, and a message that was published is left alone', async () => {
  const destination = to({ kind: 'announcement', target: ANNOUNCEMENTS, crosspost: true });
  const { parts, sent } = await sendAll(destination, 12);
  const crossposts = parts.filter((part) => part.action.kind === 'crosspost');
  expect(crossposts).toHaveLength(parts.length / 2);
  expect(server.messagesIn(ANNOUNCEMENTS).every((message) => message.flags & 1)).toBe(true);
  const [first] = crossposts;
  const again = await publisher.publish(first!, destination, sent, AbortSignal.timeout(5000));
  expect(again.kind).toBe('sent');
  expect((await publisher.find(first!, destination, sent, 0)).kind).toBe('found');
});

test('a thread is opened once, however often it is asked for, and is found by its message', async () => {
  const destination = to({});
  const { sent } = await sendAll(destination, 1);
  const part = partOf(1, {
    action: { kind: 'thread', title: 'Course of events', of: 0 },
    marker: 'm.1',
    stories: [],
  });
  const open = () => publisher.publish(part, destination, sent, AbortSignal.timeout(5000));
  expect(await publisher.find(part, destination, sent, 0)).toEqual({ kind: 'absent' });
  const first = await open();
  expect(await open()).toEqual(first);
  expect((await publisher.find(part, destination, sent, 0)).kind).toBe('found');
});

test('a person gets it by DM, and a closed DM is told as such', async () => {
  const destination = to({ kind: 'dm', target: PERSON });
  const { sent } = await sendAll(destination, 1);
  expect(server.messagesIn(sent.get(0)!.channelId)).toHaveLength(1);
  server.closedDms.add(PERSON);
  expect(
    (await publisher.tell(PERSON, { kind: 'notice', code: 'x', title: 'A', text: 'B' }, 'discord:1')).kind,
  ).toBe('dms-closed');
});

test('an edit keeps the message and its place, and is found by its new marker', async () => {
  const destination = to({ silent: true });
  const { sent } = await sendAll(destination, 2);
  const { channelId, messageId } = sent.get(0)!;
  const [again] = publisher.plan(sampleDigest(1), destination, () => 'edited.0');
  const payload = (again!.action as Extract<PartAction, { kind: 'message' }>).payload;
  const part = partOf(0, { ...again!, action: { kind: 'edit', channelId, messageId, payload } });
  expect((await publisher.find(part, destination, sent, 0)).kind).toBe('absent');
  expect((await publisher.publish(part, destination, sent, AbortSignal.timeout(5000))).kind).toBe('sent');
  expect((await publisher.find(part, destination, sent, 0)).kind).toBe('found');
  expect(server.messagesIn(CHANNEL)).toHaveLength(1);
});

test('an edit of a message that somebody deleted is refused for good, not tried again', async () => {
  const destination = to({});
  const [planned] = publisher.plan(sampleDigest(1), destination, () => 'edited.0');
  const payload = (planned!.action as Extract<PartAction, { kind: 'message' }>).payload;
  const part = partOf(0, {
    ...planned!,
    action: { kind: 'edit', channelId: CHANNEL, messageId: '1', payload },
  });
  expect((await publisher.publish(part, destination, new Map(), AbortSignal.timeout(5000))).kind).toBe(
    'rejected',
  );
});

test('the same nonce twice within a few minutes is one message', async () => {
  server.nonceWindowMs = 60_000;
  const destination = to({});
  const first = await sendAll(destination, 1);
  const second = await sendAll(destination, 1);
  expect(second.sent.get(0)).toEqual(first.sent.get(0));
  expect(server.messagesIn(CHANNEL)).toHaveLength(1);
});

describe('what is missing is named as Discord names it', () => {
  test('in a text channel', async () => {
    expect(await publisher.missingPermissions(to({}))).toEqual([]);
    server.deny(GUILD, SEND | HISTORY);
    expect(await publisher.missingPermissions(to({}))).toEqual(['Send Messages', 'Read Message History']);
  });

  test('to who asks, in their own language', async () => {
    server.deny(GUILD, SEND);
    const missingIn = async (locale?: 'ko' | 'ru') =>
      (await publisher.describe(`discord:${GUILD}`, CHANNEL, locale))!.missing;
    expect(await missingIn()).toEqual(['Send Messages']);
    expect(await missingIn('ko')).toEqual(['메시지 보내기']);
    expect(await missingIn('ru')).toEqual(['Отправлять сообщения']);
  });

  test('by an overwrite of the channel, which wins over the role', async () => {
    server.channels.get(CHANNEL)!.permission_overwrites = [
      { id: GUILD, type: 0, allow: '0', deny: String(SEND) },
    ];
    expect(await publisher.missingPermissions(to({}))).toEqual(['Send Messages']);
    server.channels.get(CHANNEL)!.permission_overwrites.push({
      id: '100000000000000001',
      type: 1,
      allow: String(SEND),
      deny: '0',
    });
    expect(await publisher.missingPermissions(to({}))).toEqual([]);
  });

  test('in a forum that wants a tag', async () => {
    server.channels.get(FORUM)!.flags = 1 << 4;
    const [missing] = await publisher.missingPermissions(to({ kind: 'forum', target: FORUM }));
    expect(missing).toMatch(/tag/);
    expect(await publisher.missingPermissions(to({ kind: 'forum', target: FORUM, tags: ['1'] }))).toEqual([]);
  });

  test('for an administrator nothing', async () => {
    server.guilds.get(GUILD)!.roles[0].permissions = String(1n << 3n);
    expect(await publisher.missingPermissions(to({}))).toEqual([]);
  });

  test('in a channel that is gone', async () => {
    expect(await publisher.missingPermissions(to({ target: '999' }))).toEqual(['View Channel']);
  });

  test('and a refused post says which', async () => {
    server.deny(GUILD, SEND);
    const destination = to({});
    const [planned] = publisher.plan(sampleDigest(1), destination, () => 'm.0');
    const outcome = await publisher.publish(
      partOf(0, planned!),
      destination,
      new Map(),
      AbortSignal.timeout(5000),
    );
    expect(outcome).toMatchObject({ kind: 'not-allowed', missing: ['Send Messages'] });
  });
});

test('a channel is described by what it is good for, to its own server alone', async () => {
  expect(await publisher.describe(`discord:${GUILD}`, FORUM)).toEqual({
    kind: 'forum',
    name: '#forum',
    missing: [],
    missingForThreads: [],
    tags: [
      { id: '1', name: 'News' },
      { id: '2', name: 'Arms' },
    ],
    needsTag: false,
  });
  server.channels.get(FORUM)!.flags = 1 << 4;
  expect(await publisher.describe(`discord:${GUILD}`, FORUM)).toMatchObject({ missing: [], needsTag: true });
  server.deny(GUILD, SEND);
  expect(await publisher.describe(`discord:${GUILD}`, FORUM)).toMatchObject({ missing: ['Create Posts'] });
  expect(await publisher.describe('discord:200000000000000099', FORUM)).toBeNull();
  expect(await publisher.describe(`discord:${GUILD}`, '300000000000000999')).toBeNull();
  expect(await publisher.describe(`discord:${GUILD}`, '../users/@me')).toBeNull();
});

test('each scope of a rate limit pauses what it names', async () => {
  const destination = to({});
  const [planned] = publisher.plan(sampleDigest(1), destination, () => 'm.0');
  const scopeOf = async (scope: string, global: boolean) => {
    server.faults.push({
      method: 'POST',
      path: /messages$/,
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 0.1, global },
      headers: {
        'retry-after': '1',
        'x-ratelimit-scope': scope,
        ...(global ? { 'x-ratelimit-global': 'true' } : {}),
      },
    });
    const outcome = await publisher.publish(
      partOf(0, planned!),
      destination,
      new Map(),
      AbortSignal.timeout(5000),
    );
    return outcome.kind === 'rate-limited' ? outcome.scope : outcome.kind;
  };
  expect(await scopeOf('shared', false)).toBe('channel');
  expect(await scopeOf('user', false)).toBe('channel');
  expect(await scopeOf('global', true)).toBe('global');
});

test('after a refused token a new one of the same name works', async () => {
  server.faults.push({
    method: 'POST',
    path: /messages$/,
    status: 401,
    body: { message: '401: Unauthorized', code: 0 },
  });
  const destination = to({});
  const [planned] = publisher.plan(sampleDigest(1), destination, () => 'm.0');
  const publish = () =>
    publisher.publish(partOf(0, planned!), destination, new Map(), AbortSignal.timeout(5000));
  expect((await publish()).kind).toBe('unauthorized');
  expect((await publish()).kind).toBe('sent');
});

test('a server that cannot be reached is a retry: nothing has left', async () => {
  const away = createDiscordPublisher({ token: TOKEN, apiUrl: 'http://127.0.0.1:1/api' });
  const [planned] = away.plan(sampleDigest(1), to({}), () => 'm.0');
  expect((await away.publish(partOf(0, planned!), to({}), new Map(), AbortSignal.timeout(5000))).kind).toBe(
    'retry',
  );
});
