import { Worker } from 'node:worker_threads';
import { type FeedSource, type ParseResult, parseFeed } from './parse-feed.ts';

/** Bytes that are read in the main loop: what takes longer than 10 ms goes to a worker. */
const INLINE_BYTES = 40 * 1024;
const DEADLINE_MS = 10_000;
const MEMORY_MB = 160;
/** An idle worker gives its memory back, ms. */
const IDLE_MS = 30_000;

export interface FeedParserOptions {
  inlineBytes?: number;
  deadlineMs?: number;
  memoryMb?: number;
}

export interface FeedParser {
  /** Never throws: a document that kills its reader is a problem in words. */
  parse(bytes: Uint8Array, source: FeedSource): Promise<ParseResult>;
  close(): Promise<void>;
}

export interface ParseJob {
  bytes: Uint8Array;
  source: FeedSource;
}

/**
 * Reads small documents at once and larger ones in one worker with a memory limit and a deadline. One at a time: the
 * limit of memory then holds for all.
 */
export function createFeedParser(options: FeedParserOptions = {}): FeedParser {
  const { inlineBytes = INLINE_BYTES, deadlineMs = DEADLINE_MS, memoryMb = MEMORY_MB } = options;
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  return {
    parse(bytes, source) {
      if (bytes.length <= inlineBytes) return parseFeed(bytes, source);
      const result = last.then(() => run({ bytes, source }));
      last = result;
      return result;
    },
    close: () => last.then(stop),
  };

  function run(job: ParseJob): Promise<ParseResult> {
    clearTimeout(idle);
    worker ??= start();
    const current = worker;
    current.ref();
    return new Promise<ParseResult>((resolve) => {
      const timer = setTimeout(() => {
        void end({
          code: 'unparsable',
          message: `the document could not be read within ${deadlineMs / 1000} s`,
        });
      }, deadlineMs);
      const end = async (problem: { code: 'unparsable'; message: string }) => {
        finish();
        await stop();
        resolve({ feed: null, problem });
      };
      const finish = () => {
        clearTimeout(timer);
        current.removeAllListeners();
        current.on('error', () => undefined);
      };
      current.once('message', (result: ParseResult) => {
        finish();
        current.unref();
        idle = setTimeout(stop, IDLE_MS).unref();
        resolve(result);
      });
      current.once('error', (error: NodeJS.ErrnoException) => {
        const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        void end({
          code: 'unparsable',
          message: full
            ? `reading the document takes more than ${memoryMb} MB of memory`
            : `reading the document failed: ${error.message}`,
        });
      });
      current.once(
        'exit',
        () => void end({ code: 'unparsable', message: 'reading the document ended its reader' }),
      );
      current.postMessage(job);
    });
  }

  function start(): Worker {
    const started = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 24, stackSizeMb: 4 },
      // The reader has no use for the environment: it holds secrets.
      env: {},
      execArgv: [],
    });
    started.unref();
    return started;
  }

  async function stop(): Promise<void> {
    const old = worker;
    worker = null;
    clearTimeout(idle);
    await old?.terminate();
  }
}
