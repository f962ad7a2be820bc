import { afterEach, describe, expect, test } from 'vitest';
import type { Command, Reply } from '../../src/commands/command.ts';
import { QUOTAS } from '../../src/commands/quotas.ts';
import { type Bot, known, startBot, until } from '../fakes/discord-bot.ts';
import { createReader, labels, read } from '../fakes/discord-reader.ts';
import { CHANNEL, DiscordServer, GUILD, MEMBER_PERMISSIONS } from '../fakes/discord-server.ts';

const MANAGE = { permissions: MEMBER_PERMISSIONS | (1n << 5n) };
const words = { en: 'For tests', ko: '시험용', ru: 'Для проверки' };
const said = (text: string, more: Partial<Reply> = {}): Reply => ({
  private: true,
  shareable: false,
  locale: 'en',
  blocks: [{ kind: 'text', text: [text] }],
  ...more,
});
const command = (path: Command['path'], run: Command['run']): Command => ({
  path,
  description: words,
  options: [{ name: 'words', description: words, type: 'string', example: 'x' }],
  right: 'anyone',
  personal: true,
  examples: [],
  run,
});

let bot: Bot;
afterEach(async () => {
  await bot.close();
  expect(bot.server.violations).toEqual([]);
});

describe('a button whose call is too long for it', () => {
  const far = 'far '.repeat(60).trim();
  const commands = () => [
    command(['tests', 'far'], async ({ words: typed }) =>
      typed === undefined
        ? said('press', {
            blocks: [
              {
                kind: 'actions',
                actions: [1, 2].map((n) => ({
                  label: `Go ${n}`,
                  call: { path: 'tests far', options: { words: far } },
                })),
              },
            ],
          })
        : said(`came with ${String(typed).length}`),
    ),
  ];

  test('works twice in one message, after a restart and on another instance, until nobody has used it for long', async () => {
    const server = await DiscordServer.start();
    bot = await startBot(commands, { server });
    const seen = await createReader(server, {}).type('tests far');
    await bot.platform.stop();
    const next = await startBot(commands, { server, store: bot.store, wait: false });
    await until(() => next.platform.health().state === 'connected');
    const reader = createReader(server, {});
    expect(read(await reader.press(seen, 'Go 1'))).toBe(`came with ${far.length}`);
    expect(read(await reader.press(seen, 'Go 2'))).toBe(`came with ${far.length}`);
    await bot.store.longCalls.forget(Date.now() + 1);
    expect(read(await reader.press(seen, 'Go 1'))).toContain('leads nowhere any more');
    await next.close();
    await server.close();
  });
});

describe('the channel for changes', () => {
  const FORUM = '300000000000000015';

  test('must take posts: a forum and one that tumen may not write in are refused when they are named', async () => {
    bot = await startBot();
    bot.server.addChannel({ id: FORUM, type: 15, guild_id: GUILD, name: 'forum' });
    const admin = createReader(bot.server, MANAGE);
    const name = (channel: string) => admin.type('tumen settings', { 'audit-channel': channel });
    expect(read(await name(FORUM))).toContain('cannot be told in a forum');
    const overwrites = bot.server.channels.get(CHANNEL)!.permission_overwrites;
    overwrites.push({ id: GUILD, type: 0, allow: '0', deny: String(1n << 11n) });
    expect(read(await name(CHANNEL))).toContain('It lacks: Send Messages');
    expect((await bot.store.settings.get(`discord:${GUILD}`))?.auditChannel).toBeNull();
    overwrites.length = 0;
    expect(read(await name(CHANNEL))).toContain('Saved.');
  });

  test('hears in the server’s language what was changed and by whom, who is named and not notified', async () => {
    bot = await startBot();
    await bot.store.settings.save({
      ...known(`discord:${GUILD}`),
      auditChannel: CHANNEL,
      locale: 'ko',
    });
    const admin = createReader(bot.server, { ...MANAGE, user: '400000000000000042' });
    const answer = await admin.type('tumen settings', { zone: 'Asia/Tokyo' });
    await until(() => bot.server.messagesIn(CHANNEL).length === 1);
    const posted = bot.server.messagesIn(CHANNEL);
    expect(read(posted)).toContain('설정: zone: Asia/Tokyo');
    expect(read(posted)).toContain('변경한 사람: <@400000000000000042>');
    expect(posted[0]!.allowed_mentions).toEqual({ parse: [] });
    expect(read(answer)).not.toContain('<@400000000000000042>');
    expect(read(await admin.type('tumen settings'))).toContain('<@400000000000000042> /tumen settings · ');
  });
});

test('the lines of a text stay lines, in lists too', async () => {
  bot = await startBot(() => [
    command(['tests', 'lines'], async () =>
      said('', {
        blocks: [
          { kind: 'text', text: ['one\n# two\n', { strong: 'three' }, ' four'] },
          { kind: 'list', items: [{ text: ['a\nb'] }] },
        ],
      }),
    ),
  ]);
  const seen = await createReader(bot.server, {}).type('tests lines');
  expect(read(seen)).toBe('one\n\\# two\n**three** four\n- a\n  b');
});

