import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { customIdsOf } from '../../src/platforms/discord/custom-id.ts';
import { type Bot, startBot, until } from '../fakes/discord-bot.ts';
import { BOT_MESSAGE } from '../fakes/discord-message.ts';
import { type Asked, CHANNEL, GUILD, MEMBER_PERMISSIONS, type Visible } from '../fakes/discord-server.ts';
import { sampleDigest } from '../fixtures/discord/sample-digest.ts';

const MANAGE = MEMBER_PERMISSIONS | (1n << 5n);

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(() => [slow, broken, shareable, publicly, storyWhy, storyFollow, upload, digestNow]);
});
afterAll(() => bot.close());
afterEach(() => {
  expect(bot.server.violations).toEqual([]);
});

/** Waits for the answer and gives all texts of it. */
async function textOf(asked: Asked): Promise<string> {
  await bot.server.answered(asked);
  return asked.messages.map(({ payload }) => textsIn(payload)).join('\n');
}

function textsIn(payload: unknown): string {
  const { content, components } = payload as { content?: string; components?: unknown[] };
  return [content ?? '', ...(components ?? []).map(textsIn)].filter(Boolean).join('\n');
}

function buttonOf(message: Visible, label: string): string {
  const found = JSON.stringify(message.payload.components).match(/\{[^{}]*"type":2[^{}]*\}/g) ?? [];
  const button = found.map((text) => JSON.parse(text)).find((one) => one.label === label);
  if (!button) throw new Error(`no button ${label} in ${found.join(' ')}`);
  return button.custom_id;
}

test('a quick command is answered at once, for the asker alone', async () => {
  const asked = bot.server.command('tumen status');
  expect(await textOf(asked)).toContain('Coverage');
  expect(asked.callback).toBe(4);
  expect(asked.messages[0]!.ephemeral).toBe(true);
});

test('a slow command is deferred within 300 ms and answered in its place', async () => {
  const asked = bot.server.command('tests slow');
  expect(await textOf(asked)).toContain('here at last');
  expect(asked.callback).toBe(5);
  expect(asked.firstAfter).toBeLessThan(300);
  expect(asked.messages).toHaveLength(1);
});

test('a public answer that was deferred in private becomes a message of its own', async () => {
  const asked = bot.server.command('tests publicly');
  await bot.server.answered(asked);
  await until(() => asked.deleted);
  expect(asked.messages).toHaveLength(1);
  expect(asked.messages[0]!.ephemeral).toBe(false);
});

test('a fault is an apology with an id that is in the log, and no detail of it', async () => {
  const text = await textOf(bot.server.command('tests broken'));
  const id = /log as ([0-9a-f]{8})/.exec(text)?.[1];
  expect(text).not.toContain('secret detail');
  expect(bot.logged.find((line) => line.id === id)?.msg).toBe('command failed');
});

test('words and names follow the language of the asker’s client', async () => {
  expect(await textOf(bot.server.command('tumen status', {}, { locale: 'ko' }))).toContain('수집 현황');
  expect(await textOf(bot.server.command('tumen help', {}, { locale: 'ru' }))).toContain('Что умеет tumen');
});

test('Share posts what the asker saw for everybody, once, without the button', async () => {
  const asked = bot.server.command('tests shareable');
  await bot.server.answered(asked);
  const seen = asked.messages[0]!;
  const message = { ...messageOf(seen), flags: 64 };
  const shared = bot.server.press(buttonOf(seen, 'Share here'), message);
  const text = await textOf(shared);
  expect(text).toContain('worth sharing');
  expect(text).toContain('Shared by Ada \\*Sample\\*');
  expect(shared.messages[0]!.ephemeral).toBe(false);
  expect(customIdsOf(shared.messages[0]!.payload.components)).toEqual([]);
});

test('who may not write in a channel cannot share there', async () => {
  const asked = bot.server.command('tests shareable');
  await bot.server.answered(asked);
  const press = bot.server.press(buttonOf(asked.messages[0]!, 'Share here'), messageOf(asked.messages[0]!), {
    permissions: 1n << 10n,
  });
  expect(await textOf(press)).toContain('may not write');
  expect(press.messages[0]!.ephemeral).toBe(true);
});

