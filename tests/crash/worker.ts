import { join } from 'node:path';
import { pino } from 'pino';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { createPollDeps } from '../../src/feeds/poll-feed.ts';
import { pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { publishDigests } from '../../src/pipeline/publish-digests.ts';
import { createDiscordPublisher } from '../../src/platforms/discord/publisher.ts';
import type { Publisher } from '../../src/platforms/platform.ts';
import { createSlackPublisher } from '../../src/platforms/slack/publisher.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { tap } from './tap.ts';

/** What the runner tells a worker to do. */
export interface WorkerOrder {
  database: string;
  discordUrl: string;
  slackUrl: string;
  /** The step at which it kills itself; null where the runner does it by the clock. */
  killAtStep: number | null;
  /** Ends when everything that was published has been sent. */
  drain: boolean;
}

/** What a worker says: that it has loaded everything, that its work has begun, where it killed itself. */
export type WorkerWord = 'warm' | 'under way' | { killedAt: string };

/** Time runs faster here than in production; the proportions are the same. */
export const SCALE = { leaseMs: 300, callMs: 150, settleMs: 400, lateMs: 120 };

const ROUND_MS = 25;
/** How often a digest is due. */
const SLOT_MS = 500;
const YEAR = 365 * 86_400_000;
const none = new AbortController().signal;

/**
 * One life of the service: real feeds over HTTP, store, grouping, digests, outbox and publishers; killed at a step of
 * its work, or by the clock.
 */
async function live(order: WorkerOrder): Promise<void> {
  let steps = 0;
  const step = (label: string) => {
    if (++steps !== order.killAtStep) return;
    process.send?.({ killedAt: label } satisfies WorkerWord);
    process.kill(process.pid, 'SIGKILL');
  };
  const store = tap(quicken(await openStore({ file: order.database })), 'store', step);
  const publishers = publishersOf(order).map((publisher) => tap(publisher, publisher.platform, step));
  const topics = [await topic];
  const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
  const quiet = pino({ level: 'silent' });
  const owner = `${process.pid}`;
  const net = { allowPrivate: true, contact: 'https://example.org' };
  const polling = createPollDeps({
    net,
    polling: { interval: 100, slowest: 100 },
    now: Date.now,
    random: Math.random,
  });
  const processor = createProcessor({ store, topics, owner, log });
  const outbox = createOutbox({ store, publishers, owner, log: quiet, ...SCALE, drainMs: 100 });
  const summarizer = createExtractiveSummarizer();
  const byName = new Map(publishers.map((publisher) => [publisher.platform, publisher]));
  const publishing = { store, topics, summarizer, publishers: byName, owner, graceMs: YEAR, log };

  const start = Date.now();
  let lastSlot = 0;
  let isUnderWay = false;
  let restedSince = Date.now();
  for (;;) {
    await pollDueFeeds({ store, polling, owner, concurrency: 2, log }, none);
    if (await processor.run(Date.now)) restedSince = Date.now();
    const isDue = Date.now() - lastSlot > SLOT_MS && (!order.drain || !lastSlot || restedSince > lastSlot);
    if (isDue && (!order.drain || Date.now() - restedSince > SLOT_MS)) {
      lastSlot = Date.now();
      await makeSlots(store, lastSlot);
    }
    await publishDigests(publishing, Date.now());
    await outbox.tick();
    if (!isUnderWay) process.send?.('under way' satisfies WorkerWord);
    isUnderWay = true;
    if (order.drain && lastSlot && Date.now() - start > 3_000 && !(await isAnythingOpen(store))) break;
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
  await outbox.stop();
  await store.close();
}

/** Due a moment ago, between the minutes of real schedules, so that a run of minutes has many digests. */
async function makeSlots(store: Store, now: number): Promise<void> {
  for (const { id } of await store.schedules.list())
    await store.schedules.addSlots(id, [{ due: now, local: new Date(now).toISOString() }], now);
}

/** The real publishers, at a pace that fits a life of less than a second. */
function publishersOf({ discordUrl, slackUrl }: WorkerOrder): Publisher[] {
  const { settleMs } = SCALE;
  const pace = { global: { requests: 50, perMs: 100 }, channel: { requests: 5, perMs: 50 } };
  return [
    { ...createDiscordPublisher({ token: 'x', apiUrl: discordUrl, settleMs }), pace },
    { ...createSlackPublisher({ tokenOf: async () => 'x', apiUrl: slackUrl, settleMs }), pace },
  ];
}

/** The leases that the pipeline asks for, made as short as the lives are. */
function quicken(store: Store): Store {
  const { feeds, schedules, leases } = store;
  return {
    ...store,
    feeds: { ...feeds, claim: (ids, now, owner) => feeds.claim(ids, now, owner, SCALE.leaseMs) },
    schedules: {
      ...schedules,
      claimSlots: (now, owner, _, limit) => schedules.claimSlots(now, owner, SCALE.leaseMs, limit),
    },
    leases: { ...leases, acquire: (name, owner, _, now) => leases.acquire(name, owner, SCALE.leaseMs, now) },
    transaction: (work) => store.transaction((inner) => work(quicken(inner))),
  };
}

async function isAnythingOpen(store: Store): Promise<boolean> {
  for (const state of ['pending', 'sending'] as const)
    if ((await store.deliveries.list({ state, limit: 1 })).length) return true;
  for (const { id } of await store.schedules.list())
    if (
      (await store.schedules.slots(id, 50)).some((slot) => slot.deliveryId === null && slot.skipped === null)
    )
      return true;
  return false;
}

const topic = loadTopic(join(import.meta.dirname, '../../config/topics/russia-north-korea.yaml'));
process.on('message', (order: WorkerOrder) => {
  live(order).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(1));
void topic.then(() => process.send?.('warm' satisfies WorkerWord));
