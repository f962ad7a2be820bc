import { expect, test } from 'vitest';
import type { Command } from '../../../src/commands/command.ts';
import { COMMAND_GROUPS } from '../../../src/commands/groups.ts';
import { tumenCommands } from '../../../src/commands/tumen.ts';
import { commandDefinitions, definitionHash } from '../../../src/platforms/discord/command-definitions.ts';
import { decodeCustomId, type LongCalls, longCallKey } from '../../../src/platforms/discord/custom-id.ts';
import { readForm, renderForm } from '../../../src/platforms/discord/render-form.ts';
import type { Store } from '../../../src/store/store.ts';
import { checkCommands, checkModal } from '../../fakes/discord-limits.ts';

const words = { en: 'x'.repeat(120), ko: '가'.repeat(120), ru: 'ж'.repeat(120) };
const wide: Command = {
  path: ['subscribe'],
  description: words,
  options: [
    { name: 'query', description: words, type: 'string', maxLength: 500, example: 'q'.repeat(200) },
    {
      name: 'mode',
      description: words,
      type: 'choice',
      example: 'daily',
      choices: [{ value: 'daily', label: words }],
    },
    { name: 'channel', description: words, type: 'channel', example: '#x' },
    { name: 'updates', description: words, type: 'boolean', example: 'yes' },
    { name: 'role', description: words, type: 'group', example: '@x' },
    { name: 'limit', description: words, type: 'integer', min: 1, max: 9, example: '3' },
    { name: 'zone', description: words, type: 'string', required: true, example: 'UTC' },
    { name: 'file', description: words, type: 'file', example: 'x.opml' },
  ],
  right: 'anyone',
  personal: true,
  examples: [],
  run: async () => ({ private: true, shareable: false, locale: 'en', blocks: [] }),
};

test('a form keeps the limits, puts what is required first, and keeps what finds no field', () => {
  const long: LongCalls = new Map();
  const call = {
    path: 'subscribe',
    options: { limit: 4, mode: 'daily', query: 'a'.repeat(400), zone: 'Asia/Seoul' },
  };
  for (const locale of ['en', 'ko', 'ru'] as const) {
    const form = renderForm(wide, call, locale, long)!;
    expect(checkModal(form)).toEqual([]);
    const fields = form.components.map(
      (label) => (label as { component: { custom_id: string } }).component.custom_id,
    );
    expect(fields).toEqual(['zone', 'query', 'mode', 'channel', 'updates']);
    expect(decodeCustomId(form.custom_id, long.get(longCallKey(form.custom_id) ?? ''))).toEqual({
      press: 'send',
      call: { path: 'subscribe', options: { limit: '4' } },
      marker: null,
    });
  }
});

test('what is sent joins what was kept, and an emptied field is no option', () => {
  const sent = [
    { component: { custom_id: 'zone', value: 'UTC' } },
    { component: { customId: 'mode', values: ['daily'] } },
    { component: { custom_id: 'query', value: '' } },
    { component: { custom_id: 'channel', values: [] } },
  ];
  expect(readForm(sent, { limit: '4' })).toEqual({ limit: '4', zone: 'UTC', mode: 'daily' });
});

test('a command without options has no form', () => {
  expect(
    renderForm({ ...wide, options: [] }, { path: 'subscribe', options: {} }, 'en', new Map()),
  ).toBeNull();
});

test('definitions keep Discord’s rules and change their hash only when they change', () => {
  const commands = tumenCommands({
    store: {} as Store,
    topics: [],
    health: () => [],
    version: '1',
    describeChannel: async () => null,
    commands: () => [],
  });
  const one = commandDefinitions([wide, ...commands], COMMAND_GROUPS);
  expect(checkCommands(one)).toEqual([]);
  expect(definitionHash(commandDefinitions([wide, ...commands], COMMAND_GROUPS))).toBe(definitionHash(one));
  expect(definitionHash(commandDefinitions(commands, COMMAND_GROUPS))).not.toBe(definitionHash(one));
});
