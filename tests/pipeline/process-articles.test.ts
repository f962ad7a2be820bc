import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readSamples, type SampleArticle } from '../../src/demo/read-samples.ts';
import type { NewArticle } from '../../src/model/article.ts';
import type { Feed } from '../../src/model/feed.ts';
import { createProcessor, type Processor } from '../../src/pipeline/process-articles.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { mergeStories, splitStory } from '../../src/stories/edit-stories.ts';
import type { Topic } from '../../src/topics/compile-topic.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { addSampleFeed, sampleEntry } from '../fakes/sample-store.ts';

const samples = readSamples();
const articles = samples.rounds[0]!.articles;
const outlets = new Map(samples.outlets.map((outlet) => [outlet.slug, outlet]));
const NOW = samples.rounds[0]!.at;

let topic: Topic;
beforeAll(async () => {
  topic = await loadTopic('config/topics/russia-north-korea.yaml');
});

let store: Store;
let feed: Feed;
let clock: number;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  feed = await addSampleFeed(store);
  clock = NOW;
});
afterEach(() => store.close());

const now = () => clock;
const processor = (owner = 'a', into = store): Processor =>
  createProcessor({ store: into, topics: [topic], owner, log: pino({ level: 'silent' }) });

function entry({ id, title, text, at, outlet }: SampleArticle, of = feed): NewArticle {
  const { language } = outlets.get(outlet)!;
  return { ...sampleEntry(of, id), title, text, language, published: at, firstSeen: at };
}

const ingest = (entries: SampleArticle[], into = store, of = feed) =>
  into.articles.ingest(
    of.id,
    entries.map((article) => entry(article, of)),
    clock,
  );

/** Stories as sets of article ids, whatever their own ids are; each with the origins of its members. */
async function grouping(of = store): Promise<string[]> {
  const members = await of.stories.liveMembers(0);
  return [...Map.groupBy(members, (member) => member.storyId).values()]
    .map((story) =>
      story
        .map((m) => `${m.articleId}←${m.originId}`)
        .toSorted()
        .join(' '),
    )
    .toSorted();
}

const find = async (id: string) => (await store.articles.byUrl(`https://wire.example/${id}`))!;
const storyOf = async (id: string) => (await store.stories.ofArticle((await find(id)).id))?.id ?? null;

it('takes every article once, in the order in which it came in', async () => {
  await ingest(articles);
  const first = processor();
  expect(await first.run(now)).toBe(articles.length);
  expect(await first.run(now)).toBe(0);
  const verdicts = await store.verdicts.ofMany(
    (await store.articles.since(0, 1_000)).map((article) => article.id),
    topic.slug,
  );
  expect(verdicts).toHaveLength(articles.length);
});

it('groups alike in one go and over restarts after every few articles', async () => {
  const other = await openStore({ file: ':memory:' });
  const otherFeed = await addSampleFeed(other);
  await ingest(articles, other, otherFeed);
  await processor('a', other).run(now);

  for (let i = 0; i < articles.length; i += 7) {
    await ingest(articles.slice(i, i + 7));
    // Each life ends without a word: the next one finds the lease of the dead over.
    clock += 61_000;
    await processor(`life ${i}`).run(now);
  }
  const expected = await grouping(other);
  expect(expected.length).toBeGreaterThan(5);
  expect(await grouping()).toEqual(expected);
  await other.close();
});

it('does nothing while another instance holds the lease, and takes over once it is given back', async () => {
  const [first, second] = [processor('a'), processor('b')];
  await first.run(now);
  await ingest(articles.slice(0, 5));
  expect(await second.run(now)).toBe(0);
  await first.release();
  expect(await second.run(now)).toBe(5);
  expect(await first.run(now)).toBe(0);
});

it('stores nothing of a batch that fails half-way, and takes all of it the next time', async () => {
  await ingest(articles);
  let fail = true;
  const shaky = createProcessor({
    store,
    topics: [topic],
    owner: 'a',
    log: pino({ level: 'silent' }),
    onProcessed: async () => {
      if (fail) throw new Error('the disk is full');
    },
  });
  await expect(shaky.run(now)).rejects.toThrow('the disk is full');
  expect(await grouping()).toEqual([]);
  expect(await store.verdicts.of((await find(articles[0]!.id)).id)).toEqual([]);
  fail = false;
  expect(await shaky.run(now)).toBe(articles.length);
  expect((await grouping()).length).toBeGreaterThan(5);
});

