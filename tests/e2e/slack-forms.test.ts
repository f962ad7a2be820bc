import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import type { SeededService } from '../fakes/seeded-service.ts';
import { ADMIN, CHANNEL, DESK, MEMBER, type SlackServer, TEAM } from '../fakes/slack-server.ts';
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

/** What stands in the modal after a form is sent; with it, what stands at its fields. */
async function sent(path: string, fields: object, by = ADMIN): Promise<string> {
  const form = await server.openForm(path, by);
  const { ack, view } = await server.submit(form, fields, by);
  const errors = Object.entries(ack.payload?.errors ?? {}).map(([field, words]) => `${field}! ${words}`);
  return [...errors, readSlack(view)].join('\n');
}

const SCHEDULE = '#news · 08:00 UTC · every day · Russia–North Korea';
const FORMS: [path: string, fields: object, said: RegExp | string][] = [
  [
    'digest schedule',
    { time: '08:00', channel: CHANNEL, zone: 'UTC' },
    `The digest is scheduled.\n${SCHEDULE}`,
  ],
  ['digest now', {}, /^Russia–North Korea\n.*last 24 h/],
  ['digest pause', { schedule: '1' }, /^Paused\. .*\n#news · 08:00/],
  ['digest resume', { schedule: '1' }, `Resumed.\n${SCHEDULE}`],
  ['digest remove', { schedule: '1' }, `Removed.\n${SCHEDULE}`],
  ['news search', { query: 'treaty' }, /^7 articles found\n• Putin and Kim sign/],
  ['news latest', {}, /^Latest stories\nNEW {2}Putin and Kim sign/],
  ['story show', { story: '4' }, /^NEW {2}Putin and Kim sign/],
  ['story follow', { story: '4' }, /^You will be told when story 4 changes/],
  ['story unfollow', { story: '4' }, /story 4/],
  ['story sources', { story: '4' }, /^Sources of story 4\n11 reports/],
  ['story timeline', { story: '4' }, /story 4/i],
  ['story mute', { story: '3' }, /story 3/i],
  ['why', { story: '4' }, /Putin and Kim sign/],
  ['subscribe', { query: 'shells', mode: 'hourly' }, /shells/],
  ['unsubscribe', { id: '1' }, /shells|no subscription/i],
  ['feeds list', {}, /Sample Wire/],
  ['feeds pause', { feed: '1' }, /Sample/],
  ['tumen settings', { language: 'en', zone: 'Europe/London' }, /^Saved\..*Europe\/London/s],
  ['tumen help', { command: 'why' }, /\/tumen why/],
  ['digest test', {}, /no schedule|No digest|none/i],
  ['story merge', { story: '4', into: '4' }, /Story 4 and story 4 are one story already/],
  ['story split', { story: '4', reports: '1' }, /Not all of these reports are in story 4/],
  ['story undo', { story: '4' }, /Nobody has changed story 4 by hand/],
  ['label', { relevant: 'true', article: '1' }, /^Kept as an example/],
  ['feeds add', { url: 'http://127.0.0.1:1/' }, /No feed at http:\/\/127\.0\.0\.1:1\/: it cannot be reached/],
  ['feeds remove', { feed: '1' }, /^This feed serves everybody/],
  ['feeds resume', { feed: '1' }, /Sample Wire/],
  ['feeds check', { words: 'wire' }, /^Feeds \(1\)\n• Sample Wire/],
  ['subscriptions', {}, /^Your subscriptions\n• 2: shells/],
  ['tumen forget-me', {}, /^What is stored about you.*The file is in your direct messages/s],
];

describe('every form', () => {
  test.each(FORMS)('%s %o', async (path, fields, said) => {
    expect(await sent(path, fields)).toMatch(said);
  });

  test('is in the list', async () => {
    const { view } = await server.type('', ADMIN);
    const offered = view!.blocks[0].elements[0].option_groups.flatMap(
      (group: { options: { value: string }[] }) => group.options.map(({ value }) => value),
    );
    const listed = new Set([...FORMS.map(([path]) => path), 'feeds import']);
    for (const path of offered) {
      const form = await server.openForm(path, ADMIN);
      if (form.callback_id === 'form') expect(listed).toContain(path);
    }
  });

  test('says it in Korean and Russian', async () => {
    expect(await sent('digest schedule', { time: '08:00', channel: CHANNEL }, 'U0KO')).toMatch(
      /^다이제스트가 예약/,
    );
    expect(await sent('digest schedule', { time: '09:00', channel: CHANNEL }, 'U0RU')).toMatch(
      /^Сводка заплан/,
    );
    expect(await sent('news search', { query: 'zebra' }, 'U0KO')).toMatch(/[가-힣]/);
    expect(await sent('story follow', { story: '4' }, 'U0RU')).toMatch(/сюжет/i);
  });
});

describe('a form with a field that is at fault', () => {
  test('stays open and says it at that field, in the language of who asks', async () => {
    const told = await sent('digest schedule', { time: '08:00', channel: CHANNEL, length: '300' });
    expect(told).toMatch(/^length! “300” is too large for “length”/);
    const ru = await sent('digest schedule', { time: '08:00', channel: CHANNEL, length: '300' }, 'U0RU');
    expect(ru).toMatch(/^length! «300» слишком много/);
  });

  test('can be sent again, and then it is answered', async () => {
    const form = await server.openForm('story show', ADMIN);
    const first = await server.submit(form, { story: 'shells' }, ADMIN);
    expect(first.ack.payload!.errors).toEqual({
      story: expect.stringContaining('“shells” is no whole number'),
    });
    const second = await server.submit(form, { story: '4' }, ADMIN);
    expect(readSlack(second.view)).toMatch(/^NEW {2}.*\[Share here\]/s);
  });

  test('where no field is at fault the answer has a way back to the form, filled in', async () => {
    const form = await server.openForm('story show', ADMIN);
    const { view } = await server.submit(form, { story: '999999' }, ADMIN);
    expect(readSlack(view)).toContain('[Back to the form]');
    const back = buttonsOf(view).find(({ text }) => text.text === 'Back to the form')!;
    const again = await server.pressIn(view!, back, ADMIN);
    expect(JSON.stringify(again.view)).toContain('"value":"999999"');
  });
});

describe('the import of an OPML list', () => {
  const opml = (host: string) =>
    `<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://${host}/feed"/></body></opml>`;

  test('takes the file that is attached to its form', async () => {
    expect(await sent('feeds import', { file: server.attach(opml('a.example')) })).toMatch(
      /^1 added, 0 there/,
    );
    expect(await sent('feeds import', { file: server.attach(opml('a.example')) }, 'U0KO')).toMatch(/[가-힣]/);
  });

  test('typed with neither file nor address, it leads to the form', async () => {
    const { messages } = await server.type('feeds import', ADMIN);
    const { view } = await server.press(buttonsOf(messages)[0]!, ADMIN);
    expect(view!.title.text).toBe('/tumen feeds import');
  });

  test('reads the list at an address, typed or in the form', async () => {
    const page = createServer((_, response) => response.end(opml('b.example'))).listen(0, '127.0.0.1');
    await once(page, 'listening');
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/feeds.opml`;
    const { messages } = await server.type(`feeds import ${url}`, ADMIN);
    expect(readSlack(messages)).toMatch(/^1 added/);
    page.close();
  });

  test('says at the field what is wrong with the file', async () => {
    const big = { ...server.attach('x'), size: 2 ** 21 };
    expect(await sent('feeds import', { file: big })).toMatch(/^file! .*1 MB/);
    const elsewhere = { size: 3, url_private_download: 'https://evil.example/x' };
    expect(await sent('feeds import', { file: elsewhere })).toMatch(/^file! .*could not be read/);
    const denied = { size: 3, url_private_download: `${server.origin}/files-pri/none` };
    expect(await sent('feeds import', { file: denied })).toMatch(/^file! .*could not be read/);
    expect(await sent('feeds import', {})).toMatch(/^file! Attach an OPML file/);
  });
});

describe('what a form shows filled in', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a view of any shape.
  const elementOf = (view: any, field: string) =>
    view.blocks.find((block: { block_id?: string }) => block.block_id === field)?.element;

  test('the zone of the person, where the workspace has chosen none; a digest typed without one is in it', async () => {
    server.users.set('U0SEOUL', { id: 'U0SEOUL', team_id: TEAM, is_admin: true, tz: 'Asia/Seoul' });
    await server.type('settings zone:UTC', ADMIN);
    const form = await server.openForm('digest schedule', 'U0SEOUL');
    expect(elementOf(form, 'zone').initial_option).toMatchObject({
      value: 'Asia/Seoul',
      text: { text: expect.stringMatching(/^Asia\/Seoul \(/) },
    });
    const alerts = await server.openForm('subscribe', 'U0SEOUL');
    expect(elementOf(alerts, 'zone').initial_option.value).toBe('Asia/Seoul');
    const { messages } = await server.type(`digest schedule 07:00 <#${CHANNEL}|news>`, 'U0SEOUL');
    expect(readSlack(messages)).toContain('07:00 Asia/Seoul');
    await server.type('settings zone:Europe/London', ADMIN);
    const chosen = await server.openForm('digest schedule', 'U0SEOUL');
    expect(elementOf(chosen, 'zone').initial_option.value).toBe('Europe/London');
  });

  test('a schedule that is changed, with its thread and its updates', async () => {
    const typed = `digest schedule 06:30 days:weekdays updates:edit thread:yes <#${CHANNEL}|news>`;
    const made = await server.type(typed, ADMIN);
    const change = buttonsOf(made.messages).find(({ action_id }) =>
      action_id.startsWith('form:digest schedule'),
    )!;
    const { view } = await server.press(change, ADMIN);
    expect(elementOf(view, 'time').initial_time).toBe('06:30');
    expect(elementOf(view, 'channel').initial_conversation).toBe(CHANNEL);
    expect(elementOf(view, 'updates').initial_option.value).toBe('edit');
    expect(elementOf(view, 'thread').initial_option.value).toBe('true');
    expect(elementOf(view, 'days').initial_value).toBe('weekdays');
    const sentAgain = await server.submit(view!, { time: '06:45' }, ADMIN);
    expect(readSlack(sentAgain.view)).toMatch(/^The schedule is changed\.\n#news · 06:45 .*weekdays/);
  });

  test('a story by its headline, not by its number', async () => {
    const seen = await server.type('story shwo 4', ADMIN);
    const [button] = buttonsOf(seen.messages);
    const form = { ...button!, action_id: button!.action_id.replace('run:', 'form:') };
    const { view } = await server.press(form, ADMIN);
    const { initial_option } = elementOf(view, 'story');
    expect(initial_option.value).toBe('4');
    expect(initial_option.text.text).toMatch(/[A-Za-z]{4}/);
  });
});

describe('the picker of user groups', () => {
  test('offers the groups of the workspace by handle and name to who may change them, to nobody else', async () => {
    expect(await server.complete('tumen settings', 'role', 'news', ADMIN)).toEqual([DESK]);
    expect(await server.complete('tumen settings', 'role', 'nothing', ADMIN)).toEqual([]);
    expect(await server.complete('tumen settings', 'role', '', MEMBER)).toEqual([]);
  });

  test('a group that is chosen beside the person manages from then on', async () => {
    expect(await sent('tumen settings', { 'role:group': DESK })).toMatch(`@${DESK}`);
    expect((await service.core.store.settings.get(`slack:${TEAM}`))!.managers).toEqual([DESK]);
    expect(await sent('tumen settings', { role: MEMBER })).toMatch(`@${MEMBER}`);
  });
});

test('a field that the command itself refuses is said at that field', async () => {
  expect(await sent('digest schedule', { time: '08:00', channel: CHANNEL, zone: 'Asia/Soul' })).toMatch(
    /^zone! "Asia\/Soul" is no time zone.* Did you mean Asia\/Seoul\?/,
  );
});
