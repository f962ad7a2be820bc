import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/load-config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { readSamples } from '../../src/demo/read-samples.ts';
import { startSampleServer } from '../../src/demo/sample-server.ts';
import { createPollDeps } from '../../src/feeds/poll-feed.ts';
import { openPlatforms } from '../../src/open-platforms.ts';
import { pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
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
  const processor = createProcessor({ store, topics, owner, log });
  await read();
  const out = new PassThrough().resume();
  const platforms = await openPlatforms(core, polling, { out, width: 80, color: false }, GENEROUS);
  await Promise.all(platforms.map((platform) => platform.start(new AbortController().signal)));
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
    async close() {
      await Promise.all(platforms.map((platform) => platform.stop()));
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
