import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawFeed } from '../../src/demo/draw-feed.ts';
import { madeText, madeTitle } from './made-news.ts';

/** Feeds of 20 invented entries each, `/0`, `/1`, …, on one port of every loopback address. */
export async function startMadeFeeds(): Promise<{ port: number; nextRound(): void }> {
  let round = 0;
  const server = createServer((request, response) => {
    const feed = Number(request.url!.slice(1));
    const entries = Array.from({ length: 20 }, (_, k) => {
      // One new entry a round and feed, as the better of them have.
      const i = 1_000_000 + feed * 1_000 + round + k;
      const link = `https://feed-${feed}.example/${i}`;
      return { url: link, guid: link, title: madeTitle(i), text: madeText(i), at: Date.now() - k * 60_000 };
    });
    const outlet = {
      slug: `feed-${feed}`,
      name: `Feed ${feed}`,
      country: '',
      language: 'en',
      tier: 2 as const,
      stateMedia: false,
    };
    const { type, body } = drawFeed(
      { ...outlet, format: 'rss2', charset: 'utf-8' },
      `https://feed-${feed}.example/`,
      entries,
    );
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return { port: (server.address() as AddressInfo).port, nextRound: () => round++ };
}
