import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, OptionSpec, Options, Right } from '../../src/commands/command.ts';
import { commandTable } from '../../src/commands/command-table.ts';
import { encodeCall } from '../../src/platforms/slack/action-id.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { knownWorkspace, type SlackBot, startSlackBot } from '../fakes/slack-bot.ts';
import {
  ADMIN,
  CHANNEL,
  DESK,
  GUEST,
  MANAGER,
  MEMBER,
  OTHER_TEAM,
  OUTSIDER,
  OWNER,
  type Seen,
  TEAM,
} from '../fakes/slack-server.ts';

const NAMED = 'U0NAMED';
const anyones = (_: Command, right: Right) => right === 'anyone';
/** Called without what would change something, a command that only may change something reads. */
const reading = ({ changes = false }: Command, right: Right) =>
  right === 'anyone' && !(typeof changes === 'function' ? changes({}) : changes);
const ROLES: {
  name: string;
  who: string;
  team?: string;
  may: (command: Command, right: Right) => boolean;
}[] = [
  { name: 'a member', who: MEMBER, may: anyones },
  { name: 'a workspace admin', who: ADMIN, may: () => true },
  { name: 'a workspace owner', who: OWNER, may: () => true },
  { name: 'a member of a user group that the settings name', who: MANAGER, may: () => true },
  { name: 'a person that the settings name', who: NAMED, may: () => true },
  { name: 'a guest', who: GUEST, may: reading },
  { name: 'a guest that the settings name', who: 'U0NAMEDGUEST', may: reading },
  {
    name: 'an admin of another organization in a shared channel',
    who: OUTSIDER,
    team: OTHER_TEAM,
    may: reading,
  },
  { name: 'somebody of whom Slack says nothing', who: 'U0NOBODY', may: reading },
];

let bot: SlackBot;
let commands: Command[];
beforeAll(async () => {
  const topic = await loadTopic(resolve(import.meta.dirname, '../../config/topics/russia-north-korea.yaml'));
  bot = await startSlackBot((store) => {
    const table = commandTable({ store, topics: [topic], health: () => [], version: '0' } as never);
    // The rights are the subject: what runs behind them only says that it ran.
    commands = table.map((command) => ({
      ...command,
      options: command.options.map((option) =>
        option.complete ? { ...option, complete: async () => [{ value: '1', label: 'completed' }] } : option,
      ),
      run: async (_, { actor }) => ({
        private: true,
        shareable: false,
        locale: actor.locale,
        blocks: [{ kind: 'text', text: ['ran'] }],
      }),
    }));
    return commands;
  });
  bot.server.users.set(NAMED, { id: NAMED, team_id: TEAM, locale: 'en-US' });
  bot.server.users.set('U0NAMEDGUEST', { id: 'U0NAMEDGUEST', team_id: TEAM, is_ultra_restricted: true });
  await bot.store.settings.save(knownWorkspace({ managers: [DESK, NAMED, 'U0NAMEDGUEST', OUTSIDER] }));
}, 30_000);
afterAll(async () => {
  await bot.close();
  expect(bot.server.violations).toEqual([]);
});

/** Each command, and once more with the options that make it a manager's. */
function calls(): { command: Command; path: string; options: Options; right: Right }[] {
  return commands.flatMap((command) => {
    const needed = command.options.filter((option) => option.required || option.requiredUnless);
    const options = Object.fromEntries(needed.map((option) => [option.name, valueFor(option)]));
    const path = command.path.join(' ');
    if (typeof command.right === 'string') return [{ command, path, options, right: command.right }];
    const channel = { ...options, channel: CHANNEL };
    return [options, channel].map((given) => ({
      command,
      path,
      options: given,
      right: (command.right as (options: Options) => Right)(given),
    }));
  });
}

function valueFor(option: OptionSpec): string | number | boolean {
  if (option.type === 'integer') return option.min ?? 1;
  if (option.type === 'boolean') return true;
  if (option.type === 'channel') return CHANNEL;
  if (option.type === 'group') return DESK;
  return option.type === 'choice' ? option.choices![0]!.value : 'x';
}

const ran = (seen: Seen) => JSON.stringify([seen.messages, seen.view]).includes('"ran"');
const typed = (options: Options) =>
  Object.entries(options)
    .map(([name, value]) => `--${name} ${value === CHANNEL ? `<#${CHANNEL}|news>` : value}`)
    .join(' ');

describe.each(ROLES)('$name', ({ who, team = TEAM, may }) => {
  const by = { user: { id: who, team_id: team } };

  test('passes at the command, the button, the form, the view and the completion exactly where there is a right', async () => {
    for (const { command, path, options, right } of calls()) {
      const expected = may(command, right);
      const where = `${path} ${JSON.stringify(options)}`;
      expect(ran(await bot.server.type(`${path} ${typed(options)}`, who)), `command ${where}`).toBe(expected);

      const call = { path, options };
      const run = { ...encodeCall('run', call), type: 'button' };
      expect(ran(await bot.server.press(run, who, by)), `button ${where}`).toBe(expected);

      const metadata = { private_metadata: JSON.stringify({ call, channelId: CHANNEL, locale: 'en' }) };
      const view = { id: `V${Math.random()}`, type: 'modal', blocks: [], ...metadata };
      const inView = await bot.server.press(run, who, { ...by, view, response_url: undefined });
      expect(ran(inView), `button in a view ${where}`).toBe(expected);

      const form = { ...view, id: `V${Math.random()}`, callback_id: 'form' };
      expect(ran(await bot.server.submit(form, {}, who, team)), `form ${where}`).toBe(expected);

      const first = may(command, typeof command.right === 'string' ? right : 'anyone');
      const opened = await bot.server.press({ ...encodeCall('form', call), type: 'button' }, who, by);
      expect(opened.view?.callback_id === 'form', `form of ${where}`).toBe(
        first && command.options.length > 0,
      );

      for (const option of command.options.filter((one) => one.complete)) {
        const offered = await bot.server.complete(path, option.name, 'x', who, team);
        expect(offered.length > 0, `completion ${where} ${option.name}`).toBe(first);
      }
    }
  }, 60_000);
});

test('a guest and an outside member cannot post an answer for everybody', async () => {
  const share = { ...encodeCall('share', { path: 'news latest', options: {} }), type: 'button' };
  for (const [who, team] of [
    [GUEST, TEAM],
    [OUTSIDER, OTHER_TEAM],
  ] as const) {
    const seen = await bot.server.press(share, who, { user: { id: who, team_id: team } });
    expect(seen.messages[0]!.response_type).toBe('ephemeral');
    expect(ran(seen)).toBe(false);
  }
  const seen = await bot.server.press(share, MEMBER);
  expect(seen.messages[0]!.response_type).toBe('in_channel');
  expect(ran(seen)).toBe(true);
});

test('each refusal of a manager’s command is on record', async () => {
  const audits = await bot.store.settings.audits(`slack:${TEAM}`, 5000);
  const refused = new Set(audits.filter(({ action }) => action === 'refused').map(({ object }) => object));
  for (const { path, right } of calls()) if (right === 'manage') expect(refused).toContain(path);
});
