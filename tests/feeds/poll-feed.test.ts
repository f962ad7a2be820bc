import type { OutgoingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createPollDeps, type PollDeps, pollFeed } from '../../src/feeds/poll-feed.ts';
import type { Feed } from '../../src/model/feed.ts';
import { sampleFeed } from '../fakes/sample-feed.ts';
import { startWebServer } from '../fakes/web-server.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2024, 5, 19, 8);
/** Redirects, and whether they are for good. */
const REDIRECTS = [
  [301, true],
  [308, true],
  [302, false],
  [307, false],
] as const;
let now = START;

const openDeps = (): PollDeps =>
  createPollDeps({
    net: { allowPrivate: true, contact: 'ops@example.org' },
    polling: { interval: 15 * MINUTE, slowest: 12 * 60 * MINUTE },
    now: () => now,
    random: () => 0.5,
  });
const deps = openDeps();
afterAll(() => deps.close());

function feedAt(url: string): Feed {
  now = START;
  return sampleFeed(url, START);
}

const item = (n: number) =>
  `<item><title>Report ${n}</title><link>https://wire.example/${n}</link><guid>g${n}</guid><pubDate>${new Date(START - n * 3_600_000).toUTCString()}</pubDate></item>`;
/** The moment so many minutes after the start, as HTTP writes it. */
const http = (minutes: number) => new Date(START + minutes * MINUTE).toUTCString();
const rss = (items: string, head = '') =>
  `<rss version="2.0"><channel><title>Sample Wire</title>${head}${items}</channel></rss>`;

/** Polls and carries the state on as the database does; each time as the first thing a new process does. */
async function poll(feed: Feed, later = 15 * MINUTE) {
  const fresh = openDeps();
  const result = await pollFeed(feed, fresh);
  await fresh.close();
  feed.poll = JSON.parse(JSON.stringify(result.poll));
  now += later;
  return result;
}

