import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Replay, replayStream } from '../bench/replay-stream.ts';
import { readStream, type StreamArticle, serveStream } from '../bench/stream-server.ts';

const FILE = join(process.env.TUMEN_DATA ?? '../shared/data', 'stream/2025-09.jsonl');
const DAYS = 2;

/** The first days of a real month; `npm run bench:stream` takes all of it. */
describe.skipIf(!existsSync(FILE))(`two days of a real stream (skipped where there is no ${FILE})`, () => {
  let articles: StreamArticle[];
  let replay: Replay;
  beforeAll(async () => {
    articles = readStream(FILE, DAYS);
    const source = await serveStream(articles);
    replay = await replayStream(source, ['en', 'ko']);
    await source.close();
  }, 120_000);

  const storiesOf = (digest: Replay['digests'][number]['digest']) =>
    digest.sections.flatMap((section) => section.stories);

  it('takes every article once', () => {
    const urls = new Set(articles.map((article) => article.url));
    expect(articles.length).toBeGreaterThan(200);
    // The feed carries its newest entries only, and an address that comes again is the same article.
    expect(replay.articles).toBeLessThanOrEqual(articles.length);
    expect(replay.articles).toBeGreaterThan(urls.size * 0.9);
  });

  it('gives one digest each morning, at its hour and not late', () => {
    expect(replay.digests.length).toBeGreaterThanOrEqual(DAYS - 1);
    for (const { digest } of replay.digests) {
      expect(new Date(digest.at).toISOString()).toMatch(/T23:00:00/);
      expect(digest.late).toBe(false);
    }
  });

  it('leaves no hole and no overlap between the windows of two mornings', () => {
    const windows = replay.digests.map(({ digest }) => digest.window);
    for (let i = 1; i < windows.length; i++) expect(windows[i]!.since).toBe(windows[i - 1]!.until);
  });

  it('calls no story new twice', () => {
    const fresh = replay.digests.flatMap(({ digest }) =>
      storiesOf(digest)
        .filter((story) => story.badge === 'NEW')
        .map((story) => story.storyId),
    );
    expect(fresh.length).toBeGreaterThan(0);
    expect(new Set(fresh).size).toBe(fresh.length);
  });

  it('quotes every headline and sentence out of the article that it names', () => {
    const texts = new Map(articles.map((article) => [article.url, article]));
    for (const { digest } of replay.digests)
      for (const story of storiesOf(digest))
        for (const { text, source, in: place } of [story.headline, ...story.sentences]) {
          const article = texts.get(story.sources[source]!.url!)!;
          const original = place === 'title' ? article.title : (article.summary ?? '');
          // White space is folded when an article is stored.
          expect(original.replace(/\s+/g, ' ')).toContain(text.replace(/\s+/g, ' ').slice(0, 40));
        }
  });
});
