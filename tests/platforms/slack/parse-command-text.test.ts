import { describe, expect, test } from 'vitest';
import type { Command, OptionSpec } from '../../../src/commands/command.ts';
import { commandTable } from '../../../src/commands/command-table.ts';
import { COMMAND_GROUPS } from '../../../src/commands/groups.ts';
import { parseCommandText } from '../../../src/platforms/slack/parse-command-text.ts';

const words = (en: string) => ({ en, ko: en, ru: en });
const option = (name: string, type: OptionSpec['type'], more: Partial<OptionSpec> = {}): OptionSpec => ({
  name,
  type,
  description: words(name),
  example: 'x',
  ...more,
});
const command = (path: Command['path'], options: OptionSpec[] = []): Command => ({
  path,
  description: words(path.join(' ')),
  options,
  right: 'anyone',
  personal: false,
  examples: [],
  run: () => Promise.reject(new Error('not run here')),
});
const commands = [
  command(
    ['subscribe'],
    [
      option('query', 'string', { rest: true, required: true }),
      option('mode', 'choice', {
        choices: ['instant', 'hourly', 'daily'].map((value) => ({ value, label: words(value) })),
      }),
      option('channel', 'channel'),
      option('zone', 'string'),
      option('updates', 'boolean'),
      option('here', 'boolean', { look: 'here' }),
    ],
  ),
  command(['story', 'show'], [option('story', 'integer', { required: true })]),
  command(['story', 'merge'], [option('story', 'integer'), option('into', 'integer')]),
  command(['why'], [option('url', 'string')]),
  command(['tumen', 'settings'], [option('zone', 'string')]),
];
const table = { commands, groups: COMMAND_GROUPS };
const parse = (text: string) => parseCommandText(text, table);
const call = (text: string) => {
  const parsed = parse(text);
  return parsed.kind === 'call' ? parsed.call : parsed;
};

describe('the words after /tumen', () => {
  test('a query keeps its phrases and exclusions, and a mode is known by its look', () => {
    expect(call('subscribe "artillery shells" -football hourly')).toEqual({
      path: 'subscribe',
      options: { query: '"artillery shells" -football', mode: 'hourly' },
    });
  });

  test('typographic quotes and dashes mean what phones mean by them', () => {
    expect(call('subscribe “artillery shells” –football —zone Asia/Seoul')).toEqual({
      path: 'subscribe',
      options: { query: '"artillery shells" -football', zone: 'Asia/Seoul' },
    });
    expect(call('subscribe «артиллерийские снаряды»')).toMatchObject({
      options: { query: '"артиллерийские снаряды"' },
    });
  });

  test('options go by name, and fields of the query language stay in the query', () => {
    expect(call('subscribe снаряды lang:ru zone:Europe/Moscow --updates')).toEqual({
      path: 'subscribe',
      options: { query: 'снаряды lang:ru', zone: 'Europe/Moscow', updates: true },
    });
    expect(call('subscribe --updates off 북한 병사')).toMatchObject({
      options: { query: '북한 병사', updates: 'off' },
    });
  });

  test('a channel mention is a channel', () => {
    expect(call('subscribe missiles <#C0123ABC|news>')).toMatchObject({
      options: { query: 'missiles', channel: 'C0123ABC' },
    });
    expect(call('subscribe missiles --channel <#C0123ABC|news>')).toMatchObject({
      options: { query: 'missiles', channel: 'C0123ABC' },
    });
  });

  test('a quoted mode is a word to look for', () => {
    expect(call('subscribe "daily" ')).toEqual({ path: 'subscribe', options: { query: '"daily"' } });
    expect(call('subscribe "here"')).toEqual({ path: 'subscribe', options: { query: '"here"' } });
    expect(call('subscribe shells in here')).toMatchObject({ options: { query: 'shells', here: true } });
    expect(call('subscribe here shells')).toMatchObject({ options: { query: 'shells', here: true } });
  });

  test('numbers fill the integer options in order', () => {
    expect(call('story merge 12 7')).toEqual({ path: 'story merge', options: { story: 12, into: 7 } });
  });

  test('escaped characters come back', () => {
    expect(call('why https://example.org/?a=1&amp;b=2')).toMatchObject({
      options: { url: 'https://example.org/?a=1&b=2' },
    });
  });

  test('the name of the bot is not typed twice', () => {
    const settings = { path: 'tumen settings', options: { zone: 'UTC' } };
    expect(call('settings zone:UTC')).toEqual(settings);
    expect(call('tumen settings zone:UTC')).toEqual(settings);
    expect(parse('help settings')).toEqual({ kind: 'help', path: 'tumen settings' });
  });

  test('nothing typed opens the menu', () => {
    expect(parse('  ')).toEqual({ kind: 'menu' });
  });

  test('help is known with and without a verb, and at the end', () => {
    expect(parse('help')).toEqual({ kind: 'help', path: null });
    expect(parse('help story show')).toEqual({ kind: 'help', path: 'story show' });
    expect(parse('subscribe --help')).toEqual({ kind: 'help', path: 'subscribe' });
  });

  test('a mistyped verb is met with the nearest', () => {
    expect(parse('subscrbe shells')).toMatchObject({
      kind: 'unknown',
      typed: 'subscrbe',
      call: { path: 'subscribe', options: { query: 'shells' } },
    });
    expect(parse('story shwo 3')).toMatchObject({
      kind: 'unknown',
      typed: 'story shwo',
      call: { path: 'story show', options: { story: 3 } },
    });
  });

  test('a word without a place is named', () => {
    expect(parse('story show 3 tomorrow')).toMatchObject({
      kind: 'leftover',
      word: 'tomorrow',
    });
  });
});

