import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { discoverFeeds } from '../../src/feeds/discover-feeds.ts';
import { createFeedParser } from '../../src/feeds/feed-parser.ts';
import { createPollDeps, pollFeed } from '../../src/feeds/poll-feed.ts';
import {
  checkUrl,
  type GuardOptions,
  guardedConnector,
  isPublicAddress,
} from '../../src/net/address-guard.ts';
import { createHttpClient, type HttpClient } from '../../src/net/http-client.ts';
import { sampleFeed } from '../fakes/sample-feed.ts';
import { startWebServer } from '../fakes/web-server.ts';

describe('isPublicAddress', () => {
  test.each(['8.8.8.8', '1.1.1.1', '93.184.216.34', '2001:4860:4860::8888', '2a00:1450:4001::1'])(
    '%s is public',
    (ip) => {
      expect(isPublicAddress(ip)).toBe(true);
    },
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('%s is not', (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});

describe('checkUrl', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://metadata.google.internal/',
    'http://localhost/',
    'http://api.localhost/',
    'http://LOCALHOST./',
    'http://printer.local/',
    'http://user:secret@news.example/',
    'http://token@news.example/',
    'http://news.example:8080/',
    'http://news.example:22/',
    'https://news.example:80/',
    'ftp://news.example/',
    'file:///etc/passwd',
    'gopher://news.example/',
    'data:text/xml,<rss/>',
    'news.example',
  ])('refuses %s', (url) => {
    expect(() => checkUrl(url, { allowPrivate: false })).toThrow(
      expect.objectContaining({ code: 'refused-address' }),
    );
  });

  test.each([
    'http://news.example/',
    'https://news.example/rss?a=1',
    'http://news.example:80/',
    'https://news.example:443/',
  ])('takes %s', (url) => {
    expect(checkUrl(url, { allowPrivate: false }).protocol).toMatch(/^https?:$/);
  });

  test('private networks and other ports are for those who ask for them, user names are for nobody', () => {
    expect(checkUrl('http://127.0.0.1:8080/', { allowPrivate: true }).port).toBe('8080');
    expect(() => checkUrl('http://user:secret@127.0.0.1:8080/', { allowPrivate: true })).toThrow();
  });
});

/** A resolver that gives these answers in turn, the last one for ever. */
function resolver(...answers: string[][]): LookupFunction {
  let turn = 0;
  return (_host, options, callback) => {
    const answer = answers[Math.min(turn++, answers.length - 1)]!.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    if (options.all) callback(null, answer);
    else callback(null, answer[0]!.address, answer[0]!.family);
  };
}

/** What the process has on loopback under one port, by both families, and how many connections reached it. */
async function startInner() {
  const four = await startWebServer((_, response) => response.end('reached'));
  const six = await startWebServer((_, response) => response.end('reached'), {
    host: '::1',
    port: four.port,
  });
  return {
    port: four.port,
    connections: () => four.connections() + six.connections(),
    async [Symbol.asyncDispose]() {
      await four[Symbol.asyncDispose]();
      await six[Symbol.asyncDispose]();
    },
  };
}

/** Ways to write an address of this machine or of networks that are not public. */
const LITERALS = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '169.254.169.254',
  '[::1]',
  '[::]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fd00::1]',
];
/** Those that lead to a listener of ours where nobody guards. */
const REACHING = ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0.0.0.0', '[::1]', '[::]'];

