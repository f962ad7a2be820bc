import { afterEach, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { until } from '../fakes/discord-bot.ts';
import { readSlack } from '../fakes/read-slack.ts';
import { knownWorkspace, type SlackBot, startSlackBot } from '../fakes/slack-bot.ts';
import { ADMIN, APP_TOKEN, BOT_TOKEN, CHANNEL, MEMBER, SlackServer, TEAM } from '../fakes/slack-server.ts';

const words = { en: 'Echo', ko: '메아리', ru: 'Эхо' };
let runs = 0;
const echo = (held?: Promise<void>): Command => ({
  path: ['news', 'latest'],
  description: words,
  options: [],
  right: 'anyone',
  personal: true,
  examples: [],
  run: async (_, { actor }) => {
    runs++;
    await held;
    const blocks = [{ kind: 'text' as const, text: ['heard'] }];
    return { private: true, shareable: false, locale: actor.locale, blocks };
  },
});

let bot: SlackBot;
afterEach(async () => {
  await bot.close();
  runs = 0;
  expect(bot.server.violations).toEqual([]);
  const log = JSON.stringify(bot.logged);
  for (const token of [BOT_TOKEN, APP_TOKEN]) expect(log).not.toContain(token);
});

const NOTICE = { kind: 'notice' as const, code: 'test', title: 'A test', text: 'Of a post.' };
const heard = async () =>
  expect(JSON.stringify((await bot.server.type('news latest')).messages)).toContain('heard');

test('events keep arriving while Slack refreshes one connection after the other', async () => {
  bot = await startSlackBot(() => [echo()]);
  for (let i = 0; i < 4; i++) {
    const before = bot.server.opened;
    bot.server.refresh();
    await heard();
    expect(bot.platform.health().state).toBe('connected');
    await until(() => bot.server.opened > before && bot.server.connections === 2, 15_000);
  }
  expect(runs).toBe(4);
}, 60_000);

test('a cut of every connection heals', async () => {
  bot = await startSlackBot(() => [echo()]);
  bot.server.cut();
  await until(() => bot.server.connections === 2, 15_000);
  await heard();
}, 30_000);

test('an outage is shown in health, posts go on, and both connections come back after it', async () => {
  bot = await startSlackBot(() => [echo()]);
  bot.server.down = true;
  bot.server.cut();
  const before = Date.now();
  await until(() => bot.platform.health().state === 'reconnecting', 15_000);
  // Since when it has been away, so that health complains of one that does not come back.
  expect(bot.platform.health().since).toBeGreaterThanOrEqual(before - 15_000);
  expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, NOTICE)).kind).toBe('sent');
  // Long enough for the client to give up by itself: coming back is the supervisor's.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  bot.server.down = false;
  await until(() => bot.server.connections === 2, 20_000);
  expect(bot.platform.health().state).toBe('connected');
  await heard();
}, 60_000);

test('a change is told with the name of who made it, which notifies nobody', async () => {
  bot = await startSlackBot(() => [echo()]);
  const who = 'U0WHO';
  bot.server.users.set(who, { id: who, team_id: TEAM, locale: 'en-US', real_name: 'Ada Sample' });
  const tell = async (person: string) => {
    const notice = { ...NOTICE, by: { words: 'By {a}', person } };
    expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, notice)).kind).toBe('sent');
    return JSON.stringify(bot.server.calls.at(-1)!.body);
  };
  const told = await tell(who);
  expect(told).toContain('By Ada Sample');
  expect(told).not.toContain(who);
  // Whom Slack does not name stands there by id, still without a mention.
  expect(await tell('U0GONE')).toContain('By U0GONE');
  expect(await bot.platform.publisher.hasAccess!(`slack:${TEAM}`)).toBe(true);
});

test('a start while Slack is away connects when it is back', async () => {
  const server = await SlackServer.start();
  server.fail('auth.test', { status: 503 }, { status: 503 }, { error: 'internal_error' });
  server.fail('apps.connections.open', { error: 'internal_error' }, { error: 'internal_error' });
  bot = await startSlackBot(() => [echo()], { server });
  expect(bot.platform.health().state).toBe('connected');
  await heard();
  await bot.platform.stop();
  await server.close();
}, 30_000);

test('a bot token that Slack refuses is said clearly, shown in health, and not tried again', async () => {
  bot = await startSlackBot(() => [echo()], { secrets: { slackBotToken: 'xoxb-revoked' } });
  expect(bot.platform.health()).toMatchObject({
    state: 'fatal',
    detail: expect.stringMatching(/invalid_auth.*SLACK_BOT_TOKEN/),
  });
  const calls = bot.server.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(bot.server.calls.length).toBe(calls);
});

