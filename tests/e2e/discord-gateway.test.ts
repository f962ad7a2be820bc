import { afterEach, expect, test } from 'vitest';
import { type Bot, known, startBot, until } from '../fakes/discord-bot.ts';
import { CHANNEL, DiscordServer, GUILD } from '../fakes/discord-server.ts';

let bot: Bot;
afterEach(async () => {
  await bot.close();
  expect(bot.server.violations).toEqual([]);
});

const NOTICE = { kind: 'notice' as const, code: 'test', title: 'A test', text: 'Of a post.' };

test('after a cut the session resumes, and what was asked meanwhile is answered', async () => {
  bot = await startBot();
  bot.server.cut();
  await until(() => bot.server.connections === 0);
  const asked = bot.server.command('tumen status');
  await bot.server.answered(asked, 10_000);
  expect(bot.server.resumes).toBe(1);
  expect(bot.server.identifies).toHaveLength(1);
});

test('posts go out while the gateway is lost, and health says that it is', async () => {
  bot = await startBot();
  bot.server.faults.push({ path: /gateway/, status: 503, times: 1000 });
  bot.server.refuseIdentifyWith = 4000;
  bot.server.refuseResume = true;
  bot.server.cut();
  await until(() => bot.platform.health().state === 'reconnecting');
  expect((await bot.platform.publisher.announce(`discord:${GUILD}`, CHANNEL, NOTICE)).kind).toBe('sent');
  expect(bot.server.messagesIn(CHANNEL)).toHaveLength(1);
  bot.server.faults.length = 0;
  bot.server.refuseIdentifyWith = null;
});

test('an invalid session is begun anew', async () => {
  bot = await startBot();
  bot.server.invalidateSession(false);
  await until(() => bot.server.identifies.length === 2, 15_000);
  await bot.server.answered(bot.server.command('tumen status'), 10_000);
}, 30_000);

test('Discord asking to reconnect is followed', async () => {
  bot = await startBot();
  bot.server.askToReconnect();
  await until(() => bot.server.resumes === 1, 10_000);
  await bot.server.answered(bot.server.command('tumen status'));
});

test('a connection that no longer acknowledges heartbeats is given up and resumed', async () => {
  const server = await DiscordServer.start();
  server.heartbeatMs = 300;
  bot = await startBot(undefined, { server });
  server.acksHeartbeats = false;
  await until(() => server.resumes >= 1, 10_000);
  server.acksHeartbeats = true;
  await server.answered(server.command('tumen status'), 10_000);
  await server.close();
}, 20_000);

test('a refused token is said clearly, shown in health, and not tried again', async () => {
  bot = await startBot(undefined, { token: 'MTAw.wrong.token', wait: false });
  await until(() => bot.platform.health().state === 'fatal');
  expect(bot.platform.health().detail).toMatch(/refused the token.*DISCORD_TOKEN/);
  const tries = bot.server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(bot.server.requests.length).toBe(tries);
});

test.each([
  [4004, /token.*DISCORD_TOKEN/],
  [4010, /shard/],
  [4011, /more shards.*Restart/],
  [4012, /Update tumen/],
  [4013, /intent.*Update/],
  [4014, /intent/],
])(
  'close code %i while running is final and says what to do; posts go on',
  async (code, words) => {
    bot = await startBot();
    bot.server.refuseIdentifyWith = code;
    bot.server.drop(code);
    await until(() => bot.platform.health().state === 'fatal', 15_000);
    expect(bot.platform.health().detail).toMatch(words);
    expect(bot.logged.some((line) => line.level === 60 && words.test(line.msg))).toBe(true);
    expect((await bot.platform.publisher.announce(`discord:${GUILD}`, CHANNEL, NOTICE)).kind).toBe('sent');
    expect(bot.server.connections).toBe(0);
  },
  20_000,
);

test('a start while Discord is away connects when it is back', async () => {
  const server = await DiscordServer.start();
  // The client itself tries four times; the next round is ours.
  server.faults.push({ path: /gateway/, status: 503, times: 4 });
  bot = await startBot(undefined, { server });
  expect(bot.platform.health().state).toBe('connected');
  await server.close();
}, 20_000);

