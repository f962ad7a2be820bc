import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DrawnEntry, drawFeed } from './draw-feed.ts';
import type { Samples } from './read-samples.ts';

export interface SampleServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  feedUrl(slug: string): string;
  /** From now on feeds carry everything up to this round, 0 the first. */
  showRound(round: number): void;
  close(): Promise<void>;
}

/** Serves the sample feeds over HTTP on loopback, as publishers do: good ones, one that is a web page, one that fell silent. */
export async function startSampleServer(samples: Samples): Promise<SampleServer> {
  let shown = 0;
  const server = createServer((request, response) => {
    const slug = request.url?.slice(1) ?? '';
    const outlet = samples.outlets.find((o) => o.slug === slug);
    const broken = samples.broken.find((o) => o.slug === slug);
    if (outlet) {
      const { type, body } = drawFeed(outlet, `https://${slug}.example/`, entriesOf(slug));
      response.writeHead(200, { 'content-type': type }).end(body);
    } else if (broken?.fault === 'web-page') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>One moment</title><p>Checking your browser.');
    } else if (broken) {
      const at = samples.rounds[0]!.at - 40 * 86_400_000;
      const old = Array.from({ length: 12 }, (_, i) => ({
        title: `Daily note ${12 - i}`,
        text: 'A note about nothing in particular.',
        at: at - i * 86_400_000,
        guid: `${slug}-${i}`,
        url: `https://${slug}.example/${i}`,
      }));
      const { type, body } = drawFeed(
        { ...broken, format: 'rss2', charset: 'utf-8' },
        `https://${slug}.example/`,
        old,
      );
      response.writeHead(200, { 'content-type': type }).end(body);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    feedUrl: (slug) => `${origin}/${slug}`,
    showRound: (round) => {
      shown = round;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };

  function entriesOf(slug: string): DrawnEntry[] {
    const rounds = samples.rounds.slice(0, shown + 1);
    const shuffled = rounds.at(-1)!.shuffled.includes(slug);
    return rounds
      .flatMap((round) => round.articles)
      .filter((article) => article.outlet === slug)
      .map((article) => {
        const edit = rounds
          .flatMap((round) => round.revised)
          .findLast((revised) => revised.id === article.id);
        const url = `https://${slug}.example/news/${article.id}`;
        const entry = { ...article, ...edit, guid: `${slug}:${article.id}`, url };
        return shuffled
          ? {
              ...entry,
              guid: `${slug}:again:${article.id}`,
              url: `${url}?utm_source=rss&utm_medium=feed`,
              at: rounds.at(-1)!.at - 3_600_000,
            }
          : entry;
      })
      .sort((a, b) => b.at - a.at);
  }
}
