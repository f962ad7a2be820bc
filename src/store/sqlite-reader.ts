import { Worker } from 'node:worker_threads';

export interface SqliteReader {
  /** Rows of a reading statement, run beside the main thread. */
  read<R>(sql: string, parameters: readonly unknown[]): Promise<{ rows: R[] }>;
  close(): Promise<void>;
}

/** What the worker answers. */
export type ReaderAnswer = { id: number; rows: unknown[] } | { id: number; error: Error };

interface Waiting {
  resolve(result: { rows: never[] }): void;
  reject(error: Error): void;
}

/**
 * A second connection to a database file, for reading only, in a thread of its own: a search that takes long
 * holds nothing up. The thread starts with the first question and keeps no process alive.
 */
export function createSqliteReader(file: string): SqliteReader {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  function start(): Worker {
    const started = new Worker(new URL('./sqlite-reader-worker.ts', import.meta.url), {
      workerData: { file },
    });
    started.unref();
    started.on('message', (answer: ReaderAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (!waiting.size) started.unref();
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve({ rows: answer.rows as never[] });
    });
    started.on('error', fail);
    started.on('exit', () => fail(new Error('the reading thread ended')));
    return started;
  }

  /** Whoever waits is told; the next question starts a new thread. */
  function fail(error: unknown): void {
    worker = null;
    for (const { reject } of waiting.values()) reject(error as Error);
    waiting.clear();
  }

  return {
    read(sql, parameters) {
      worker ??= start();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker!.ref();
        worker!.postMessage({ id, sql, parameters });
      });
    },
    async close() {
      await worker?.terminate();
    },
  };
}
