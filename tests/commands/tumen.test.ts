import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Dispatch, Options, Reply } from '../../src/commands/command.ts';
import { commandTable } from '../../src/commands/command-table.ts';
import { commandsFor } from '../../src/commands/commands-for.ts';
import { createDispatch } from '../../src/commands/dispatch.ts';
import { COMMAND_GROUPS } from '../../src/commands/groups.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { SAMPLE_MEMBER } from '../fakes/sample-actor.ts';

const topic = await loadTopic('config/topics/russia-north-korea.yaml');

let store: Store;
let dispatch: Dispatch;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  const commands = commandTable({
    store,
    topics: [topic],
    health: () => [],
    version: '0',
    describeChannel: async () => ({ kind: 'text', name: 'news', missing: [] }),
  } as never);
  dispatch = createDispatch({ store, commands, groups: COMMAND_GROUPS, log: pino({ level: 'silent' }) });
});
afterEach(() => store.close());

const run = (path: string, options: Options = {}, actor = SAMPLE_MEMBER): Promise<Reply> =>
  dispatch.run({ path, options }, { actor, now: 1_718_755_200_000, signal: AbortSignal.timeout(5_000) });
const said = (reply: Reply) => JSON.stringify(reply.blocks);

describe('/tumen help', () => {
  test('a group alone lists its verbs, in any of our languages', async () => {
    for (const typed of ['story', '/story', '소식', 'сюжет']) {
      const reply = await run('tumen help', { command: typed });
      expect(reply.failed, typed).toBeUndefined();
      expect(said(reply), typed).toContain('/story timeline');
      expect(said(reply), typed).not.toContain('/digest now');
    }
    expect(said(await run('digest'))).toContain('/digest now');
  });

  test('a mistyped command and a part of one are met with those that are alike', async () => {
    const actions = (reply: Reply) =>
      reply.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    const mistyped = await run('tumen help', { command: 'subscrbe' });
    expect(mistyped.failed).toBe(true);
    expect(actions(mistyped)).toMatchObject([{ call: { options: { command: 'subscribe' } } }]);
    const part = await run('tumen help', { command: 'timel' });
    expect(actions(part)).toMatchObject([{ call: { options: { command: 'story timeline' } } }]);
    expect(said(await run('tumen help', { command: 'zzzzzz' }))).toContain('no command');
  });
});

test('who is forgotten leaves no name in the record of it', async () => {
  await run('subscribe', { query: 'missile' });
  const alone = { ...SAMPLE_MEMBER, scope: 'discord:user-10', channelId: null } as const;
  await run('subscribe', { query: 'volcano' }, alone);
  expect((await run('tumen forget-me', { confirm: true })).failed).toBeUndefined();
  const [entry] = await store.settings.audits('discord:1', 10);
  expect(entry).toMatchObject({ who: 'forgotten', action: 'tumen forget-me', detail: 'deleted' });
  await run('tumen forget-me', { confirm: true }, alone);
  expect(await store.settings.audits('discord:user-10', 10)).toEqual([]);
});

test('pausing a subscription is on record, listing them is not refused to a guest', async () => {
  await run('subscribe', { query: 'missile' });
  await run('subscriptions', { pause: 1 });
  expect((await store.settings.audits('discord:user-10', 1))[0]).toMatchObject({ object: 'subscription 1' });
  const guest = { ...SAMPLE_MEMBER, guest: true };
  expect((await run('subscriptions', {}, guest)).failed).toBeUndefined();
  expect(said(await run('subscriptions', { pause: 1 }, guest))).not.toContain('Paused');
});

test('what a person follows by DM is no business of who runs the server', async () => {
  await run('subscribe', { query: 'missile' });
  await run('unsubscribe', { all: true });
  expect(await store.settings.audits('discord:1', 10)).toEqual([]);
  expect(await store.settings.audits('discord:user-10', 10)).toHaveLength(2);
});

test('the last changes are told in the words of who reads them', async () => {
  const admin: Actor = { ...SAMPLE_MEMBER, admin: true, locale: 'ru' };
  await run('subscribe', { query: 'missile', channel: '20' }, admin);
  await run('subscriptions', { pause: 1 }, admin);
  expect(said(await run('tumen settings', {}, admin))).toContain(
    '/subscriptions · подписка 1: приостановлено',
  );
});

describe('options of one platform', () => {
  test('are explained and offered there alone', async () => {
    const slack: Actor = { ...SAMPLE_MEMBER, platform: 'slack', scope: 'slack:1' };
    const help = async (actor: Actor) => said(await run('tumen help', { command: 'digest schedule' }, actor));
    for (const name of ['silent', 'publish', 'tags']) {
      expect(await help(SAMPLE_MEMBER)).toContain(`[${name}]`);
      expect(await help(slack)).not.toContain(`[${name}]`);
    }
    expect(await help(slack)).toContain('[thread]');
    expect(await help(SAMPLE_MEMBER)).not.toContain('[thread]');
    const names = (platform: 'discord' | 'slack') =>
      commandsFor(dispatch.commands, platform)
        .find(({ path }) => path.join(' ') === 'digest schedule')!
        .options.map(({ name }) => name);
    expect(names('discord')).toContain('tags');
    expect(names('discord')).not.toContain('thread');
    expect(names('slack')).toContain('thread');
    expect(names('slack')).not.toContain('silent');
  });
});
