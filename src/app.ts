import type { Writable } from 'node:stream';
import { createEnricher } from './articles/enrich-articles.ts';
import { createPageReader } from './articles/read-page.ts';
import type { Config } from './config/load-config.ts';
import { type CoreOverrides, openCore } from './core.ts';
import { createOutbox } from './deliveries/outbox.ts';
import { createPollDeps } from './feeds/poll-feed.ts';
import { openPlatforms } from './open-platforms.ts';
import { ensureConsoleSchedule } from './pipeline/console-schedule.ts';
import { createProcessor } from './pipeline/process-articles.ts';
import { createAlertQueue } from './pipeline/queue-alerts.ts';
import { spreadOverdue } from './pipeline/spread-polls.ts';
import { syncFeeds } from './pipeline/sync-feeds.ts';
import type { TextOptions } from './platforms/console/render-text.ts';
import { createHouseJobs } from './scheduler/house-jobs.ts';
import { createJobs } from './scheduler/jobs.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { judgeHealth } from './status/health.ts';
import { createMetrics } from './status/metrics.ts';
import { type StatusServer, startStatusServer } from './status/status-server.ts';
import { runRetention } from './store/run-retention.ts';
import type { Topic } from './topics/compile-topic.ts';
import type { SecondOpinion } from './topics/second-opinion.ts';

/** Longest time a stop waits for work under way, ms. */
const DRAIN_MS = 8_000;

export interface App {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface AppOverrides extends CoreOverrides {
  /** Where the console platform prints, and how. */
  stdout: Writable;
  text: TextOptions;
}

/** Wires the service. @throws UserError that says what to do, before anything runs */
export async function createApp(config: Config, overrides: AppOverrides): Promise<App> {
  const metrics = createMetrics();
  const core = await openCore(config, { ...overrides, registry: metrics.registry });
  const { store, topics, summarizer, owner, log, now, random } = core;
  const { giveWay } = core.rightOfWay;
  const alerts = createAlertQueue();
  const polling = createPollDeps({ net: config.net, polling: config.polling, now, random, giveWay });
  const platforms = await openPlatforms(core, polling, { ...overrides.text, out: overrides.stdout });
  const publishers = new Map(platforms.map(({ name, publisher }) => [name, publisher]));
  const secondOpinion = await openSecondOpinion(config, topics, now);
  const processor = createProcessor({
    store,
    topics,
    owner,
    log,
    secondOpinion,
    onProcessed: alerts.queue,
    giveWay,
  });
  const outbox = createOutbox({ store, publishers: publishers.values(), owner, log, now, random });
  const jobs = createJobs({
    ingest: { store, polling, owner, concurrency: config.net.concurrency, log },
    publish: { store, topics, summarizer, publishers, owner, graceMs: config.deliveries.grace, log, giveWay },
    processor,
    outbox,
    operators: config.operators.destination,
    metrics,
    now,
  });
  const pages = createPageReader(polling.client, now);
  const { articles: articlesMs, deliveries: deliveriesMs } = config.retention;
  jobs.push(
    ...createHouseJobs(createEnricher({ store, pages, log, now }), {
      store,
      owner,
      runRetention: (at, signal) => runRetention(core.database, { articlesMs, deliveriesMs }, at, signal),
      log,
    }),
  );
  const scheduler = createScheduler(jobs, now, log);
  const abort = new AbortController();
  let status: StatusServer | null = null;

  return {
    async start() {
      const startedAt = now();
      const health = () =>
        judgeHealth({
          now: now(),
          startedAt,
          lastRuns: scheduler.lastRuns(),
          jobs: jobs.map((job) => job.name),
          platforms: new Map(platforms.map((platform) => [platform.name, platform.health()])),
        });
      status = await startStatusServer(config.http, health, metrics.registry);
      const { added, removed } = await syncFeeds(store, config.outlets, startedAt, config.polling.interval);
      await spreadOverdue(store, startedAt, config.polling.interval);
      if (platforms.some((platform) => platform.name === 'console'))
        await ensureConsoleSchedule(
          store,
          config.console,
          topics.map((topic) => topic.slug),
          startedAt,
        );
      await Promise.all(platforms.map((platform) => platform.start(abort.signal)));
      scheduler.start();
      log.info(
        { feeds: { added, removed }, platforms: [...publishers.keys()], port: status.port },
        'tumen is running',
      );
    },
    async stop() {
      await Promise.all(platforms.map((platform) => platform.stop()));
      await Promise.all([scheduler.stop(DRAIN_MS), outbox.stop()]);
      abort.abort();
      await processor.release();
      await store.feeds.releaseAll(owner);
      await Promise.all([pages.close(), polling.close()]);
      await status?.close();
      await core.close();
      log.info('tumen has stopped');
    },
  };
}

/** Asks a model about verdicts in doubt, where one is configured and wanted. */
async function openSecondOpinion(
  { llm, secrets }: Config,
  topics: Topic[],
  now: () => number,
): Promise<SecondOpinion | undefined> {
  if (!llm.judge || !secrets.llm) return undefined;
  const { createSecondOpinion } = await import('./topics/second-opinion.ts');
  return createSecondOpinion({ ...secrets.llm, topics, timeoutMs: llm.timeout, now });
}
