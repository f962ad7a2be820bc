import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { BOT_MESSAGE } from '../fakes/discord-message.ts';
import { read } from '../fakes/discord-reader.ts';
import { type Asked, CHANNEL, DiscordServer, MEMBER_PERMISSIONS, TOKEN } from '../fakes/discord-server.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';

const MANAGE = { permissions: MEMBER_PERMISSIONS | (1n << 5n) };
const APOLOGY = /in our log as|로그 번호|Номер в журнале/;

/** What each command says when it is typed with the least that it needs. */
const SAID: Record<string, RegExp> = {
  'news latest': /^### Latest stories\n[\s\S]*`NEW` \*\*/,
  'news search': /^### \d+ articles found\n- .*\*\*treaty\*\*/i,
  'story show': /^`NEW` \*\*.+\*\*\n/,
  'story timeline': /^### How story \d+ went\n\d+ reports?/,
  'story sources': /^### Sources of story \d+\n[\s\S]*\\\[1\\\]/,
  'story follow': /^You will be told when story \d+ changes/,
  'story unfollow': /^You no longer follow story \d+/,
  'story merge': /^Story \d+ and story \d+ are one story already/,
  'story split': /^Those reports are now story \d+/,
  'story mute': /^Story \d+ is muted here/,
  'story undo': /^Undone for story \d+: the mute/,
  'digest now': /^## Russia–North Korea\n<t:\d+:f> · last 24 h\n-# \d+ articles → \d+ stories/,
  'digest test': /^No digest is scheduled here/,
  'digest schedule': /^\*\*The digest is scheduled\.\*\*\n\\?#news · 08:00 UTC · every day/,
  'digest list': /^### Schedules\n- \*\*\d+\*\* \\?#news · 08:00 UTC/,
  'digest pause': /^\*\*Paused\. Nothing is lost/,
  'digest resume': /^\*\*Resumed\.\*\*\n\\?#news/,
  'digest remove': /^\*\*Removed\.\*\*\n\\?#news/,
  subscribe: /^Name the words to follow/,
  subscriptions: /^You follow nothing yet/,
  unsubscribe: /^You follow nothing yet/,
  'feeds list': /^### Feeds \(\d+\)\n- \*\*Sample/,
  'feeds add': /cannot be reached/,
  'feeds remove': /is paused here/,
  'feeds pause': /is paused here/,
  'feeds resume': /is shown here again/,
  'feeds check': /^### Feeds \(\d+\)\n- \*\*Sample/,
  'feeds import': /^Attach an OPML file/,
  'feeds export': /^\d+ feeds as OPML/,
  why: /^Name the address of an article or a story/,
  label: /^Kept as an example/,
  'tumen status': /^### Coverage\n\*\*Feeds\*\* {2}\d+ of \d+ read/,
  'tumen settings': /^### Settings of this server\n\*\*Language\*\* {2}English/,
  'tumen help': /^### What tumen can do\n[\s\S]*`\/news latest`/,
  'tumen forget-me': /^### What is stored about you\n/,
  'tumen resume': /^Nothing of yours was paused/,
};
const LETTERS: Record<string, RegExp> = { ko: /[가-힣]{2}/, ru: /[а-яё]{3}/i };

let server: DiscordServer;
let service: SeededService;
beforeAll(async () => {
  server = await DiscordServer.start();
  service = await startSeededService({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.apiUrl });
  await until(() => server.commands.has('global') && service.platforms[0]!.health().state === 'connected');
}, 60_000);
afterAll(async () => {
  await service.close();
  await server.close();
});

interface Definition {
  name: string;
  type: number;
  options?: Definition[];
  required?: boolean;
  autocomplete?: boolean;
  choices?: { value: string }[];
  min_value?: number;
}

interface Leaf {
  path: string;
  options: Definition[];
}

/** Every command as Discord knows it. */
function leaves(): Leaf[] {
  const chat = (server.commands.get('global') as Definition[]).filter((one) => one.type === 1);
  return chat.flatMap((command) =>
    command.options?.some((option) => option.type === 1)
      ? command.options.map((sub) => ({ path: `${command.name} ${sub.name}`, options: sub.options ?? [] }))
      : [{ path: command.name, options: command.options ?? [] }],
  );
}

/** What a person can read of it. */
function textOf(asked: Asked): string {
  return JSON.stringify([asked.messages.map((message) => message.payload), asked.modal], (key, value) =>
    key === 'custom_id' ? undefined : value,
  );
}

/** A plausible value of an option, the least that is valid. */
async function valueFor(path: string, option: Definition): Promise<unknown> {
  if (option.autocomplete) {
    const asked = await server.answered(server.autocomplete(path, option.name, '', MANAGE));
    if (asked.choices?.length) return asked.choices[0]!.value;
  }
  switch (option.type) {
    case 4:
      return option.min_value ?? 1;
    case 5:
      return true;
    case 7:
      return CHANNEL;
    case 8:
      return '500000000000000001';
    case 11:
      return { name: 'feeds.opml', content: '<opml version="2.0"><body></body></opml>' };
    default:
      return option.choices?.[0]?.value ?? (option.name === 'time' ? '08:00' : 'treaty');
  }
}

