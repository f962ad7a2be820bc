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

const NEWEST = 100;

/** Serves an archive as one feed for each outlet, each carrying its newest entries up to a moment. */
export async function serveStream(articles: StreamArticle[]) {
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
    const { type, body } = drawFeed({ ...outlet, format: 'rss2', charset: 'utf-8' }, `https://${slug}.example/`, entries);
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    outlets: [...byOutlet.keys()],
    feedUrl: (slug: string) => `http://127.0.0.1:${port}/${slug}`,
    showUntil: (at: number) => {
      moment = at;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
