import { type FeedSource, type ParseResult, parseFeed } from './parse-feed.ts';
import { createSandbox, type SandboxLimits } from './sandbox.ts';

/** Bytes that are read in the main loop: what takes longer than 10 ms goes to a worker. */
export const INLINE_BYTES = 16 * 1024;

export interface FeedParser {
  /** Never throws: a document that kills its reader is a problem in words. */
  parse(bytes: Uint8Array, source: FeedSource): Promise<ParseResult>;
  close(): Promise<void>;
}

export interface ParseJob {
  bytes: Uint8Array;
  source: FeedSource;
}

/** Reads small documents at once and larger ones in a worker with limits. */
export function createFeedParser(limits: Partial<SandboxLimits> = {}): FeedParser {
  const sandbox = createSandbox<ParseJob, ParseResult>(new URL('./parse-worker.ts', import.meta.url), {
    deadlineMs: 10_000,
    memoryMb: 160,
    ...limits,
  });
  return {
    parse(bytes, source) {
      if (bytes.length <= INLINE_BYTES && !isJson(bytes)) return parseFeed(bytes, source);
      return sandbox.run({ bytes, source }).catch((error: Error): ParseResult => {
        return { feed: null, problem: { code: 'unparsable', message: `the document ${error.message}` } };
      });
    },
    close: sandbox.close,
  };
}

/** What reads JSON Feed takes longer to load than the main loop may be held up. */
function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x7b /* { */ || first === 0x5b /* [ */;
}
