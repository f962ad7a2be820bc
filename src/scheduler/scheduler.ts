import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Job } from './job.ts';

export interface Scheduler {
  start(): void;
  /** Lets running jobs end, at most `drainMs`; then their signal is aborted. */
  stop(drainMs: number): Promise<void>;
  /** When each job last ended well, ms UTC. */
  lastRuns(): ReadonlyMap<string, number>;
}

/** Runs each job when its time comes, never beside itself. A job that fails is logged and runs again at its next time. */
export function createScheduler(jobs: readonly Job[], now: () => number, log: Logger): Scheduler {
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  const ended = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;
  // One task each minute in UTC: no clock change can lose or repeat it. A few seconds after the full minute, when
  // what was stored before it is visible to everybody, so that a digest of the hour goes out in that same minute.
  const task = cron.createTask('3 * * * * *', runMinutely, { timezone: 'Etc/UTC' });

  return {
    start() {
      for (const job of jobs) run(job);
      void task.start();
    },
    async stop(drainMs) {
      stopping = true;
      await task.destroy();
      for (const timer of timers) clearTimeout(timer);
      const deadline = setTimeout(() => abort.abort(), drainMs);
      await Promise.all(running.values());
      clearTimeout(deadline);
    },
    lastRuns: () => ended,
  };

  function runMinutely(): void {
    for (const job of jobs) if (job.every === 'minute') run(job);
  }

  function run(job: Job): void {
    if (stopping || running.has(job.name)) return;
    running.set(
      job.name,
      attempt(job).finally(() => {
        running.delete(job.name);
        if (typeof job.every === 'number' && !stopping) later(job, job.every);
      }),
    );
  }

  async function attempt(job: Job): Promise<void> {
    try {
      await job.run(now(), abort.signal);
      ended.set(job.name, now());
    } catch (error) {
      if (!abort.signal.aborted) log.error({ err: error, job: job.name }, 'job failed');
    }
  }

  function later(job: Job, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(job);
    }, ms);
    timers.add(timer);
  }
}
