import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';
import { ADMIN, APP_TOKEN, BOT_TOKEN, CHANNEL, SlackServer, TEAM } from '../fakes/slack-server.ts';

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

/** What stands in the modal after a form is sent; with it, what stands at its fields. */
async function sent(path: string, fields: object, by = ADMIN): Promise<string> {
  const form = await server.openForm(path, by);
  const { ack, view } = await server.submit(form, fields, by);
  const errors = Object.entries(ack.payload?.errors ?? {}).map(([field, words]) => `${field}! ${words}`);
  return [...errors, readSlack(view)].join('\n');
}

const SCHEDULE = '#news · 08:00 UTC · every day · russia-north-korea';
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
];

describe('every form', () => {
  test.each(FORMS)('%s %o', async (path, fields, said) => {
    expect(await sent(path, fields)).toMatch(said);
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
