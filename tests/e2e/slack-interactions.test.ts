import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import type { Destination } from '../../src/model/schedule.ts';
import { until } from '../fakes/discord-bot.ts';
import { buttonsOf, readSlack } from '../fakes/read-slack.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';
import { type SlackBot, startSlackBot } from '../fakes/slack-bot.ts';
import { CHANNEL, MEMBER, OWNER, type Seen, type SlackMessage, TEAM } from '../fakes/slack-server.ts';
import { sampleDigest } from '../fixtures/discord/sample-digest.ts';

const words = { en: 'For tests', ko: '시험용', ru: 'Для проверки' };
const story = { name: 'story', description: words, type: 'integer' as const, example: '41' };
const plain = { description: words, options: [], right: 'anyone' as const, personal: true, examples: [] };
const reply = (text: string, more: object = {}) => ({
  private: true,
  shareable: false,
  locale: 'en' as const,
  blocks: [{ kind: 'text' as const, text: [text] }],
  ...more,
});
const commands: Command[] = [
  {
    ...plain,
    path: ['why'],
    options: [story],
    shortcut: { en: 'Why this story?', ko: '왜?', ru: 'Почему?' },
    run: async (options) => reply(`why story ${options.story}`, { shareable: true }),
  },
  {
    ...plain,
    path: ['story', 'follow'],
    options: [story],
    shortcut: { en: 'Follow this story', ko: '팔로우', ru: 'Следить' },
    run: async (options) => reply(`following ${options.story}`),
  },
  {
    ...plain,
    path: ['digest', 'now'],
    run: async () => reply('', { blocks: [{ kind: 'digest', digest: sampleDigest() }] }),
  },
  {
    ...plain,
    path: ['feeds', 'list'],
    run: async () =>
      reply('', { blocks: Array.from({ length: 40 }, () => ({ kind: 'digest', digest: sampleDigest() })) }),
  },
  {
    ...plain,
    path: ['feeds', 'export'],
    run: async () =>
      reply('here', {
        blocks: [{ kind: 'file', name: 'feeds.opml', contentType: 'text/xml', content: '<opml>한국</opml>' }],
      }),
  },
  {
    ...plain,
    path: ['story', 'undo'],
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_200));
      return reply('undone at last');
    },
  },
  {
    ...plain,
    path: ['news', 'latest'],
    run: async () => {
      throw new Error('secret detail');
    },
  },
];

/** As long as a value may be; with what stands before its quotes, longer than a button can hold. */
const FAR = '"far" '.repeat(330).trim();
commands.push({
  ...plain,
  path: ['news', 'search'],
  options: [{ name: 'query', description: words, type: 'string', rest: true, example: 'far' }],
  run: async ({ query }) => {
    if (query !== undefined && query !== 'form') return reply(`came with ${String(query).length}`);
    const call = { path: 'news search', options: { query: FAR } };
    const actions = [1, 2].map((n) => ({ label: `Go ${n}`, call, ...(query ? { form: true } : {}) }));
    return reply('press', { blocks: [{ kind: 'actions', actions }] });
  },
});

let bot: SlackBot;
beforeAll(async () => {
  bot = await startSlackBot(() => commands);
});
afterAll(() => bot.close());
afterEach(() => {
  expect(bot.server.violations).toEqual([]);
});

const textOf = (seen: Seen) => JSON.stringify([seen.messages, seen.view]);

function destination(kind: Destination['kind']): Destination {
  const given = sampleDestination({ platform: 'slack', scope: `slack:${TEAM}`, target: CHANNEL, kind });
  return { ...given, id: 1, paused: null };
}

async function post(kind: Destination['kind'] = 'text'): Promise<SlackMessage[]> {
  const { messages } = bot.server.channels.get(CHANNEL)!;
  const before = messages.length;
  const planned = bot.platform.publisher.plan(sampleDigest(), destination(kind), (index) => `mark-${index}`);
  const sent = new Map<number, { messageId: string; channelId: string }>();
  for (const [index, { action, marker, stories }] of planned.entries()) {
    const part = { id: index, deliveryId: 1, index, action, marker, stories } as never;
    const outcome = await bot.platform.publisher.publish(
      part,
      destination(kind),
      sent,
      new AbortController().signal,
    );
    if (outcome.kind !== 'sent') throw new Error(outcome.kind);
    sent.set(index, outcome);
  }
  return messages.slice(before);
}

interface Pressable {
  action_id: string;
  value: string;
  text: { text: string };
}

function buttons(payload: unknown): Pressable[] {
  const found: Pressable[] = [];
  JSON.stringify(payload, (_, value) => {
    if (value?.type === 'button') found.push(value);
    return value;
  });
  return found;
}

test('a message shortcut asks which of its stories, and answers for the chosen one', async () => {
  const [message] = await post();
  const asked = await bot.server.shortcut('message:why', message!);
  expect(textOf(asked)).toContain('Which story?');
  const [first] = buttons(asked.messages);
  expect(textOf(await bot.server.press(first!))).toContain(
    `why story ${JSON.parse(first!.value).options.story}`,
  );
});

