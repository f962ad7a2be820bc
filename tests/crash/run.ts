import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/open-store.ts';
import { CHAT_FAULTS, type ChatServer, startChatServer } from '../fakes/chat-server.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';
import { checkLane, type Damage } from './check-lane.ts';
import { startFeedSource } from './feed-source.ts';
import { seededRandom } from './seeded-random.ts';
import { SCALE, type WorkerOrder, type WorkerWord } from './worker.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '2' },
    /** Leaves the databases where they are, to be looked at. */
    keep: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const lanes = Math.min(Number(values.lanes), kills);

/** Half of the kills come at a step of the work, half by the clock. */
const LONGEST_LIFE_MS = 1_200;
const MOST_STEPS = 500;
const LONGEST_START_MS = 15_000;
/** By then everything has come to rest after the last kill. */
const LONGEST_DRAIN_MS = 120_000;
/** One posting call in so many goes wrong on the platform's side. */
const FAULT_EVERY = 4;
const CHANNELS = ['101', '102', 'C101', 'C102'];
/** Their history cannot be read: the one place where a crash may leave a part uncertain. */
const DENIED = ['103', 'C103'];

/** Where the kills came, and how often. */
const places = new Map<string, number>();
const compileCache = mkdtempSync(join(tmpdir(), 'tumen-crash-cache-'));
await primeCompileCache();
const results = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
rmSync(compileCache, { recursive: true, force: true });
const total = results.reduce((sum, damage) => ({
  lost: sum.lost + damage.lost,
  doubled: sum.doubled + damage.doubled,
  uncertain: sum.uncertain + damage.uncertain,
  wrongly: sum.wrongly + damage.wrongly,
  words: [...sum.words, ...damage.words],
}));
const byCount = [...places].sort((a, b) => b[1] - a[1]);
console.error(`killed at: ${byCount.map(([place, count]) => `${place} ${count}`).join(', ')}`);
for (const word of total.words.slice(0, 20)) console.error(word);
console.log(`kills ${kills} lost ${total.lost} doubled ${total.doubled} uncertain ${total.uncertain}`);
process.exitCode = total.lost || total.doubled || total.wrongly ? 1 : 0;

async function runLane(lane: number): Promise<Damage> {
  const random = seededRandom(Number(values.seed) * 1_000 + lane);
  const mine = Math.floor(kills / lanes) + (lane < kills % lanes ? 1 : 0);
  const folder = mkdtempSync(join(tmpdir(), 'tumen-crash-'));
  const feed = await startFeedSource();
  const chat = await startChatServer({
    fault: () =>
      random() * FAULT_EVERY < 1 ? CHAT_FAULTS[Math.floor(random() * CHAT_FAULTS.length)]! : 'none',
    lateMs: SCALE.lateMs,
    denied: (channel) => DENIED.includes(channel),
  });
  try {
    const database = join(folder, 'tumen.db');
    await setUp(database, feed.url);
    const order = { database, discordUrl: chat.discordUrl, slackUrl: chat.slackUrl };
    let spare = warmWorker();
    for (let generation = 1; generation <= mine; generation++) {
      feed.publish(1 + Math.floor(random() * 2));
      const worker = await spare;
      spare = warmWorker();
      const byStep = random() < 0.5;
      const killAtStep = byStep ? 1 + Math.floor(random() * MOST_STEPS) : null;
      const lifeMs = byStep ? LONGEST_START_MS : random() * LONGEST_LIFE_MS;
      await lead(worker, { ...order, killAtStep, drain: false }, lifeMs);
      if (generation % 50 === 0)
        console.error(`lane ${lane}: ${generation} of ${mine} kills, ${standing(chat)}`);
    }
    await finish(await spare, { ...order, killAtStep: null, drain: true });
    return await checkLane(database, chat, feed, DENIED);
  } finally {
    await chat.close();
    await feed.close();
    if (values.keep) console.error(`lane ${lane}: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

async function setUp(database: string, feedUrl: string): Promise<void> {
  const store = await openStore({ file: database });
  for (const target of [...CHANNELS, ...DENIED]) {
    const isSlack = target.startsWith('C');
    const place = isSlack ? { platform: 'slack' as const, scope: 'slack:T1' as const } : {};
    const { id } = await store.destinations.save(sampleDestination({ target, ...place }));
    // No day of its own: the workers make its slots, many times a minute.
    await store.schedules.add(sampleSchedule(id, { days: [], length: 30, slotsUntil: Date.now() }));
  }
  const outlet = await store.outlets.save({
    slug: 'sample-wire',
    name: 'Sample Wire',
    domain: null,
    country: null,
    language: 'en',
    tier: 1,
    stateMedia: false,
    paywalled: false,
  });
  const fields = {
    scope: 'instance',
    outletId: outlet.id,
    title: null,
    language: 'en',
    fullText: 'never',
  } as const;
  await store.feeds.add({ url: feedUrl, ...fields, nextPollAt: 0 });
  await store.close();
}

/** Started ahead of time, so that a kill costs no start: it has loaded everything and waits for its order. */
function warmWorker(): Promise<ChildProcess> {
  const worker = fork(join(import.meta.dirname, 'worker.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve(worker));
    worker.once('exit', (code) => reject(new Error(`a worker ended while it started (${code})`)));
  });
}

/** A process writes what it has compiled when it ends in peace: one does, so that the others start faster. */
async function primeCompileCache(): Promise<void> {
  const worker = await warmWorker();
  const ended = endOf(worker);
  worker.disconnect();
  await ended;
}

/** Lets it live until it kills itself or its time is over, which begins with its work: a busy machine starts slowly. */
async function lead(worker: ChildProcess, order: WorkerOrder, lifeMs: number): Promise<void> {
  const ended = endOf(worker);
  let place = 'by the clock';
  let timer = setTimeout(() => worker.kill('SIGKILL'), LONGEST_START_MS);
  worker.on('message', (word: WorkerWord) => {
    if (typeof word === 'object')
      place = word.killedAt
        .split('.')
        .slice(0, 2)
        .join('.')
        .replace(/ [→←]$/, '');
    if (word !== 'under way') return;
    clearTimeout(timer);
    timer = setTimeout(() => worker.kill('SIGKILL'), lifeMs);
  });
  worker.send(order);
  const { code, signal } = await ended;
  clearTimeout(timer);
  if (signal !== 'SIGKILL') throw new Error(`a worker ended by itself (${code})`);
  places.set(place, (places.get(place) ?? 0) + 1);
}

async function finish(worker: ChildProcess, order: WorkerOrder): Promise<void> {
  const ended = endOf(worker);
  worker.send(order);
  const timer = setTimeout(() => worker.kill('SIGKILL'), LONGEST_DRAIN_MS);
  const { code } = await ended;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`the last worker failed (${code})`);
}

function endOf(worker: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => worker.once('exit', (code, signal) => resolve({ code, signal })));
}

function standing(chat: ChatServer): string {
  return `${chat.all().length} messages stand, ${chat.posts()} calls, ${chat.removals()} doubles removed`;
}
