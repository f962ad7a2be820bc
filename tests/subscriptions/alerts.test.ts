import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import type { Digest } from '../../src/model/digest.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Scope } from '../../src/model/scope.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { publishAlerts } from '../../src/pipeline/publish-alerts.ts';
import { createAlertQueue } from '../../src/pipeline/queue-alerts.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { endFollows, followStory } from '../../src/subscriptions/manage-subscriptions.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';
import { createScriptedPlatform, type ScriptedPlatform } from '../fakes/scripted-platform.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const topic = await loadTopic('config/topics/russia-north-korea.yaml');
const log = pino({ level: 'silent' });

/** Reports of one invented event, in our own words; the last one brings a new figure from somebody else. */
const SUMMIT = [
  'Putin and Kim Jong Un sign a defence treaty in Pyongyang',
  'Russian and North Korean leaders sealed a pact on Wednesday. Vladimir Putin and Kim Jong Un signed the treaty in Pyongyang after two hours of talks.',
] as const;
const UPDATE = [
  'Putin and Kim Jong Un defence treaty signed in Pyongyang covers 12,000 troops',
  'The treaty that Putin and Kim Jong Un signed in Pyongyang lets Russia host 12,000 North Korean troops, the defence ministry said in a statement.',
] as const;
/** The same report in another outlet. */
const REPRINT = [
  'Putin and Kim Jong Un sign defence treaty in Pyongyang: report',
  `${SUMMIT[1]} The report was carried by several papers.`,
] as const;
const ELSEWHERE = ['Grain harvest is late', 'Farmers in the south wait for a missile of rain.'] as const;

let store: Store;
let feed: Feed;
let platform: ScriptedPlatform;
let now: number;
let count: number;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  feed = await addSampleFeed(store);
  now = SAMPLE_TIME;
  count = 0;
  platform = createScriptedPlatform({ now: () => now });
});
afterEach(() => store.close());

function service() {
  const deps = { store, topics: [topic], owner: 'a', log };
  const summarizer = createExtractiveSummarizer();
  const processor = createProcessor({ ...deps, onProcessed: createAlertQueue().queue });
  const outbox = createOutbox({
    store,
    publishers: [platform],
    owner: 'a',
    log,
    now: () => now,
    ticks: () => now,
  });
  const publishers = new Map([['discord' as const, platform]]);
  async function readInto(into: Feed, [title, text]: readonly [string, string]): Promise<void> {
    const entry = { ...sampleEntry(into, ++count), title, text, published: now, firstSeen: now };
    await store.articles.ingest(into.id, [entry], now);
    await processor.run(() => now);
  }
  return {
    readInto,
    /** The last article again, in other words. */
    revise: (article: readonly [string, string]) => {
      count--;
      return readInto(feed, article);
    },
    read: (article: readonly [string, string]) => readInto(feed, article),
    readElsewhere: async (article: readonly [string, string]) =>
      readInto(await addFeed('sample-post', 'instance'), article),
    /** Time passes; what is due goes out. @returns the contents of the messages made */
    async wait(ms: number): Promise<Digest[]> {
      now += ms;
      const before = new Set((await store.deliveries.list({ limit: 100 })).map((d) => d.id));
      await publishAlerts({ ...deps, summarizer, publishers }, now);
      await outbox.tick();
      const made = (await store.deliveries.list({ limit: 100 })).filter((d) => !before.has(d.id));
      return made.flatMap((d) => (d.content.kind === 'notice' ? [] : d.content));
    },
  };
}

async function addFeed(slug: string, scope: Scope): Promise<Feed> {
  const outlet = await store.outlets.save({
    slug,
    name: slug,
    domain: null,
    country: null,
    language: 'en',
    tier: 2,
    stateMedia: false,
    paywalled: false,
  });
  const { feed: added } = await store.feeds.add({
    url: `https://${slug}.example/rss`,
    scope,
    outletId: outlet.id,
    title: null,
    language: 'en',
    fullText: 'never',
    nextPollAt: now,
  });
  return added;
}

const destination = (target = '10') =>
  store.destinations.save({
    platform: 'discord',
    scope: 'discord:1',
    kind: 'dm',
    target,
    name: null,
    languages: ['en'],
    zone: 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: target,
  });

async function subscribe(query: string, more: Partial<Subscription> = {}) {
  return store.subscriptions.add({
    scope: 'discord:1',
    owner: '10',
    destinationId: (await destination()).id,
    query,
    mode: 'instant',
    quietHours: null,
    zone: 'UTC',
    languages: [],
    themes: [],
    updates: false,
    storyId: null,
    paused: false,
    createdAt: now,
    ...more,
  });
}

const headlines = (digest: Digest) =>
  digest.sections.flatMap((section) =>
    section.stories.map((story) => `${story.badge} ${story.headline.text}`),
  );

