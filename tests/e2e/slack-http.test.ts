import { afterEach, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { UserError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../fakes/discord-bot.ts';
import { freePort } from '../fakes/free-port.ts';
import { type SlackBot, type SlackBotChange, startSlackBot } from '../fakes/slack-bot.ts';
import { CHANNEL, SlackServer, TEAM } from '../fakes/slack-server.ts';

const TUMEN_SECRET = 'a secret of this test alone, long enough';
const OAUTH = {
  slackBotToken: null,
  slackAppToken: null,
  slackClientId: '1.2',
  slackClientSecret: 'client-secret',
  tumenSecret: TUMEN_SECRET,
};
const words = { en: 'Echo', ko: '메아리', ru: 'Эхо' };
const echo: Command = {
  path: ['news', 'latest'],
  description: words,
  options: [],
  right: 'anyone',
  personal: true,
  examples: [],
  run: async (_, { actor }) => ({
    private: true,
    shareable: true,
    locale: actor.locale,
    blocks: [{ kind: 'text', text: ['heard'] }],
  }),
};

let bot: SlackBot;
let address: string;
afterEach(async () => {
  await bot.close();
  expect(bot.server.violations).toEqual([]);
});

async function start(change: SlackBotChange = {}): Promise<void> {
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  bot = await startSlackBot(() => [echo], { mode: 'http', port, ...change });
}

function post(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${address}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const form = (payload: Record<string, unknown>) => new URLSearchParams(payload as never).toString();

test('a signed command is acknowledged at once and answered by response_url', async () => {
  await start();
  expect(bot.platform.health().state).toBe('connected');
  const body = form(bot.server.command('news latest'));
  const response = await post(body, bot.server.sign(body));
  expect(response.status).toBe(200);
  await until(() => bot.server.answers.length === 1);
  expect(JSON.stringify(bot.server.answers)).toContain('heard');
});

test('a button is acknowledged once, and one of another age as well', async () => {
  await start();
  for (const action_id of ['share:news latest:x', 'another age']) {
    const element = {
      action_id,
      type: 'button',
      value: JSON.stringify({ path: 'news latest', options: {} }),
    };
    const body = form({ payload: JSON.stringify(bot.server.action(element)) });
    expect((await post(body, bot.server.sign(body))).status).toBe(200);
  }
  await until(() => bot.server.answers.length === 2);
  expect(bot.logged.filter((line) => line.level >= 40)).toEqual([]);
});

test('a wrong signature, none, and one of an hour ago are refused, and nothing runs', async () => {
  await start();
  const body = form(bot.server.command('news latest'));
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  for (const headers of [
    bot.server.sign(body, 'another secret'),
    bot.server.sign(`${body}&more=1`),
    {},
    bot.server.sign(body, undefined, hourAgo),
  ])
    expect((await post(body, headers)).status).toBe(401);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(bot.server.answers).toEqual([]);
});

test('the address is verified by echo of the challenge, which is signed too', async () => {
  await start();
  const body = JSON.stringify({ type: 'url_verification', challenge: 'say this' });
  const response = await post(body, { ...bot.server.sign(body), 'content-type': 'application/json' });
  expect(await response.text()).toContain('say this');
});

/** What a browser does after "Add to Slack". */
async function install(code: string, tamper = ''): Promise<Response> {
  const first = await fetch(`${address}/slack/install`, { redirect: 'manual' });
  const state = new URL(first.headers.get('location')!).searchParams.get('state')!;
  const cookie = first.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return await fetch(`${address}/slack/oauth_redirect?code=${code}&state=${state}${tamper}`, {
    headers: { cookie },
  });
}

test('a workspace installs by OAuth: its token is stored sealed, used, and forgotten when it leaves', async () => {
  await start({ secrets: OAUTH });
  const before = form(bot.server.command('news latest'));
  await post(before, bot.server.sign(before));
  expect((await install('good-code')).status).toBe(200);
  const stored = await bot.store.settings.installation('slack', TEAM);
  expect(stored).toMatch(/^v1\./);
  expect(stored).not.toContain('xoxb');
  expect((await bot.store.settings.get(`slack:${TEAM}`))?.removedAt).toBeNull();

  const body = form(bot.server.command('news latest'));
  await post(body, bot.server.sign(body));
  await until(() => bot.server.answers.length === 1);
  const notice = { kind: 'notice' as const, code: 'test', title: 'A', text: 'b' };
  expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, notice)).kind).toBe('sent');
  expect(bot.server.calls.at(-1)!.token).toBe('xoxb-installed');

  const gone = JSON.stringify(bot.server.event({ type: 'app_uninstalled' }));
  await post(gone, { ...bot.server.sign(gone), 'content-type': 'application/json' });
  await until(() => bot.logged.some((line) => /removed from the workspace/.test(line.msg)));
  await until(() => bot.platform.health().state === 'connected');
  expect(await bot.store.settings.installation('slack', TEAM)).toBeNull();
  expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, notice)).kind).toBe('unauthorized');
  expect(JSON.stringify(bot.logged)).not.toContain('xoxb-installed');
});

test('an installation with a bad code, or a state that is not ours, stores nothing', async () => {
  await start({ secrets: OAUTH });
  expect((await install('bad-code')).status).toBe(500);
  expect((await install('good-code', 'x')).status).toBeGreaterThanOrEqual(400);
  expect(await bot.store.settings.installation('slack', TEAM)).toBeNull();
});

test('with another TUMEN_SECRET a stored token does not open, and it is said what to do', async () => {
  const server = await SlackServer.start();
  const store = await openStore({ file: ':memory:' });
  await start({ secrets: OAUTH, server, store });
  await install('good-code');
  await bot.close();
  await start({ secrets: { ...OAUTH, tumenSecret: 'another secret, long enough' }, server, store });
  const body = form(bot.server.command('news latest'));
  expect((await post(body, bot.server.sign(body))).status).toBe(200);
  await until(() =>
    bot.logged.some((line) => JSON.stringify(line).includes('does not open with this TUMEN_SECRET')),
  );
  const notice = { kind: 'notice' as const, code: 'test', title: 'A', text: 'b' };
  const outcome = await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, notice);
  expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringContaining('TUMEN_SECRET') });
  await bot.close();
  await store.close();
  await server.close();
});

test.each([
  [{ slackAppToken: null }, 'socket', /SLACK_APP_TOKEN is not set/],
  [{ slackSigningSecret: null }, 'http', /SLACK_SIGNING_SECRET is not set/],
  [
    { ...OAUTH, tumenSecret: null, slackClientSecret: null },
    'http',
    /SLACK_CLIENT_SECRET and TUMEN_SECRET are not set/,
  ],
  [{ ...OAUTH, tumenSecret: 'short' }, 'http', /TUMEN_SECRET is too short/],
] as const)(
  'what lacks for a mode is named before anything starts: %o %s',
  async (secrets, mode, message) => {
    await start();
    const attempt = startSlackBot(() => [], { secrets, mode, server: bot.server, store: bot.store });
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toBeInstanceOf(UserError);
  },
);
