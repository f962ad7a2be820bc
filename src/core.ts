import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { Registry } from 'prom-client';
import { createLog } from './config/create-log.ts';
import type { Config } from './config/load-config.ts';
import { RightOfWay } from './model/right-of-way.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { createExtractiveSummarizer } from './summaries/extractive-summarizer.ts';
import { createLlmCounters } from './summaries/llm-usage.ts';
import type { Summarizer } from './summaries/summarizer.ts';
import type { Topic } from './topics/compile-topic.ts';
import { loadTopic } from './topics/load-topic.ts';

/** What the service and every verb of the command line stand on. */
export interface Core {
  config: Config;
  store: Store;
  topics: Topic[];
  summarizer: Summarizer;
  /** Where the database is. */
  database: { url: string } | { file: string };
  /** This process among those that share the database. */
  owner: string;
  /** People who wait for an answer go before work in the background. */
  rightOfWay: RightOfWay;
  log: Logger;
  now: () => number;
  random: () => number;
  close(): Promise<void>;
}

export type CoreOverrides = Partial<Pick<Core, 'store' | 'log' | 'now' | 'random' | 'owner'>> & {
  /** Where a model's calls, tokens and cost are counted. */
  registry?: Registry;
};

/** Opens the database and reads the topics. @throws UserError that says what to do */
export async function openCore(config: Config, overrides: CoreOverrides = {}): Promise<Core> {
  const topics = await Promise.all(config.topicFiles.map(loadTopic));
  const database = config.databaseUrl ? { url: config.databaseUrl } : { file: join(config.home, 'tumen.db') };
  const store = overrides.store ?? (await openStore(database));
  const log = overrides.log ?? createLog(config, pino.destination(2));
  return {
    config,
    store,
    database,
    topics,
    summarizer: await createSummarizer(config, log, overrides.registry ?? new Registry()),
    rightOfWay: new RightOfWay(),
    owner: overrides.owner ?? `${process.pid}-${randomUUID().slice(0, 8)}`,
    log,
    now: overrides.now ?? Date.now,
    random: overrides.random ?? Math.random,
    close: () => store.close(),
  };
}

/** Sentences are quoted, unless a model is configured and wanted. */
async function createSummarizer(
  { llm, secrets }: Config,
  log: Logger,
  registry: Registry,
): Promise<Summarizer> {
  if (!llm.summaries || !secrets.llm) return createExtractiveSummarizer();
  const { createLlmSummarizer } = await import('./summaries/llm-summarizer.ts');
  const { timeout: timeoutMs, tokensPerDay, price } = llm;
  const count = createLlmCounters(registry, price);
  return createLlmSummarizer({ ...secrets.llm, timeoutMs, tokensPerDay, log, count });
}