describe('what a person guesses, read by the real table', () => {
  const table = {
    commands: commandTable({ topics: [{ slug: 'x', title: words('x'), themes: [] }] } as never),
    groups: COMMAND_GROUPS,
  };
  const read = (text: string) => parseCommandText(text, table);

  test.each<[typed: string, path: string, options: object]>([
    ['why <https://a.example/?a=1&amp;b=2>', 'why', { url: 'https://a.example/?a=1&b=2' }],
    ['why <https://a.example/b|a.example/b>', 'why', { url: 'https://a.example/b' }],
    ['feeds add <http://a.example|a.example>', 'feeds add', { url: 'http://a.example' }],
    ['subscribe <mailto:desk@a.example|desk@a.example>', 'subscribe', { query: 'desk@a.example' }],
    ['news search site:<http://a.example|a.example>', 'news search', { query: 'site:a.example' }],
    ['subscribe a &lt; b &amp; c', 'subscribe', { query: 'a < b & c' }],
    ['subscribe missiles —football', 'subscribe', { query: 'missiles -football' }],
    ['subscribe 미사일 —축구', 'subscribe', { query: '미사일 -축구' }],
    [
      'subscribe снаряды –футбол —zone Asia/Seoul',
      'subscribe',
      { query: 'снаряды -футбол', zone: 'Asia/Seoul' },
    ],
    ['subscribe shells --football', 'subscribe', { query: 'shells -football' }],
    ['subscribe ‘artillery shells’ — football', 'subscribe', { query: '"artillery shells" football' }],
    ['subscribe Kim’s train', 'subscribe', { query: 'Kim’s train' }],
    ['subscribe —“shell game”', 'subscribe', { query: '-"shell game"' }],
    ['subscribe 155 mm shells', 'subscribe', { query: '155 mm shells' }],
    ['subscribe shells every hour', 'subscribe', { query: 'shells', mode: 'hourly' }],
    ['subscribe 포탄 매시간', 'subscribe', { query: '포탄', mode: 'hourly' }],
    ['구독 포탄', 'subscribe', { query: '포탄' }],
    ['подписаться снаряды раз в час', 'subscribe', { query: 'снаряды', mode: 'hourly' }],
    ['subscribe shells <#C0NEWS|news>', 'subscribe', { query: 'shells', channel: 'C0NEWS' }],
    [
      'digest schedule 08:00 18:00 Asia/Seoul',
      'digest schedule',
      { time: '08:00,18:00', zone: 'Asia/Seoul' },
    ],
    ['digest schedule 08:00, 18:00', 'digest schedule', { time: '08:00,18:00' }],
    [
      'digest schedule time:08:00,18:00 days:weekdays',
      'digest schedule',
      { time: '08:00,18:00', days: 'weekdays' },
    ],
    ['digest schedule 8:00 weekdays', 'digest schedule', { time: '08:00', days: 'weekdays' }],
    ['settings zone New York', 'tumen settings', { zone: 'New York' }],
    ['설정 언어 한국어', 'tumen settings', { language: '한국어' }],
    ['digest schedule time 9 am zone New York', 'digest schedule', { time: '09:00', zone: 'New York' }],
    ['story merge 1 into 2', 'story merge', { story: 1, into: '2' }],
    ['why story 4', 'why', { story: '4' }],
    ['subscribe time zone', 'subscribe', { query: 'time zone' }],
    ['digest schedule 8 am every day', 'digest schedule', { time: '08:00', days: 'daily' }],
    ['digest schedule 8:30 p.m.', 'digest schedule', { time: '20:30' }],
    ['digest schedule 12 am, 12 pm', 'digest schedule', { time: '00:00,12:00' }],
    ['다이제스트 예약 오전 8시', 'digest schedule', { time: '08:00' }],
    ['다이제스트 예약 오후8시 30분', 'digest schedule', { time: '20:30' }],
    ['сводка расписание в 8 вечера', 'digest schedule', { time: '20:00' }],
    ['digest schedule at 8am every weekday', 'digest schedule', { time: '08:00', days: 'weekdays' }],
    ['digest schedule 8:30pm mon wed', 'digest schedule', { time: '20:30', days: 'mon,wed' }],
    ['digest schedule 8', 'digest schedule', { time: '08:00' }],
    ['digest schedule 08:00 zone:New York', 'digest schedule', { time: '08:00', zone: 'New York' }],
    ['digest schedule 08:00 zone:"New York"', 'digest schedule', { time: '08:00', zone: 'New York' }],
    [
      'digest schedule at 08:00 Asia/Seoul <#C0NEWS|news>',
      'digest schedule',
      { time: '08:00', zone: 'Asia/Seoul', channel: 'C0NEWS' },
    ],
    ['digest schedule 08:00 Asia/Soul', 'digest schedule', { time: '08:00', zone: 'Asia/Soul' }],
    ['digest schedule banana', 'digest schedule', { time: 'banana' }],
    ['story show shells', 'story show', { story: 'shells' }],
    ['다이제스트 예약 시각:08:00', 'digest schedule', { time: '08:00' }],
    ['сводка расписание время:08:00 будни', 'digest schedule', { time: '08:00', days: 'weekdays' }],
    ['why 4', 'why', { story: '4' }],
    ['label yes <https://a.example/b>', 'label', { relevant: 'yes', article: 'https://a.example/b' }],
    ['story 4', 'story show', { story: 4 }],
    ['소식 보기 4', 'story show', { story: 4 }],
    ['unsubscribe all', 'unsubscribe', { all: true }],
    ['unsubscribe 12', 'unsubscribe', { id: 12 }],
    ['/tumen subscribe shells', 'subscribe', { query: 'shells' }],
    ['/subscribe shells', 'subscribe', { query: 'shells' }],
    ['tumen subscribe shells', 'subscribe', { query: 'shells' }],
    ['/tumen settings role:<!subteam^S0DESK|@desk>', 'tumen settings', { role: 'S0DESK' }],
    ['settings <@U0MEMBER|member>', 'tumen settings', { role: 'U0MEMBER' }],
    ['subscriptions', 'subscriptions', {}],
  ])('%s', (typed, path, options) => {
    expect(read(typed)).toEqual({ kind: 'call', call: { path, options } });
  });

  test.each([
    ['digest schedule 08:00 #news', '#news', 'channel'],
    ['digest schedule 08:00 channel:#news', '#news', 'channel'],
    ['subscribe shells #news', '#news', 'channel'],
    ['settings @desk', '@desk', 'role'],
    ['settings role:@desk', '@desk', 'role'],
    ['settings --role editors', 'editors', 'role'],
  ])('%s is refused: Slack made nothing of the name', (typed, word, option) => {
    expect(read(typed)).toMatchObject({ kind: 'unresolved', word, option: { name: option } });
  });

  test('a quoted name is a word to look for', () => {
    expect(read('subscribe "#news"')).toMatchObject({
      kind: 'call',
      call: { options: { query: '"#news"' } },
    });
  });

  test.each([
    ['search treaty', 'news search', { query: 'treaty' }],
    ['follow 4', 'story follow', { story: 4 }],
    ['schedule 08:00', 'digest schedule', { time: '08:00' }],
    ['forget me', 'tumen forget-me', {}],
    ['forget', 'tumen forget-me', {}],
    ['subscrbe shells', 'subscribe', { query: 'shells' }],
    ['help subscrbe', 'tumen help', { command: 'subscribe' }],
  ])('%s is met with what was meant', (typed, path, options) => {
    expect(read(typed)).toMatchObject({ kind: 'unknown', call: { path, options } });
  });

  test.each([
    ['story', 'story', null],
    ['help digest', 'digest', null],
    ['help story', 'story', null],
    ['story xyzzy 3', 'story', 'story xyzzy'],
    ['다이제스트', 'digest', null],
  ])('%s lists what the group can do', (typed, group, said) => {
    expect(read(typed)).toEqual({ kind: 'group', group, typed: said });
  });

  test.each([
    ['digest 8am <#C0123ABC|news>', { time: '08:00', channel: 'C0123ABC' }],
    ['digest every day at 8:30', { time: '08:30' }],
    ['сводка каждый день в 8 утра', { time: '08:00' }],
    ['다이제스트 매일 오후 8시', { time: '20:00', days: 'daily' }],
  ])('%s, without its verb, is met with the one that takes a time', (typed, options) => {
    expect(read(typed)).toMatchObject({ kind: 'unknown', call: { path: 'digest schedule', options } });
  });

  test('a verb of a group that is like none of them is met with what there is', () => {
    expect(read('digest stop')).toEqual({ kind: 'group', group: 'digest', typed: 'digest stop' });
  });

  test.each(['find treaty', '찾기 조약', 'найти договор'])('%s is met with the search', (typed) => {
    expect(read(typed)).toMatchObject({ kind: 'unknown', suggestion: { path: ['news', 'search'] } });
  });

  test('what is like nothing is named, also behind help', () => {
    expect(read('hello')).toMatchObject({ kind: 'unknown', typed: 'hello', suggestion: null });
    expect(read('help nosuch')).toMatchObject({ kind: 'unknown', typed: 'nosuch', suggestion: null });
  });

  test('a misspelt option is named with the nearest', () => {
    expect(read('subscribe shells --zoen Asia/Seoul')).toMatchObject({
      kind: 'leftover',
      word: '--zoen',
      suggestion: '--zone',
    });
    expect(read('digest schedule 08:00 banana')).toMatchObject({ kind: 'leftover', word: 'banana' });
  });

  test.each(['?', 'help', '/tumen help', '도움말'])('%s is help', (typed) => {
    expect(read(typed)).toEqual({ kind: 'help', path: null });
  });
});
