import { describe, expect, test } from 'vitest';
import type { Command, OptionSpec } from '../../../src/commands/command.ts';
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
    ],
  ),
  command(['story', 'show'], [option('story', 'integer', { required: true })]),
  command(['story', 'merge'], [option('story', 'integer'), option('into', 'integer')]),
  command(['why'], [option('url', 'string')]),
  command(['tumen', 'settings'], [option('zone', 'string')]),
];
const call = (text: string) => {
  const parsed = parseCommandText(text, commands);
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
    expect(parseCommandText('help settings', commands)).toEqual({ kind: 'help', path: 'tumen settings' });
  });

  test('nothing typed opens the menu', () => {
    expect(parseCommandText('  ', commands)).toEqual({ kind: 'menu' });
  });

  test('help is known with and without a verb, and at the end', () => {
    expect(parseCommandText('help', commands)).toEqual({ kind: 'help', path: null });
    expect(parseCommandText('help story show', commands)).toEqual({ kind: 'help', path: 'story show' });
    expect(parseCommandText('subscribe --help', commands)).toEqual({ kind: 'help', path: 'subscribe' });
  });

  test('a mistyped verb is met with the nearest', () => {
    expect(parseCommandText('subscrbe shells', commands)).toEqual({
      kind: 'unknown',
      typed: 'subscrbe',
      suggestion: 'subscribe',
    });
    expect(parseCommandText('story shwo 3', commands)).toMatchObject({
      kind: 'unknown',
      suggestion: 'story show',
    });
  });

  test('a word without a place is named', () => {
    expect(parseCommandText('story show 3 tomorrow', commands)).toMatchObject({
      kind: 'leftover',
      word: 'tomorrow',
    });
  });
});
