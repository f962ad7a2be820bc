import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import type { Job } from '../../src/scheduler/job.ts';
import { createScheduler, type Scheduler } from '../../src/scheduler/scheduler.ts';

let scheduler: Scheduler;
afterEach(() => scheduler.stop(0));

function start(...jobs: Job[]): { log: () => { msg: string; job?: string; err?: { message: string } }[] } {
  let text = '';
  const sink = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  scheduler = createScheduler(jobs, Date.now, pino(sink));
  scheduler.start();
  return {
    log: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

it('runs every job at once at the start, and again after its pause', async () => {
  let runs = 0;
  start({ name: 'a', every: 20, run: async () => void runs++ });
  expect(runs).toBe(1);
  await expect.poll(() => runs).toBeGreaterThan(3);
});

it('never runs a job beside itself, however long it takes', async () => {
  let [running, most, runs] = [0, 0, 0];
  start({
    name: 'slow',
    every: 1,
    run: async () => {
      most = Math.max(most, ++running);
      await wait(30);
      running--;
      runs++;
    },
  });
  await expect.poll(() => runs).toBeGreaterThan(3);
  expect(most).toBe(1);
});

it('lets a slow job hold up no other', async () => {
  let runs = 0;
  start(
    { name: 'slow', every: 1, run: (_, signal) => wait(60_000, undefined, { signal }) },
    { name: 'quick', every: 5, run: async () => void runs++ },
  );
  await expect.poll(() => runs).toBeGreaterThan(3);
});

it('logs a job that fails, repeats it, and does not count the failure as a run that ended well', async () => {
  let runs = 0;
  const { log } = start({
    name: 'shaky',
    every: 5,
    run: async () => {
      if (++runs < 3) throw new Error('the disk is full');
    },
  });
  expect(scheduler.lastRuns().has('shaky')).toBe(false);
  await expect.poll(() => runs).toBeGreaterThan(3);
  const failed = log().filter((line) => line.msg === 'job failed');
  expect(failed).toHaveLength(2);
  expect(failed[0]).toMatchObject({ job: 'shaky', err: { message: 'the disk is full' } });
  expect(scheduler.lastRuns().get('shaky')).toBeGreaterThan(0);
});

it('waits at its stop for what is running, and starts nothing more', async () => {
  let [ended, runs] = [false, 0];
  start(
    {
      name: 'writing',
      every: 1,
      run: async () => {
        await wait(150);
        ended = true;
      },
    },
    { name: 'quick', every: 5, run: async () => void runs++ },
  );
  await scheduler.stop(5_000);
  expect(ended).toBe(true);
  const before = runs;
  await wait(50);
  expect(runs).toBe(before);
});

it('aborts what does not end within the time of the stop, and calls that no failure', async () => {
  const { log } = start({
    name: 'endless',
    every: 1,
    run: (_, signal) => wait(60_000, undefined, { signal }),
  });
  const asked = performance.now();
  await scheduler.stop(100);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(log()).toEqual([]);
});
