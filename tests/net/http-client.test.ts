import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createHttpClient, MAX_HOPS, userAgent } from '../../src/net/http-client.ts';
import { startWebServer } from '../fakes/web-server.ts';

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
const client = createHttpClient({ userAgent: 'test', allowPrivate: true, headerMs: 400, deadlineMs: 1_500 });
afterAll(() => client.close());
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** Takes connections and never says a word. */
async function silentServer(): Promise<{ server: Server; port: number }> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe('time', () => {
  test('a server that takes the connection and says nothing is given up (row 1)', async () => {
    const { server, port } = await silentServer();
    const start = performance.now();
    await expect(client.fetchBytes(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - start).toBeLessThan(5_000);
    server.close();
  });

  test.concurrent('the real limit for the headers is below 10 s', async () => {
    const { server, port } = await silentServer();
    const real = createHttpClient({ userAgent: 'test', allowPrivate: true });
    await expect(real.fetchBytes(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('within 9 s'),
    });
    await real.close();
    server.close();
  });

  test('a body that trickles in for ever meets the one deadline (row 2)', async () => {
    await using server = await startWebServer((_, response) => {
      const timer = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(timer));
    });
    const start = performance.now();
    await expect(client.fetchBytes(server.origin)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('redirects do not buy more time', async () => {
    await using server = await startWebServer((_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/next' }).end(), 350);
    });
    const start = performance.now();
    await expect(client.fetchBytes(server.origin)).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('the caller can stop it', async () => {
    await using server = await startWebServer(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('going down')), 50);
    await expect(client.fetchBytes(server.origin, { signal: abort.signal })).rejects.toThrow('going down');
  });
});

describe('size and encoding', () => {
  test('an endless body is cut at the cap (row 3)', async () => {
    let sent = 0;
    await using server = await startWebServer((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const pump = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on('drain', pump);
      pump();
    });
    await expect(client.fetchBytes(server.origin, { maxBytes: 2 ** 20 })).rejects.toMatchObject({
      code: 'too-large',
    });
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(40 * 2 ** 20))],
    [
      'br',
      brotliCompressSync(Buffer.alloc(40 * 2 ** 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
    ],
    ['zstd', zstdCompressSync(Buffer.alloc(40 * 2 ** 20))],
  ])('a %s bomb is stopped at the cap on decoded bytes (row 4)', async (encoding, bomb) => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    await expect(client.fetchBytes(server.origin)).rejects.toMatchObject({ code: 'too-large' });
    expect(bomb.length).toBeLessThan(2 ** 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('%s is decoded', async (encoding, compress) => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('плотина Tumen')),
    );
    expect(text((await client.fetchBytes(server.origin)).body)).toBe('плотина Tumen');
    expect(server.requests[0]!.headers['accept-encoding']).toBe('gzip, br, zstd');
  });

  test.each(['gzip, gzip', 'br, gzip', 'compress', 'nonsense'])(
    'the encoding "%s" is refused (row 4)',
    async (encoding) => {
      await using server = await startWebServer((_, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync(gzipSync('x'))),
      );
      await expect(client.fetchBytes(server.origin)).rejects.toMatchObject({ code: 'bad-encoding' });
    },
  );

  test('bytes that are not what they say they are', async () => {
    for (const encoding of ['gzip', 'br', 'zstd']) {
      await using server = await startWebServer((_, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end('<rss version="2.0"></rss>'),
      );
      await expect(client.fetchBytes(server.origin), encoding).rejects.toMatchObject({
        code: expect.stringMatching(/bad-encoding|truncated/),
      });
    }
  });

  test('a body shorter than it was announced, and one whose compression breaks off, are errors (row 5)', async () => {
    await using short = await startWebServer((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('<rss>');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(client.fetchBytes(short.origin)).rejects.toMatchObject({ code: 'truncated' });
    await using cut = await startWebServer((_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync('x'.repeat(50_000)).subarray(0, 60)),
    );
    await expect(client.fetchBytes(cut.origin)).rejects.toMatchObject({ code: 'truncated' });
  });
});

describe('redirects (row 6)', () => {
  test('a loop and a long chain end', async () => {
    await using server = await startWebServer((request, response) => {
      const n = Number(request.url!.slice(1)) || 0;
      response.writeHead(302, { location: `/${n + 1}` }).end();
    });
    await expect(client.fetchBytes(server.origin)).rejects.toMatchObject({ code: 'redirects' });
    expect(server.requests).toHaveLength(MAX_HOPS + 1);
  });

  test('only what is permanent from the first hop on counts as permanent', async () => {
    await using server = await startWebServer((request, response) => {
      const hops: Record<string, [number, string]> = {
        '/a': [301, '/b'],
        '/b': [308, '/c'],
        '/c': [302, '/d'],
        '/t': [307, '/a'],
      };
      const hop = hops[request.url!];
      if (hop) response.writeHead(hop[0], { location: hop[1] }).end();
      else response.end('here');
    });
    const answer = await client.fetchBytes(`${server.origin}/a`);
    expect(answer).toMatchObject({ finalUrl: `${server.origin}/d`, permanentUrl: `${server.origin}/c` });
    expect(await client.fetchBytes(`${server.origin}/t`)).toMatchObject({ permanentUrl: null });
  });
});

describe('one question at a time for each host', () => {
  /** Answers after a while, `/to?<url>` with a redirect; counts what is open at once. */
  async function startSlow(ms: number) {
    let open = 0;
    const seen = { atOnce: 0 };
    const server = await startWebServer((request, response) => {
      seen.atOnce = Math.max(seen.atOnce, ++open);
      setTimeout(() => {
        open--;
        const target = /^\/to\?(.*)/.exec(request.url!)?.[1];
        if (target) response.writeHead(302, { location: target }).end();
        else response.end('here');
      }, ms);
    });
    return Object.assign(server, { seen });
  }

  test('holds by way of redirects too, and who leads to whom does not matter', async () => {
    await using a = await startSlow(30);
    await using b = await startSlow(30);
    const urls = [
      ...[`${a.origin}/1`, `${b.origin}/1`],
      ...[`${a.origin}/to?${b.origin}/2`, `${b.origin}/to?${a.origin}/2`],
      ...[`${a.origin}/to?${b.origin}/to?${a.origin}/3`, `${b.origin}/to?${b.origin}/3`],
    ];
    const answers = await Promise.all(urls.map((url) => client.fetchBytes(url)));
    expect(answers.map(({ status }) => status)).toEqual(urls.map(() => 200));
    expect([a.seen.atOnce, b.seen.atOnce]).toEqual([1, 1]);
    expect([a.connections(), b.connections()]).toEqual([1, 1]);
  });

  test('time begins with the turn', async () => {
    await using server = await startSlow(300);
    const quick = createHttpClient({
      userAgent: 'test',
      allowPrivate: true,
      headerMs: 900,
      deadlineMs: 1_000,
    });
    const answers = await Promise.all(Array.from({ length: 5 }, () => quick.fetchBytes(server.origin)));
    expect(answers).toHaveLength(5);
    await quick.close();
  });

  test('who is called off while waiting leaves at once, and the next one has its turn', async () => {
    await using server = await startSlow(250);
    const first = client.fetchBytes(`${server.origin}/1`);
    const abort = new AbortController();
    const second = client.fetchBytes(`${server.origin}/2`, { signal: abort.signal });
    const third = client.fetchBytes(`${server.origin}/3`);
    const reason = new Error('called off');
    setTimeout(() => abort.abort(reason), 20);
    const sooner = await Promise.race([first, second.catch((error: unknown) => error)]);
    expect(sooner).toBe(reason);
    await Promise.all([first, third]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/1', '/3']);
    expect(server.seen.atOnce).toBe(1);
  });

  test('one that fails gives its turn back', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url !== '/bad') response.end('here');
    });
    const bad = client.fetchBytes(`${server.origin}/bad`);
    const good = client.fetchBytes(`${server.origin}/good`);
    await expect(bad).rejects.toMatchObject({ code: 'timeout' });
    expect((await good).status).toBe(200);
  });
});

test('a redirect to an address with letters of its own is followed', async () => {
  await using server = await startWebServer((request, response) => {
    const location = Buffer.from('/новости').toString('latin1');
    if (request.url === '/') response.writeHead(301, { location }).end();
    else response.end('here');
  });
  const { finalUrl } = await client.fetchBytes(server.origin);
  expect(decodeURI(finalUrl)).toBe(`${server.origin}/новости`);
});

describe('TLS (row 7)', () => {
  const trusting = createHttpClient({ userAgent: 'test', allowPrivate: true, ca: pem('authority') });
  afterAll(() => trusting.close());

  test.each([
    ['expired', /has expired/],
    ['self-signed', /is self-signed/],
    ['other-host', /for another host/],
  ])('a certificate that is %s is named', async (name, words) => {
    await using server = await startWebServer((_, response) => response.end('x'), { pem: pem(name) });
    await expect(trusting.fetchBytes(server.origin)).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringMatching(words),
    });
    expect(server.requests).toHaveLength(0);
  });

  test('a good one is taken', async () => {
    await using server = await startWebServer((_, response) => response.end('x'), { pem: pem('good') });
    expect(text((await trusting.fetchBytes(server.origin)).body)).toBe('x');
  });
});

test('a host that does not answer at all is named as such', async () => {
  const { server, port } = await silentServer();
  await new Promise((resolve) => server.close(resolve));
  await expect(client.fetchBytes(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'unreachable',
    message: 'the host refuses connections',
  });
});

test('the agent names version, home and contact, and lets nobody inject a header', () => {
  expect(userAgent('1.2.3', 'ops@example.org')).toMatch(/^tumen\/1\.2\.3 \(\+https:\S+; ops@example\.org\)$/);
  expect(userAgent('1.2.3', 'a\r\nx: y')).not.toMatch(/[\r\n]/);
});
