import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Command, Reply } from '../../src/commands/command.ts';
import { createDispatch } from '../../src/commands/dispatch.ts';
import { StoreError, UserError } from '../../src/model/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';

const words = { en: 'Does it', ko: '합니다', ru: 'Делает' };
const SCOPE = 'discord:1';
const member: Actor = {
  platform: 'discord',
  scope: SCOPE,
  userId: '10',
  channelId: '20',
  admin: false,
  groups: [],
  guest: false,
  locale: 'en',
};
const admin: Actor = { ...member, userId: '11', admin: true };

let store: Store;
let logged: Record<string, unknown>[];
let announced: unknown[];
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  logged = [];
  announced = [];
});
afterEach(() => store.close());

function dispatchOf(...commands: Command[]) {
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  return createDispatch({
    store,
    commands,
    groups: [],
    log,
    announce: async (entry, channel) => void announced.push([channel, entry.action, entry.object]),
  });
}

function command(change: Partial<Command> = {}): Command {
  return {
    path: ['story', 'mute'],
    description: words,
    options: [],
    right: 'anyone',
    personal: false,
    examples: [],
    run: async () => ok('done'),
    ...change,
  };
}

const ok = (text: string, more: Partial<Reply> = {}): Reply => ({
  private: true,
  shareable: false,
  locale: 'en',
  blocks: [{ kind: 'text', text: [text] }],
  ...more,
});
const context = (actor: Actor, now = Date.now()) => ({ actor, now, signal: new AbortController().signal });
const textOf = (reply: Reply) => JSON.stringify(reply.blocks);

describe('rights', () => {
  test('what changes a channel takes Manage Server or a role that the settings name', async () => {
    const dispatch = dispatchOf(command({ right: 'manage' }));
    const run = (actor: Actor) => dispatch.run({ path: 'story mute', options: {} }, context(actor));
    expect((await run(member)).failed).toBe(true);
    expect((await run(admin)).failed).toBeUndefined();
    const editor = { ...member, groups: ['77'] };
    expect((await run(editor)).failed).toBe(true);
    await store.settings.save({
      scope: SCOPE,
      managers: ['77'],
      auditChannel: null,
      locale: 'en',
      zone: 'UTC',
      topics: [],
      pausedFeeds: [],
      removedAt: null,
    });
    expect((await run(editor)).failed).toBeUndefined();
    expect((await run({ ...editor, guest: true })).failed).toBe(true);
  });

  test('a refusal is recorded with who, what and why', async () => {
    const dispatch = dispatchOf(command({ right: 'manage' }));
    await dispatch.run({ path: 'story mute', options: {} }, context(member));
    expect(await store.settings.audits(SCOPE, 5)).toMatchObject([
      { who: '10', action: 'refused', object: 'story mute', detail: 'needsManage' },
    ]);
  });

  test('a right that depends on the options is judged by what the options mean, not by how they are spelled', async () => {
    const dispatch = dispatchOf(
      command({
        options: [
          {
            name: 'here',
            description: words,
            type: 'choice',
            example: 'dm',
            choices: [
              { value: 'dm', label: words },
              { value: 'channel', label: { en: 'Channel', ko: '채널', ru: 'Канал' } },
            ],
          },
        ],
        right: ({ here }) => (here === 'channel' ? 'manage' : 'anyone'),
      }),
    );
    const run = (here: string) => dispatch.run({ path: 'story mute', options: { here } }, context(member));
    expect((await run('dm')).failed).toBeUndefined();
    for (const here of ['channel', 'CHANNEL', ' Channel ', '채널'])
      expect((await run(here)).failed).toBe(true);
  });

  test('a guest reads and changes nothing', async () => {
    const dispatch = dispatchOf(command(), command({ path: ['subscribe'], changes: true }));
    const guest = { ...member, guest: true };
    expect((await dispatch.run({ path: 'story mute', options: {} }, context(guest))).failed).toBeUndefined();
    expect((await dispatch.run({ path: 'subscribe', options: {} }, context(guest))).failed).toBe(true);
  });

  test('allowed and complete tell the same as run', async () => {
    const dispatch = dispatchOf(
      command({
        right: 'manage',
        options: [
          {
            name: 'story',
            description: words,
            type: 'string',
            example: '1',
            complete: async () => [{ value: '1', label: 'secret headline' }],
          },
        ],
      }),
    );
    expect(await dispatch.allowed('story mute', member)).toBe(false);
    expect(await dispatch.allowed('story mute', admin)).toBe(true);
    expect(await dispatch.complete('story mute', 'story', '', context(member))).toEqual([]);
    expect(await dispatch.complete('story mute', 'story', '', context(admin))).toHaveLength(1);
  });
});

