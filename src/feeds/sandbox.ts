import { Worker } from 'node:worker_threads';

/** An idle worker gives its memory back, ms. */
const IDLE_MS = 30_000;

export interface SandboxLimits {
  deadlineMs: number;
  /** Of the heap. */
  memoryMb: number;
}

export interface Sandbox<Job, Result> {
  /** One job at a time: the limit of memory holds for all. @throws SandboxError where the job did not end well */
  run(job: Job): Promise<Result>;
  close(): Promise<void>;
}

/** A job that was stopped at a limit, with a sentence that fits behind "the document". */
class SandboxError extends Error {}

/**
 * Does work on hostile input in a worker that is ended where it takes too long or too much memory; the process goes
 * on, and the next job gets a new worker. The worker sees nothing of the environment, which holds secrets.
 */
export function createSandbox<Job, Result>(script: URL, limits: SandboxLimits): Sandbox<Job, Result> {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  return {
    run(job) {
      const result = last.then(() => runOne(job));
      last = result.catch(() => undefined);
      return result;
    },
    close: () => last.then(stop),
  };

  async function runOne(job: Job): Promise<Result> {
    clearTimeout(idle);
    worker ??= start(script, limits.memoryMb);
    const current = worker;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const timer = setTimeout(
      () => reject(new SandboxError(`could not be read within ${limits.deadlineMs / 1000} s`)),
      limits.deadlineMs,
    );
    const onError = (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const words = full
        ? `takes more than ${limits.memoryMb} MB of memory to read`
        : `cannot be read: ${error.message}`;
      reject(new SandboxError(words, { cause: error }));
    };
    const onExit = () => reject(new SandboxError('ended its reader'));
    current.once('message', resolve).once('error', onError).once('exit', onExit).ref();
    current.postMessage(job);
    try {
      const result = await promise;
      idle = setTimeout(stop, IDLE_MS).unref();
      current.unref();
      return result;
    } catch (error) {
      await stop();
      throw error;
    } finally {
      clearTimeout(timer);
      current.off('message', resolve).off('error', onError).off('exit', onExit);
    }
  }

  async function stop(): Promise<void> {
    const old = worker;
    worker = null;
    clearTimeout(idle);
    // A second error, on its way out, has nobody to tell.
    await old?.on('error', () => undefined).terminate();
  }
}

function start(script: URL, memoryMb: number): Worker {
  return new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 24, stackSizeMb: 4 },
    env: {},
    execArgv: [],
  });
}