describe('the guarded connection', () => {
  const ask = async (port: number, host: string, options: Partial<GuardOptions> = {}) => {
    const connect = guardedConnector({ allowPrivate: false, connectMs: 1_000, ...options });
    const dispatcher = new Agent({ connect });
    try {
      const { body } = await request(`http://${host}:${port}/`, { dispatcher });
      return await body.text();
    } finally {
      await dispatcher.destroy();
    }
  };

  test('reaches no listener on loopback, whatever the host is called and whatever its name leads to', async () => {
    await using inner = await startInner();
    const answers = [
      ['127.0.0.1'],
      ['::1'],
      ['::ffff:127.0.0.1'],
      ['64:ff9b::7f00:1'],
      ['8.8.8.8', '127.0.0.1'],
      ['127.0.0.1', '8.8.8.8'],
      ['10.0.0.1'],
      ['169.254.169.254'],
      [],
    ];
    for (const host of LITERALS)
      await expect(ask(inner.port, host), host).rejects.toMatchObject({ code: 'refused-address' });
    for (const answer of answers)
      await expect(
        ask(inner.port, 'rebound.example', { lookup: resolver(answer) }),
        String(answer),
      ).rejects.toMatchObject({ code: 'refused-address' });
    expect(inner.connections()).toBe(0);
  });

  test('it is the guard that refuses: without it the same listeners are reached', async () => {
    await using inner = await startInner();
    for (const host of REACHING)
      expect(await ask(inner.port, host, { allowPrivate: true }), host).toBe('reached');
    for (const answer of [['127.0.0.1'], ['::1']])
      expect(await ask(inner.port, 'rebound.example', { allowPrivate: true, lookup: resolver(answer) })).toBe(
        'reached',
      );
    expect(inner.connections()).toBe(REACHING.length + 2);
  });

  test('a name that led to a public address before and leads to a private one now is refused', async () => {
    await using outer = await startWebServer((_, response) => response.end('public'), { host: PUBLIC });
    await using inner = await startWebServer((_, response) => response.end('reached'), { port: outer.port });
    const lookup = resolver([PUBLIC], ['127.0.0.1']);
    expect(await ask(outer.port, 'rebound.example', { lookup, isAllowed })).toBe('public');
    for (let i = 0; i < 3; i++)
      await expect(ask(outer.port, 'rebound.example', { lookup, isAllowed })).rejects.toMatchObject({
        code: 'refused-address',
      });
    expect(outer.connections()).toBe(1);
    expect(inner.connections()).toBe(0);
  });
});

/** Stands for the open internet, which tests have none of. */
const PUBLIC = '127.0.0.2';
const isAllowed = (address: string) => address === PUBLIC || isPublicAddress(address);

describe('a redirect to a private address is refused before it is followed (row 6)', () => {
  const targets = (port: number) => [
    ...LITERALS.map((host) => `http://${host}:${port}/`),
    `http://rebound.example:${port}/`,
    `http://localhost:${port}/`,
    `http://user:secret@${PUBLIC}:${port}/`,
    `http://${PUBLIC}:22/`,
    'file:///etc/passwd',
  ];

  /** A public server that redirects to what it is told, and what a request that goes there comes to. */
  async function startOutside(work: (url: string, client: HttpClient, target: string) => Promise<unknown>) {
    await using inner = await startInner();
    let target = '';
    await using outer = await startWebServer(
      (_, response) => response.writeHead(302, { location: target, connection: 'close' }).end(),
      { host: PUBLIC },
    );
    const ports = [outer.port, inner.port];
    for (target of targets(inner.port)) {
      const asked = outer.requests.length;
      const client = createHttpClient({
        userAgent: 'test',
        allowPrivate: false,
        isAllowed,
        ports,
        lookup: resolver(['127.0.0.1']),
      });
      await work(outer.origin, client, target);
      await client.close();
      expect(outer.requests.length, target).toBeGreaterThan(asked);
    }
    expect(inner.connections()).toBe(0);
  }

  test('by the client', () =>
    startOutside(async (url, client, target) => {
      await expect(client.fetchBytes(url), target).rejects.toMatchObject({ code: 'refused-address' });
    }));

  test('by a poll', () =>
    startOutside(async (url, client, target) => {
      const deps = createPollDeps({
        net: { allowPrivate: false, contact: '' },
        polling: { interval: 900_000, slowest: 900_000 },
        now: Date.now,
        random: Math.random,
      });
      const { problem } = await pollFeed(sampleFeed(url), { ...deps, client });
      expect(problem, target).toMatchObject({ code: 'refused-address' });
      await deps.close();
    }));

  test('by the search for feeds', () =>
    startOutside(async (url, client, target) => {
      const parser = createFeedParser();
      const { problem } = await discoverFeeds(url, { client, parser });
      expect(problem, target).toMatchObject({ code: 'refused-address' });
      await parser.close();
    }));

  test('the configuration has no way to widen what is allowed', () => {
    const net = { allowPrivate: false, isAllowed: () => true, ports: [8080] };
    expect(configSchema.safeParse({ topics: ['t.yaml'], net }).error?.issues[0]).toMatchObject({
      code: 'unrecognized_keys',
      keys: ['isAllowed', 'ports'],
    });
  });
});
