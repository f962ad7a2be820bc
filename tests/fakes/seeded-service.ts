import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/load-config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { readSamples } from '../../src/demo/read-samples.ts';
import { startSampleServer } from '../../src/demo/sample-server.ts';
import { createPollDeps } from '../../src/feeds/poll-feed.ts';
import { openPlatforms } from '../../src/open-platforms.ts';
import { pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { publishAlerts } from '../../src/pipeline/publish-alerts.ts';
import { publishDigests } from '../../src/pipeline/publish-digests.ts';
import { publishUpdates } from '../../src/pipeline/publish-updates.ts';
import { createAlertQueue } from '../../src/pipeline/queue-alerts.ts';
import { syncFeeds } from '../../src/pipeline/sync-feeds.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { GENEROUS } from './discord-bot.ts';

export interface SeededService {
  core: Core;
  platforms: Platform[];
  /** Reads what the feeds carry on the next morning; the clock goes there. */
  nextRound(): Promise<void>;
  /** Moves the clock, ms. */
  wait(ms: number): void;
  /** What the jobs of the service do in a minute: what is due is made and sent. */
  deliver(): Promise<void>;
  /** Lines logged at error or above. */
  errors: Record<string, unknown>[];
  close(): Promise<void>;
}

/**
 * The service's own doors over a store that has read the sample feeds, at the hour of the first sample digest;
 * `environment` brings the tokens and addresses of local platforms.
 */
export async function startSeededService(environment: Record<string, string>): Promise<SeededService> {
  const samples = readSamples();
  const server = await startSampleServer(samples);
  const home = await mkdtemp(join(tmpdir(), 'tumen-seeded-'));
  const root = resolve(import.meta.dirname, '../..');
  const config = loadConfig({ TUMEN_HOME: home, ...environment }, root);
  const errors: SeededService['errors'] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => errors.push(JSON.parse(line)) });
  let at = samples.rounds[0]!.at;
  let round = 0;
  const now = () => at;
  const core = await openCore(config, { now, random: () => 0.5, log });
  const { store, topics, owner, random } = core;
  const net = { ...config.net, allowPrivate: true };
  const polling = createPollDeps({ net, polling: config.polling, now, random });
  const outlets = samples.outlets.map(({ name, slug, country, tier, stateMedia, language }) => ({
    name,
    slug,
    country,
    tier,
    stateMedia,
    paywalled: false,
    feeds: [{ url: server.feedUrl(slug), language, fullText: 'never' as const }],
  }));
  await syncFeeds(store, outlets, at - 3_600_000, 0);
  const alerts = createAlertQueue();
  const processor = createProcessor({ store, topics, owner, log, onProcessed: alerts.queue });
  await read();
  const out = new PassThrough().resume();
  const platforms = await openPlatforms(core, polling, { out, width: 80, color: false }, GENEROUS);
  await Promise.all(platforms.map((platform) => platform.start(new AbortController().signal)));
  const publishers = new Map(platforms.map(({ name, publisher }) => [name, publisher]));
  const publishing = { ...core, publishers, graceMs: 3 * 3_600_000 };
  // The windows of rate limits pass fifty times as fast.
  const ticks = () => performance.now() * 50;
  const outbox = createOutbox({ ...core, publishers: publishers.values(), ticks });
  return {
    core,
    platforms,
    errors,
    async nextRound() {
      round += 1;
      at = samples.rounds[round]!.at;
      await read();
    },
    wait(ms) {
      at += ms;
    },
    async deliver() {
      await publishAlerts(publishing, at);
      await publishDigests(publishing, at);
      await publishUpdates(publishing, at);
      for (let i = 0; i < 10; i++) {
        await outbox.tick();
        const open = await Promise.all(
          (['pending', 'sending'] as const).map((state) => store.deliveries.list({ state, limit: 1 })),
        );
        if (!open.flat().length) return;
        await sleep(100);
        at += 2_000;
      }
    },
    async close() {
      await Promise.all(platforms.map((platform) => platform.stop()));
      await outbox.stop();
      await polling.close();
      await core.close();
      await server.close();
      await rm(home, { recursive: true });
    },
  };
  async function read(): Promise<void> {
    server.showRound(round);
    const { signal } = new AbortController();
    await pollDueFeeds({ store, polling, owner, concurrency: 8, log }, signal);
    await processor.run(now, signal);
  }
}
