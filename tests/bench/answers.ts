import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PassThrough } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/load-config.ts';
import { openCore } from '../../src/core.ts';
import { buildDigest } from '../../src/digests/build-digest.ts';
import { createPollDeps } from '../../src/feeds/poll-feed.ts';
import { openPlatforms } from '../../src/open-platforms.ts';
import { pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { syncFeeds } from '../../src/pipeline/sync-feeds.ts';
import { GENEROUS } from '../fakes/discord-bot.ts';
import { TOKEN } from '../fakes/discord-server.ts';
import { APP_TOKEN, BOT_TOKEN } from '../fakes/slack-server.ts';
import { madeArticle } from './made-news.ts';
import type { Answer, Asking, Kind } from './people.ts';

// How fast a person is answered while the service works: `npm run bench:discord`, `npm run bench:slack`.

const ARTICLES = Number(process.env.ARTICLES ?? 100_000);
const FEEDS = 1_000;
const PER_SECOND = 10;
const SECONDS = Number(process.env.SECONDS ?? 60);
/** 0 builds one digest after the other without a break. */
const BETWEEN_DIGESTS_MS = Number(process.env.BETWEEN_DIGESTS_MS ?? 1_000);
const DAY = 86_400_000;

const isSlack = process.argv[2] === 'slack';
const people = new Worker(new URL(isSlack ? './slack-people.ts' : './discord-people.ts', import.meta.url));
const heard = <T>() => new Promise<T>((done) => people.once('message', done));
const { api, feedPort } = await heard<{ api: string; feedPort: number }>();
const home = await mkdtemp(join(process.env.BENCH_HOME ?? tmpdir(), 'tumen-bench-'));
const config = loadConfig(
  isSlack
    ? { TUMEN_HOME: home, SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: api }
    : { TUMEN_HOME: home, DISCORD_TOKEN: TOKEN, DISCORD_API_URL: api },
  resolve(import.meta.dirname, '../..'),
);
const core = await openCore(config, { log: pino({ level: 'error' }, pino.destination(2)) });
const { store, topics, owner, log, now, random, summarizer } = core;
const { giveWay } = core.rightOfWay;
const net = { ...config.net, allowPrivate: true };
const polling = createPollDeps({ net, polling: config.polling, now, random, giveWay });
const signal = new AbortController();
const processor = createProcessor({ store, topics, owner, log, giveWay });

await fillArchive();
const outlets = Array.from({ length: FEEDS }, (_, i) => ({
  name: `Feed ${i}`,
  slug: `feed-${i}`,
  country: null,
  tier: 2 as const,
  stateMedia: false,
  paywalled: false,
  // Each feed has an address of its own, as feeds do: one host is polled by one call at a time.
  feeds: [
    { url: `http://127.1.${i >> 8}.${i & 255}:${feedPort}/${i}`, language: 'en', fullText: 'never' as const },
  ],
}));
await syncFeeds(store, outlets, now(), 0);
await pollOnce();

const [platform] = await openPlatforms(
  core,
  polling,
  { out: new PassThrough(), width: 80, color: false },
  GENEROUS,
);
await platform!.start(signal.signal);
await new Promise((done) => setTimeout(done, 1_000));

const story = (await store.stories.active(now() - 400 * DAY, now())).at(-1)!.id;
const READS: [string, Record<string, unknown>?][] = [
  ['news search', { query: 'Russia North Korea coal' }],
  ['news search', { query: 'bridge' }],
  ['news search', { query: '"Tumen River" -grain' }],
  ['news search', { query: 'zeppelin armistice' }],
  ['news latest'],
  ['digest now'],
  ['digest list'],
  ['story show', { story }],
  ['story timeline', { story }],
  ['story sources', { story }],
  ['why', { story: String(story) }],
  ['subscriptions'],
  ['feeds list'],
  ['feeds check'],
  ['feeds export'],
  ['tumen status'],
  ['tumen settings'],
  ['tumen help'],
];
/** Discord alone completes what is typed. */
const COMPLETIONS: Kind[] = [
  { path: 'story show', options: { story: 'coal' }, completes: 'story' },
  { path: 'news search', options: { query: 'source:fee' }, completes: 'query' },
];
const kinds: Kind[] = [
  ...READS.map(([path, options = {}]) => ({ path, options })),
  ...(isSlack ? [] : COMPLETIONS),
];

for (const busy of [false, true]) {
  const work = { rounds: 0, polled: 0, digests: 0 };
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const load = busy ? keepBusy(work) : null;
  people.postMessage({ ask: kinds, perSecond: PER_SECOND, seconds: busy ? SECONDS : SECONDS / 3 });
  const { answers, lost, violations, lagMs } = await heard<Asking>();
  if (busy) signal.abort();
  await load?.catch((error) => {
    if (!signal.signal.aborted) throw error;
  });
  report(busy ? `${work.polled} polls and ${work.digests} digests meanwhile` : 'idle', answers);
  process.stdout.write(
    `  main loop p99 ${Math.round(lag.percentile(99) / 1e6)} ms, worst ${Math.round(lag.max / 1e6)} ms; an idle thread beside it p99 ${lagMs} ms\n`,
  );
  for (const line of [...new Set(lost), ...violations].slice(0, 5)) process.stdout.write(`  LOST ${line}\n`);
}

await platform!.stop();
await processor.release();
await polling.close();
await core.close();
await people.terminate();
await rm(home, { recursive: true, force: true });

async function fillArchive(): Promise<void> {
  const [outlet] = [
    await store.outlets.save({
      slug: 'made',
      name: 'Made',
      domain: null,
      country: null,
      language: 'en',
      tier: 2,
      stateMedia: false,
      paywalled: false,
    }),
  ];
  const { feed } = await store.feeds.add({
    url: 'https://made.example/rss',
    scope: 'instance',
    outletId: outlet!.id,
    title: null,
    language: 'en',
    fullText: 'never',
    nextPollAt: now() + 365 * DAY,
  });
  const begun = performance.now();
  for (let i = 0; i < ARTICLES; i += 500) {
    const at = now() - Math.floor(((ARTICLES - i) / ARTICLES) * 300 * DAY);
    await store.articles.ingest(
      feed.id,
      Array.from({ length: Math.min(500, ARTICLES - i) }, (_, k) => madeArticle(i + k, outlet!.id, at)),
      at,
    );
    await processor.run(() => at);
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`archive of ${ARTICLES} articles in ${seconds} s\n`);
}

/** Every feed is due at once. */
async function pollOnce(onPolled?: () => void): Promise<void> {
  const feeds = (await store.feeds.list()).filter(({ url }) => url.includes('//127.'));
  await store.transaction(async (tx) => {
    for (const { id, poll } of feeds) await tx.feeds.finishPoll(id, { ...poll, nextPollAt: now() });
  });
  const round = { store, polling, owner, concurrency: config.net.concurrency, log, onPolled };
  await pollDueFeeds(round, signal.signal);
  await processor.run(now, signal.signal);
}

/** What the service does when it has most to do, all at once and again and again. */
async function keepBusy(work: { rounds: number; polled: number; digests: number }): Promise<void> {
  const poll = async () => {
    while (!signal.signal.aborted) {
      people.postMessage({ nextRound: true });
      await pollOnce(() => work.polled++);
      work.rounds++;
    }
  };
  const build = async () => {
    while (!signal.signal.aborted) {
      await buildDigest(
        {
          destinationId: null,
          scope: 'instance',
          languages: ['en'],
          zone: 'UTC',
          topics,
          themes: [],
          length: 10,
          sentences: 3,
          window: { since: now() - DAY, until: now() },
          at: now(),
          late: false,
        },
        { store, summarizer, signal: signal.signal, giveWay },
      );
      work.digests++;
      await new Promise((done) => setTimeout(done, BETWEEN_DIGESTS_MS));
    }
  };
  await Promise.all([poll(), build()]);
}

function report(title: string, answers: readonly Answer[]): void {
  const quantile = (values: number[], q: number) =>
    Math.round(
      values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN,
    );
  const firsts = answers.map((answer) => answer.first);
  process.stdout.write(
    `\n${title}: ${answers.length} answers, first p50 ${quantile(firsts, 0.5)} ms, p99 ${quantile(firsts, 0.99)} ms, worst ${quantile(firsts, 1)} ms\n`,
  );
  for (const [kind, some] of Map.groupBy(answers, (answer) => answer.kind)) {
    const full = some.map((answer) => answer.full);
    process.stdout.write(
      `  /${kind.padEnd(24)} full p50 ${quantile(full, 0.5)} ms, p95 ${quantile(full, 0.95)} ms (${some.length})\n`,
    );
  }
}
