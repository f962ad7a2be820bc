import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalizeEntries } from '../../src/articles/normalize-article.ts';
import type { Actor, Options, Reply } from '../../src/commands/command.ts';
import { labelCommand } from '../../src/commands/label.ts';
import { whyCommand } from '../../src/commands/why.ts';
import { ensureConsoleSchedule } from '../../src/pipeline/console-schedule.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { run } from '../cli/run.ts';
import { addSampleFeed } from '../fakes/sample-store.ts';
import { topic } from '../topics/articles.ts';

const NOW = Date.parse('2025-03-04T12:00:00Z');
const ENTRIES = [
  {
    url: 'https://wire.example/visit?utm_source=rss',
    title: 'Shoigu lands in Pyongyang for talks with Kim Jong Un',
    text: 'Russia’s security chief arrived in the North Korean capital on Tuesday. He is to meet Kim Jong Un on Wednesday.',
  },
  { url: 'https://wire.example/rain', title: 'Heavy rain expected in the south', text: 'Umbrellas out.' },
];

const actor: Actor = {
  platform: 'console',
  scope: 'console:local',
  userId: '1',
  channelId: 'stdout',
  admin: true,
  groups: [],
  guest: false,
  locale: 'en',
};

let home: string;
let store: Store;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tumen-why-'));
  store = await openStore({ file: join(home, 'tumen.db') });
  const feed = await addSampleFeed(store);
  const entries = ENTRIES.map((entry) => ({
    ...entry,
    id: entry.url,
    published: '2025-03-04T11:00:00Z',
    updated: null,
    authors: [],
    categories: [],
  }));
  await store.articles.ingest(feed.id, normalizeEntries(entries, feed, NOW), NOW);
  await ensureConsoleSchedule(
    store,
    { times: ['08:00'], zone: 'UTC', languages: ['en'], length: 5 },
    [topic.slug],
    NOW,
  );
  const processor = createProcessor({
    store,
    topics: [topic],
    owner: 'test',
    log: pino({ level: 'silent' }),
  });
  await processor.run(() => NOW);
});
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true });
});

const ask = (options: Options, who: Actor = actor): Promise<Reply> =>
  whyCommand({ store, topics: [topic] }).run(options, {
    actor: who,
    now: NOW,
    signal: AbortSignal.timeout(5_000),
    manager: true,
  });
const words = (reply: Reply) => JSON.stringify(reply.blocks);

