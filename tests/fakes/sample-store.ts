import type { NewArticle } from '../../src/model/article.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Verdict } from '../../src/model/topic.ts';
import type { Store } from '../../src/store/store.ts';

/** 2024-06-19T00:00Z */
export const SAMPLE_TIME = 1_718_755_200_000;

/** One outlet and one feed of it. */
export async function addSampleFeed(store: Store, url = 'https://wire.example/rss'): Promise<Feed> {
  const outlet = await store.outlets.save({
    slug: 'sample-wire',
    name: 'Sample Wire',
    domain: 'wire.example',
    country: null,
    language: 'en',
    tier: 1,
    stateMedia: false,
    paywalled: false,
  });
  const { feed } = await store.feeds.add({
    url,
    scope: 'instance',
    outletId: outlet.id,
    title: null,
    language: 'en',
    fullText: 'never',
    nextPollAt: SAMPLE_TIME,
  });
  return feed;
}

export function sampleEntry(feed: Feed, key: number | string, words = 120): NewArticle {
  return {
    identity: `url:https://wire.example/${key}`,
    url: `https://wire.example/${key}`,
    guid: `guid-${key}`,
    outletId: feed.outletId,
    title: `Freight train ${key} crosses the river`,
    text: `Report ${key}. ${'The bridge carried another load of grain and timber today. '.repeat(words / 10)}`,
    language: 'en',
    published: SAMPLE_TIME,
    firstSeen: SAMPLE_TIME,
    backfill: false,
    authors: [],
    categories: [],
    thumbnail: null,
  };
}

/** That an article is a report about the topic. */
export function sampleVerdict(topic: string): Verdict {
  return {
    topic,
    score: 1,
    relevant: true,
    kind: 'report',
    themes: [],
    entities: [],
    sides: [],
    reasons: [],
  };
}

/** A destination with one digest that is due and claimed, and its one part. */
export async function claimSampleDelivery(store: Store, key = 'digest:1') {
  const destination = await store.destinations.save({
    platform: 'console',
    scope: 'console:local',
    kind: 'text',
    target: 'terminal',
    name: null,
    languages: ['en'],
    zone: 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: null,
  });
  await store.deliveries.create(
    {
      kind: 'digest',
      destinationId: destination.id,
      scheduleId: null,
      slotId: null,
      key,
      dueAt: SAMPLE_TIME,
      expiresAt: SAMPLE_TIME + 3_600_000,
      content: { kind: 'notice', code: 'sample', title: 'Sample', text: 'Text' },
      cutoff: null,
      createdAt: SAMPLE_TIME,
    },
    [{ index: 0, action: { kind: 'message', payload: {} }, marker: `${key}-0`, stories: [] }],
  );
  const [delivery] = await store.deliveries.claimDue(SAMPLE_TIME, 'a', 60_000, 1, 'console');
  return { delivery: delivery!, part: delivery!.parts[0]! };
}