test('a token that dies while the service runs is health’s business, and forgotten when it is taken again', async () => {
  bot = await startBot();
  const notice = { kind: 'notice' as const, code: 'x', title: 'x', text: 'x' };
  const post = () => bot.platform.publisher.announce(`discord:${GUILD}`, CHANNEL, notice);
  const { token } = bot.server;
  bot.server.token = 'MTAw.another.one';
  expect((await post()).kind).toBe('unauthorized');
  expect(bot.platform.health()).toMatchObject({
    state: 'fatal',
    detail: expect.stringContaining('set DISCORD_TOKEN'),
  });
  expect(await bot.platform.publisher.hasAccess!(`discord:${GUILD}`)).toBe(false);
  bot.server.token = token;
  expect(await bot.platform.publisher.hasAccess!(`discord:${GUILD}`)).toBe(true);
  expect(bot.platform.health().state).toBe('connected');
});

test('quotas hold for commands and for Share alike, and say when to come back', async () => {
  const once = { burst: 1, perMs: 60_000 };
  bot = await startBot(
    () => [command(['tests', 'good'], async () => said('worth it', { shareable: true }))],
    { quotas: { ...QUOTAS, person: once } },
  );
  const reader = createReader(bot.server, {});
  const seen = await reader.type('tests good');
  expect(read(await reader.type('tests good'))).toMatch(/in \d+ s/);
  const shared = await reader.press(seen, 'Share here');
  expect(shared.messages[0]!.ephemeral).toBe(true);
  expect(read(shared)).toMatch(/in \d+ s/);
  // What was refused does not count as shared.
  const other = createReader(bot.server, { user: '400000000000000043' });
  expect(read(await other.press(seen, 'Share here'))).toContain('Shared by');
});

describe('an answer that was put off', () => {
  const long = Array.from({ length: 60 }, (_, i) => ({ text: [`${i} ${'word '.repeat(40)}`] }));
  const commands = () => [
    command(['tests', 'late'], async () => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return said('', { blocks: [{ kind: 'list', items: long }] });
    }),
  ];
  test.each([
    ['a 5xx at its edit', { method: 'PATCH', status: 502 }],
    ['a cut connection at its edit', { method: 'PATCH', cut: true }],
    ['a 5xx at what follows', { method: 'POST', status: 503 }],
    ...(['user', 'shared', 'global'] as const).flatMap((scope) =>
      (['PATCH', 'POST'] as const).map((method): [string, object] => [
        `a rate limit (${scope}) at ${method}`,
        {
          method,
          status: 429,
          body: { message: 'slow down', retry_after: 0.1, global: scope === 'global' },
          headers: {
            'retry-after': '1',
            'x-ratelimit-scope': scope,
            ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
          },
        },
      ]),
    ),
  ])(
    'comes whole and in order through %s',
    async (_, fault) => {
      bot = await startBot(commands);
      bot.server.faults.push({ path: /webhooks/, ...fault });
      const asked = await createReader(bot.server, {}).type('tests late');
      await until(() => read(asked).includes('- 59 '), 10_000);
      expect(asked.messages.length).toBeGreaterThan(2);
      expect(read(asked).match(/^- \d+/gm)).toEqual(long.map((_, i) => `- ${i}`));
    },
    15_000,
  );
});

describe('the first words', () => {
  const guild = '200000000000000088';
  const [MODS, HALL] = ['300000000000000088', '300000000000000089'];

  test('stand where moderators read, name what lacks in that channel and what for, and claim nothing more', async () => {
    bot = await startBot();
    Object.assign(bot.server.addGuild(guild), {
      system_channel_id: HALL,
      public_updates_channel_id: MODS,
    });
    bot.server.addChannel({ id: HALL!, type: 0, guild_id: guild, name: 'hall' });
    bot.server.addChannel({
      id: MODS!,
      type: 0,
      guild_id: guild,
      name: 'moderators',
      permission_overwrites: [{ id: guild, type: 0, allow: '0', deny: String(1n << 16n) }],
    });
    bot.server.join(guild);
    await until(() => bot.server.messagesIn(MODS!).length === 1);
    const text = read(bot.server.messagesIn(MODS!));
    expect(text).toContain('tumen lacks Read Message History here: needed to see after a crash');
    expect(text).not.toContain('Send Messages in Threads');
    expect(text).toContain('those with the Manage Server permission');
    expect(labels(bot.server.messagesIn(MODS!))).toEqual(['Settings', 'What else it can do']);
    expect(bot.server.messagesIn(HALL!)).toEqual([]);
    const [hello] = bot.server.messagesIn(MODS!);
    const member = createReader(bot.server, { guild, channel: MODS! });
    expect(read(await member.press([hello], 'Settings'))).toContain('Manage Server');
  });
});