test('a message with one story needs no question, one of somebody else shows none', async () => {
  const [message] = await post();
  const end = message!.blocks!.findIndex((block) => block.type === 'actions') + 1;
  const single = { ...message, blocks: message!.blocks!.slice(0, end) };
  expect(textOf(await bot.server.shortcut('message:story.follow', single))).toMatch(/following \d+/);
  expect(textOf(await bot.server.shortcut('message:why', { text: 'hello', blocks: [] }))).toContain(
    'shows no story',
  );
});

test('the global shortcut shows the digest in a view', async () => {
  const seen = await bot.server.globalShortcut('global:digest.now');
  expect(seen.view!.type).toBe('modal');
  expect(textOf(seen)).toContain('Leaders sign treaty');
});

test('Share posts what the asker saw for everybody, without the button', async () => {
  const seen = await bot.server.type('why 41');
  const share = buttons(seen.messages).find((one) => one.action_id.startsWith('share:'))!;
  const shared = await bot.server.press(share);
  expect(shared.messages[0]!.response_type).toBe('in_channel');
  expect(textOf(shared)).toContain(`Shared by <@${MEMBER}>`);
  expect(buttons(shared.messages)).toEqual([]);
});

test('a long answer comes in several messages, within the uses of its response_url', async () => {
  const payload = bot.server.command('feeds list');
  await bot.server.ask('slash_commands', payload);
  const mine = () => bot.server.answers.filter(({ url }) => url === payload.response_url);
  await until(() => mine().length === 4);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(mine()).toHaveLength(4);
  expect(JSON.stringify(mine().at(-1))).toContain('…');
});

test('a file is handed out in private', async () => {
  await bot.server.type('feeds export');
  await until(() => bot.server.files.length === 1);
  expect(bot.server.files[0]).toEqual({
    name: 'feeds.opml',
    channel: `D${MEMBER}`,
    content: expect.stringContaining('한국'),
  });
});

test('a fault is an apology with an id that is in the log, and no detail of it', async () => {
  const text = textOf(await bot.server.type('news latest'));
  const id = /log as ([0-9a-f]{8})/.exec(text)?.[1];
  expect(text).not.toContain('secret detail');
  expect(bot.logged.find((line) => line.id === id)?.msg).toBe('command failed');
});

test('a button of another age says what to do', async () => {
  const seen = await bot.server.press({ action_id: 'run:why:x', type: 'button', value: 'not ours' });
  expect(textOf(seen)).toContain('leads nowhere');
});

test('a digest in a thread: the headlines in the channel, the stories under them', async () => {
  const [first, ...rest] = await post('thread');
  expect(first!.thread_ts).toBeUndefined();
  expect(JSON.stringify(first)).toContain('Leaders sign treaty');
  expect(buttons(first!.blocks)).toEqual([]);
  expect(rest.length).toBeGreaterThan(0);
  for (const message of rest) expect(message.thread_ts).toBe(first!.ts);
});

test('an update edits its message, or answers it in the thread it stands in, and both are found again', async () => {
  for (const kind of ['text', 'thread'] as const) {
    const posted = await post(kind);
    const { ts } = posted.at(-1)!;
    const [planned] = bot.platform.publisher.plan(
      sampleDigest(),
      destination('text'),
      () => `update-${kind}`,
    );
    const { payload } = planned!.action as { payload: unknown };
    for (const action of ['edit', 'reply'] as const) {
      const marker = `update-${kind}`;
      const part = { action: { kind: action, channelId: CHANNEL, messageId: ts, payload }, marker } as never;
      const signal = new AbortController().signal;
      const outcome = await bot.platform.publisher.publish(part, destination(kind), new Map(), signal);
      expect(outcome.kind).toBe('sent');
      const { messageId } = outcome as { messageId: string };
      if (action === 'edit') expect(messageId).toBe(ts);
      else {
        const message = bot.server.channels.get(CHANNEL)!.messages.find((one) => one.ts === messageId)!;
        expect(message.thread_ts).toBe(posted[0]!.ts);
      }
      const found = await bot.platform.publisher.find(part, destination(kind), new Map(), Number(ts) * 1000);
      expect(found).toMatchObject({ kind: 'found' });
      expect((found as { messages: { messageId: string }[] }).messages.map((one) => one.messageId)).toContain(
        messageId,
      );
    }
  }
});

