import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';
import {
  ADMIN,
  APP_TOKEN,
  BOT_TOKEN,
  CHANNEL,
  MEMBER,
  OWNER,
  SlackServer,
  TEAM,
} from '../fakes/slack-server.ts';

let server: SlackServer;
let service: SeededService;
beforeAll(async () => {
  server = await SlackServer.start();
  for (const [id, locale] of Object.entries({ U0KO: 'ko-KR', U0RU: 'ru-RU' }))
    server.users.set(id, { id, team_id: TEAM, locale, is_admin: true });
  service = await startSeededService({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: server.apiUrl,
  });
  await until(() => server.connections === 2);
}, 60_000);
afterAll(async () => {
  await service.close();
  await server.close();
});
afterEach(() => {
  expect(server.violations).toEqual([]);
  expect(service.errors).toEqual([]);
});

const typed = async (text: string, by = ADMIN) => readSlack((await server.type(text, by)).messages);

test('an address typed as it is reaches the command, though Slack wraps it', async () => {
  const seen = await server.type('story sources 4', MEMBER);
  const [url] = JSON.stringify(seen.messages).match(/https:[^"]+/)!;
  for (const text of [`why ${url}`, `label yes ${url}`])
    expect(await typed(text)).not.toMatch(/no article|unknown/i);
  expect(await typed(`why ${url}`)).toMatch(/Topic|Russia/);
  expect(await typed('feeds add http://127.0.0.1:1/feed?a=1&b=2')).toContain('127.0.0.1:1/feed?a=1&b=2');
});

describe('what is mistyped', () => {
  test('is met with a button that does what was meant, its words kept', async () => {
    const seen = await server.type('search treaty', MEMBER);
    expect(readSlack(seen.messages)).toContain('There is no “search”. Did you mean /tumen news search?');
    const [button] = buttonsOf(seen.messages);
    expect(readSlack((await server.press(button!, MEMBER)).messages)).toMatch(/articles found/);
  });

  test('opens the form where more is asked for than was typed', async () => {
    const seen = await server.type('scheduel', ADMIN);
    const { view } = await server.press(buttonsOf(seen.messages)[0]!, ADMIN);
    expect(view!.title.text).toBe('/digest schedule');
  });

  test('is met behind help as well', async () => {
    const seen = await server.type('help subscrbe');
    expect(readSlack(seen.messages)).toContain('Did you mean /tumen help subscribe?');
    const shown = await server.press(buttonsOf(seen.messages)[0]!, MEMBER);
    expect(readSlack(shown.messages)).toContain('/tumen subscribe');
    expect(await typed('help nosuch')).toContain('There is no “nosuch”.');
  });

  test.each([
    ['story', /What \/tumen story can do:.*\/tumen story show .*\[show\]/s],
    ['help digest', /\/tumen digest schedule/],
  ])('%s alone lists what there is', async (text, said) => {
    expect(await typed(text)).toMatch(said);
  });
});

test('a channel or group that Slack did not make of a name changes nothing, and what to do is said', async () => {
  expect(await typed('digest schedule 08:00 #nowhere')).toMatch(
    /“#nowhere” into a channel.*\/invite @tumen/s,
  );
  expect(await typed('settings role:@desk')).toMatch(/“@desk” into a person or user group/);
  expect(await typed('settings role:@desk', 'U0KO')).toMatch(/“@desk”.*인식하지 못했습니다/);
  expect(await typed('settings @desk', 'U0RU')).toMatch(/«@desk»/);
  expect((await service.core.store.settings.get(`slack:${TEAM}`))?.managers ?? []).toEqual([]);
});

describe('while Slack does not say who somebody is', () => {
  test('an owner is told so, nothing is on record, and the next minute is a new one', async () => {
    server.fail('users.info', { error: 'internal_error' });
    expect(await typed(`digest schedule 08:00 <#${CHANNEL}|news>`, OWNER)).toContain(
      'Slack does not say who you are',
    );
    const audits = await service.core.store.settings.audits(`slack:${TEAM}`, 10);
    expect(audits.filter(({ who }) => who === OWNER)).toEqual([]);
    expect(await typed(`digest schedule 08:00 <#${CHANNEL}|news>`, OWNER)).toContain(
      'The digest is scheduled.',
    );
  });

  test('reading goes on', async () => {
    server.fail('users.info', { status: 503 });
    expect(await typed('news latest', 'U0READER')).toContain('Latest stories');
  });
});

test('a bare /tumen whose trigger has run out is answered with what to do', async () => {
  server.fail('views.open', { error: 'expired_trigger_id' });
  expect(await typed('')).toContain('Slack took too long to open this. Please try again.');
});
