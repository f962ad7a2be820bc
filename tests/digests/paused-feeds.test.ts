import { expect, test } from 'vitest';
import { collectActive } from '../../src/digests/collect-stories.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const TOPIC = 'sample';
const HERE = 'discord:1';

async function storeWithOneStory(feeds: string[]): Promise<{ store: Store; feedIds: number[] }> {
  const store = await openStore({ file: ':memory:' });
  const feedIds: number[] = [];
  let articleId = 0;
  for (const name of feeds) {
    const outlet = await store.outlets.save({
      slug: name,
      name,
      domain: null,
      country: null,
      language: 'en',
      tier: 2,
      stateMedia: false,
      paywalled: false,
    });
    const { feed } = await store.feeds.add({
      url: `https://${name}.example/`,
      scope: 'instance',
      outletId: outlet.id,
      title: null,
      language: 'en',
      fullText: 'never',
      nextPollAt: NOW,
    });
    feedIds.push(feed.id);
    const [result] = await store.articles.ingest(
      feed.id,
      [
        {
          identity: 'url:https://a.example/1',
          guid: `${name}-1`,
          outletId: outlet.id,
          url: 'https://a.example/1',
          title: 'A bridge opens',
          text: 'A bridge opened.',
          language: 'en',
          published: NOW,
          firstSeen: NOW,
          backfill: false,
          authors: [],
          categories: [],
          thumbnail: null,
        },
      ],
      NOW,
    );
    articleId = result!.article!.id;
  }
  await store.verdicts.save(articleId, 1, [
    {
      topic: TOPIC,
      score: 1,
      relevant: true,
      kind: 'report',
      themes: [],
      entities: [],
      sides: [],
      reasons: [],
    },
  ]);
  const id = await store.stories.nextId();
  await store.stories.create({ id, at: NOW });
  await store.stories.join({ storyId: id, articleId, originId: articleId, joinedAt: NOW }, 'engine');
  return { store, feedIds };
}

async function pause(store: Store, pausedFeeds: number[]): Promise<number> {
  await store.settings.save({
    scope: HERE,
    managers: [],
    auditChannel: null,
    locale: 'en',
    zone: 'UTC',
    topics: [],
    pausedFeeds,
    removedAt: null,
  });
  const stories = await collectActive(store, { scope: HERE, topics: [TOPIC], since: NOW - 1, until: NOW });
  return stories.length;
}

test('a server that has paused a feed does not see what only that feed carries', async () => {
  const { store, feedIds } = await storeWithOneStory(['wire']);
  expect(await pause(store, [])).toBe(1);
  expect(await pause(store, feedIds)).toBe(0);
  expect(
    await collectActive(store, { scope: 'discord:2', topics: [TOPIC], since: NOW - 1, until: NOW }),
  ).toHaveLength(1);
  await store.close();
});

test('what another feed carries too is still seen', async () => {
  const { store, feedIds } = await storeWithOneStory(['wire', 'post']);
  expect(await pause(store, feedIds.slice(0, 1))).toBe(1);
  expect(await pause(store, feedIds)).toBe(0);
  await store.close();
});
