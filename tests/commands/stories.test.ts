import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Command, Options, Reply } from '../../src/commands/command.ts';
import { storyCommands } from '../../src/commands/stories.ts';
import { defaultSettings } from '../../src/commands/tumen-settings.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { muteStory } from '../../src/stories/edit-stories.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';
import { sampleDigest } from '../fakes/sample-digest.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry, sampleVerdict } from '../fakes/sample-store.ts';

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
      ...sampleVerdict(topic.slug),
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

function commandOf(verb: string): Command {
  const commands = storyCommands({
    store,
    topics: [topic],
    summarizer: createExtractiveSummarizer(),
    describeChannel: async () => null,
    keptMs: 365 * 86_400_000,
  });
  return commands.find(({ path }) => path[1] === verb)!;
}

function run(verb: string, options: Options, by: Actor = actor): Promise<Reply> {
  return commandOf(verb).run(options, {
    actor: by,
    now: NOW,
    signal: AbortSignal.timeout(5_000),
    manager: true,
  });
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
    expect(words(await run('timeline', { story: 1 }))).toContain('2 reports · 1 origin');
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

  test('a mute hides a story here alone, and its undo here alone brings it back', async () => {
    const other: Actor = { ...actor, scope: 'discord:2', userId: '901' };
    await run('mute', { story: 1 });
    expect(await store.stories.mutedFor('discord:1', [1])).toEqual([1]);
    expect(await store.stories.mutedFor('discord:2', [1])).toEqual([]);
    expect((await store.stories.get(1))!.muted).toBe(false);
    expect(words(await run('show', { story: 1 }))).toContain('Story 1 is muted here');
    expect(words(await run('show', { story: 1 }, other))).not.toContain('muted');
    expect(words(await run('undo', { story: 1 }, other))).toContain('Nobody has changed story 1 by hand');
    expect(words(await run('undo', { story: 1 }))).toContain('Undone for story 1: the mute.');
    expect(await store.stories.mutedFor('discord:1', [1])).toEqual([]);
  });

  test('a merge that is undone says under which number the story is found now', async () => {
    await run('merge', { story: 2, into: 1 });
    const undone = words(await run('undo', { story: 1 }));
    const [, number] = /What was story 2 is story (\d+) now/.exec(undone)!;
    expect((await store.stories.get(Number(number)))!.members.map(({ articleId }) => articleId)).toEqual([
      articles[2],
    ]);
  });

  test('what the operator mutes for everybody, a chat cannot take back', async () => {
    await muteStory(store, 1, true, { who: 'cli:operator', scope: null, why: null, now: NOW });
    expect((await run('undo', { story: 1 })).failed).toBe(true);
    expect((await store.stories.get(1))!.muted).toBe(true);
    const said = words(await run('show', { story: 1 }));
    expect(said).toContain('muted for everybody');
    expect(said).not.toContain('/story undo');
  });

  test('a story can be edited though one of its feeds is paused here, not with reports that only others see', async () => {
    const own = await addSampleFeed(store, 'https://wire.example/paused');
    const [seen] = await store.articles.ingest(own.id, [sampleEntry(own, 9)], SAMPLE_TIME);
    const joined = { storyId: 1, originId: articles[0]!, joinedAt: SAMPLE_TIME };
    await store.stories.join({ ...joined, articleId: seen!.article!.id }, 'engine');
    await store.settings.save({ ...defaultSettings('discord:1', 'en'), pausedFeeds: [own.id] });
    expect((await run('split', { story: 1, reports: `${articles[1]}` })).failed).toBeUndefined();

    const outlet = (await store.outlets.list())[0]!;
    const { feed } = await store.feeds.add({
      url: 'https://wire.example/other',
      scope: 'discord:2',
      outletId: outlet.id,
      title: null,
      language: 'en',
      fullText: 'never',
      nextPollAt: SAMPLE_TIME,
    });
    const [hidden] = await store.articles.ingest(feed.id, [sampleEntry(feed, 10)], SAMPLE_TIME);
    await store.stories.join({ ...joined, articleId: hidden!.article!.id }, 'engine');
    expect(words(await run('merge', { story: 1, into: 2 }))).toContain('feeds that are not read here');
    expect((await run('mute', { story: 1 })).failed).toBeUndefined();
  });

  test('the number of a merged story says what it is part of', async () => {
    await run('merge', { story: 2, into: 1 });
    for (const verb of ['show', 'timeline', 'sources', 'follow'])
      expect(words(await run(verb, { story: 2 })), verb).toContain('Story 2 is part of story 1 now.');
    expect(words(await run('show', { story: 1 }))).not.toContain('part of');
  });

  test('a number that leads nowhere says what was shown under it, and how long stories are kept', async () => {
    expect((await run('mute', { story: 77 })).failed).toBe(true);
    const never = await run('show', { story: 77 });
    expect(never.failed).toBe(true);
    expect(words(never)).toContain('There is no story 77 that you can see here.');
    expect(words(never)).toContain('365 days');

    const digest = sampleDigest(1, 78);
    const [story] = digest.sections[0]!.stories;
    const destination = await store.destinations.save({
      ...sampleDestination(),
      platform: 'discord',
      target: '100',
    });
    await store.deliveries.create(
      {
        kind: 'digest',
        destinationId: destination.id,
        scheduleId: null,
        slotId: null,
        key: 'digest:1',
        createdAt: NOW,
        dueAt: NOW,
        expiresAt: NOW + 1,
        content: digest,
        cutoff: null,
      },
      [],
    );
    const gone = await run('timeline', { story: 78 });
    expect(words(gone)).toContain(JSON.stringify(story!.sources[story!.headline.source]!.title));
    expect(words(gone)).toContain('not kept any more');
  });

  test('what cannot be done is said in the language of who asks', async () => {
    const korean: Actor = { ...actor, locale: 'ko' };
    expect(words(await run('merge', { story: 1, into: 1 }, korean))).toContain('이미 하나의 소식');
    expect(words(await run('undo', { story: 1 }, korean))).toContain('되돌렸습니다');
    const stranger = await run('split', { story: 1, reports: `${articles[2]}` }, korean);
    expect(words(stranger)).toContain(`${articles[0]}, ${articles[1]}`);
    expect(words(await run('split', { story: 1, reports: 'second' }))).toContain('“second” are no numbers');
  });

  test('reports and followed stories complete by headline', async () => {
    const context = { actor, now: NOW, signal: AbortSignal.timeout(5_000) };
    const complete = (verb: string, name: string, typed: string, given?: Options) =>
      commandOf(verb).options.find((option) => option.name === name)!.complete!(typed, { ...context, given });
    expect((await complete('split', 'reports', '', { story: 1 })).map(({ value }) => value)).toEqual(
      articles.slice(0, 2).map(String),
    );
    await run('follow', { story: 2 });
    expect((await complete('unfollow', 'story', '')).map(({ value }) => value)).toEqual(['2']);
  });
});

