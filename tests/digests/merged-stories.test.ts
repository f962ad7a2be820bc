import { expect, test } from 'vitest';
import { buildDigest } from '../../src/digests/build-digest.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { addSampleFeed, claimSampleDelivery, SAMPLE_TIME, sampleEntry } from '../fakes/sample-store.ts';

const TOPIC = 'sample';

test('a story that was shown does not return as new after it was merged into another', async () => {
  const store = await openStore({ file: ':memory:' });
  const feed = await addSampleFeed(store);
  const stored = await store.articles.ingest(
    feed.id,
    [sampleEntry(feed, 1), sampleEntry(feed, 2)],
    SAMPLE_TIME,
  );
  const stories: number[] = [];
  for (const { article } of stored) {
    const verdict = {
      score: 1,
      relevant: true,
      kind: 'report' as const,
      themes: [],
      entities: [],
      sides: [],
    };
    await store.verdicts.save(article!.id, 1, [{ topic: TOPIC, ...verdict, reasons: [] }]);
    const id = await store.stories.nextId();
    await store.stories.create({ id, at: SAMPLE_TIME });
    await store.stories.join(
      { storyId: id, articleId: article!.id, originId: stored[0]!.article!.id, joinedAt: SAMPLE_TIME },
      'engine',
    );
    stories.push(id);
  }
  const { delivery, part } = await claimSampleDelivery(store);
  await store.deliveries.beginPart(part.id, 1, SAMPLE_TIME);
  await store.deliveries.finishPart(part.id, 1, { state: 'sent' }, [
    {
      destinationId: delivery.destinationId,
      storyId: stories[0]!,
      storyRevision: 1,
      at: SAMPLE_TIME,
      via: 'digest',
      articles: stored.map(({ article }) => ({ id: article!.id, revision: 1 })),
      origins: [stored[0]!.article!.id],
      facts: [],
      sentences: [],
      message: null,
    },
  ]);
  const digest = () =>
    buildDigest(
      {
        destinationId: delivery.destinationId,
        scope: 'console:local',
        languages: ['en'],
        zone: 'UTC',
        topics: [{ slug: TOPIC, title: { en: 'Sample' }, themes: [] }],
        themes: [],
        length: 10,
        sentences: 2,
        window: { since: SAMPLE_TIME - 1, until: SAMPLE_TIME + 1 },
        at: SAMPLE_TIME + 1,
        late: false,
      },
      { store, summarizer: createExtractiveSummarizer() },
    );
  const badges = async () =>
    (await digest()).sections.flatMap((section) => section.stories.map((story) => story.badge));

  expect(await badges()).toEqual(['NEW']);
  await store.stories.merge(stories[0]!, stories[1]!, 'engine', SAMPLE_TIME);
  expect(await badges()).toEqual([]);
  await store.close();
});
