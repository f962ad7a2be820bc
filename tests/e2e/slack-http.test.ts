import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { UserError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../fakes/discord-bot.ts';
import { freePort } from '../fakes/free-port.ts';
import { readSlack } from '../fakes/read-slack.ts';
import { type SlackBot, type SlackBotChange, startSlackBot } from '../fakes/slack-bot.ts';
import { checkView } from '../fakes/slack-limits.ts';
import { CHANNEL, MEMBER, OTHER_TEAM, SlackServer, TEAM } from '../fakes/slack-server.ts';

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
  options: [
    {
      name: 'theme',
      description: words,
      type: 'string',
      example: 'treaty',
      complete: async () => [{ value: 'treaty', label: 'Treaty' }],
    },
  ],
  shortcut: words,
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

/** A request as Slack signs and sends it: form-encoded, or JSON for events. */
async function ask(
  payload: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const isEvent = payload.type === 'event_callback';
  const isCommand = 'command' in payload;
  const body = isEvent
    ? JSON.stringify(payload)
    : form(isCommand ? payload : { payload: JSON.stringify(payload) });
  const type: Record<string, string> = isEvent ? { 'content-type': 'application/json' } : {};
  return await post(body, { ...bot.server.sign(body), ...type, ...headers });
}

const NOTICE = { kind: 'notice' as const, code: 'test', title: 'A', text: 'b' };
const heardBy = async (team: string) => {
  const command = bot.server.command('news latest', undefined, { team_id: team });
  await ask(command);
  const mine = () => bot.server.answers.filter(({ url }) => url === command.response_url);
  await until(() => mine().length === 1);
  return JSON.stringify(mine());
};

test('where tumen is not installed, or its key does not open, the person is told so', async () => {
  const server = await SlackServer.start();
  const store = await openStore({ file: ':memory:' });
  await start({ secrets: OAUTH, server, store });
  expect(await heardBy(TEAM)).toMatch(
    /not installed in this workspace.*설치되어 있지 않습니다.*не установлен/s,
  );
  await install('good-code');
  expect(await heardBy(TEAM)).toContain('heard');
  await bot.close();
  await start({ secrets: { ...OAUTH, tumenSecret: 'another secret, long enough' }, server, store });
  expect(await heardBy(TEAM)).toContain('cannot open the key of this workspace');
  await bot.close();
  await store.close();
  await server.close();
});

test('two workspaces each speak with their own token; one that leaves leaves the other alone, and may come back', async () => {
  await start({ secrets: OAUTH });
  await install('good-code');
  await install('code-of-another');
  const announce = async (team: string) =>
    (await bot.platform.publisher.announce(`slack:${team}`, CHANNEL, NOTICE)).kind;
  for (const [team, token] of [
    [TEAM, 'xoxb-installed'],
    [OTHER_TEAM, 'xoxb-another'],
  ] as const) {
    expect(await heardBy(team)).toContain('heard');
    expect(await announce(team)).toBe('sent');
    expect(bot.server.calls.at(-1)!.token).toBe(token);
  }
  await ask({
    ...bot.server.event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }),
    team_id: OTHER_TEAM,
  });
  await until(() => bot.logged.some((line) => /token was revoked/.test(line.msg)));
  expect([await announce(TEAM), await announce(OTHER_TEAM)]).toEqual(['sent', 'unauthorized']);
  expect((await bot.store.settings.get(`slack:${OTHER_TEAM}`))?.removedAt).not.toBeNull();
  expect(bot.platform.health().state).toBe('connected');

  await install('code-of-another');
  expect(await announce(OTHER_TEAM)).toBe('sent');
  expect((await bot.store.settings.get(`slack:${OTHER_TEAM}`))?.removedAt).toBeNull();
});

test.each(['token_revoked', 'account_inactive'])(
  '%s from the API is a removal, though no event came: the token is deleted and the workspace rests',
  async (error) => {
    await start({ secrets: OAUTH });
    await install('good-code');
    bot.server.fail('chat.postMessage', { error });
    expect((await bot.platform.publisher.announce(`slack:${TEAM}`, CHANNEL, NOTICE)).kind).toBe(
      'unauthorized',
    );
    expect(await bot.store.settings.installation('slack', TEAM)).toBeNull();
    expect((await bot.store.settings.get(`slack:${TEAM}`))?.removedAt).not.toBeNull();
  },
);

test('tokens that do not open are counted in health until they are stored anew', async () => {
  const server = await SlackServer.start();
  const store = await openStore({ file: ':memory:' });
  await start({ secrets: OAUTH, server, store });
  for (const code of ['good-code', 'code-of-another']) await install(code);
  expect(bot.platform.health()).toMatchObject({ state: 'connected', detail: null });
  await bot.close();
  await start({ secrets: { ...OAUTH, tumenSecret: 'another secret, long enough' }, server, store });
  await install('good-code');
  expect(bot.platform.health()).toMatchObject({
    state: 'connected',
    detail: '1 of 2 workspaces do not open with this TUMEN_SECRET',
  });
  await bot.close();
  await store.close();
  await server.close();
});

describe('over HTTP', () => {
  test('a form is answered in the response to its request', async () => {
    await start();
    const view = {
      id: 'V1',
      hash: 'h',
      type: 'modal',
      callback_id: 'form',
      blocks: [],
      state: { values: {} },
    };
    const memory = { call: { path: 'news latest', options: {} }, channelId: null, locale: 'en' };
    const response = await ask({
      type: 'view_submission',
      team: { id: TEAM },
      user: { id: MEMBER, team_id: TEAM },
      view: { ...view, private_metadata: JSON.stringify(memory) },
    });
    const answer = (await response.json()) as { response_action: string; view: unknown };
    expect(answer.response_action).toBe('update');
    expect(readSlack(answer.view)).toContain('heard');
    expect(checkView(answer.view as never)).toEqual([]);
  });

  test('a select is given its options, a shortcut opens a view, Home is drawn', async () => {
    await start();
    const options = await ask({
      type: 'block_suggestion',
      team: { id: TEAM },
      user: { id: MEMBER, team_id: TEAM },
      action_id: 'complete:news latest:theme',
      block_id: 'theme',
      value: 'tre',
      view: { id: 'V', type: 'modal', private_metadata: '' },
    });
    expect(await options.json()).toMatchObject({ options: [{ value: 'treaty' }, { value: 'tre' }] });
    await ask({
      type: 'message_action',
      callback_id: 'message:news.latest',
      team: { id: TEAM },
      user: { id: MEMBER, team_id: TEAM },
      channel: { id: CHANNEL },
      message: { blocks: [] },
      trigger_id: 't',
      response_url: `${bot.server.origin}/respond/1`,
    });
    await until(() => bot.server.answers.length === 1);
    expect(readSlack(bot.server.answers[0]!.body)).toContain('shows no story');
    await ask(bot.server.event({ type: 'app_home_opened', tab: 'home', user: MEMBER }));
    await until(() => bot.server.homes.has(MEMBER));
    expect(readSlack(bot.server.homes.get(MEMBER))).toContain('tumen');
  });

  test('an event that Slack sends again is taken once', async () => {
    await start();
    const event = bot.server.event({ type: 'app_home_opened', tab: 'home', user: MEMBER });
    await ask(event);
    await until(() => bot.server.homes.has(MEMBER));
    const again = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect((await ask(event, again)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bot.server.callsOf('views.publish')).toHaveLength(1);
  });
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
