import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { mergeStories, muteStory, splitStory, undoEdit } from '../../src/stories/edit-stories.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const editor = { who: 'cli:editor', scope: null, why: 'the same visit', now: SAMPLE_TIME + 1_000 };
let store: Store;

beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  const feed = await addSampleFeed(store);
  const entries = [1, 2, 3, 4, 5].map((key) => sampleEntry(feed, key));
  const stored = await store.articles.ingest(feed.id, entries, SAMPLE_TIME);
  const ids = stored.map(({ article }) => article!.id);
  for (const [story, articles] of [
    [1, ids.slice(0, 3)],
    [2, ids.slice(3)],
  ] as const) {
    expect(await store.stories.nextId()).toBe(story);
    await store.stories.create({ id: story, at: SAMPLE_TIME });
    for (const articleId of articles)
      await store.stories.join(
        { storyId: story, articleId, originId: articles[0]!, joinedAt: SAMPLE_TIME },
        'engine',
      );
  }
});
afterEach(() => store.close());

const membersOf = async (id: number) =>
  (await store.stories.get(id))!.members.map((member) => member.articleId);

describe('stories by hand', () => {
  test('merge joins the reports under the story that stays, recorded with who and why', async () => {
    await mergeStories(store, 2, 1, editor);
    expect(await membersOf(1)).toHaveLength(5);
    expect((await store.stories.get(2))!.id).toBe(1);
    const [edit] = await store.stories.edits();
    expect(edit).toMatchObject({ kind: 'merge', storyIds: [2, 1], who: 'cli:editor', why: 'the same visit' });
  });

  test('undo of a merge gives its reports a story of their own again', async () => {
    const before = await membersOf(2);
    await mergeStories(store, 2, 1, editor);
    await undoEdit(store, 1, editor);
    expect(await membersOf(1)).toHaveLength(3);
    expect((await store.stories.ofArticle(before[0]!))!.members.map((m) => m.articleId)).toEqual(before);
    expect(await store.stories.edits()).toEqual([]);
    // The number from before leads there, not into the story that it was merged into.
    expect((await store.stories.get(2))!.members.map((m) => m.articleId)).toEqual(before);
  });

  test('split keeps the time of joining and gives each half its own origins', async () => {
    const [first, second, third] = await membersOf(1);
    const { storyIds } = await splitStory(store, 1, [first!], editor);
    expect(await membersOf(1)).toEqual([second, third]);
    expect((await store.stories.get(1))!.members.map((m) => m.originId)).toEqual([second, second]);
    const part = (await store.stories.get(storyIds[1]!))!;
    expect(part.members).toMatchObject([{ articleId: first, originId: first, joinedAt: SAMPLE_TIME }]);
    await undoEdit(store, 1, editor);
    expect(await membersOf(1)).toHaveLength(3);
  });

  test('mute and its undo', async () => {
    await muteStory(store, 1, true, editor);
    expect((await store.stories.get(1))!.muted).toBe(true);
    await undoEdit(store, 1, editor);
    expect((await store.stories.get(1))!.muted).toBe(false);
  });

  test('what cannot be done is refused in words and changes nothing', async () => {
    const stranger = (await membersOf(2))[0]!;
    await expect(splitStory(store, 1, [stranger], editor)).rejects.toThrow(
      `article ${stranger} is not in story 1`,
    );
    await expect(splitStory(store, 1, await membersOf(1), editor)).rejects.toThrow('one that stays');
    await expect(mergeStories(store, 1, 1, editor)).rejects.toThrow('one story already');
    await expect(muteStory(store, 99, true, editor)).rejects.toThrow('no story 99');
    await expect(undoEdit(store, 1, editor)).rejects.toThrow('by hand');
    expect(await store.stories.edits()).toEqual([]);
  });
});
