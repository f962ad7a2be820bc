import type { Writable } from 'node:stream';
import type { Config } from './config/load-config.ts';
import { type Core, type CoreOverrides, openCore } from './core.ts';
import { createOutbox } from './deliveries/outbox.ts';
import { pollDueFeeds } from './pipeline/ingest.ts';
import { createProcessor } from './pipeline/process-articles.ts';
import { publishDigests } from './pipeline/publish-digests.ts';
import { syncFeeds } from './pipeline/sync-feeds.ts';
import { createConsolePlatform } from './platforms/console/console-platform.ts';
import type { Platform } from './platforms/platform.ts';
import type { Job } from './scheduler/job.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { judgeHealth } from './status/health.ts';
import { createMetrics } from './status/metrics.ts';
import { startStatusServer } from './status/status-server.ts';

export interface App {
  start(): Promise<void>;
  stop(): Promise<void>;
}
