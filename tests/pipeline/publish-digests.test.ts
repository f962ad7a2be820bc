import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PublishDeps, publishDigests } from '../../src/pipeline/publish-digests.ts';
import type { Publisher } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';

/** 2024-06-20T08:01 in Seoul. */
const NOW = Date.UTC(2024, 5, 19, 23, 1);
const MINUTE = 60_000;

let store: Store;
let unwell: string | null;
let deps: PublishDeps;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  unwell = null;
  const publisher = {
    plan: (_, { target }) => {
      if (target === unwell) throw new Error('this channel cannot be drawn for');
      return [{ action: { kind: 'message', payload: { target } }, marker: target, stories: [] }];
    },
  } as Pick<Publisher, 'plan'> as Publisher;
  deps = {
    store,
    topics: [await loadTopic('config/topics/russia-north-korea.yaml')],
    summarizer: createExtractiveSummarizer(),
    publishers: new Map([['discord', publisher]]),
    owner: 'a',
    graceMs: 3 * 60 * MINUTE,
    log: pino({ level: 'silent' }),
  };
  for (const target of ['1', '2', '3']) {
    const destination = await store.destinations.save(sampleDestination({ target }));
    const slotsUntil = NOW - 5 * MINUTE;
    await store.schedules.add(sampleSchedule(destination.id, { createdAt: slotsUntil, slotsUntil }));
  }
});
afterEach(() => store.close());

async function targets(): Promise<string[]> {
  const made = await store.deliveries.list({ limit: 10 });
  const all = await Promise.all(made.map(({ destinationId }) => store.destinations.get(destinationId)));
  return all.map((destination) => destination!.target).sort();
}

it('makes one delivery for each due slot, once', async () => {
  expect(await publishDigests(deps, NOW)).toBe(3);
  expect(await publishDigests(deps, NOW + MINUTE)).toBe(0);
  expect(await targets()).toEqual(['1', '2', '3']);
});

it('lets no channel wait for one whose digest cannot be made, and makes that one as soon as it can', async () => {
  unwell = '1';
  await expect(publishDigests(deps, NOW)).rejects.toThrow('cannot be drawn');
  expect(await targets()).toEqual(['2', '3']);
  unwell = null;
  expect(await publishDigests(deps, NOW + 6 * MINUTE)).toBe(1);
  expect(await targets()).toEqual(['1', '2', '3']);
});
