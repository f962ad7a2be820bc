import type { Readable, Writable } from 'node:stream';

/** What a verb may touch of the process: data goes to `stdout`, words to `stderr`. */
export interface CliIo {
  stdin: Readable;
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal;
  /** 0 done, 1 failed, 2 bad use or bad config; the highest one said wins. */
  exit(code: 0 | 1 | 2): void;
}