it('takes an article out of its story once a revision is off topic', async () => {
  await ingest(articles);
  const running = processor();
  await running.run(now);
  const before = await storyOf('treaty-wire-flash');
  expect(before).not.toBeNull();
  const sample = articles.find((article) => article.id === 'treaty-wire-flash')!;
  await ingest([
    {
      ...sample,
      title: 'Rain in the south',
      text: 'Umbrellas are advised for the weekend in the southern provinces.',
    },
  ]);
  expect(await running.run(now)).toBe(1);
  expect(await storyOf('treaty-wire-flash')).toBeNull();
  const log = await store.stories.log(before!);
  expect(log.at(-1)).toMatchObject({ change: 'left', by: 'engine' });
  expect((await store.stories.get(before!))!.members.length).toBeGreaterThan(0);
});

it('keeps a revised article in its story and raises the revision of the story', async () => {
  await ingest(articles);
  const running = processor();
  await running.run(now);
  const before = (await store.stories.get((await storyOf('treaty-wire-flash'))!))!;
  const sample = articles.find((article) => article.id === 'treaty-wire-flash')!;
  await ingest([{ ...sample, text: `${sample.text} The treaty has 23 articles.` }]);
  await running.run(now);
  const after = (await store.stories.get(before.id))!;
  expect(after.members).toEqual(before.members);
  expect(after.revision).toBeGreaterThan(before.revision);
});

it('puts what comes in later where a person has merged', async () => {
  const late = articles.find((article) => article.id === 'treaty-post-reprint')!;
  await ingest(articles.filter((article) => article !== late));
  const running = processor();
  await running.run(now);
  const arrival = (await storyOf('arrival-wire'))!;
  const treaty = (await storyOf('treaty-wire-flash'))!;
  expect(arrival).not.toBe(treaty);
  await mergeStories(store, treaty, arrival, { who: 'cli:test', scope: null, why: null, now: clock });
  await ingest([late]);
  await running.run(now);
  expect(await storyOf(late.id)).toBe(arrival);
});

it('does not join again what a person has split, whatever comes in and however often it restarts', async () => {
  await ingest(articles);
  const running = processor();
  await running.run(now);
  const treaty = (await storyOf('treaty-wire-flash'))!;
  const apart = await find('treaty-post');
  expect(await storyOf('treaty-post')).toBe(treaty);
  await splitStory(store, treaty, [apart.id], { who: 'cli:test', scope: null, why: null, now: clock });
  const own = await storyOf('treaty-post');
  expect(own).not.toBe(treaty);
  await ingest(samples.rounds[1]!.articles);
  await running.run(now);
  await running.release();
  await ingest(samples.rounds[2]!.articles);
  await processor('b').run(now);
  const [flash, post] = [await storyOf('treaty-wire-flash'), await storyOf('treaty-post')];
  expect(flash).not.toBeNull();
  expect(post).not.toBe(flash);
});

it('judges a batch anew when a person has merged stories while it was being judged', async () => {
  const late = articles.find((article) => article.id === 'treaty-post-reprint')!;
  await ingest(articles.filter((article) => article !== late));
  let merge = async () => {};
  const running = createProcessor({
    store,
    topics: [topic],
    owner: 'a',
    log: pino({ level: 'silent' }),
    secondOpinion: {
      review: async (doubts) => {
        await merge();
        return doubts.map(({ verdict }) => verdict);
      },
    },
  });
  await running.run(now);
  const arrival = (await storyOf('arrival-wire'))!;
  const treaty = (await storyOf('treaty-wire-flash'))!;
  expect(arrival).not.toBe(treaty);
  let merges = 0;
  merge = async () => {
    if (merges++ === 0)
      await mergeStories(store, treaty, arrival, { who: 'cli:test', scope: null, why: null, now: clock });
  };
  await ingest([late]);
  expect(await running.run(now)).toBe(1);
  expect(merges).toBe(2);
  expect(await storyOf(late.id)).toBe(arrival);
});

it('goes on past an article that a stage chokes on', async () => {
  const choking: Topic = {
    ...topic,
    vocabulary(language) {
      if (language === 'xx') throw new Error('no such vocabulary');
      return topic.vocabulary(language);
    },
  };
  const entries = articles.slice(0, 5).map((article) => entry(article));
  entries[2] = { ...entries[2]!, language: 'xx' };
  await store.articles.ingest(feed.id, entries, clock);
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
  const running = createProcessor({ store, topics: [choking], owner: 'a', log });
  expect(await running.run(now)).toBe(5);
  expect(await running.run(now)).toBe(0);
  expect(lines.filter((line) => line.includes('could not be processed'))).toHaveLength(1);
  expect((await store.stories.liveMembers(0)).length).toBe(4);
});
