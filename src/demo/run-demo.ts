import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Config } from '../config/load-config.ts';
import type { FeedsFile } from '../config/schema.ts';
import { openCore } from '../core.ts';
import { createOutbox } from '../deliveries/outbox.ts';
import { createPollDeps } from '../feeds/poll-feed.ts';
import type { Digest } from '../model/digest.ts';
import { ensureConsoleSchedule } from '../pipeline/console-schedule.ts';
import { pollDueFeeds } from '../pipeline/ingest.ts';
import { createProcessor } from '../pipeline/process-articles.ts';
import { publishDigests } from '../pipeline/publish-digests.ts';
import { syncFeeds } from '../pipeline/sync-feeds.ts';
import { createConsolePublisher } from '../platforms/console/console-platform.ts';
import type { TextOptions } from '../platforms/console/render-text.ts';
import { readSamples } from './read-samples.ts';
import { startSampleServer } from './sample-server.ts';

export interface DemoOptions {
  out: Writable;
  text: TextOptions;
  languages: string[];
  /** Said before each round. */
  onRound?: (round: number, at: number) => void;
  signal: AbortSignal;
}

/**
 * The whole job in sample time: three rounds of polling real HTTP feeds on loopback, each followed by the digest that
 * is due. Everything is the service's own; only the clock is ours, and the folder is removed at the end.
 * @returns the digests that went out
 */
export async function runDemo(config: Config, options: DemoOptions): Promise<Digest[]> {
  const samples = readSamples();
  const server = await startSampleServer(samples);
  const home = await mkdtemp(join(tmpdir(), 'tumen-demo-'));
  let clock = samples.rounds[0]!.at - 60 * 60_000;
  const now = () => clock;
  const core = await openCore(
    { ...config, home, databaseUrl: null },
    { now, random: () => 0.5, log: pino({ level: 'silent' }) },
  );
  try {
    const { store, topics, summarizer, owner, log, random } = core;
    const publisher = createConsolePublisher({
      ...options.text,
      out: options.out,
      historyFile: join(home, 'history.jsonl'),
      now,
    });
    const publishers = new Map([['console' as const, publisher]]);
    const outbox = createOutbox({ store, publishers: [publisher], owner, log, now });
    const processor = createProcessor({ store, topics, owner, log });
    const polling = createPollDeps({
      net: { ...config.net, allowPrivate: true },
      polling: config.polling,
      now,
      random,
    });
    await syncFeeds(store, outletsOf(samples, server.feedUrl), clock, 0);
    await ensureConsoleSchedule(
      store,
      { times: ['08:00'], zone: 'Asia/Seoul', languages: options.languages, length: 8 },
      topics.map((topic) => topic.slug),
      clock,
    );
    for (const [index, round] of samples.rounds.entries()) {
      options.onRound?.(index, round.at);
      server.showRound(index);
      clock = round.at - 10 * 60_000;
      await pollDueFeeds({ store, polling, owner, concurrency: 8, log }, options.signal);
      await processor.run(now, options.signal);
      clock = round.at + 5_000;
      await publishDigests(
        { store, topics, summarizer, publishers, owner, graceMs: config.deliveries.grace, log },
        clock,
      );
      await outbox.tick();
    }
    await outbox.stop();
    const deliveries = await store.deliveries.list({ limit: 100 });
    return deliveries.map((delivery) => delivery.content as Digest).reverse();
  } finally {
    await core.close();
    await server.close();
    await rm(home, { recursive: true });
  }
}

function outletsOf(
  samples: ReturnType<typeof readSamples>,
  feedUrl: (slug: string) => string,
): FeedsFile['outlets'] {
  return [...samples.outlets, ...samples.broken].map(
    ({ name, slug, country, tier, stateMedia, language }) => ({
      name,
      slug,
      country,
      tier,
      stateMedia,
      paywalled: false,
      feeds: [{ url: feedUrl(slug), language, fullText: 'never' as const }],
    }),
  );
}