test('a form opens with what is known, and what is sent is run', async () => {
  const asked = bot.server.command('tumen settings', {}, { permissions: MANAGE });
  await bot.server.answered(asked);
  const form = bot.server.press(buttonOf(asked.messages[0]!, 'Edit'), messageOf(asked.messages[0]!), {
    permissions: MANAGE,
  });
  await bot.server.answered(form);
  expect(form.callback).toBe(9);
  expect(form.modal!.components).toHaveLength(5);
  const sent = bot.server.submit(
    form.modal!,
    { zone: 'Asia/Seoul', language: ['ko'], 'audit-channel': [CHANNEL] },
    { permissions: MANAGE },
  );
  expect(await textOf(sent)).toContain('Saved.');
  const settings = await bot.store.settings.get(`discord:${GUILD}`);
  expect(settings).toMatchObject({ zone: 'Asia/Seoul', locale: 'ko', auditChannel: CHANNEL });
  const [line] = await bot.store.settings.audits(`discord:${GUILD}`, 1);
  expect(line).toMatchObject({ action: 'tumen settings', object: 'settings' });
});

test('a change is told in the audit channel', async () => {
  await bot.store.settings.save({
    ...(await bot.store.settings.get(`discord:${GUILD}`))!,
    auditChannel: CHANNEL,
  });
  const before = bot.server.messagesIn(CHANNEL).length;
  await bot.server.answered(
    bot.server.command('tumen settings', { zone: 'Europe/London' }, { permissions: MANAGE }),
  );
  await until(() => bot.server.messagesIn(CHANNEL).length > before);
  expect(textsIn(bot.server.messagesIn(CHANNEL).at(-1))).toContain('tumen settings');
});

test('a bad zone is echoed, with the one most likely meant as a button', async () => {
  const asked = bot.server.command('tumen settings', { zone: 'Aisa/Seoul' }, { permissions: MANAGE });
  const text = await textOf(asked);
  expect(text).toContain('Aisa/Seoul');
  expect(text).toContain('For example: Asia/Seoul');
  const press = bot.server.press(buttonOf(asked.messages[0]!, 'Asia/Seoul'), messageOf(asked.messages[0]!), {
    permissions: MANAGE,
  });
  expect(await textOf(press)).toContain('Saved.');
});

test('who has no right gets no form, the refusal is recorded', async () => {
  const press = bot.server.press('?tumen settings', messageOf());
  expect(await textOf(press)).toContain('Manage Server');
  expect(press.callback).toBe(4);
  const [line] = await bot.store.settings.audits(`discord:${GUILD}`, 1);
  expect(line).toMatchObject({ action: 'refused', object: 'tumen settings' });
});

test('completions come for what is typed, and none to who may not use the command', async () => {
  const asked = bot.server.autocomplete('tumen settings', 'zone', 'seo', { permissions: MANAGE });
  await bot.server.answered(asked);
  expect(asked.choices!.map((choice) => choice.value)).toContain('Asia/Seoul');
  const refused = bot.server.autocomplete('tumen settings', 'zone', 'seo');
  await bot.server.answered(refused);
  expect(refused.choices).toEqual([]);
});

test('an attached file reaches the command as its text; a huge one is refused', async () => {
  const file = { name: 'feeds.opml', content: '<opml>한국</opml>' };
  expect(await textOf(bot.server.command('tests upload', { file }))).toContain('opml>한국');
  const huge = { name: 'feeds.opml', content: 'x'.repeat(1024 * 1024 + 1) };
  expect(await textOf(bot.server.command('tests upload', { file: huge }))).toContain('too large');
});

test('a message’s menu asks which of its stories, and answers for the chosen one', async () => {
  const message = await postedDigest();
  const asked = bot.server.menu('Why this story?', message);
  expect(await textOf(asked)).toContain('Which story?');
  const label = 'Leaders sign treaty with a mutual-defence clause';
  const press = bot.server.press(buttonOf(asked.messages[0]!, label), messageOf(asked.messages[0]!));
  expect(await textOf(press)).toContain('why story 41');
});

test('a menu on a message of somebody else says so', async () => {
  const asked = bot.server.menu('Why this story?', {
    ...messageOf(),
    id: bot.server.id(),
    author: { id: '5', username: 'x', discriminator: '0', avatar: null },
  });
  expect(await textOf(asked)).toContain('shows no story');
});

test('a digest’s buttons work on the message itself, and the menu needs no question where one story stands', async () => {
  const message = await postedDigest();
  const follow = bot.server.press(customIdsOf(message.components)[0]!, message);
  expect(await textOf(follow)).toContain('following 41');
  const single = { ...message, id: bot.server.id(), components: [oneStory(message.components)] };
  expect(await textOf(bot.server.menu('Follow this story', single))).toContain('following 41');
});