test('an app token that Slack refuses is fatal; posts go on', async () => {
  bot = await startSlackBot(() => [echo()], { secrets: { slackAppToken: 'xapp-revoked' } });
  expect(bot.platform.health()).toMatchObject({
    state: 'fatal',
    detail: expect.stringContaining('SLACK_APP_TOKEN'),
  });
  expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, NOTICE)).kind).toBe('sent');
});

test.each([{ type: 'app_uninstalled' }, { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }])(
  '$type is fatal in health, and the workspace is put to rest',
  async (event) => {
    bot = await startSlackBot(() => [echo()]);
    await bot.store.settings.save(knownWorkspace());
    await bot.server.send('events_api', bot.server.event(event));
    await until(() => bot.platform.health().state === 'fatal');
    expect((await bot.store.settings.get(`slack:${TEAM}`))?.removedAt).not.toBeNull();
  },
);

test('a token of a person alone that is revoked changes nothing', async () => {
  bot = await startSlackBot(() => [echo()]);
  await bot.server.send(
    'events_api',
    bot.server.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }),
  );
  await heard();
  expect(bot.platform.health().state).toBe('connected');
});

test('the same envelope on both sockets, or sent again, is handled once', async () => {
  bot = await startSlackBot(() => [echo()]);
  const payload = bot.server.command('news latest');
  for (const id of ['one', 'one', 'other']) void bot.server.send('slash_commands', payload, id);
  await until(() => bot.server.answers.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(runs).toBe(1);
  expect(bot.server.answers).toHaveLength(1);
});

test('an acknowledgment does not wait for the work', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  bot = await startSlackBot(() => [echo(promise)]);
  const { ms } = await bot.server.send('slash_commands', bot.server.command('news latest'));
  expect(ms).toBeLessThan(300);
  expect(bot.server.answers).toHaveLength(0);
  resolve();
  await until(() => bot.server.answers.length === 1);
});

test('a response_url that is used up leads to a message in private', async () => {
  bot = await startSlackBot(() => [echo()]);
  bot.server.responseUses = 0;
  await bot.server.send('slash_commands', bot.server.command('news latest'));
  await until(() => bot.server.channels.get(`D${MEMBER}`)?.messages.length === 1);
  expect(JSON.stringify(bot.server.channels.get(`D${MEMBER}`)!.messages)).toContain('heard');
});

test('a stop answers what is under way and says to latecomers that it restarts', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  bot = await startSlackBot(() => [echo(promise)]);
  await bot.server.send('slash_commands', bot.server.command('news latest'));
  await until(() => runs === 1);
  const stopped = bot.platform.stop();
  const late = await bot.server.type('news latest');
  expect(JSON.stringify(late.messages)).toContain('restarted');
  resolve();
  await stopped;
  expect(JSON.stringify(bot.server.answers)).toContain('heard');
  expect(bot.platform.health().state).toBe('stopped');
});

test('a rate limit on one channel leaves the others alone', async () => {
  bot = await startSlackBot(() => [echo()]);
  const other = 'C0OTHER';
  bot.server.channels.set(other, { name: 'other', member: true, archived: false, messages: [] });
  const limited = { status: 429, headers: { 'retry-after': '30' }, channel: CHANNEL };
  bot.server.fail('chat.postMessage', limited);
  const { announce } = bot.platform.publisher;
  const begun = Date.now();
  const [first, ...rest] = await Promise.all(
    [CHANNEL, other, other, other].map((channel) => announce(`slack:${TEAM}`, channel, NOTICE)),
  );
  expect(first).toMatchObject({ kind: 'rate-limited', scope: 'channel' });
  expect((first as { until: number }).until).toBeGreaterThan(begun + 29_000);
  expect(rest.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent']);
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test('who asks a lot in a short time is told when to go on, and so is everybody of the workspace', async () => {
  const few = { burst: 2, perMs: 60_000 };
  const many = { burst: 1_000, perMs: 60_000 };
  bot = await startSlackBot(() => [echo()], {
    quotas: { person: few, channel: many, scope: { ...few, burst: 3 }, changes: many },
  });
  const answer = async (by: string) => readSlack((await bot.server.type('news latest', by)).messages);
  expect([await answer(MEMBER), await answer(MEMBER)]).toEqual(['heard', 'heard']);
  expect(await answer(MEMBER)).toMatch(/That was a lot in a short time\.\nPlease try again in \d+ s\./);
  expect(await answer(ADMIN)).toBe('heard');
  expect(await answer(ADMIN)).toMatch(/This workspace has asked a lot in a short time\./);
  expect(runs).toBe(3);
});