test('as many shards connect as Discord asks for, and each answers its servers', async () => {
  const server = await DiscordServer.start();
  server.shards = 2;
  const other = String(BigInt(GUILD) + (1n << 22n));
  server.addGuild(other);
  bot = await startBot(undefined, { server });
  await until(() => server.identifies.length === 2, 15_000);
  expect(server.identifies.map((one) => one.shard[0]).sort()).toEqual([0, 1]);
  await until(() => server.connections === 2);
  await server.answered(server.command('tumen status'));
  await server.answered(server.command('tumen status', {}, { guild: other }));
  await server.close();
}, 20_000);

test('commands are registered once, and again only when their definition changed', async () => {
  bot = await startBot();
  const puts = () => bot.server.requests.filter(({ method }) => method === 'PUT').length;
  expect(puts()).toBe(1);
  await bot.platform.stop();
  const again = await startBot(undefined, { server: bot.server, store: bot.store, wait: false });
  await until(() => again.platform.health().state === 'connected');
  await again.close();
  expect(puts()).toBe(1);
  // The same database with the token of another application: that one knows no command yet.
  bot.server.application = '100000000000000002';
  const other = await startBot(undefined, { server: bot.server, store: bot.store, wait: false });
  await until(() => puts() === 2);
  await other.close();
});

test('two instances share the shards: one stands by, takes over when the other stops, and each event is answered once', async () => {
  const server = await DiscordServer.start();
  server.shards = 2;
  const other = String(BigInt(GUILD) + (1n << 22n));
  server.addGuild(other);
  bot = await startBot(undefined, { server, shardLeaseMs: 600 });
  await until(() => server.connections === 2, 15_000);
  const second = await startBot(undefined, { server, store: bot.store, wait: false, shardLeaseMs: 600 });
  await until(() => second.platform.health().state === 'standby');
  expect(server.identifiesByShard()).toEqual({ 0: 1, 1: 1 });
  await server.answered(server.command('tumen status', {}, { guild: other }));

  await bot.platform.stop();
  await until(() => second.platform.health().state === 'connected', 15_000);
  await until(() => server.connections === 2, 15_000);
  expect(server.identifiesByShard()).toEqual({ 0: 2, 1: 2 });
  await server.answered(server.command('tumen status'));
  await server.answered(server.command('tumen status', {}, { guild: other }));
  await second.close();
  await server.close();
}, 40_000);

test('who has lost the lease of a shard lets go of it, and takes it back when it is free', async () => {
  const server = await DiscordServer.start();
  bot = await startBot(undefined, { server, shardLeaseMs: 600 });
  // Somebody else took it while this instance was away.
  await bot.store.leases.acquire('shard:0/1', 'another', 3_000, Date.now() + 1_000);
  await until(() => bot.platform.health().state === 'standby');
  await until(() => server.connections === 0);
  await bot.store.leases.release('shard:0/1', 'another');
  await until(() => bot.platform.health().state === 'connected', 10_000);
  await server.answered(server.command('tumen status'));
  await server.close();
}, 20_000);

test('while two instances are connected for one shard, each ask is answered by one of them', async () => {
  const server = await DiscordServer.start();
  bot = await startBot(undefined, { server });
  // As after a long sleep of this one: its lease has run out, and it does not know that yet.
  await bot.store.leases.acquire('shard:0/1', 'nobody', -60_000, Date.now() + 60_000);
  const second = await startBot(undefined, { server, store: bot.store, wait: false });
  await until(() => server.connections === 2, 15_000);
  const asks = [
    server.command('tumen status'),
    server.command('tumen help'),
    server.press('?tumen settings', { id: '1', components: [] }),
    server.press('from-another-age', { id: '1', components: [] }),
    server.autocomplete('tumen help', 'command', 'st'),
  ];
  for (const asked of asks) await server.answered(asked);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asks.map(({ messages, choices }) => messages.length + (choices ? 1 : 0))).toEqual([1, 1, 1, 1, 1]);
  expect([...bot.logged, ...second.logged].filter(({ level }) => level >= 50)).toEqual([]);
  await second.close();
  await server.close();
}, 30_000);