test('a button that we no longer know says what to do', async () => {
  expect(await textOf(bot.server.press('!story forgotten|story=1', messageOf()))).toContain('no command');
  expect(await textOf(bot.server.press('from-another-age', messageOf()))).toContain('leads nowhere');
});

test('the same interaction twice is answered once', async () => {
  const asked = bot.server.command('tests shareable');
  await bot.server.answered(asked);
  expect(await bot.store.leases.once(`discord:${asked.id}`, Date.now())).toBe(false);
});

test('a person’s own commands work in a server that has not added tumen, no others', async () => {
  const own = { onlyUser: true, guild: '200000000000000099', permissions: MANAGE };
  expect(await textOf(bot.server.command('tumen status', {}, { ...own, guild: GUILD }))).toContain(
    'Coverage',
  );
  const refused = bot.server.command(
    'tumen settings',
    { zone: 'UTC' },
    { ...own, guild: GUILD, permissions: MANAGE },
  );
  expect(await textOf(refused)).toContain('been added to the server');
});

test('a digest in an answer keeps to the limits and carries its buttons', async () => {
  const asked = bot.server.command('tests digest');
  expect(await textOf(asked)).toContain('Leaders sign treaty');
});

async function postedDigest() {
  const [part] = bot.platform.publisher.plan(
    sampleDigest(),
    {
      id: 1,
      platform: 'discord',
      scope: `discord:${GUILD}`,
      kind: 'text',
      target: CHANNEL,
      name: null,
      languages: ['en'],
      zone: 'UTC',
      silent: false,
      crosspost: false,
      tags: [],
      paused: null,
      setUpBy: null,
    },
    (index) => `mark-${index}`,
  );
  await bot.platform.publisher.post(CHANNEL, (part!.action as unknown as { payload: never }).payload);
  return bot.server.messagesIn(CHANNEL).at(-1)!;
}

function oneStory(components: { components: unknown[] }[]): unknown {
  const [container] = components;
  return { ...container, components: container!.components.slice(2, 4) };
}

function messageOf(seen?: Visible) {
  return {
    ...BOT_MESSAGE,
    id: seen?.id ?? bot.server.id(),
    channel_id: CHANNEL,
    components: seen?.payload.components ?? [],
    flags: 32768,
  };
}

const words = { en: 'For tests', ko: '시험용', ru: 'Для проверки' };
const plain = {
  description: words,
  options: [],
  right: 'anyone' as const,
  personal: true,
  examples: [],
};
const reply = (text: string, more: object = {}) => ({
  private: true,
  shareable: false,
  locale: 'en' as const,
  blocks: [{ kind: 'text' as const, text: [text] }],
  ...more,
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const slow: Command = {
  ...plain,
  path: ['tests', 'slow'],
  run: async () => {
    await pause(400);
    return reply('here at last');
  },
};
const publicly: Command = {
  ...plain,
  path: ['tests', 'publicly'],
  run: async () => {
    await pause(300);
    return reply('for all', { private: false });
  },
};
const broken: Command = {
  ...plain,
  path: ['tests', 'broken'],
  run: async () => {
    throw new Error('secret detail');
  },
};
const shareable: Command = {
  ...plain,
  path: ['tests', 'shareable'],
  run: async () => reply('worth sharing', { shareable: true }),
};
const digestNow: Command = {
  ...plain,
  path: ['tests', 'digest'],
  run: async () => reply('', { blocks: [{ kind: 'digest', digest: sampleDigest() }] }),
};
const upload: Command = {
  ...plain,
  path: ['tests', 'upload'],
  options: [{ name: 'file', description: words, type: 'file', required: true, example: 'feeds.opml' }],
  run: async ({ file }) => reply(String(file)),
};
const story = { name: 'story', description: words, type: 'integer' as const, example: '41' };
const storyWhy: Command = {
  ...plain,
  path: ['why'],
  options: [story],
  shortcut: { en: 'Why this story?', ko: '왜 이 소식인가요?', ru: 'Почему этот сюжет?' },
  run: async ({ story }) => reply(`why story ${story}`),
};
const storyFollow: Command = {
  ...plain,
  path: ['story', 'follow'],
  options: [story],
  shortcut: { en: 'Follow this story', ko: '이 소식 팔로우', ru: 'Следить за сюжетом' },
  run: async ({ story }) => reply(`following ${story}`),
};
