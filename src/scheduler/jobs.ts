import { raiseAlarms } from '../deliveries/alarms.ts';
import type { Outbox } from '../deliveries/outbox.ts';
import { type IngestDeps, pollDueFeeds } from '../pipeline/ingest.ts';
import type { Processor } from '../pipeline/process-articles.ts';
import { publishAlerts } from '../pipeline/publish-alerts.ts';
import { type PublishDeps, publishDigests } from '../pipeline/publish-digests.ts';
import { publishUpdates } from '../pipeline/publish-updates.ts';
import type { Metrics } from '../status/metrics.ts';
import type { Job } from './job.ts';

const PROCESS_MS = 5_000;
const ALERT_MS = 10_000;
const ALARM_MS = 5 * 60_000;
const DELIVER_MS = 2_000;
/** A round of polling ends after this time, so that its job is seen to end well. */
const POLL_ROUND_MS = 2 * 60_000;

export interface JobDeps {
  ingest: IngestDeps;
  publish: PublishDeps;
  processor: Processor;
  outbox: Outbox;
  /** Where alarms go, `discord:123`; null for the log alone. */
  operators: string | null;
  metrics: Metrics;
  now: () => number;
}

/** Everything the service repeats. Each job finds its work in the database, so any of them may be late or killed. */
export function createJobs({ ingest, publish, processor, outbox, operators, metrics, now }: JobDeps): Job[] {
  const counted: IngestDeps = {
    ...ingest,
    roundMs: POLL_ROUND_MS,
    onPolled: (feed, result) => {
      metrics.polls.inc({ outcome: result.outcome });
      ingest.onPolled?.(feed, result);
    },
  };
  const jobs: Job[] = [
    { name: 'poll', every: 'minute', run: async (_, signal) => void (await pollDueFeeds(counted, signal)) },
    {
      name: 'process',
      every: PROCESS_MS,
      run: async (_, signal) => metrics.articles.inc(await processor.run(now, signal)),
    },
    {
      name: 'publish',
      every: 'minute',
      run: async (at, signal) => void (await publishDigests(publish, at, signal)),
    },
    {
      name: 'alert',
      every: ALERT_MS,
      run: async (at, signal) => void (await publishAlerts(publish, at, signal)),
    },
    {
      name: 'update',
      every: 'minute',
      run: async (at, signal) => void (await publishUpdates(publish, at, signal)),
    },
    {
      name: 'alarm',
      every: ALARM_MS,
      run: async (at) => void (await raiseAlarms({ ...publish, operators }, at)),
    },
    {
      name: 'deliver',
      every: DELIVER_MS,
      run: async () => {
        for (const { round } of await outbox.tick())
          for (const [state, count] of Object.entries(round ?? {})) metrics.deliveries.inc({ state }, count);
      },
    },
  ];
  return jobs.map((job) => ({
    ...job,
    run: async (at, signal) => {
      const end = metrics.jobSeconds.startTimer({ job: job.name });
      try {
        await job.run(at, signal);
      } finally {
        end();
      }
    },
  }));
}