test('a button on a story in a thread is answered in that thread, a share of it too', async () => {
  const [parent, ...thread] = await post('thread');
  const story = thread[0]!;
  const why = buttons(story.blocks).find(({ action_id }) => action_id.startsWith('run:why'))!;
  const answered = await bot.server.pressOn(story, why);
  expect(answered.messages[0]!.thread_ts).toBe(parent!.ts);
  const share = buttons(answered.messages).find(({ action_id }) => action_id.startsWith('share:'))!;
  const shared = await bot.server.pressOn({ ...story, ts: '2.2' }, share);
  expect(shared.messages[0]).toMatchObject({ thread_ts: parent!.ts, response_type: 'in_channel' });
  // In the channel itself, and on the message that opens a thread, it is answered in the channel.
  const [single] = await post();
  expect((await bot.server.pressOn(single!, why)).messages[0]).not.toHaveProperty('thread_ts');
  expect(
    (await bot.server.pressOn({ ...parent, thread_ts: parent!.ts }, why)).messages[0],
  ).not.toHaveProperty('thread_ts');
});

test('a message shortcut on the parent of a threaded digest knows the stories of its headlines', async () => {
  const [parent] = await post('thread');
  const asked = await bot.server.shortcut('message:why', parent!);
  expect(textOf(asked)).toMatch(/Which story\?|why story \d+/);
});

test('an answer whose address is used up in the middle goes on as direct messages', async () => {
  bot.server.responseUses = 2;
  await bot.server.type('feeds list');
  const own = () => bot.server.channels.get(`D${MEMBER}`)?.messages ?? [];
  await until(() => own().length === 2);
  bot.server.responseUses = 5;
  expect(own().every((message) => message.blocks!.length > 1)).toBe(true);
});

test('work that takes longer than Slack waits is shown as under way, then as what came of it', async () => {
  const form = { id: 'VSLOW', type: 'modal', callback_id: 'form', blocks: [] };
  const memory = { call: { path: 'story undo', options: {} }, channelId: CHANNEL, locale: 'en' };
  const seen = await bot.server.submit({ ...form, private_metadata: JSON.stringify(memory) }, {});
  expect(JSON.stringify(seen.ack.payload)).toContain('One moment');
  expect(seen.ack.ms).toBeLessThan(2_900);
  expect(textOf(seen)).toContain('undone at last');
});

test('who closes the view while work is under way is answered by direct message', async () => {
  const form = { id: 'VCLOSED', type: 'modal', callback_id: 'form', blocks: [] };
  const memory = { call: { path: 'story undo', options: {} }, channelId: CHANNEL, locale: 'en' };
  const view = { ...form, private_metadata: JSON.stringify(memory) };
  await bot.server.send('interactive', bot.server.viewSubmission(view, {}, OWNER));
  bot.server.views.delete('VCLOSED');
  await until(() => bot.server.channels.get(`D${OWNER}`)?.messages.length === 1);
  expect(JSON.stringify(bot.server.channels.get(`D${OWNER}`)!.messages)).toContain('undone at last');
});

test('an answer in a view that is too long says how much is left, and sends all of it on demand', async () => {
  const run = { action_id: 'run:feeds list:x', type: 'button', value: '{"path":"feeds list","options":{}}' };
  const from = { id: 'VLONG', type: 'modal', blocks: [], private_metadata: '' };
  const long = await bot.server.pressIn(from, run);
  expect(textOf(long)).toMatch(/… \d+ more/);
  const before = bot.server.channels.get(`D${MEMBER}`)?.messages.length ?? 0;
  // The second of them is one too many at once: it comes a moment later.
  const limited = { status: 429, headers: { 'retry-after': '1' }, channel: `D${MEMBER}` };
  bot.server.fail('chat.postMessage', limited);
  const all = buttons(long.view).find(({ text }) => text.text === 'Send me all of it')!;
  const sent = await bot.server.pressIn(long.view!, all);
  expect(textOf(sent)).toContain('All of it is in your direct messages');
  expect(bot.server.channels.get(`D${MEMBER}`)!.messages.length).toBeGreaterThan(before + 4);
});

test('a file that Slack does not take is said, not passed over', async () => {
  bot.server.fail('files.getUploadURLExternal', { error: 'internal_error' });
  expect(textOf(await bot.server.type('feeds export'))).toContain('could not be sent to you');
});

describe('a button whose call is too long for it', () => {
  test('does it, twice in one message and after a restart, until nobody has used it for long', async () => {
    const { messages } = await bot.server.type('news search');
    const [first, second] = buttonsOf(messages);
    expect(readSlack((await bot.server.press(first!)).messages)).toBe(`came with ${FAR.length}`);
    await bot.platform.stop();
    const next = await startSlackBot(() => commands, { server: bot.server, store: bot.store });
    expect(readSlack((await next.server.press(second!)).messages)).toBe(`came with ${FAR.length}`);
    await next.store.longCalls.forget(Date.now() + 1);
    expect(readSlack((await next.server.press(first!)).messages)).toContain('leads nowhere any more');
    await next.close();
    await bot.close();
    bot = await startSlackBot(() => commands);
  });

  test('opens its form filled in', async () => {
    const { messages } = await bot.server.type('news search form');
    const { view } = await bot.server.press(buttonsOf(messages)[0]!);
    expect(JSON.stringify(view)).toContain(`"initial_value":${JSON.stringify(FAR)}`);
  });
});
