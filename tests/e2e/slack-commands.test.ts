import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Command, OptionSpec } from '../../src/commands/command.ts';
import { commandTable } from '../../src/commands/command-table.ts';
import { until } from '../fakes/discord-bot.ts';
import type { SeededService } from '../fakes/seeded-service.ts';
import { ADMIN, CHANNEL, DESK, type Seen, type SlackServer } from '../fakes/slack-server.ts';
import { type SlackService, startSlackService } from '../fakes/slack-service.ts';

const APOLOGY = /in our log as|로그 번호|Номер в журнале/;

let slack: SlackService;
let server: SlackServer;
let service: SeededService;
let commands: Command[];
beforeAll(async () => {
  slack = await startSlackService();
  ({ server, service } = slack);
  commands = commandTable({ ...service.core, health: () => [], version: '0' } as never);
}, 60_000);
afterAll(() => slack.close());
afterEach(() => expect(slack.complaints()).toEqual([]));

const textOf = (seen: Seen) => JSON.stringify([seen.messages, seen.view]);

/** A plausible value of an option, the least that is valid. */
async function valueFor(path: string, option: OptionSpec): Promise<string> {
  if (option.complete) {
    const [first] = await server.complete(path, option.name, '', ADMIN);
    if (first) return first;
  }
  switch (option.type) {
    case 'integer':
      return String(option.min ?? 1);
    case 'boolean':
      return 'yes';
    case 'channel':
      return `<#${CHANNEL}|news>`;
    case 'group':
      return `<!subteam^${DESK}|@desk>`;
    case 'choice':
      return option.choices![0]!.value;
    default:
      return option.name === 'time' ? '08:00' : 'treaty';
  }
}

async function named(path: string, options: readonly OptionSpec[]): Promise<string> {
  const words: string[] = [];
  for (const option of options) words.push(`--${option.name} "${await valueFor(path, option)}"`);
  return words.join(' ').replace(/"(<[^"]*>)"/g, '$1');
}

const pathOf = (command: Command) => command.path.join(' ');
const requiredOf = (command: Command) =>
  command.options.filter((option) => option.required || option.requiredUnless);

