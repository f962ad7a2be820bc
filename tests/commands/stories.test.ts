import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Options, Reply } from '../../src/commands/command.ts';
import { storyCommands } from '../../src/commands/stories.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const NOW = SAMPLE_TIME + 3_600_000;
const actor: Actor = {
  platform: 'discord',
  scope: 'discord:1',
  userId: '900',
  channelId: '100',
  admin: true,
  groups: [],
  guest: false,
  locale: 'en',
};
const topic = await loadTopic('config/topics/russia-north-korea.yaml');
let store: Store;
let articles: number[];

beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  const feed = await addSampleFeed(store);
  const stored = await store.articles.ingest(
    feed.id,
    [1, 2, 3].map((key) => sampleEntry(feed, key)),
    SAMPLE_TIME,
  );
  articles = stored.map(({ article }) => article!.id);
  await store.verdicts.saveMany(
    articles.map((articleId) => ({
      articleId,
      revision: 1,
      topic: topic.slug,
      score: 0.9,
      relevant: true,
      kind: 'report',
      themes: [],
      entities: [],
      sides: [],
      reasons: [],
    })),
  );
  for (const [storyId, members] of [
    [1, articles.slice(0, 2)],
    [2, articles.slice(2)],
  ] as const) {
    await store.stories.nextId();
    await store.stories.create({ id: storyId, at: SAMPLE_TIME });
    for (const articleId of members)
      await store.stories.join(
        { storyId, articleId, originId: members[0]!, joinedAt: SAMPLE_TIME },
        'engine',
      );
  }
});
afterEach(() => store.close());

function run(verb: string, options: Options): Promise<Reply> {
  const commands = storyCommands({
    store,
    topics: [topic],
    summarizer: createExtractiveSummarizer(),
    describeChannel: async () => null,
  });
  const command = commands.find(({ path }) => path[1] === verb)!;
  return command.run(options, { actor, now: NOW, signal: AbortSignal.timeout(5_000), manager: true });
}
const words = (reply: Reply) => JSON.stringify(reply.blocks);

describe('/story', () => {
  test('show brings the story as an alert would', async () => {
    const reply = await run('show', { story: 1 });
    expect(reply.blocks).toMatchObject([
      { kind: 'stories', stories: [{ storyId: 1, reports: 2, origins: 1 }] },
    ]);
  });

  test('timeline and sources say who reported first and who repeats', async () => {
    expect(words(await run('timeline', { story: 1 }))).toContain('2 reports, 1 independent origins');
    expect(words(await run('timeline', { story: 1 }))).toContain('repeats Sample Wire');
    expect((await run('sources', { story: 1 })).blocks.at(-1)).toMatchObject({
      sources: [{ articleId: articles[0] }],
    });
  });

  test('follow and unfollow, once each', async () => {
    await run('follow', { story: 1 });
    await run('follow', { story: 1 });
    expect(await store.subscriptions.list({ owner: '900' })).toMatchObject([{ storyId: 1 }]);
    await run('unfollow', { story: 1 });
    expect(await store.subscriptions.list({ owner: '900' })).toEqual([]);
    expect((await run('unfollow', { story: 1 })).failed).toBe(true);
  });

  test('merge, then the button takes it back', async () => {
    const merged = await run('merge', { story: 2, into: 1, why: 'one event' });
    expect(merged.changed).toMatchObject({ object: 'story 2' });
    expect((await store.stories.get(1))!.members).toHaveLength(3);
    const button = merged.blocks.find((block) => block.kind === 'actions')!;
    const { path, options } = button.actions[0]!.call;
    await run(path.split(' ')[1]!, options);
    expect((await store.stories.get(1))!.members).toHaveLength(2);
  });

  test('split takes reports by number, and asks for them where none are named', async () => {
    expect((await run('split', { story: 1, reports: 'the second' })).failed).toBe(true);
    await run('split', { story: 1, reports: `#${articles[1]}` });
    expect((await store.stories.get(1))!.members).toHaveLength(1);
  });

  test('mute keeps it out; a story that cannot be seen here is refused', async () => {
    await run('mute', { story: 1 });
    expect((await store.stories.get(1))!.muted).toBe(true);
    expect((await run('mute', { story: 77 })).failed).toBe(true);
    expect((await run('show', { story: 77 })).failed).toBe(true);
  });
});
