import Parser from 'rss-parser';
import { parseFeed } from '../../../src/feeds/parse-feed.ts';
import { drawFeed } from './draw-feed.ts';

const ROUNDS = 9;

/** MB/s of the whole way from bytes to entries, beside rss-parser alone on text that is decoded already. */
export async function benchParsing(): Promise<void> {
  // Small enough for rss-parser to do the reading.
  const few = Array.from({ length: 60 }, (_, i) => drawFeed(i, 9, 0, 8));
  const teasers = Array.from({ length: 60 }, (_, i) => drawFeed(i, 20, 0, 8));
  const small = Array.from({ length: 60 }, (_, i) => drawFeed(i, 20));
  const long = [drawFeed(98, 1_000, 0, 1_000)];
  const many = [drawFeed(99, 5_200)];
  for (const [name, documents, goal] of [
    ['9 entries, teasers', few, 0.8],
    ['20 entries, teasers', teasers, 0.8],
    ['20 entries, whole texts', small, 0.8],
    [`${(long[0]!.length / 1e6).toFixed(1)} MB in 1,000 entries`, long, 1.5],
    [`${(many[0]!.length / 1e6).toFixed(1)} MB in 5,200 entries`, many, 1.5],
  ] as const) {
    const bytes = documents.map((text) => Buffer.from(text));
    const megabytes = documents.reduce((sum, text) => sum + text.length, 0) / 1e6;
    const theirs: number[] = [];
    const ours: number[] = [];
    // In turns, so that both see the same machine.
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await timed(documents, (text) => new Parser().parseString(text)));
      ours.push(await timed(bytes, (document) => parseFeed(document, { url: 'https://outlet.example/rss' })));
    }
    const [a, b] = [megabytes / median(theirs), megabytes / median(ours)];
    console.log(
      `${name.padEnd(24)} rss-parser ${a.toFixed(1)} MB/s  tumen ${b.toFixed(1)} MB/s  × ${(b / a).toFixed(2)} (goal ≥ ${goal})`,
    );
  }
}

/** Processor seconds, which a busy machine changes less than the time on the wall. */
async function timed<T>(documents: readonly T[], read: (document: T) => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  for (const document of documents) await read(document);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
