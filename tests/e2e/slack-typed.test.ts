import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import type { SeededService } from '../fakes/seeded-service.ts';
import { knownWorkspace } from '../fakes/slack-bot.ts';
import {
  ADMIN,
  CHANNEL,
  DESK,
  MANAGER,
  MEMBER,
  OWNER,
  type SlackServer,
  TEAM,
} from '../fakes/slack-server.ts';
import { type SlackService, startSlackService } from '../fakes/slack-service.ts';

let slack: SlackService;
let server: SlackServer;
let service: SeededService;
beforeAll(async () => {
  slack = await startSlackService();
  ({ server, service } = slack);
}, 60_000);
afterAll(() => slack.close());
afterEach(() => expect(slack.complaints()).toEqual([]));

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

  test('is named by the option that it was taken for', async () => {
    expect(await typed('story show shells')).toContain('“shells” is no whole number for “story”');
    expect(await typed('digest schedule banana')).toContain('"banana" is no time of day');
    expect(await typed('digest schedule 08:00 banana')).toContain('“banana” has no place in this command');
  });

  test('opens the form where more is asked for than was typed', async () => {
    const seen = await server.type('scheduel', ADMIN);
    const { view } = await server.press(buttonsOf(seen.messages)[0]!, ADMIN);
    expect(view!.title.text).toBe('/tumen digest schedule');
  });

  test('is met behind help as well', async () => {
    expect(await typed('help command why')).toMatch(/^\/tumen why\n/);
    const seen = await server.type('help subscrbe');
    expect(readSlack(seen.messages)).toContain('Did you mean /tumen help subscribe?');
    const shown = await server.press(buttonsOf(seen.messages)[0]!, MEMBER);
    expect(readSlack(shown.messages)).toContain('/tumen subscribe');
    expect(await typed('help nosuch')).toContain('There is no “nosuch”.');
  });

  test.each([
    ['story', /What \/tumen story can do:.*\/tumen story show .*\[show\]/s],
    ['help digest', /\/tumen digest schedule/],
    ['tumen', /What \/tumen can do:\n• \/tumen status/],
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

  test('a manager by group is told so while the groups are not known, and a moment later is one', async () => {
    await service.core.store.settings.save(knownWorkspace({ managers: [DESK] }));
    const text = `digest schedule 10:00 <#${CHANNEL}|news>`;
    service.wait(10 * 60_000);
    server.fail('usergroups.list', { error: 'internal_error' });
    const before = (await service.core.store.settings.audits(`slack:${TEAM}`, 100)).length;
    expect(await typed(text, MANAGER)).toContain('Slack does not say who you are');
    server.fail('usergroups.list', { status: 503 });
    expect(await typed(`subscribe shells <#${CHANNEL}|news>`, MANAGER)).toContain(
      'Slack does not say who you are',
    );
    server.fail('usergroups.list', { status: 503 });
    expect(await typed('subscribe shells', MANAGER)).toContain('Subscribed.');
    const refused = await service.core.store.settings.audits(`slack:${TEAM}`, 100);
    expect(refused.slice(0, refused.length - before).filter(({ action }) => action === 'refused')).toEqual(
      [],
    );
    expect(await typed(text, MANAGER)).toContain('The digest is scheduled.');
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

describe('a channel that cannot be had', () => {
  const schedule = async (more: object = {}, by = ADMIN) =>
    readSlack((await server.type('digest schedule 08:00', by, more)).messages);

  test('a direct message: name a channel', async () => {
    expect(await schedule({ channel_id: 'D0ADMIN' })).toContain(
      'Name the channel, for example channel:#news.',
    );
    server.fail('conversations.info', { error: 'missing_scope' });
    expect(await schedule({ channel_id: 'G0GROUP' })).toContain(
      'Name the channel, for example channel:#news.',
    );
  });

  test('Slack is busy: try again', async () => {
    for (const fault of [{ status: 429, headers: { 'retry-after': '3' } }, { status: 503 }] as const) {
      server.fail('conversations.info', fault);
      expect(await schedule()).toContain('Slack is busy just now. Please try again in a minute.');
    }
    server.fail('conversations.info', { status: 503 });
    expect(await schedule({}, 'U0KO')).toContain('Slack이 혼잡합니다');
  });

  test('tumen is not in it, or cannot see it: how to invite it', async () => {
    server.channels.set('C0OUT', { name: 'out', member: false, archived: false, messages: [] });
    server.channels.set('C0OLD', { name: 'old', member: true, archived: true, messages: [] });
    expect(await typed('digest schedule 08:00 <#C0OUT|out>')).toContain(
      'tumen is not in #out yet. Type /invite @tumen there',
    );
    expect(await typed('subscribe shells <#C0OUT|out>')).toContain(
      'tumen is not in #out yet. Type /invite @tumen there',
    );
    expect(await typed('digest schedule 08:00 <#C0PRIV|>')).toContain(
      'cannot see that channel. If it is private, type /invite @tumen',
    );
    expect(await typed('digest schedule 08:00 <#C0OLD|old>')).toContain('That channel is archived');
    expect(await typed('digest schedule 08:00 <#C0OUT|out>', 'U0RU')).toContain('tumen ещё не в #out');
  });
});

/** Words of another platform, and commands as they are typed there. */
const ELSEWHERE =
  /Manage Server|\bservers?\b|\broles?\b(?!:)|서버|역할|сервер|(?<![а-я])рол[ьи]|(?<=^|[\s"“«(])\/(?!tumen|invite)\w+/im;

describe('the words of Slack', () => {
  test.each([ADMIN, 'U0KO', 'U0RU'])('stand in every form, its hints and its title, for %s', async (who) => {
    const menu = (await server.type('', who)).view!;
    expect(JSON.stringify(menu.blocks)).not.toMatch(ELSEWHERE);
    const paths = menu.blocks[0].elements[0].option_groups.flatMap(
      (group: { options: { value: string }[] }) => group.options.map(({ value }) => value),
    );
    for (const path of paths.filter((one: string) => one !== 'tumen forget-me')) {
      const form = await server.openForm(path, who);
      expect(form.title.text, path).toMatch(/^\/tumen (?!tumen)/);
      if (form.callback_id === 'form')
        expect(readSlack(form).replace(/^.*\n/, ''), path).not.toMatch(ELSEWHERE);
    }
  });

  test.each([ADMIN, 'U0KO', 'U0RU'])('stand in answers, refusals and completions, for %s', async (who) => {
    for (const text of [
      'help',
      'settings',
      'digest pause 99',
      'feeds pause nosuch',
      'help settings',
      'status',
    ])
      expect((await typed(text, who)).replace('[role]', ''), text).not.toMatch(ELSEWHERE);
    const { payload } = await server.send('interactive', {
      type: 'block_suggestion',
      team: { id: TEAM },
      user: { id: who, team_id: TEAM },
      action_id: 'complete:tumen help:command',
      block_id: 'command',
      value: 'digest',
      view: { id: 'V', type: 'modal', private_metadata: '' },
    });
    expect(payload!.options[0].text.text).toMatch(/^\/tumen digest/);
  });
});

describe('a subscription that is typed', () => {
  test.each([
    ['subscribe "artillery shells" here', ADMIN, 'Subscribed. 1: "artillery shells" ·'],
    ['구독 여기에 열차', 'U0KO', '해석: 열차\n'],
    ['подписаться поезд сюда', 'U0RU', 'Понято как: поезд\n'],
    [`subscribe treaty in <#${CHANNEL}|news>`, ADMIN, 'Reads as: treaty\n'],
    [`подписаться договор в <#${CHANNEL}|news>`, 'U0RU', 'Понято как: договор\n'],
  ])('%s goes into the channel', async (text, who, said) => {
    const answer = await typed(text, who);
    expect(answer).toContain(`#${CHANNEL}`);
    expect(answer.replace(/\d+: /, '1: ')).toContain(said);
  });
});

test('Home says when the next digest of the workspace comes', async () => {
  await server.type(`digest schedule 08:00 zone:UTC <#${CHANNEL}|news>`, ADMIN);
  await server.send('events_api', server.event({ type: 'app_home_opened', tab: 'home', user: MEMBER }));
  // An earlier opening may still be under way: the tab that counts is the one after the schedule.
  await until(() => /Next digest {2}20 Jun 01:00/.test(readSlack(server.homes.get(MEMBER))));
});

test('what was changed is told in the words of who asks', async () => {
  await server.type('구독 철도 여기', 'U0KO');
  expect(await typed('설정', 'U0KO')).toMatch(/subscribe · 구독 \d+: 철도 · 즉시/);
  await server.type('подписаться мост здесь', 'U0RU');
  expect(await typed('настройки', 'U0RU')).toMatch(/subscribe · подписка \d+: мост · сразу/);
  // What a person follows by direct message is theirs alone.
  await server.type('story follow 4', 'U0RU');
  expect(await typed('настройки', 'U0RU')).not.toContain('story follow');
});

test('the list of a bare /tumen says each thing once', async () => {
  const { view } = await server.type('', 'U0RU');
  const groups: { label: { text: string }; options: { text: { text: string } }[] }[] =
    view!.blocks[0].elements[0].option_groups;
  const labels = groups.map(({ label }) => label.text);
  const named = groups.flatMap(({ options }) => options.map(({ text }) => text.text));
  for (const label of labels) expect(named.filter((one) => one.endsWith(`: ${label}`))).toEqual([]);
});

test('a refusal on record is told in words', async () => {
  await server.type('feeds pause 1', MEMBER);
  expect(await typed('settings')).toContain('tried /tumen feeds pause without the right to');
  expect(await typed('settings')).not.toMatch(/needsManage|refused:/);
});

test('Home with more than it has room for says how much, and shows all of it on demand', async () => {
  server.users.set('U0FAN', { id: 'U0FAN', team_id: TEAM, locale: 'en-US' });
  for (let i = 0; i < 24; i++) await server.type(`subscribe "unlikely ${i} words"`, 'U0FAN');
  await server.send('events_api', server.event({ type: 'app_home_opened', tab: 'home', user: 'U0FAN' }));
  await until(() => server.homes.has('U0FAN'));
  const home = server.homes.get('U0FAN')!;
  expect(readSlack(home)).toMatch(/… \d+ more\n\[Show all\]/);
  expect(readSlack(home)).toContain('Coverage');
  const all = buttonsOf(home).find(({ text }) => text.text === 'Show all')!;
  const view = { id: 'VHOME', type: 'home', private_metadata: '' };
  const shown = await server.pressIn(view, all, 'U0FAN');
  expect(readSlack(shown.view)).toContain('unlikely 23 words');
});
