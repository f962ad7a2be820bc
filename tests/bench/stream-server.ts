import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawFeed } from '../../src/demo/draw-feed.ts';

export interface StreamArticle {
  url: string;
  title: string;
  summary?: string;
  published: string;
  outlet: string;
}

/** An archive as feeds on loopback, up to a moment that moves on. */
export interface StreamSource {
  outlets: string[];
  /** Published times of its first and last article, ms UTC. */
  from: number;
  until: number;
  feedUrl(outlet: string): string;
  showUntil(at: number): Promise<void>;
  close(): Promise<void>;
}

const NEWEST = 100;

/** The articles of a file of JSON lines, in order of time; its first days only where they are given. */
export function readStream(file: string, days = Number.POSITIVE_INFINITY): StreamArticle[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const articles = lines.map((line) => JSON.parse(line) as StreamArticle);
  const end = Date.parse(articles[0]!.published) + days * 86_400_000;
  return articles.filter((article) => Date.parse(article.published) < end);
}

/** Serves an archive as one feed for each outlet, each carrying its newest entries up to a moment. */
export async function serveStream(articles: StreamArticle[]): Promise<StreamSource> {
  const byOutlet = Map.groupBy(
    articles.map((article) => ({ ...article, at: Date.parse(article.published) })),
    (article) => article.outlet,
  );
  let moment = 0;
  const server = createServer((request, response) => {
    const slug = request.url!.slice(1);
    const all = byOutlet.get(slug) ?? [];
    const entries = all
      .filter((article) => article.at <= moment)
      .slice(-NEWEST)
      .reverse()
      .map(({ url, title, summary, at }) => ({ url, guid: url, title, text: summary ?? '', at }));
    const outlet = { slug, name: slug, country: '', language: '', tier: 2 as const, stateMedia: false };
    const { type, body } = drawFeed(
      { ...outlet, format: 'rss2', charset: 'utf-8' },
      `https://${slug}.example/`,
      entries,
    );
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    outlets: [...byOutlet.keys()],
    from: Date.parse(articles[0]!.published),
    until: Date.parse(articles.at(-1)!.published),
    feedUrl: (slug) => `http://127.0.0.1:${port}/${slug}`,
    showUntil: async (at) => {
      moment = at;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
