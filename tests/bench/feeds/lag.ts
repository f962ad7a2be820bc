import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { createFeedParser } from '../../../src/feeds/feed-parser.ts';
import { createHttpClient } from '../../../src/net/http-client.ts';
import { drawFeed } from './draw-feed.ts';

const MB = 2 ** 20;

/** How long the main loop stands still while large and hostile documents are read. */
export async function benchLag(): Promise<void> {
  const parser = createFeedParser();
  const documents: [string, Buffer][] = [
    ['a feed of 8 MB', Buffer.from(drawFeed(1, 6_300))],
    ['a nest of 8 MB', Buffer.from(`<rss version="2.0"><channel>${'<a>'.repeat((8 * MB) / 3)}`)],
    ['an attribute of 8 MB', Buffer.from(`<rss version="2.0" a="${'x'.repeat(8 * MB)}"/>`)],
    [
      'a million references',
      Buffer.from(`<rss version="2.0"><channel><item><title>${'&amp;'.repeat(1.5 * MB)}`),
    ],
    ['100 feeds of 30 KB', Buffer.from(drawFeed(2, 23))],
  ];
  for (const [name, bytes] of documents) {
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    const start = performance.now();
    for (let i = 0; i < (bytes.length < 100_000 ? 100 : 1); i++) {
      await parser.parse(bytes, {});
      await new Promise(setImmediate);
    }
    const ms = performance.now() - start;
    delay.disable();
    console.log(
      `${name.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms in all; main loop p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms (goal p99 < 50)`,
    );
  }
  await parser.close();
}

/** Memory while bombs are fetched and read. */
export async function benchBombs(): Promise<void> {
  const gigabyte = gzipSync(Buffer.alloc(512 * MB));
  const brotli = brotliCompressSync(Buffer.alloc(256 * MB), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 2 },
  });
  const elements = gzipSync(Buffer.from(`<rss version="2.0"><channel>${'<item/>'.repeat(1.1 * MB)}`));
  const server = createServer((request, response) => {
    const encoding = request.url === '/brotli' ? 'br' : 'gzip';
    const body = { '/gzip': gigabyte, '/brotli': brotli, '/elements': elements }[request.url!];
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient({ userAgent: 'bench', allowPrivate: true });
  const parser = createFeedParser();
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  for (const path of ['/gzip', '/brotli', '/elements']) {
    const answer = await client
      .fetchBytes(`http://127.0.0.1:${port}${path}`)
      .catch((error: Error) => error.message);
    const said = typeof answer === 'string' ? answer : (await parser.parse(answer.body, {})).problem?.message;
    console.log(`${path.slice(1).padEnd(24)} ${said}`);
  }
  clearInterval(timer);
  console.log(`RSS before ${mb(before)} MB, at most ${mb(most)} MB (goal < 300)`);
  await Promise.all([client.close(), parser.close()]);
  server.close();
}

function mb(bytes: number): number {
  return Math.round(bytes / MB);
}