describe('/why', () => {
  it('tells why an article is relevant, where it stands, and what it waits for', async () => {
    const said = words(await ask({ url: 'https://wire.example/visit' }));
    expect(said).toContain('Relevant:');
    expect(said).toContain('both sides in the title');
    expect(said).toMatch(/It belongs to story \d+ \(reports: 1\)/);
    expect(said).toContain('5 Mar 08:00 UTC: waiting for this digest');
  });

  it('finds an article by an address with tracking parameters', async () => {
    expect((await ask({ url: 'https://wire.example/visit?utm_campaign=x' })).failed).toBeUndefined();
  });

  it('tells why an article is not relevant', async () => {
    expect(words(await ask({ url: 'https://wire.example/rain' }))).toContain(
      'Not relevant: it names neither side.',
    );
  });

  it('answers for a story by its number, as the shortcut on a message asks', async () => {
    const story = (await store.stories.active(0, NOW))[0]!;
    expect(words(await ask({ story: String(story.id) }))).toContain('Shoigu lands in Pyongyang');
  });

  it('says so where there is nothing', async () => {
    for (const options of [{}, { url: 'https://wire.example/none' }, { story: '999' }, { story: 'x' }])
      expect((await ask(options)).failed).toBe(true);
  });

  it('takes a bare number for a story, wherever it is typed', async () => {
    const story = (await store.stories.active(0, NOW))[0]!;
    expect(words(await ask({ url: `#${story.id}` }))).toContain('Shoigu lands in Pyongyang');
    expect(words(await ask({ url: '999' }))).toContain('There is no story 999');
  });

  it('answers in direct messages, and offers to judge only to who may', async () => {
    const alone: Actor = {
      ...actor,
      platform: 'discord',
      scope: 'discord:user-5',
      userId: '5',
      channelId: null,
    };
    const story = (await store.stories.active(0, NOW))[0]!;
    const command = whyCommand({ store, topics: [topic] });
    expect(command.personal).toBe(true);
    const context = { actor: alone, now: NOW, signal: AbortSignal.timeout(5_000) };
    const reply = await command.run({ story: String(story.id) }, context);
    expect(words(reply)).toContain('Shoigu lands in Pyongyang');
    expect(reply.blocks.some(({ kind }) => kind === 'actions')).toBe(false);
    expect((await ask({ story: String(story.id) })).blocks.some(({ kind }) => kind === 'actions')).toBe(true);
  });

  it('echoes an address that is not stored, with an example', async () => {
    const said = words(await ask({ url: 'https://wire.example/none' }));
    expect(said).toContain('https://wire.example/none');
    expect(said).toContain('For example: /why');
  });

  it('shows nobody what their feeds do not carry', async () => {
    const { outletId } = (await store.feeds.list())[0]!;
    const { feed: own } = await store.feeds.add({
      url: 'https://own.example/rss',
      scope: 'slack:T1',
      outletId,
      title: null,
      language: 'en',
      fullText: 'never',
      nextPollAt: 0,
    });
    const [entry] = normalizeEntries(
      [
        {
          ...ENTRIES[0]!,
          url: 'https://own.example/secret',
          title: 'Putin writes to Kim Jong Un',
          id: 'own',
          published: null,
          updated: null,
          authors: [],
          categories: [],
        },
      ],
      own,
      NOW,
    );
    await store.articles.ingest(own.id, [entry!], NOW);
    expect((await ask({ url: 'https://own.example/secret' })).failed).toBe(true);
    const insider = { ...actor, platform: 'slack', scope: 'slack:T1' } as const;
    expect((await ask({ url: 'https://own.example/secret' }, insider)).failed).toBeUndefined();
  });

  it('speaks Korean and Russian', async () => {
    expect(words(await ask({ url: 'https://wire.example/visit' }, { ...actor, locale: 'ko' }))).toContain(
      '관련 있음',
    );
    expect(words(await ask({ url: 'https://wire.example/visit' }, { ...actor, locale: 'ru' }))).toContain(
      'Подходит',
    );
  });
});

describe('/label', () => {
  it('keeps what a person says of an article, the newest word counting', async () => {
    const article = (await store.articles.byUrl('https://wire.example/rain'))!;
    const command = labelCommand({ store, topics: [topic] });
    const context = { actor, now: NOW, signal: AbortSignal.timeout(5_000), manager: true };
    const reply = await command.run(
      { article: String(article.id), relevant: true, topic: topic.slug },
      context,
    );
    expect(reply.changed).toEqual({
      object: `article ${article.id}`,
      detail: 'russia-north-korea: relevant',
    });
    await command.run(
      { article: 'https://wire.example/rain', relevant: false },
      { ...context, now: NOW + 1 },
    );
    const labels = await store.labels.list(topic.slug);
    expect(labels.map(({ articleId, relevant, who }) => [articleId, relevant, who])).toEqual([
      [article.id, false, '1'],
    ]);
  });

  it('echoes a number that is none, and completes by headline', async () => {
    const command = labelCommand({ store, topics: [topic] });
    const context = { actor, now: NOW, signal: AbortSignal.timeout(5_000), manager: true };
    expect(words(await command.run({ article: '4711', relevant: true }, context))).toContain('number 4711');
    const { complete } = command.options.find(({ name }) => name === 'article')!;
    const article = (await store.articles.byUrl('https://wire.example/rain'))!;
    expect(await complete!('rain', context)).toEqual([
      { value: String(article.id), label: `${article.id} · Heavy rain expected in the south` },
    ]);
  });
});

describe('tumen why', () => {
  it('prints the same in words', async () => {
    const { code, stdout } = await run(['why', 'https://wire.example/visit'], '', {
      TUMEN_HOME: home,
      LOG_LEVEL: 'silent',
    });
    expect(stdout).toContain('Topic Russia–North Korea: Relevant:');
    expect(stdout).toContain('Names found: russia “Shoigu”');
    expect(stdout).toContain('waiting for this digest');
    expect(code).toBe(0);
  });

  it('fails in words for an unknown address and an unknown destination', async () => {
    const env = { TUMEN_HOME: home };
    const unknown = await run(['why', 'https://wire.example/none'], '', env);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no stored article')]);
    const nowhere = await run(['why', 'https://wire.example/visit', '--destination', '#void'], '', env);
    expect(nowhere.stderr).toContain('there is no destination "#void"');
  });
});
