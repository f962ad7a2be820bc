import { Worker } from 'node:worker_threads';
import { openStore } from './open-store.ts';
import { type RetentionPolicy, type RetentionReport, retain } from './retention.ts';

/** What the worker is told. */
export interface RetentionTask {
  file: string;
  policy: RetentionPolicy;
  now: number;
}

/**
 * Retention on a connection of its own. On SQLite it runs in a worker thread, gives freed pages back to the disk and
 * never keeps the write lock for long; on Postgres the server does the work.
 */
export async function runRetention(
  target: { file: string } | { url: string },
  policy: RetentionPolicy,
  now: number,
  signal?: AbortSignal,
): Promise<RetentionReport> {
  signal?.throwIfAborted();
  if ('file' in target) return inWorker({ file: target.file, policy, now }, signal);
  const store = await openStore({ url: target.url });
  try {
    return await retain(store, policy, now, signal);
  } finally {
    await store.close();
  }
}

function inWorker(task: RetentionTask, signal?: AbortSignal): Promise<RetentionReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./retention-worker.ts', import.meta.url), { workerData: task });
    // Safe at any moment: what is not committed is undone by the next who opens the file.
    const stop = () => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(signal?.reason ?? new Error('the retention worker ended early'));
    });
  });
}
