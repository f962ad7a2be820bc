import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Right } from '../../src/commands/command.ts';
import { commandTable } from '../../src/commands/command-table.ts';
import { encodeCustomId } from '../../src/platforms/discord/custom-id.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { type Bot, known, startBot } from '../fakes/discord-bot.ts';
import { type Ask, type Asked, CHANNEL, GUILD, MEMBER_PERMISSIONS, ROLE } from '../fakes/discord-server.ts';

/** Who asks, and what they may: `own` are the commands that work where only the person has tumen. */
const ROLES: { name: string; ask: Ask; may: (command: Command, right: Right) => boolean }[] = [
  { name: 'a member', ask: {}, may: (_, right) => right === 'anyone' },
  { name: 'Manage Server', ask: { permissions: MEMBER_PERMISSIONS | (1n << 5n) }, may: () => true },
  { name: 'Administrator', ask: { permissions: 1n << 3n }, may: () => true },
  { name: 'a role that the settings name', ask: { roles: [ROLE] }, may: () => true },
  { name: 'another role', ask: { roles: ['500000000000000008'] }, may: (_, right) => right === 'anyone' },
  {
    name: 'a person in a server without tumen, even its admin',
    ask: { onlyUser: true, permissions: 1n << 3n, roles: [ROLE] },
    may: (command, right) => command.personal && right === 'anyone',
  },
  {
    name: 'a person in a DM',
    ask: { guild: null, onlyUser: true },
    may: (command, right) => command.personal && right === 'anyone',
  },
];

const passed: string[] = [];
let bot: Bot;
let commands: Command[];

beforeAll(async () => {
  const topic = await loadTopic(resolve(import.meta.dirname, '../../config/topics/russia-north-korea.yaml'));
  bot = await startBot((store) => {
    const table = commandTable({ store, topics: [topic], health: () => [], version: '0' } as never);
    // The rights are the subject: what runs behind them only says that it ran.
    commands = table.map((command) => ({
      ...command,
      options: command.options.map((option) =>
        option.complete
          ? {
              ...option,
              complete: async () => [{ value: '1', label: `completed ${command.path.join(' ')}` }],
            }
          : option,
      ),
      run: async (_, { actor }) => {
        passed.push(command.path.join(' '));
        return {
          private: true,
          shareable: false,
          locale: actor.locale,
          blocks: [{ kind: 'text', text: ['ran'] }],
        };
      },
    }));
    return commands;
  });
  await bot.store.settings.save({ ...known(`discord:${GUILD}`), managers: [ROLE] });
}, 30_000);
afterAll(async () => {
  await bot.close();
  expect(bot.server.violations).toEqual([]);
});

/** Each command, and once more with the options that make it a manager's. */
function actions(): { command: Command; path: string; options: Record<string, unknown>; right: Right }[] {
  return commands.flatMap((command) => {
    const needed = command.options.filter((option) => option.required || option.requiredUnless);
    const options = Object.fromEntries(needed.map((option) => [option.name, valueFor(option)]));
    const path = command.path.join(' ');
    if (typeof command.right === 'string') return [{ command, path, options, right: command.right }];
    const channel = { ...options, channel: CHANNEL };
    return [
      { command, path, options, right: command.right(options as never, { channelId: CHANNEL }) },
      { command, path, options: channel, right: command.right(channel, { channelId: CHANNEL }) },
    ];
  });
}

function valueFor(option: Command['options'][number]): unknown {
  switch (option.type) {
    case 'integer':
      return option.min ?? 1;
    case 'boolean':
      return true;
    case 'channel':
      return CHANNEL;
    case 'group':
      return ROLE;
    case 'choice':
      return option.choices![0]!.value;
    case 'file':
      return { name: 'a.opml', content: 'x' };
    default:
      return 'x';
  }
}

/** A message of ours that shows one story. */
function storyRow(): object[] {
  const call = { path: 'story follow', options: { story: 12 } };
  const custom_id = encodeCustomId({ press: 'run', call, marker: null });
  return [{ type: 1, components: [{ type: 2, style: 2, label: 'Follow', custom_id }] }];
}