describe('every verb', () => {
  test('answers in three languages, within the limits, without a fault', async () => {
    for (const command of commands) {
      const typed = await named(pathOf(command), requiredOf(command));
      for (const who of [ADMIN, 'U0KO', 'U0RU']) {
        const seen = await server.type(`${pathOf(command)} ${typed}`, who);
        expect(textOf(seen), pathOf(command)).not.toMatch(APOLOGY);
        expect(seen.messages[0]!.response_type, pathOf(command)).toBe('ephemeral');
      }
    }
  }, 60_000);

  test('takes each of its options alone', async () => {
    for (const command of commands.filter((one) => pathOf(one) !== 'tumen forget-me')) {
      const typed = await named(pathOf(command), requiredOf(command));
      for (const option of command.options.filter((one) => !one.required && one.type !== 'file')) {
        const words = await named(pathOf(command), [option]);
        const seen = await server.type(`${pathOf(command)} ${typed} ${words}`, ADMIN);
        expect(textOf(seen), `${pathOf(command)} ${words}`).not.toMatch(APOLOGY);
      }
    }
  }, 60_000);

  test('has help with an example, and a suggestion where it is mistyped', async () => {
    for (const command of commands) {
      const seen = await server.type(`help ${pathOf(command)}`);
      expect(textOf(seen), pathOf(command)).toContain(
        `/tumen ${pathOf(command)}`.replace('tumen tumen', 'tumen'),
      );
    }
    expect(textOf(await server.type('subscrbe shells'))).toContain('/tumen subscribe');
  });

  test('survives hostile words', async () => {
    const hostile = [
      '<!channel>',
      "'; DROP TABLE articles;--",
      '((((',
      '"unclosed',
      '\u202e\u0000',
      '*'.repeat(60),
    ];
    for (const command of commands)
      for (const text of hostile) {
        const seen = await server.type(`${pathOf(command)} ${text}`, ADMIN);
        expect(textOf(seen), `${pathOf(command)} ${text}`).not.toMatch(APOLOGY);
      }
  }, 60_000);

  test('opens from the bare menu, as a form that can be sent', async () => {
    for (const command of commands.filter(
      (one) => !one.options.some((o) => o.type === 'file' && o.required),
    )) {
      const menu = (await server.type('', ADMIN)).view!;
      expect(menu.callback_id).toBe('menu');
      const choice = {
        action_id: 'menu:command',
        type: 'static_select',
        selected_option: { value: pathOf(command) },
      };
      const form = (
        await server.press(choice, ADMIN, { view: menu, response_url: undefined, channel: undefined })
      ).view!;
      if (!command.options.length) {
        expect(JSON.stringify(form), pathOf(command)).not.toMatch(APOLOGY);
        continue;
      }
      expect(form.callback_id, pathOf(command)).toBe('form');
      const fields = Object.fromEntries(
        await Promise.all(
          requiredOf(command).map(
            async (option) => [option.name, await valueFor(pathOf(command), option)] as const,
          ),
        ),
      );
      const sent = await server.submit(form, fields, ADMIN);
      // What neither it nor another option says is asked for at the field.
      const action = pathOf(command) === 'feeds import' ? 'errors' : 'update';
      expect(sent.ack.payload?.response_action, pathOf(command)).toBe(action);
      expect(textOf(sent), pathOf(command)).not.toMatch(APOLOGY);
    }
  }, 60_000);

  test('gives buttons that work, twice, and forms that open', async () => {
    const pressed = new Set<string>();
    for (const command of commands) {
      const seen = await server.type(
        `${pathOf(command)} ${await named(pathOf(command), requiredOf(command))}`,
        ADMIN,
      );
      for (const element of buttonsIn(seen.messages)) {
        const kind = element.action_id.replace(/:[^:]*$/, '');
        if (pressed.has(kind) || kind.includes('forget-me')) continue;
        pressed.add(kind);
        for (const _ of [1, 2]) {
          const press = await server.press(element, ADMIN);
          expect(textOf(press), kind).not.toMatch(APOLOGY);
          if (press.view?.callback_id !== 'form') continue;
          expect(textOf(await server.submit(press.view, {}, ADMIN)), kind).not.toMatch(APOLOGY);
        }
      }
    }
    expect(pressed.size).toBeGreaterThan(3);
    expect([...pressed].some((kind) => kind.startsWith('share:'))).toBe(true);
  }, 60_000);
});

test('the home tab shows my subscriptions, the digests, the coverage, and settings to who may change them', async () => {
  await server.type('subscribe "shell shipments" daily', ADMIN);
  for (const [user, may] of [
    [ADMIN, true],
    ['U0MEMBER', false],
  ] as const) {
    await server.send('events_api', server.event({ type: 'app_home_opened', tab: 'home', user }));
    await until(() => server.homes.has(user));
    const home = JSON.stringify(server.homes.get(user));
    expect(home).toContain('feeds');
    expect(home.includes('Set up a digest'), user).toBe(may);
    expect(home.includes('tumen settings'), user).toBe(may);
  }
  expect(shown(server.homes.get(ADMIN))).toContain('shell shipments · once');
  const button = buttonsIn([server.homes.get(ADMIN)!]).find(({ action_id }) =>
    action_id.includes('unsubscribe'),
  );
  server.homes.delete(ADMIN);
  const home = { id: 'VHOME', type: 'home', private_metadata: '' };
  await server.press(button!, ADMIN, { view: home, response_url: undefined, channel: undefined });
  await until(() => server.homes.has(ADMIN));
  expect(shown(server.homes.get(ADMIN))).toContain('You follow nothing yet');
});

const shown = (home: unknown) => JSON.stringify(home).replaceAll('\\"', '');

function buttonsIn(payloads: unknown): { action_id: string; value: string }[] {
  const found: { action_id: string; value: string }[] = [];
  JSON.stringify(payloads, (_, value) => {
    if (value?.type === 'button') found.push(value);
    return value;
  });
  return found;
}
