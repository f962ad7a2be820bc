import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A feed that grows: every item an event of its own between the two countries of the topic. */
export interface FeedSource {
  url: string;
  publish(items: number): void;
  /** The link of everything published so far. */
  links(): string[];
  close(): Promise<void>;
}

const KINDS = [
  'ferry',
  'railway',
  'coal',
  'fishery',
  'timber',
  'visa',
  'bridge',
  'satellite',
  'grain',
  'museum',
  'flood',
  'mine',
];
const VERBS = [
  'signs',
  'delays',
  'opens',
  'inspects',
  'cancels',
  'doubles',
  'hosts',
  'extends',
  'audits',
  'insures',
  'maps',
  'rents',
];
const TOWNS = [
  'Rason',
  'Khasan',
  'Vladivostok',
  'Chongjin',
  'Nampo',
  'Moscow',
  'Wonsan',
  'Ussuriysk',
  'Hamhung',
  'Kaesong',
  'Sinuiju',
];
/** What a feed carries at most; older items fall out of it. */
const WINDOW = 60;

export async function startFeedSource(): Promise<FeedSource> {
  let count = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' });
    const first = Math.max(1, count - WINDOW + 1);
    const items = Array.from({ length: count - first + 1 }, (_, i) => item(first + i)).reverse();
    response.end(`<rss version="2.0"><channel><title>Sample Wire</title>${items.join('')}</channel></rss>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rss`,
    publish(items) {
      count += items;
    },
    links: () => Array.from({ length: count }, (_, i) => linkOf(i + 1)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function item(n: number): string {
  const kind = KINDS[n % KINDS.length]!;
  const verb = VERBS[Math.floor(n / KINDS.length) % VERBS.length]!;
  const town = TOWNS[n % TOWNS.length]!;
  const title = `Russia and North Korea: ${kind} commission ${verb} plan ${n} in ${town}`;
  const text = `The joint ${kind} commission of Russia and North Korea met in ${town} on plan ${n}. Pyongyang and Moscow said ${n * 7} workers take part.`;
  return `<item><title>${title}</title><link>${linkOf(n)}</link><guid>${linkOf(n)}</guid><description>${text}</description><pubDate>${new Date().toUTCString()}</pubDate></item>`;
}

const linkOf = (n: number) => `https://wire.example.org/items/${n}`;