describe('in direct messages', () => {
  const alone: Actor = { ...actor, scope: 'discord:user-900', channelId: null, admin: false };

  test('what a server of mine carries alone is seen once I follow something there, and followed once', async () => {
    const outlet = (await store.outlets.list())[0]!;
    const { feed } = await store.feeds.add({
      url: 'https://wire.example/own',
      scope: 'discord:1',
      outletId: outlet.id,
      title: null,
      language: 'en',
      fullText: 'never',
      nextPollAt: SAMPLE_TIME,
    });
    const [stored] = await store.articles.ingest(feed.id, [sampleEntry(feed, 20)], SAMPLE_TIME);
    const articleId = stored!.article!.id;
    await store.verdicts.save(articleId, 1, [sampleVerdict(topic.slug)]);
    await store.stories.nextId();
    await store.stories.create({ id: 3, at: SAMPLE_TIME });
    await store.stories.join({ storyId: 3, articleId, originId: articleId, joinedAt: SAMPLE_TIME }, 'engine');
    expect((await run('show', { story: 3 }, alone)).failed).toBe(true);
    await run('follow', { story: 3 });
    expect((await run('show', { story: 3 }, alone)).failed).toBeUndefined();
    // Somebody else's follow opens nothing to me.
    expect((await run('show', { story: 3 }, { ...alone, scope: 'discord:user-7', userId: '7' })).failed).toBe(
      true,
    );

    await run('follow', { story: 3 }, alone);
    expect(await store.subscriptions.list()).toMatchObject([
      { storyId: 3, scope: 'discord:1', owner: '900' },
    ]);
    await run('unfollow', { story: 3 }, alone);
    expect(await store.subscriptions.list()).toEqual([]);
  });
});
