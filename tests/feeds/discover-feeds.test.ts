import { afterAll, describe, expect, test } from 'vitest';
import { discoverFeeds, typedAddress } from '../../src/feeds/discover-feeds.ts';
import { createFeedParser } from '../../src/feeds/feed-parser.ts';
import { createHttpClient } from '../../src/net/http-client.ts';
import { startWebServer } from '../fakes/web-server.ts';

const deps = {
  client: createHttpClient({ userAgent: 'test', allowPrivate: true }),
  parser: createFeedParser(),
};
afterAll(() => Promise.all([deps.client.close(), deps.parser.close()]));
const rss = (title: string) =>
  `<rss version="2.0"><channel><title>${title}</title><item><title>A</title></item></channel></rss>`;

function site(pages: Record<string, string>) {
  return startWebServer((request, response) => {
    const found = pages[request.url!];
    response
      .writeHead(found === undefined ? 404 : 200, {
        'content-type': found?.startsWith('<rss') ? 'text/xml' : 'text/html',
      })
      .end(found ?? '');
  });
}
const titles = (found: { feed: { title: string | null } }[]) => found.map(({ feed }) => feed.title);

describe('discoverFeeds', () => {
  test('a feed is its own answer', async () => {
    await using server = await site({ '/rss': rss('Sample') });
    expect(titles((await discoverFeeds(`${server.origin}/rss`, deps)).found)).toEqual(['Sample']);
  });

  test('what is kept is the address that was asked, or where a permanent redirect leads', async () => {
    await using server = await startWebServer((request, response) => {
      const hops: Record<string, [number, string]> = {
        '/temporary': [302, '/cdn/rss'],
        '/permanent': [301, '/new'],
        '/both': [308, '/kept'],
        '/kept': [307, '/cdn/rss'],
      };
      const hop = hops[request.url!];
      if (hop) response.writeHead(hop[0], { location: hop[1] }).end();
      else response.end(rss('Sample'));
    });
    const kept = async (path: string) => {
      const { found } = await discoverFeeds(server.origin + path, deps);
      return found.map(({ url }) => url);
    };
    expect(await kept('/temporary')).toEqual([`${server.origin}/temporary`]);
    expect(await kept('/permanent')).toEqual([`${server.origin}/new`]);
    expect(await kept('/both')).toEqual([`${server.origin}/kept`]);
  });

  test('a page names its feeds, relative to its base, comments last', async () => {
    const links =
      '<base href="/de/"><link rel="alternate" type="application/rss+xml" href="comments.xml"><link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" href="news.xml"><link rel="alternate" hreflang="fr" href="/fr/">';
    await using server = await site({
      '/': `<!doctype html><html><head>${links}</head></html>`,
      '/de/news.xml': rss('News'),
      '/de/comments.xml': rss('Comments'),
    });
    expect(titles((await discoverFeeds(server.origin, deps)).found)).toEqual(['News', 'Comments']);
  });

  test('a page that names none is tried at the usual addresses, and links to feeds count', async () => {
    await using usual = await site({
      '/': '<html><head><title>Sample</title></head></html>',
      '/rss.xml': rss('Usual'),
    });
    expect(titles((await discoverFeeds(usual.origin, deps)).found)).toEqual(['Usual']);
    await using linked = await site({
      '/': '<html><body><a href="/about">About</a><a href="/export/rss2/index.xml">RSS</a></body></html>',
      '/export/rss2/index.xml': rss('Linked'),
    });
    expect(titles((await discoverFeeds(linked.origin, deps)).found)).toEqual(['Linked']);
  });

  test('nothing found is said in words', async () => {
    await using server = await site({ '/': '<html><head><title>Sample</title></head></html>' });
    const { found, problem } = await discoverFeeds(server.origin, deps);
    expect(found).toEqual([]);
    expect(problem!.message).toMatch(/names no feed/);
    expect((await discoverFeeds('http://user:pw@wire.example/', deps)).problem!.code).toBe('refused-address');
    expect((await discoverFeeds('what?', deps)).problem).not.toBeNull();
    await using lists = await site({ '/': '<opml version="2.0"><head/><body/></opml>' });
    expect((await discoverFeeds(lists.origin, deps)).problem!.message).toMatch(/OPML list/);
  });

  test.each([
    ['example.org/rss', 'https://example.org/rss'],
    ['example.org:8080/rss', 'https://example.org:8080/rss'],
    [' http://example.org ', 'http://example.org'],
    ['ftp://example.org', 'ftp://example.org'],
  ])('what is typed as %s is the address %s', (typed, address) => {
    expect(typedAddress(typed)).toBe(address);
  });
});
