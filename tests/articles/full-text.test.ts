import { afterAll, describe, expect, test } from 'vitest';
import { createEnricher } from '../../src/articles/enrich-articles.ts';
import { createPageReader } from '../../src/articles/read-page.ts';
import type { Article } from '../../src/model/article.ts';
import { createHttpClient } from '../../src/net/http-client.ts';
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

  test('a site whose robots.txt cannot be read now is left alone', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(503).end());
    await expect(pages.read(`${server.origin}/1`)).rejects.toThrow(/robots\.txt/);
    expect(server.requests).toHaveLength(1);
  });
});

test('relevant articles get their full text as a revision; where that fails the teaser stays and the page is left in peace', async () => {
  await using server = await startWebServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else if (request.url === '/gone') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  const wanting = ['/good', '/gone'].map(
    (path, id) => ({ id, url: server.origin + path, text: 'A teaser.' }) as Article,
  );
  const enriched: { id: number; text: string }[] = [];
  const store = {
    articles: {
      wantingFullText: async () => wanting.filter(({ id }) => !enriched.some((done) => done.id === id)),
      enrich: async (id: number, text: string) => {
        enriched.push({ id, text });
        return wanting[id]!;
      },
    },
  };
  const log = { info: () => undefined, debug: () => undefined };
  const enricher = createEnricher({ store: store as never, pages, log, now: () => now });
  const { signal } = new AbortController();
  expect(await enricher.run(signal)).toBe(1);
  expect(enriched).toEqual([{ id: 0, text: expect.stringContaining('twelve wagons') }]);
  const asked = () => server.requests.filter(({ url }) => url === '/gone').length;
  await enricher.run(signal);
  expect(asked()).toBe(1);
  now += 7 * 3_600_000;
  await enricher.run(signal);
  now += 7 * 3_600_000;
  await enricher.run(signal);
  expect(asked()).toBe(2);
});