describe('alerts', () => {
  test('a story alerts once, naming every subscription and the words that matched', async () => {
    const { read, readElsewhere, wait } = service();
    const first = await subscribe('treaty -football');
    const second = await subscribe('entity:kim-jong-un hours');
    await subscribe('volcano');
    await read(SUMMIT);
    expect(await wait(1_000)).toEqual([]);
    const [alert, ...others] = await wait(MINUTE);
    expect(others).toEqual([]);
    expect(headlines(alert!)).toEqual([`NEW ${SUMMIT[0]}`]);
    expect(alert!.matches.map((m) => [m.subscriptionId, m.words])).toEqual([
      [first.id, ['treaty']],
      [second.id, ['…in Pyongyang after two hours of talks.']],
    ]);
    expect(platform.messages).toHaveLength(1);
    await readElsewhere(REPRINT);
    expect(await wait(10 * MINUTE)).toEqual([]);
  });

  test('an alerted story comes again as UPDATED, to those who want that', async () => {
    const { read, readElsewhere, wait } = service();
    await subscribe('treaty');
    const eager = await subscribe('treaty', { updates: true, destinationId: (await destination('11')).id });
    await read(SUMMIT);
    expect(await wait(MINUTE)).toHaveLength(2);
    await readElsewhere(UPDATE);
    const [alert, ...others] = await wait(10 * MINUTE);
    expect(others).toEqual([]);
    expect(alert!.matches.map((m) => m.subscriptionId)).toEqual([eager.id]);
    expect(headlines(alert!)[0]).toMatch(/^UPDATED /);
  });

  test('what came within one burst or one hour is one message', async () => {
    const { read, wait } = service();
    await subscribe('putin', { mode: 'hourly' });
    await read(SUMMIT);
    await read([
      'Timber trains from North Korea reach Khasan after flood repairs',
      'Rail workers reopened the Khasan crossing to freight. Putin ordered the flood repairs last spring, and timber from North Korea now arrives in Russia daily.',
    ]);
    expect(await wait(30 * MINUTE)).toEqual([]);
    const alerts = await wait(31 * MINUTE);
    expect(alerts).toHaveLength(1);
    expect(headlines(alerts[0]!)).toHaveLength(2);
  });

  test('what is relevant to no topic alerts only with topic:any', async () => {
    const { read, revise, wait } = service();
    await subscribe('missile');
    const any = await subscribe('missile topic:any');
    await read(ELSEWHERE);
    const [alert] = await wait(MINUTE);
    expect(alert?.matches.map((m) => m.subscriptionId)).toEqual([any.id]);
    expect(headlines(alert!)).toEqual([`NEW ${ELSEWHERE[0]}`]);
    await revise([ELSEWHERE[0], `${ELSEWHERE[1]} Corrected.`]);
    expect(await wait(10 * MINUTE)).toEqual([]);
  });

  test('subscriptions that come, change and go take effect with the next article', async () => {
    const { read, wait } = service();
    await read(ELSEWHERE);
    const late = await subscribe('volcano');
    await store.subscriptions.update(late.id, { query: 'treaty' });
    const gone = await subscribe('treaty');
    await store.subscriptions.remove(gone.id);
    await subscribe('treaty', { paused: true });
    await read(SUMMIT);
    const [alert] = await wait(MINUTE);
    expect(alert?.matches.map((m) => m.subscriptionId)).toEqual([late.id]);
  });

  test('a kill after queueing loses no alert, and a second service does not repeat it', async () => {
    await subscribe('treaty');
    await service().read(SUMMIT);
    expect(await service().wait(MINUTE)).toHaveLength(1);
    expect(await service().wait(10 * MINUTE)).toEqual([]);
    expect(platform.messages).toHaveLength(1);
  });

  test('while an alert is on its way nothing else is said of its story', async () => {
    const { read, readElsewhere, wait } = service();
    await subscribe('treaty', { updates: true });
    await read(SUMMIT);
    platform.script.push({ outcome: { kind: 'rate-limited', until: now + 20 * MINUTE, scope: 'channel' } });
    expect(await wait(MINUTE)).toHaveLength(1);
    await readElsewhere(UPDATE);
    expect(await wait(5 * MINUTE)).toEqual([]);
    expect(await wait(30 * MINUTE)).toEqual([]);
    const later = await wait(MINUTE);
    expect(later.map((digest) => headlines(digest)[0]?.split(' ')[0])).toEqual(['UPDATED']);
  });

  test("articles of another server's feed alert nobody here", async () => {
    const { readInto, wait } = service();
    await subscribe('treaty');
    await readInto(await addFeed('sample-wire', 'discord:2'), SUMMIT);
    expect(await wait(MINUTE)).toEqual([]);
  });
});

describe('following a story', () => {
  test('a follower hears what is new in it, not its reprints, until it ends', async () => {
    const { read, readElsewhere, wait } = service();
    await read(SUMMIT);
    const story = await store.stories.ofArticle(1);
    now += MINUTE;
    const { id: destinationId } = await destination();
    const wish = { scope: 'discord:1' as const, owner: '10', destinationId, zone: 'UTC', storyId: story!.id };
    const follow = await followStory(store, wish, now);
    expect((await followStory(store, wish, now)).id).toBe(follow.id);
    await readElsewhere(REPRINT);
    expect(await wait(10 * MINUTE)).toEqual([]);
    await readElsewhere(UPDATE);
    const [alert] = await wait(10 * MINUTE);
    expect(alert?.matches.map((m) => m.subscriptionId)).toEqual([follow.id]);
    expect(await endFollows(store, now + DAY)).toEqual([]);
    expect((await endFollows(store, now + 11 * DAY)).map((s) => s.id)).toEqual([follow.id]);
    expect(await store.subscriptions.list()).toEqual([]);
  });
});
