import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type ChatServer, startChatServer } from '../fakes/chat-server.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';
import { sampleDigest } from '../fakes/sample-digest.ts';
import { type InstanceOrder, PAUSE_SCALE } from './pause-order.ts';
import { seededRandom } from './seeded-random.ts';

/** Every point of a send at which its holder can be stopped. After `publish →` no fence can help any more. */
export const POINTS = [
  'store.destinations.get ←',
  'store.deliveries.beginPart →',
  'store.deliveries.beginPart ←',
  'platform.publish →',
  'platform.publish ←',
  'store.deliveries.finishPart →',
  'store.deliveries.finishPart ←',
  'store.deliveries.finish →',
  'store.deliveries.finish ←',
] as const;

export interface PauseResult {
  pauses: number;
  /** Parts that stand nowhere, or more than once, at the end. */
  lost: number;
  doubled: number;
  /** How often both instances posted a part: the window that no fence closes. */
  met: number;
  /** How often the double was found and taken back. */
  mended: number;
  words: string[];
}

/**
 * Two instances on one Postgres; the one that sends is stopped at a point of its send for longer than its lease, then
 * continued, so many times.
 */
export async function pauseInstances(pauses: number, seed: number): Promise<PauseResult> {
  const random = seededRandom(seed);
  const postgres: PostgresServer = await startPostgres();
  const chat = await startChatServer();
  const instances: ChildProcess[] = [];
  const result: PauseResult = { pauses, lost: 0, doubled: 0, met: 0, mended: 0, words: [] };
  try {
    const databaseUrl = await postgres.createDatabase();
    const store = await openStore({ url: databaseUrl });
    const { id: destination } = await store.destinations.save(sampleDestination());
    for (let i = 0; i < 2; i++) {
      const child = fork(join(import.meta.dirname, 'pause-worker.ts'), {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child.send({ databaseUrl, discordUrl: chat.discordUrl } satisfies InstanceOrder);
      instances.push(child);
    }
    for (let i = 0; i < pauses; i++) await pauseOnce(store, destination, chat, instances, i, random, result);
    await store.close();
  } finally {
    for (const child of instances) child.kill('SIGKILL');
    await chat.close();
    await postgres.stop();
  }
  return result;
}

async function pauseOnce(
  store: Store,
  destination: number,
  chat: ChatServer,
  instances: readonly ChildProcess[],
  round: number,
  random: () => number,
  result: PauseResult,
): Promise<void> {
  const point = POINTS[round % POINTS.length]!;
  const marker = `pause:${round}`;
  const now = Date.now();
  const times = { createdAt: now, dueAt: now, expiresAt: now + 3_600_000 };
  const nothing = { scheduleId: null, slotId: null, cutoff: null };
  const stopped = firstToStop(instances);
  for (const instance of instances) instance.send({ point });
  const payload = {
    flags: 0,
    components: [{ type: 1, components: [{ type: 2, custom_id: `!x~${marker}` }] }],
  };
  const made = await store.deliveries.create(
    {
      kind: 'digest',
      destinationId: destination,
      key: marker,
      content: sampleDigest(0),
      ...nothing,
      ...times,
    },
    [{ index: 0, action: { kind: 'message', payload }, marker, stories: [] }],
  );
  const holder = await stopped;
  for (const instance of instances) if (instance !== holder) instance.send({ point: null });
  await sleep(PAUSE_SCALE.leaseMs * (1.2 + 2 * random()));

  const removed = chat.removals();
  holder.kill('SIGCONT');
  const isOver = async () => (await store.deliveries.get(made!.id))?.state === 'sent';
  for (const deadline = Date.now() + 20_000; Date.now() < deadline && !(await isOver()); ) await sleep(20);
  // The one that was stopped looks for a double once its own call is settled.
  const { callMs, settleMs } = PAUSE_SCALE;
  await sleep(2 * (callMs + settleMs));
  const count = () => chat.messages('100').filter((message) => message.body.includes(`~${marker}"`)).length;
  for (const deadline = Date.now() + 5_000; Date.now() < deadline && count() > 1; ) await sleep(50);

  const standing = count();
  const mended = chat.removals() - removed;
  result.mended += mended;
  result.met += mended + Math.max(0, standing - 1);
  if (standing === 0) result.lost++;
  if (standing > 1) result.doubled++;
  if (standing !== 1) result.words.push(`stopped at ${point}: ${marker} stands ${standing} times`);
}

function firstToStop(instances: readonly ChildProcess[]): Promise<ChildProcess> {
  return new Promise((resolve) => {
    const listeners = instances.map((instance) => {
      const listener = () => {
        for (const [i, other] of instances.entries()) other.off('message', listeners[i]!);
        resolve(instance);
      };
      return listener;
    });
    for (const [i, instance] of instances.entries()) instance.on('message', listeners[i]!);
  });
}
