import { pino } from 'pino';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { createDiscordPublisher } from '../../src/platforms/discord/publisher.ts';
import type { Publisher } from '../../src/platforms/platform.ts';
import { createSlackPublisher } from '../../src/platforms/slack/publisher.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sampleDigest } from '../fakes/sample-digest.ts';
import { tap } from './tap.ts';

/** What the runner tells a worker to do. */
export interface WorkerOrder {
  database: string;
  discordUrl: string;
  slackUrl: string;
  /** Grows with each worker of a lane: names the work it makes. */
  generation: number;
  /** The step at which it kills itself; null where the runner does it by the clock. */
  killAtStep: number | null;
  /** Makes no work, ends when nothing is left to send. */
  drain: boolean;
}

/** Time runs faster here than in production; the proportions are the same. */
export const SCALE = { leaseMs: 300, callMs: 150, settleMs: 400, lateMs: 120 };

/** One life of the service: real store, real outbox, real publishers; killed at a step of its work, or by the clock. */
async function live(order: WorkerOrder): Promise<void> {
  let steps = 0;
  const step = () => {
    if (++steps === order.killAtStep) process.kill(process.pid, 'SIGKILL');
  };
  const store = tap(await openStore({ file: order.database }), 'store', step);
  const publishers = publishersOf(order).map((publisher) => tap(publisher, publisher.platform, step));
  const log = pino({ level: 'silent' });
  const outbox = createOutbox({ store, publishers, owner: `${process.pid}`, log, ...SCALE, drainMs: 100 });
  if (!order.drain) await makeWork(store, publishers, order.generation);
  for (;;) {
    await outbox.tick();
    if (order.drain && !(await isAnythingOpen(store))) break;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await outbox.stop();
  await store.close();
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

/** A digest of two parts for every destination, as the pipeline would freeze it. */
async function makeWork(store: Store, publishers: Publisher[], generation: number): Promise<void> {
  for (const destination of await store.destinations.list()) {
    const publisher = publishers.find(({ platform }) => platform === destination.platform);
    const key = `digest:${destination.id}:${generation}`;
    const content = sampleDigest(1, generation);
    const planned = publisher?.plan(content, destination, (index) => `${key}:${index}`) ?? [];
    const now = Date.now();
    const times = { createdAt: now, dueAt: now, expiresAt: now + 3_600_000 };
    await store.deliveries.create(
      {
        kind: 'digest',
        destinationId: destination.id,
        scheduleId: null,
        slotId: null,
        key,
        content,
        cutoff: null,
        ...times,
      },
      planned.map((part, index) => ({ index, ...part, stories: [] })),
    );
  }
}

async function isAnythingOpen(store: Store): Promise<boolean> {
  for (const state of ['pending', 'sending'] as const)
    if ((await store.deliveries.list({ state, limit: 1 })).length) return true;
  return false;
}

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
process.send?.('warm');
