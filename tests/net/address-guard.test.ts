import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { describe, expect, test } from 'vitest';
import { checkUrl, guardedConnector, isPublicAddress } from '../../src/net/address-guard.ts';
import { createHttpClient } from '../../src/net/http-client.ts';
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
    expect(() => checkUrl(url, false)).toThrow(expect.objectContaining({ code: 'refused-address' }));
  });

  test.each([
    'http://news.example/',
    'https://news.example/rss?a=1',
    'http://news.example:80/',
    'https://news.example:443/',
  ])('takes %s', (url) => {
    expect(checkUrl(url, false).protocol).toMatch(/^https?:$/);
  });

  test('private networks and other ports are for those who ask for them, user names are for nobody', () => {
    expect(checkUrl('http://127.0.0.1:8080/', true).port).toBe('8080');
    expect(() => checkUrl('http://user:secret@127.0.0.1:8080/', true)).toThrow();
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

describe('the guarded connection', () => {
  test('reaches no listener on loopback, whatever the host is called and whatever its name leads to', async () => {
    await using server = await startWebServer((_, response) => response.end('reached'));
    const attempts: { host: string; lookup?: LookupFunction }[] = [
      ...[
        '127.0.0.1',
        '127.1',
        '2130706433',
        '0x7f.1',
        '0177.0.0.1',
        '[::1]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[::]',
        '0.0.0.0',
      ].map((host) => ({ host })),
      ...[
        ['127.0.0.1'],
        ['::1'],
        ['::ffff:127.0.0.1'],
        ['64:ff9b::7f00:1'],
        ['8.8.8.8', '127.0.0.1'],
        ['127.0.0.1', '8.8.8.8'],
        ['10.0.0.1'],
        ['169.254.169.254'],
        [],
      ].map((answer) => ({ host: 'rebound.example', lookup: resolver(answer) })),
    ];
    for (const { host, lookup } of attempts) {
      const dispatcher = new Agent({
        connect: guardedConnector({ allowPrivate: false, connectMs: 1_000, ...(lookup ? { lookup } : {}) }),
      });
      await expect(request(`http://${host}:${server.port}/`, { dispatcher }), host).rejects.toThrow();
      await dispatcher.destroy();
    }
    expect(server.connections()).toBe(0);
  });

  test('a name that was public when it was checked and is private now is refused', async () => {
    await using server = await startWebServer((_, response) => response.end('reached'));
    // The first answer is a documentation address, which is not public either: nothing may be tried.
    const lookup = resolver(['203.0.113.1'], ['127.0.0.1']);
    const dispatcher = new Agent({
      connect: guardedConnector({ allowPrivate: false, lookup, connectMs: 500 }),
    });
    for (let i = 0; i < 3; i++)
      await expect(request(`http://rebound.example:${server.port}/`, { dispatcher })).rejects.toThrow();
    await dispatcher.destroy();
    expect(server.connections()).toBe(0);
  });

  test('a redirect to a private address is refused before it is followed', async () => {
    await using inner = await startWebServer((_, response) => response.end('secret'));
    const targets = [
      `http://127.0.0.1:${inner.port}/`,
      `http://[::ffff:127.0.0.1]:${inner.port}/`,
      'http://169.254.169.254/',
      'http://localhost/',
      'file:///etc/passwd',
      'http://u:p@news.example/',
    ];
    for (const target of targets) expect(() => checkUrl(target, false)).toThrow();
    // End to end: the first hop is let through as a public one by its own guard, the second is not.
    await using outer = await startWebServer((_, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    const client = createHttpClient({ userAgent: 'test', allowPrivate: true });
    await expect(client.fetchBytes(outer.origin)).rejects.toMatchObject({ code: 'refused-address' });
    outer.answer((_, response) =>
      response.writeHead(302, { location: `http://user:secret@127.0.0.1:${inner.port}/` }).end(),
    );
    await expect(client.fetchBytes(outer.origin)).rejects.toMatchObject({ code: 'refused-address' });
    await client.close();
    expect(inner.connections()).toBe(0);
  });
});