describe('conditional requests (row 8)', () => {
  test('validators are echoed byte for byte, and a 304 gives nothing to read', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else
        response
          .writeHead(200, { etag: 'W/"x;y=1"', 'last-modified': 'Wed, 19 Jun 2024 07:00:00 +0000' })
          .end(rss(item(1)));
    });
    const feed = feedAt(server.origin);
    expect((await poll(feed)).entries).toHaveLength(1);
    const second = await poll(feed);
    expect(second).toMatchObject({ entries: [], unchanged: true, problem: null });
    expect(server.requests[1]!.headers).toMatchObject({
      'if-none-match': 'W/"x;y=1"',
      'if-modified-since': 'Wed, 19 Jun 2024 07:00:00 +0000',
    });
    expect(server.requests[0]!.headers['if-none-match']).toBeUndefined();
  });

  test('an ETag that lies: the same bytes under a new one are not read again, new bytes are', async () => {
    let n = 0;
    let body = rss(item(1));
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, { etag: `"${n++}"` }).end(body),
    );
    const feed = feedAt(server.origin);
    await poll(feed);
    expect(await poll(feed)).toMatchObject({ entries: [], unchanged: true });
    body = rss(item(1) + item(2));
    expect((await poll(feed)).entries).toHaveLength(2);
  });

  test('whatever bytes a validator has, the same come back', async () => {
    const etag = Buffer.from('"caf\xe9\xff,;=x"', 'latin1');
    const modified = Buffer.from('Mi, 19 M\xe4rz', 'latin1');
    const body = rss(item(1));
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      let request: Buffer = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        request = Buffer.concat([request, chunk]);
        if (!request.includes('\r\n\r\n')) return;
        heard.push(request);
        socket.write('HTTP/1.1 200 OK\r\netag: ');
        socket.write(etag);
        socket.write('\r\nlast-modified: ');
        socket.write(modified);
        socket.end(`\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const feed = feedAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await poll(feed);
    expect((await poll(feed)).problem).toBeNull();
    const crlf = Buffer.from('\r\n');
    expect(heard[1]!.includes(Buffer.concat([Buffer.from('if-none-match: '), etag, crlf]))).toBe(true);
    expect(heard[1]!.includes(Buffer.concat([Buffer.from('if-modified-since: '), modified, crlf]))).toBe(
      true,
    );
    server.close();
  });

  test('a 304 that nobody asked for is a fault, and an empty validator asks for none', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(304).end());
    const feed = feedAt(server.origin);
    expect((await poll(feed)).problem).toMatchObject({ code: 'http-status', status: 304 });
    server.answer((_, response) => response.writeHead(200, { etag: '' }).end(rss(item(1))));
    await poll(feed);
    await poll(feed);
    expect(server.requests.at(-1)!.headers).not.toHaveProperty('if-none-match');
  });

  test('validators of one address are not sent to another', async () => {
    let target = '/a';
    await using server = await startWebServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: target }).end();
      else response.writeHead(200, { etag: `"${request.url}"` }).end(rss(item(1)));
    });
    const feed = feedAt(`${server.origin}/`);
    await poll(feed);
    await poll(feed);
    target = '/b';
    await poll(feed);
    expect(server.requests.map(({ url, headers }) => [url, headers['if-none-match']])).toEqual([
      ['/', undefined],
      ['/a', undefined],
      ['/', undefined],
      ['/a', '"/a"'],
      ['/', undefined],
      ['/b', undefined],
    ]);
  });
});

describe('redirects (row 6)', () => {
  test('a permanent one is asked directly after three sightings, a temporary one never', async () => {
    for (const [status, direct] of REDIRECTS) {
      await using server = await startWebServer((request, response) => {
        if (request.url === '/old') response.writeHead(status, { location: '/new' }).end();
        else response.end(rss(item(1)));
      });
      const feed = feedAt(`${server.origin}/old`);
      for (let i = 0; i < 5; i++) expect((await poll(feed)).problem).toBeNull();
      const asked = server.requests.map(({ url }) => url);
      expect(
        asked.filter((url) => url === '/old'),
        String(status),
      ).toHaveLength(direct ? 3 : 5);
      expect(asked.filter((url) => url === '/new')).toHaveLength(5);
    }
  });

  test('an adopted address that stops working is given up for the one of the list', async () => {
    let moved = true;
    await using server = await startWebServer((request, response) => {
      if (request.url === '/old' && moved) response.writeHead(301, { location: '/new' }).end();
      else if (request.url === '/new' && !moved) response.writeHead(410).end();
      else response.end(rss(item(1)));
    });
    const feed = feedAt(`${server.origin}/old`);
    for (let i = 0; i < 4; i++) await poll(feed);
    moved = false;
    expect((await poll(feed)).problem?.code).toBe('gone');
    expect(feed.poll.goneAt).toBeNull();
    expect((await poll(feed)).problem).toBeNull();
  });
});

describe('failures', () => {
  test('they back off with growing waits up to the slowest, and a success forgets them (row 1)', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(500).end());
    const feed = feedAt(server.origin);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const at = now;
      await poll(feed, 0);
      waits.push(Math.round((feed.poll.nextPollAt - at) / MINUTE));
      now = feed.poll.nextPollAt;
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 720, 720]);
    server.answer((_, response) => response.end(rss(item(1))));
    await poll(feed);
    expect(feed.poll).toMatchObject({ failures: 0, lastError: null });
  });

  test('old data is kept when a body is cut, and the next poll is not conditional on it (row 5)', async () => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, { etag: '"1"' }).end(rss(item(1))),
    );
    const feed = feedAt(server.origin);
    await poll(feed);
    const { etag, bodyHash, newestEntryAt } = feed.poll;
    server.answer((_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip', etag: '"2"' })
        .end(gzipSync(rss(item(1) + item(2))).subarray(0, 80)),
    );
    expect((await poll(feed)).problem?.code).toBe('truncated');
    expect(feed.poll).toMatchObject({ etag, bodyHash, newestEntryAt, failures: 1 });
    server.answer((_, response) => response.writeHead(200, { etag: '"2"' }).end(rss(item(1) + item(2))));
    expect((await poll(feed)).entries).toHaveLength(2);
  });

  test.each([
    [429, '7200', 120],
    [503, '1800', 30],
    [429, new Date(START + 3 * 3_600_000).toUTCString(), 180],
    [503, String(90 * 86_400), 1_440],
    [429, 'soon', 15],
    [429, '-5', 15],
  ])('HTTP %i with Retry-After %s waits %i minutes (row 9)', async (status, header, minutes) => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(status, { 'retry-after': header }).end(),
    );
    const feed = feedAt(server.origin);
    const { problem } = await poll(feed, 0);
    expect(problem).toMatchObject({ code: 'rate-limited', status });
    expect(Math.round((feed.poll.nextPollAt - START) / MINUTE)).toBe(minutes);
  });

  test('a 410 ends polling where it is the word of the feed’s own or permanent address, not of a temporary one', async () => {
    for (const [status, gone] of REDIRECTS) {
      await using server = await startWebServer((request, response) => {
        if (request.url === '/') response.writeHead(status, { location: '/there' }).end();
        else response.writeHead(410).end();
      });
      const feed = feedAt(server.origin);
      const { problem } = await poll(feed);
      expect(problem, String(status)).toMatchObject({ code: gone ? 'gone' : 'http-status', status: 410 });
      expect(feed.poll.goneAt !== null, String(status)).toBe(gone);
    }
  });

  test('410 ends polling at once; 404 after two weeks and many tries (row 10)', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(410).end());
    const gone = feedAt(server.origin);
    await poll(gone);
    expect(gone.poll).toMatchObject({ goneAt: START, lastError: { code: 'gone' } });

    server.answer((_, response) => response.end(rss(item(1))));
    const lost = feedAt(server.origin);
    await poll(lost);
    server.answer((_, response) => response.writeHead(404).end());
    let polls = 0;
    for (; lost.poll.goneAt === null && polls < 100; polls++) {
      await poll(lost, 0);
      now = lost.poll.nextPollAt;
    }
    expect(polls).toBeGreaterThan(8);
    expect(lost.poll.goneAt! - START).toBeGreaterThan(14 * DAY);
  });

  test('a web page or a feed without entries is a fault, never an empty feed (row 11)', async () => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, { etag: '"1"' }).end(rss(item(1))),
    );
    const feed = feedAt(server.origin);
    await poll(feed);
    const { newestEntryAt } = feed.poll;
    server.answer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Access denied</title>'),
    );
    expect((await poll(feed)).problem).toMatchObject({
      code: 'not-a-feed',
      message: expect.stringContaining('Access denied'),
    });
    server.answer((_, response) => response.end(rss('')));
    expect((await poll(feed)).problem).toMatchObject({ code: 'no-entries' });
    expect(feed.poll).toMatchObject({ newestEntryAt, etag: '"1"', failures: 2 });
  });
});

describe('wishes of the publisher', () => {
  const everyHour = Array.from({ length: 24 }, (_, hour) => `<hour>${hour}</hour>`).join('');
  const minutes = async (head: string, headers: OutgoingHttpHeaders = {}) => {
    await using server = await startWebServer((_, response) =>
      response.writeHead(200, headers).end(rss(item(1), head)),
    );
    const feed = feedAt(server.origin);
    await poll(feed, 0);
    return Math.round((feed.poll.nextPollAt - START) / MINUTE);
  };

  test.each([
    ['', 15],
    ['<ttl>60</ttl>', 60],
    ['<ttl>5</ttl>', 15],
    ['<ttl>100000</ttl>', 720],
    ['<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>', 60],
    ['<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>', 240],
    // 08:15 lies in hour 8, which is skipped, as is 9.
    ['<skipHours><hour>8</hour><hour>9</hour></skipHours>', 120],
    ['<skipDays><day>Wednesday</day></skipDays>', 16 * 60],
    [`<skipDays><day>Wednesday</day></skipDays><skipHours>${everyHour}</skipHours>`, 16 * 60],
  ])('%s means %i minutes', async (head, expected) => {
    expect(await minutes(head)).toBe(expected);
  });

  test.each([
    [{ 'cache-control': 'public, max-age=3600' }, 60],
    [{ 'cache-control': 'max-age=3600', age: '1800' }, 30],
    [{ 'cache-control': 'no-cache, max-age=3600' }, 15],
    [{ 'cache-control': 'no-cache="set-cookie", max-age=3600' }, 60],
    [{ 'cache-control': ['public', 'max-age=3600'] }, 60],
    [{ expires: http(90), date: http(0) }, 90],
    // The server's clock is wrong by two hours: its own Date is what Expires counts from.
    [{ expires: http(120 + 90), date: http(120) }, 90],
    [{ expires: http(90), date: http(0), age: '1800' }, 60],
    [{ expires: http(90), date: 'today' }, 90],
    [{ expires: '0' }, 15],
  ])('the headers %o mean %i minutes', async (headers, expected) => {
    expect(await minutes('', headers as OutgoingHttpHeaders)).toBe(expected);
  });

  test.each([
    ['<ttl>240</ttl>', {}, 240],
    ['<skipHours><hour>8</hour><hour>9</hour></skipHours>', {}, 120],
    ['<skipDays><day>Wednesday</day></skipDays>', {}, 16 * 60],
    ['', { 'cache-control': 'max-age=7200' }, 120],
  ])('%s %o still holds when nothing is new, after a restart too', async (head, headers, expected) => {
    await using server = await startWebServer((request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"', ...headers }).end(rss(item(1), head));
    });
    const feed = feedAt(server.origin);
    await poll(feed, 0);
    expect((await poll(feed, 0)).unchanged).toBe(true);
    expect(Math.round((feed.poll.nextPollAt - START) / MINUTE)).toBe(expected);
  });

  test.each([
    ['<ttl>240</ttl>', 240],
    ['<skipHours><hour>8</hour><hour>9</hour></skipHours>', 120],
  ])('%s still holds when the feed fails', async (head, expected) => {
    await using server = await startWebServer((_, response) => response.end(rss(item(1), head)));
    const feed = feedAt(server.origin);
    await poll(feed, 0);
    server.answer((_, response) => response.writeHead(500).end());
    expect((await poll(feed, 0)).problem).not.toBeNull();
    expect(Math.round((feed.poll.nextPollAt - START) / MINUTE)).toBe(expected);
  });

  test('a feed that was read together with others does not stay with them', async () => {
    await using server = await startWebServer((_, response) => response.end(rss(item(1))));
    const waits = new Set<number>();
    for (const random of [0, 0.3, 0.6, 0.99]) {
      const feed = feedAt(server.origin);
      waits.add((await pollFeed(feed, { ...deps, random: () => random })).poll.nextPollAt);
    }
    expect(waits.size).toBe(4);
  });
});

describe('silence', () => {
  const at = (hours: number, n: number) =>
    `<item><title>R${n}</title><guid>s${n}</guid><pubDate>${new Date(START - hours * 3_600_000).toUTCString()}</pubDate></item>`;

  test('a feed is silent when it is quiet for twice its longest pause, and no sooner', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(rss([1, 25, 49, 97].map(at).join('')));
    });
    const feed = feedAt(server.origin);
    await poll(feed, 90 * 3_600_000);
    expect(feed.poll.silentSince).toBeNull();
    await poll(feed, 10 * 3_600_000);
    expect(feed.poll.silentSince).toBeNull();
    await poll(feed);
    expect(feed.poll.silentSince).toBe(START - 3_600_000 + 2 * 48 * 3_600_000);
    server.answer((_, response) => response.end(rss(at(-99, 9) + at(1, 0))));
    await poll(feed);
    expect(feed.poll.silentSince).toBeNull();
  });

  test('its own rhythm is known after a restart, when nothing but 304 comes', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(rss([1, 2, 3, 4, 5, 6].map(at).join('')));
    });
    const feed = feedAt(server.origin);
    await poll(feed, 40 * 3_600_000);
    await poll(feed, MINUTE);
    const since = feed.poll.silentSince;
    expect(since).not.toBeNull();
    await poll(feed);
    expect(feed.poll.silentSince).toBe(since);
  });

  test.each([
    ['none', () => ''],
    [
      'one in the future',
      (n: number) => `<pubDate>${new Date(START + n * 400 * DAY).toUTCString()}</pubDate>`,
    ],
  ])('entries whose date is %s are as new as they are to us', async (_, date) => {
    let newest = 1;
    await using server = await startWebServer((_, response) => {
      const items = [newest, newest - 1].map((n) => `<item><title>Report ${n}</title>${date(n)}</item>`);
      // The document changes each time, and its ids with it; that alone is nothing new.
      response.end(rss(items.join('').replaceAll('</item>', `<guid>${now}-x</guid></item>`)));
    });
    const feed = feedAt(server.origin);
    for (let day = 0; day < 10; day++) {
      newest++;
      await poll(feed, DAY);
    }
    expect(feed.poll).toMatchObject({ newestEntryAt: START + 9 * DAY, silentSince: null });
    for (let day = 0; day < 9; day++) await poll(feed, DAY);
    expect(feed.poll.silentSince).toBe(START + 16 * DAY);
  });
});
