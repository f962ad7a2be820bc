// The real stream through the whole service, hour by hour, and the rate from parsed entry to stored verdict.
// npm run bench:stream [-- --days 7] [--languages en,ko] [--out folder]
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { normalizeEntries } from '../../src/articles/normalize-article.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { openCore } from '../../src/core.ts';
import { createProcessor } from '../../src/pipeline/process-articles.ts';
import { replayStream } from './replay-stream.ts';
import { forkStream } from './stream-process.ts';
import { readStream } from './stream-server.ts';

const { values } = parseArgs({
  options: {
    days: { type: 'string' },
    languages: { type: 'string', default: 'en,ko' },
    out: { type: 'string', default: 'out/stream' },
  },
});
const file = join(process.env.TUMEN_DATA ?? '../shared/data', 'stream/2025-09.jsonl');
if (!existsSync(file)) {
  console.log(`skipped: there is no ${file}`);
  process.exit(0);
}
const days = values.days ? Number(values.days) : undefined;
const source = await forkStream(file, days);
const replay = await replayStream(source, values.languages.split(','));
await source.close();
mkdirSync(values.out, { recursive: true });
for (const { digest, text } of replay.digests)
  writeFileSync(join(values.out, `${new Date(digest.at).toISOString().slice(0, 10)}.txt`), text);
const perSecond = (count: number, ms: number) => `${Math.round((count / ms) * 1000).toLocaleString('en')}/s`;
console.log(
  `articles ${replay.articles}, digests ${replay.digests.length} (in ${values.out}), peak RSS ${replay.peakMb.toFixed(0)} MB`,
);
console.log(
  `polling ${(replay.pollMs / 1000).toFixed(1)} s, judging and grouping ${perSecond(replay.articles, replay.processMs)}, digests ${(replay.digestMs / replay.digests.length).toFixed(0)} ms each`,
);
const articles = readStream(file, days);
console.log(`parsed entry to stored verdict: ${perSecond(articles.length, await ingestAtOnce())}`);

/** Normalizes, stores, judges and groups everything in documents of 100 entries; ms. */
async function ingestAtOnce(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'tumen-ingest-'));
  const core = await openCore(
    { ...loadConfig({}), home },
    { log: pino({ level: 'silent' }), owner: 'bench' },
  );
  const { store, topics, owner, log } = core;
  const now = Date.parse(articles.at(-1)!.published);
  const outlet = await store.outlets.save({
    slug: 'bench',
    name: 'bench',
    domain: null,
    country: null,
    language: 'und',
    tier: 2,
    stateMedia: false,
    paywalled: false,
  });
  const { feed } = await store.feeds.add({
    url: 'https://bench.example/',
    scope: 'instance',
    outletId: outlet.id,
    title: null,
    language: null,
    fullText: 'never',
    nextPollAt: now,
  });
  const processor = createProcessor({ store, topics, owner, log });
  const documents = Array.from({ length: Math.ceil(articles.length / 100) }, (_, i) =>
    articles.slice(i * 100, i * 100 + 100).map((a) => ({
      id: a.url,
      url: a.url,
      title: a.title,
      text: a.summary ?? null,
      published: new Date(a.published).toISOString(),
      updated: null,
      authors: [],
      categories: [],
    })),
  );
  const started = performance.now();
  for (const entries of documents) {
    await store.articles.ingest(feed.id, normalizeEntries(entries, feed, now), now);
    await processor.run(() => now);
  }
  const ms = performance.now() - started;
  await core.close();
  rmSync(home, { recursive: true });
  return ms;
}