async function required(leaf: Leaf): Promise<Record<string, unknown>> {
  // The hour of a new schedule; one that is changed needs none, so Discord does not know it as required.
  const values: Record<string, unknown> = leaf.path === 'digest schedule' ? { time: '08:00' } : {};
  for (const option of leaf.options.filter((one) => one.required))
    values[option.name] = await valueFor(leaf.path, option);
  return values;
}

describe('every command of the table', () => {
  test('answers in three languages, within the limits, without a fault', async () => {
    for (const leaf of leaves()) {
      const options = await required(leaf);
      for (const locale of ['en-US', 'ko', 'ru']) {
        const asked = await server.answered(server.command(leaf.path, options, { ...MANAGE, locale }));
        expect(textOf(asked), leaf.path).not.toMatch(APOLOGY);
        expect(asked.messages.length, leaf.path).toBeGreaterThan(0);
        if (locale === 'en-US') expect(read(asked), leaf.path).toMatch(SAID[leaf.path]!);
        // In Korean and Russian the words are theirs; names of others may be in any letters.
        else expect(read(asked), `${leaf.path} in ${locale}`).toMatch(LETTERS[locale]!);
        if (leaf.path !== 'tumen help') expect(asked.messages[0]!.ephemeral, leaf.path).toBe(true);
      }
    }
    expect(server.violations).toEqual([]);
    expect(service.errors.map((one) => JSON.stringify(one))).toEqual([]);
  }, 60_000);

  test('takes each of its options alone, with a value that its completion offers', async () => {
    for (const leaf of leaves()) {
      const options = await required(leaf);
      for (const option of leaf.options.filter((one) => !one.required)) {
        const value = await valueFor(leaf.path, option);
        if (leaf.path === 'tumen forget-me') continue;
        const asked = await server.answered(
          server.command(leaf.path, { ...options, [option.name]: value }, MANAGE),
        );
        expect(textOf(asked), `${leaf.path} ${option.name}`).not.toMatch(APOLOGY);
      }
    }
    expect(server.violations).toEqual([]);
    expect(service.errors.map((one) => JSON.stringify(one))).toEqual([]);
  }, 60_000);

  test('survives hostile words in each text option, and offers completions for them', async () => {
    const hostile = [
      '@everyone',
      "'; DROP TABLE articles;--",
      '((((',
      '"unclosed',
      '\u202e\u0000',
      '*'.repeat(60),
    ];
    for (const leaf of leaves()) {
      const options = await required(leaf);
      for (const option of leaf.options.filter((one) => one.type === 3 && !one.choices))
        for (const text of hostile) {
          const asked = await server.answered(
            server.command(leaf.path, { ...options, [option.name]: text }, MANAGE),
          );
          expect(textOf(asked), `${leaf.path} ${option.name} ${text}`).not.toMatch(APOLOGY);
          // What a button remembers is shown to nobody.
          const shown = textOf(asked).replace(/"custom_id":"(?:\\.|[^"\\])*"/g, '');
          expect(shown).not.toContain('@everyone');
          if (option.autocomplete)
            await server.answered(server.autocomplete(leaf.path, option.name, text, MANAGE));
        }
    }
    expect(server.violations).toEqual([]);
    expect(service.errors.map((one) => JSON.stringify(one))).toEqual([]);
  }, 90_000);

  test('gives buttons that work, twice, and forms that open', async () => {
    const pressed = new Set<string>();
    for (const leaf of leaves()) {
      const asked = await server.answered(server.command(leaf.path, await required(leaf), MANAGE));
      for (const message of asked.messages)
        for (const customId of buttonsIn(message.payload)) {
          const kind = customId.replace(/\d+/g, '0');
          if (pressed.has(kind) || customId.includes('forget-me') || customId.startsWith('^')) continue;
          pressed.add(kind);
          for (const _ of [1, 2]) {
            const press = await server.answered(
              server.press(customId, { ...BOT_MESSAGE, ...message.payload, id: message.id }, MANAGE),
            );
            expect(textOf(press), customId).not.toMatch(APOLOGY);
            if (!press.modal) continue;
            const sent = await server.answered(server.submit(press.modal, {}, MANAGE));
            expect(textOf(sent), `form of ${customId}`).not.toMatch(APOLOGY);
          }
        }
    }
    expect(pressed.size).toBeGreaterThan(3);
    expect(server.violations).toEqual([]);
    expect(service.errors.map((one) => JSON.stringify(one))).toEqual([]);
  }, 60_000);
});

function buttonsIn(payload: unknown): string[] {
  return [...JSON.stringify(payload).matchAll(/"custom_id":"((?:\\.|[^"\\])*)"/g)].map((match) =>
    JSON.parse(`"${match[1]}"`),
  );
}