const rightFor = ({ right }: Command, options: Record<string, unknown>): Right =>
  typeof right === 'string' ? right : right(options as never, { channelId: CHANNEL });

const ran = (asked: Asked) => JSON.stringify(asked.messages).includes('"ran"');
const message = () => ({
  id: bot.server.id(),
  channel_id: CHANNEL,
  type: 0,
  content: '',
  author: { id: '100000000000000001', username: 'tumen', discriminator: '0', avatar: null, bot: true },
  components: [],
  timestamp: new Date().toISOString(),
  attachments: [],
  embeds: [],
  mentions: [],
  mention_roles: [],
});

describe.each(ROLES)('$name', ({ ask, may }) => {
  test('passes at the command, the button, the form and the completion exactly where there is a right', async () => {
    for (const { command, path, options, right } of actions()) {
      const expected = may(command, right);
      const where = `${path} ${JSON.stringify(options)}`;

      const typed = await bot.server.answered(bot.server.command(path, options, ask));
      expect(ran(typed), `command ${where}`).toBe(expected);

      if (!command.options.some((option) => option.type === 'file' && option.required)) {
        const call = { path, options: options as never };
        const pressed = await bot.server.answered(
          bot.server.press(encodeCustomId({ press: 'run', call, marker: null }), message(), ask),
        );
        expect(ran(pressed), `button ${where}`).toBe(expected);

        const form = { custom_id: encodeCustomId({ press: 'send', call, marker: null }), components: [] };
        const sent = await bot.server.answered(bot.server.submit(form, {}, ask));
        expect(ran(sent), `form ${where}`).toBe(expected);

        const opened = await bot.server.answered(
          bot.server.press(encodeCustomId({ press: 'form', call, marker: null }), message(), ask),
        );
        if (command.options.length && may(command, typeof command.right === 'string' ? right : 'anyone'))
          expect(opened.modal, `form of ${where}`).not.toBeNull();
        else expect(opened.modal, `form of ${where}`).toBeNull();
      }

      if (command.shortcut) {
        const chosen = await bot.server.answered(
          bot.server.menu(command.shortcut.en, { ...message(), components: storyRow() }, ask),
        );
        expect(ran(chosen), `menu ${where}`).toBe(may(command, rightFor(command, { story: '12' })));
      }

      for (const option of command.options.filter((one) => one.complete)) {
        const asked = await bot.server.answered(bot.server.autocomplete(path, option.name, 'x', ask));
        const mayComplete = may(command, typeof command.right === 'string' ? right : 'anyone');
        expect(asked.choices!.length > 0, `completion ${where} ${option.name}`).toBe(mayComplete);
      }
    }
  }, 60_000);
});

test.each(ROLES)('Share by $name asks only whether they may write there', async ({ ask }) => {
  const custom_id = encodeCustomId({ press: 'share', call: { path: '', options: {} }, marker: null });
  const shown = () => ({
    ...message(),
    components: [
      { type: 10, content: 'what they saw' },
      { type: 1, components: [{ type: 2, style: 2, label: 'Share here', custom_id }] },
    ],
  });
  const press = async (more: Ask) =>
    (await bot.server.answered(bot.server.press(custom_id, shown(), { ...ask, ...more }))).messages[0]!;
  const isPublic = async (more: Ask = {}) => {
    const posted = await press(more);
    return !posted.ephemeral && JSON.stringify(posted.payload).includes('what they saw');
  };
  expect(await isPublic()).toBe(true);
  if (ask.guild === null) return;
  // Whoever is an administrator may write wherever they are.
  expect(await isPublic({ permissions: 1n << 10n })).toBe(false);
});

test('nothing ran that was not counted, and each refusal is on record', async () => {
  expect(passed.length).toBeGreaterThan(0);
  const audits = await bot.store.settings.audits(`discord:${GUILD}`, 1000);
  const refused = audits.filter((entry) => entry.action === 'refused');
  const managed = new Set(
    actions()
      .filter(({ right }) => right === 'manage')
      .map(({ path }) => path),
  );
  expect(new Set(refused.map((entry) => entry.object))).toEqual(managed);
});