describe('options', () => {
  const typed = command({
    options: [
      { name: 'count', description: words, type: 'integer', min: 1, max: 9, example: '5', required: true },
      { name: 'loud', description: words, type: 'boolean', example: 'yes' },
      { name: 'name', description: words, type: 'string', maxLength: 5, example: 'abc' },
      {
        name: 'mode',
        description: words,
        type: 'choice',
        example: 'daily',
        choices: [
          { value: 'daily', label: { en: 'Daily', ko: '매일', ru: 'Ежедневно' } },
          { value: 'hourly', label: { en: 'Hourly', ko: '매시간', ru: 'Ежечасно' } },
        ],
      },
    ],
    run: async (options) => ok(JSON.stringify(options)),
  });
  const run = (options: Record<string, string | number | boolean>) =>
    dispatchOf(typed).run({ path: 'story mute', options }, context(member));

  test('texts from buttons and forms become what the command expects; what it does not know is left out', async () => {
    const reply = await run({ count: '7', loud: 'yes', mode: '매일', name: ' ab ', other: 'x' });
    expect(reply.blocks).toEqual([
      { kind: 'text', text: ['{"count":7,"loud":true,"name":"ab","mode":"daily"}'] },
    ]);
  });

  test.each([
    [{}, /“count” is missing/],
    [{ count: 'many' }, /“many” is no whole number/],
    [{ count: '1e3' }, /no whole number/],
    [{ count: 0 }, /too small.*Did you mean “1”/s],
    [{ count: 10 }, /too large/],
    [{ count: 1, loud: 'perhaps' }, /neither yes nor no/],
    [{ count: 1, name: 'abcdef' }, /at most 5/],
    [{ count: 1, mode: 'dialy' }, /“dialy” is no choice.*Did you mean “daily”/s],
  ])('%j is echoed, with a suggestion, a valid example and the form to mend it', async (options, words) => {
    const reply = await run(options as never);
    expect(reply.failed).toBe(true);
    expect(textOf(reply).replaceAll('\\"', '"')).toMatch(words);
    expect(textOf(reply)).toContain('For example');
    expect(textOf(reply)).toContain('"form":true');
  });
});

describe('what happens around a command', () => {
  test('a change is written to the audit and told in the audit channel; an answer alone is not', async () => {
    await store.settings.save({
      scope: SCOPE,
      managers: [],
      auditChannel: '33',
      locale: 'en',
      zone: 'UTC',
      topics: [],
      pausedFeeds: [],
      removedAt: null,
    });
    const dispatch = dispatchOf(
      command({ run: async () => ok('x', { changed: { object: 'story 4', detail: 'muted' } }) }),
      command({ path: ['why'] }),
    );
    await dispatch.run({ path: 'why', options: {} }, context(member));
    await dispatch.run({ path: 'story mute', options: {} }, context(member));
    expect(await store.settings.audits(SCOPE, 5)).toMatchObject([
      { who: '10', action: 'story mute', object: 'story 4', detail: 'muted' },
    ]);
    expect(announced).toEqual([['33', 'story mute', 'story 4']]);
  });

  test('a fault of ours is an apology with an id that is in the log', async () => {
    const dispatch = dispatchOf(
      command({
        run: async () => {
          throw new TypeError('internal detail');
        },
      }),
    );
    const reply = await dispatch.run({ path: 'story mute', options: {} }, context(member));
    const id = /[0-9a-f]{8}/.exec(textOf(reply))![0];
    expect(textOf(reply)).not.toContain('internal detail');
    expect(logged.find((line) => line.id === id)).toMatchObject({
      msg: 'command failed',
      path: 'story mute',
    });
  });

  test('what only the operator can mend names no file in a chat, and does in the log', async () => {
    const dispatch = dispatchOf(
      command({
        run: async () => {
          throw new StoreError('disk-full', 'no room left on the disk of /srv/tumen.db');
        },
      }),
    );
    const reply = await dispatch.run({ path: 'story mute', options: {} }, context(member));
    expect(textOf(reply)).not.toContain('/srv');
    expect(JSON.stringify(logged)).toContain('/srv/tumen.db');
  });

  test('what a person can mend is said as it is', async () => {
    const dispatch = dispatchOf(
      command({
        run: async () => {
          throw new UserError('feed', 'That is no feed.', { hint: 'Give the address of its RSS.' });
        },
      }),
    );
    const reply = await dispatch.run({ path: 'story mute', options: {} }, context(member));
    expect(textOf(reply)).toContain('That is no feed.');
    expect(textOf(reply)).toContain('Give the address of its RSS.');
  });

  test('an unknown command names the nearest one', async () => {
    const reply = await dispatchOf(command()).run({ path: 'story mtue', options: {} }, context(member));
    expect(textOf(reply)).toContain('Did you mean “story mute”?');
  });

  test('closed DMs are said at the next command, with the button that resumes', async () => {
    const dm = await store.destinations.save(sampleDestination({ kind: 'dm', target: '10', scope: SCOPE }));
    await store.destinations.pause(dm.id, { at: 1, why: 'dms-closed', detail: null });
    const dispatch = dispatchOf(command());
    const reply = await dispatch.run({ path: 'story mute', options: {} }, context(member));
    expect(textOf(reply)).toContain('direct message are paused');
    expect(textOf(reply)).toContain('tumen resume');
    expect(textOf(await dispatch.run({ path: 'story mute', options: {} }, context(admin)))).not.toContain(
      'paused',
    );
  });

  test('too many calls of one person are refused for a while, others go on', async () => {
    const dispatch = dispatchOf(command());
    const at = Date.now();
    const run = (actor: Actor, now = at) =>
      dispatch.run({ path: 'story mute', options: {} }, context(actor, now));
    const replies = await Promise.all(Array.from({ length: 25 }, () => run(member)));
    expect(replies.filter((reply) => reply.failed)).toHaveLength(5);
    expect(textOf(replies.at(-1)!)).toMatch(/try again in \d+ s/);
    expect((await run(admin)).failed).toBeUndefined();
    expect((await run(member, at + 60_000)).failed).toBeUndefined();
  });
});
