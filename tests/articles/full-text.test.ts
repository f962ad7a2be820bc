import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEnricher } from '../../src/articles/enrich-articles.ts';
import { createPageReader } from '../../src/articles/read-page.ts';
import type { Article, NewArticle } from '../../src/model/article.ts';
import { createHttpClient } from '../../src/net/http-client.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { addSampleFeed, sampleEntry } from '../fakes/sample-store.ts';
import { startWebServer } from '../fakes/web-server.ts';

let now = Date.UTC(2024, 5, 19);
const client = createHttpClient({ userAgent: 'tumen/test', allowPrivate: true });
const pages = createPageReader(client, () => now);
afterAll(() => Promise.all([pages.close(), client.close()]));

const body = [
  'The first freight train in four years crossed the bridge on Wednesday.',
  'Officials at the station said that twelve wagons carried grain.',
  'A second train is due on Friday, according to the timetable.',
]
  .map((sentence) => `<p>${`${sentence} `.repeat(4)}</p>`)
  .join('');
const page = `<!doctype html><html><head><title>Freight crosses again</title><script>track('x')</script></head><body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Freight crosses again</h1>${body}</article><footer>Cookies, terms</footer></body></html>`;

describe('reading a page', () => {
  test('gives the article and nothing around it', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    });
    const text = await pages.read(`${server.origin}/1`);
    expect(text).toMatch(/^The first freight train.*\n\nOfficials at the station.*\n\nA second train/);
    expect(text).not.toMatch(/Cookies|Home|track/);
  });

  test('keeps to robots.txt, which is asked once a day', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt')
        response.end('User-agent: *\nDisallow: /paid/\n\nUser-agent: tumen\nDisallow: /secret/');
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    await expect(pages.read(`${server.origin}/secret/1`)).rejects.toThrow(/robots\.txt/);
    expect(await pages.read(`${server.origin}/open/1`)).toContain('freight train');
    expect(server.requests.filter(({ url }) => url === '/robots.txt')).toHaveLength(1);
    expect(server.requests.some(({ url }) => url?.startsWith('/secret'))).toBe(false);
    now += 25 * 3_600_000;
    await pages.read(`${server.origin}/open/1`);
    expect(server.requests.filter(({ url }) => url === '/robots.txt')).toHaveLength(2);
  });

  test('a site whose robots.txt cannot be read is left alone, but not for a day', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(503).end());
    await expect(pages.read(`${server.origin}/1`)).rejects.toThrow(/robots\.txt/);
    await expect(pages.read(`${server.origin}/2`)).rejects.toThrow(/robots\.txt/);
    expect(server.requests).toHaveLength(1);
    server.answer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    now += 20 * 60_000;
    expect(await pages.read(`${server.origin}/1`)).toContain('freight train');
  });

  test('what a site said counts on while it cannot be asked', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /paid/');
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    expect(await pages.read(`${server.origin}/open/1`)).toContain('freight train');
    const before = server.requests.length;
    server.answer((request, response) => {
      if (request.url === '/robots.txt') response.destroy();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    now += 25 * 3_600_000;
    expect(await pages.read(`${server.origin}/open/2`)).toContain('freight train');
    await expect(pages.read(`${server.origin}/paid/2`)).rejects.toThrow(/robots\.txt/);
    expect(server.requests.length).toBeGreaterThan(before + 1);
  });

  test('of a robots.txt of any size the first 500 KiB count', async () => {
    const head = 'User-agent: *\nDisallow: /early/\n';
    const filler = '# nothing but words\n'.repeat(40_000);
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt') response.end(`${head}${filler}Disallow: /late/\n`);
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    await expect(pages.read(`${server.origin}/early/1`)).rejects.toThrow(/robots\.txt/);
    expect(await pages.read(`${server.origin}/late/1`)).toContain('freight train');
  });

  test('the pause that a site asks for is kept', async () => {
    const times: number[] = [];
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt') return response.end('User-agent: tumen\nCrawl-delay: 0.4');
      times.push(performance.now());
      response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    for (const path of ['/1', '/2', '/3']) await pages.read(server.origin + path);
    for (const [i, time] of times.slice(1).entries()) expect(time - times[i]!).toBeGreaterThan(350);
  });
});

describe('full text on demand', () => {
  const RELEVANT = {
    ...{ topic: 'russia-north-korea', score: 1, relevant: true, kind: 'report' as const },
    ...{ themes: [], entities: [], sides: [], reasons: [] },
  };
  const log = { info: () => undefined, debug: () => undefined };
  let store: Store;
  beforeEach(async () => {
    store = await openStore({ file: ':memory:' });
  });
  afterEach(() => store.close());

  /** Stores relevant articles at these addresses. */
  async function addRelevant(urls: string[], more: Partial<NewArticle> = {}): Promise<Article[]> {
    const feed = await addSampleFeed(store);
    await store.feeds.update(feed.id, { fullText: 'relevant' });
    const entries = urls.map((url, i) => {
      const entry = { ...sampleEntry(feed, i), identity: `url:${url}`, url, text: 'A teaser.' };
      return { ...entry, published: now, firstSeen: now, ...more };
    });
    const results = await store.articles.ingest(feed.id, entries, now);
    const articles = results.map(({ article }) => article!);
    await store.verdicts.saveMany(articles.map(({ id }) => ({ ...RELEVANT, articleId: id, revision: 1 })));
    return articles;
  }
  /** A round, as the first thing that a new process does. */
  const enrich = () =>
    createEnricher({ store, pages, log, now: () => now }).run(new AbortController().signal);

  test('is a revision; where it fails the teaser stays, and the page is left in peace after two tries', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url === '/robots.txt' || request.url === '/gone') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    });
    const [good, gone] = await addRelevant([`${server.origin}/good`, `${server.origin}/gone`]);
    expect(await enrich()).toBe(1);
    expect(await store.articles.get(good!.id)).toMatchObject({
      revision: 2,
      fullText: true,
      text: expect.stringContaining('twelve wagons'),
    });
    expect(await store.articles.get(gone!.id)).toEqual(gone);
    const asked = () => server.requests.filter(({ url }) => url === '/gone').length;
    await enrich();
    expect(asked()).toBe(1);
    for (let i = 0; i < 3; i++) {
      now += 7 * 3_600_000;
      await enrich();
    }
    expect(asked()).toBe(2);
  });

  test('is fetched for recent teasers only', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(404).end());
    await addRelevant([`${server.origin}/whole`], {
      text: 'The whole story stands in the feed. '.repeat(30),
    });
    await addRelevant([`${server.origin}/old`], { published: now - 80 * 3_600_000 });
    await enrich();
    expect(server.requests).toEqual([]);
  });
});
