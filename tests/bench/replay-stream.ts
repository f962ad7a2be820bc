import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { loadConfig } from '../../src/config/load-config.ts';
import { openCore } from '../../src/core.ts';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { createPollDeps } from '../../src/feeds/poll-feed.ts';
import type { Digest } from '../../src/model/digest.ts';
import { ensureConsoleSchedule } from '../../src/pipeline/console-schedule.ts';
import { pollDueFeeds } from '../../src/pipeline/ingest.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { publishDigests } from '../../src/pipeline/publish-digests.ts';
import { syncFeeds } from '../../src/pipeline/sync-feeds.ts';
import { createConsolePublisher } from '../../src/platforms/console/console-platform.ts';
import type { StreamSource } from './stream-server.ts';

const HOUR = 3_600_000;

export interface Replay {
  digests: { digest: Digest; text: string }[];
  articles: number;
  /** Highest resident set seen, MB. */
  peakMb: number;
  pollMs: number;
  processMs: number;
  digestMs: number;
}

/**
 * Sends an archive through the service hour by hour with an injected clock: real HTTP, a real SQLite file, the
 * outbox and the console publisher. One digest a day at 08:00 Seoul. The source stays open.
 */
export async function replayStream(server: StreamSource, languages: string[]): Promise<Replay> {
  const home = mkdtempSync(join(tmpdir(), 'tumen-stream-'));
  let clock = Math.ceil(server.from / HOUR) * HOUR;
  const end = server.until + HOUR;
  const now = () => clock;
  const config = loadConfig({});
  const core = await openCore(
    { ...config, home },
    { now, random: () => 0.5, log: pino({ level: 'error' }, pino.destination(2)) },
  );
  const { store, topics, summarizer, owner, log, random } = core;
  let printed = '';
  const out = new Writable({
    write(chunk, _, done) {
      printed += chunk;
      done();
    },
  });
  const publisher = createConsolePublisher({
    out,
    width: 100,
    color: false,
    historyFile: join(home, 'history.jsonl'),
    now,
  });
  const outbox = createOutbox({ store, publishers: [publisher], owner, log, now });
  const processor = createProcessor({ store, topics, owner, log });
  const polling = createPollDeps({
    net: { ...config.net, allowPrivate: true },
    polling: config.polling,
    now,
    random,
  });
  const result: Replay = { digests: [], articles: 0, peakMb: 0, pollMs: 0, processMs: 0, digestMs: 0 };
  try {
    const outlets = server.outlets.map((slug) => ({
      name: slug,
      slug: slug.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      country: null,
      tier: 2 as const,
      stateMedia: false,
      paywalled: false,
      feeds: [{ url: server.feedUrl(slug), language: 'und', fullText: 'never' as const }],
    }));
    await syncFeeds(store, outlets, clock, 0);
    const wanted = { times: ['08:00'], zone: 'Asia/Seoul', languages, length: 10 };
    await ensureConsoleSchedule(
      store,
      wanted,
      topics.map((topic) => topic.slug),
      clock,
    );
    const publishers = new Map([['console' as const, publisher]]);
    for (; clock < end; clock += HOUR) {
      await server.showUntil(clock);
      const started = performance.now();
      await pollDueFeeds({ store, polling, owner, concurrency: 8, log }, AbortSignal.timeout(60_000));
      const polled = performance.now();
      result.articles += await processor.run(now);
      const processed = performance.now();
      clock += 5_000;
      await publishDigests(
        { store, topics, summarizer, publishers, owner, graceMs: config.deliveries.grace, log },
        clock,
      );
      await outbox.tick();
      clock -= 5_000;
      result.pollMs += polled - started;
      result.processMs += processed - polled;
      result.digestMs += performance.now() - processed;
      result.peakMb = Math.max(result.peakMb, process.memoryUsage.rss() / 2 ** 20);
      if (printed) {
        const [delivery] = await store.deliveries.list({ limit: 1 });
        result.digests.push({ digest: delivery!.content as Digest, text: printed });
        printed = '';
      }
    }
    await outbox.stop();
    return result;
  } finally {
    await core.close();
    rmSync(home, { recursive: true });
  }
}
