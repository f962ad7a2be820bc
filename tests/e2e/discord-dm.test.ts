import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../fakes/discord-bot.ts';
import { BOT_MESSAGE } from '../fakes/discord-message.ts';
import { type Asked, DiscordServer, TOKEN } from '../fakes/discord-server.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';

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
  expect(server.violations).toEqual([]);
  expect(service.errors).toEqual([]);
});

const DM = { guild: null };

/** What the person reads: all text, and the buttons by their labels. */
function read(asked: Asked) {
  const payloads = asked.messages.map(({ payload }) => payload);
  const texts: string[] = [];
  const buttons = new Map<string, string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (node && typeof node === 'object') {
      const { content, label, custom_id } = node as Record<string, unknown>;
      if (typeof content === 'string') texts.push(content);
      if (typeof label === 'string' && typeof custom_id === 'string') buttons.set(label, custom_id);
      for (const value of Object.values(node)) visit(value);
    }
  };
  visit(payloads);
  return { text: texts.join('\n'), buttons };
}

const ask = async (path: string, options: Record<string, unknown> = {}, where: object = {}) =>
  read(await server.answered(server.command(path, options, where)));

async function press(customId: string, where: object = {}) {
  return read(await server.answered(server.press(customId, BOT_MESSAGE, where)));
}

describe('what came by direct message', () => {
  test('is explained and followed there, and what was subscribed in a server is managed there', async () => {
    const saved = await ask('subscribe', { query: 'treaty' });
    expect(saved.text).toContain('Alerts come at once, by direct message.');
    const stories = await ask('news latest');
    const story = Number(/story (\d+)/.exec(stories.text)![1]);
    const why = await ask('why', { story: String(story) }, DM);
    expect(why.text).toContain('Relevant:');

    const list = await ask('subscriptions', {}, DM);
    expect(list.text).toContain('1: treaty');
    await ask('story follow', { story }, DM);
    await ask('story follow', { story });
    expect(await service.core.store.subscriptions.list()).toHaveLength(2);
    await press(list.buttons.get('Remove')!, DM);
    expect((await service.core.store.subscriptions.list()).map(({ query }) => query)).toEqual(['']);
  });
});

describe('nothing found', () => {
  test('a search offers the nearest query that finds something, and its button finds it', async () => {
    const nothing = await ask('news search', { query: 'zebra giraffe treaty' });
    expect(nothing.text).toMatch(/Nothing found for `zebra giraffe treaty`/);
    expect(nothing.text).toMatch(/Searched: articles relevant to the topic, from <t:\d+:f> to now/);
    expect(nothing.text).toMatch(/Last successful poll: <t:\d+:f>/);
    const [label, customId] = [...nothing.buttons].find(([name]) => name.startsWith('treaty ('))!;
    const count = Number(/\((\d+)\)/.exec(label)![1]);
    const found = await press(customId);
    expect(found.text).toContain(`${count} articles found`);
    // A headline, the piece that matched and who else has it stand on lines of their own.
    expect(found.text).toMatch(/^- \S.*<t:\d+:f>\n {2}\S/m);
  });

  test('a theme that is none is met with those there are', async () => {
    const wrong = await ask('news latest', { theme: 'armz' });
    expect(wrong.text).toContain('There is no theme "armz"');
    expect((await press(wrong.buttons.get('arms')!)).text).not.toContain('no theme');
  });

  test('a quiet window offers a wider one', async () => {
    service.wait(30 * 3_600_000);
    const quiet = await ask('news latest', { hours: 1 });
    expect(quiet.text).toContain('No story in the last 1 h.');
    expect(quiet.text).toMatch(/Last successful poll: <t:\d+:f>/);
    const [, wider] = [...quiet.buttons].find(([name]) => name.startsWith('the last 72 h ('))!;
    expect((await press(wider)).text).toContain('Latest stories');
  });
});