test('a stop answers what is under way and says to latecomers that it restarts', async () => {
  const started: (() => void)[] = [];
  const words = { en: 'Slow', ko: '느림', ru: 'Медленно' };
  bot = await startBot(() => [
    {
      path: ['tests', 'slow'],
      description: words,
      options: [],
      right: 'anyone',
      personal: true,
      examples: [],
      run: async () => {
        await new Promise<void>((resolve) => started.push(resolve));
        return {
          private: true,
          shareable: false,
          locale: 'en',
          blocks: [{ kind: 'text', text: ['done all the same'] }],
        };
      },
    },
  ]);
  const asked = bot.server.command('tests slow');
  await until(() => started.length === 1);
  const stopped = bot.platform.stop();
  const late = bot.server.command('tumen status');
  await bot.server.answered(late);
  expect(JSON.stringify(late.messages)).toContain('restarted');
  started[0]!();
  await stopped;
  await bot.server.answered(asked);
  expect(JSON.stringify(asked.messages)).toContain('done all the same');
  expect(bot.platform.health().state).toBe('stopped');
});

test('on joining a server the first words come once, with what is missing and what to press', async () => {
  bot = await startBot();
  const guild = '200000000000000077';
  const channel = '300000000000000077';
  bot.server.addGuild(guild, (1n << 10n) | (1n << 11n)).system_channel_id = channel;
  bot.server.addChannel({ id: channel, type: 0, guild_id: guild, name: 'general' });
  bot.server.join(guild);
  await until(() => bot.server.messagesIn(channel).length === 1);
  const text = JSON.stringify(bot.server.messagesIn(channel)[0]!.components);
  expect(text).toContain('tumen is here');
  expect(text).toContain('Read Message History');
  expect(text).toContain('Send Messages in Threads');
  expect(text).toContain('?tumen settings');
  expect(bot.scopes.joined).toContain(`discord:${guild}`);
  bot.server.leave(guild);
  await until(() => bot.scopes.removed.includes(`discord:${guild}`));
});

test('a server that was joined while we were away is greeted at the next start, a known one is not', async () => {
  const server = await DiscordServer.start();
  const guild = '200000000000000078';
  const channel = '300000000000000078';
  server.addGuild(guild).system_channel_id = channel;
  server.addChannel({ id: channel, type: 0, guild_id: guild, name: 'general' });
  bot = await startBot(undefined, { server });
  await until(() => server.messagesIn(channel).length === 1);
  expect(server.messagesIn(CHANNEL)).toEqual([]);
  await bot.store.settings.save(known(`discord:${guild}`));
  await bot.platform.stop();
  const again = await startBot(undefined, { server, store: bot.store, wait: false });
  await until(() => again.platform.health().state === 'connected');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(server.messagesIn(channel)).toHaveLength(1);
  await again.close();
  await server.close();
});

test.each([
  ['a 5xx', { status: 502 }],
  ['a cut connection', { cut: true }],
  ['a rate limit of the route', rateLimit('user')],
  ['a shared rate limit', rateLimit('shared')],
  ['a global rate limit', rateLimit('global')],
])(
  '%s at the first answer is ridden out',
  async (_, fault) => {
    bot = await startBot();
    bot.server.faults.push({ method: 'POST', path: /callback/, ...fault });
    const asked = bot.server.command('tumen status');
    await bot.server.answered(asked, 8_000);
    expect(asked.callback).not.toBeNull();
  },
  15_000,
);

test('an answer that Discord refuses for good is logged, and the next one works', async () => {
  bot = await startBot();
  bot.server.faults.push({
    method: 'POST',
    path: /callback/,
    status: 404,
    body: { message: 'Unknown interaction', code: 10062 },
  });
  bot.server.command('tumen status');
  await until(() => bot.logged.some((line) => line.msg === 'an answer did not reach Discord'));
  await bot.server.answered(bot.server.command('tumen status'));
});

function rateLimit(scope: string) {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: 0.2, global: scope === 'global' },
    headers: {
      'retry-after': '1',
      'x-ratelimit-scope': scope,
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}
