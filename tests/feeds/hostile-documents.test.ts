import { afterAll, describe, expect, test } from 'vitest';
import { createFeedParser } from '../../src/feeds/feed-parser.ts';
import { createSandbox } from '../../src/feeds/sandbox.ts';

const parser = createFeedParser();
afterAll(() => parser.close());
const parse = (source: string) => parser.parse(Buffer.from(source), { url: 'https://wire.example/rss' });
const MB = 2 ** 20;
const item = (n: number) =>
  `<item><title>Report ${n}</title><guid>${n}</guid><pubDate>${new Date(Date.UTC(2024, 0, 1) + n * 60_000).toUTCString()}</pubDate></item>`;

/**
 * Watches the main loop. @returns ms of processor time of its longest turn so far: the time on the wall would measure
 * what else the machine does
 */
function watchLoop(): () => number {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = used();
  let most = 0;
  const turn = () => {
    const now = used();
    most = Math.max(most, now - last);
    last = now;
  };
  const timer = setInterval(turn, 1);
  return () => {
    clearInterval(timer);
    turn();
    return most;
  };
}

describe('hostile documents (row 16)', () => {
  test('entities that a document declares are neither expanded nor fetched', async () => {
    const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i};`.repeat(10)}">`).join(
      '',
    );
    const source = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY lol0 "lol">${lol}<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://127.0.0.1:1/x">]>
      <rss version="2.0"><channel><item><title>A &lol9; &file; &net;</title></item></channel></rss>`;
    const { feed } = await parse(source);
    expect(feed!.entries[0]!.title).toBe('A &lol9; &file; &net;');
    expect(feed!.warnings.join()).toContain('document type');
  });

  test.each([
    ['a nest of millions', () => `<rss version="2.0"><channel>${'<a>'.repeat((8 * MB) / 3)}`],
    [
      'a nest inside an entry',
      () => `<rss version="2.0"><channel>${item(1)}<item><title>B</title><description>${'<div>'.repeat(MB)}`,
    ],
    [
      'one huge attribute',
      () => `<rss version="2.0" x="${'a'.repeat(8 * MB)}"><channel>${item(1)}</channel></rss>`,
    ],
    [
      'millions of attributes',
      () => `<rss version="2.0" ${'a=1 '.repeat(2 * MB)}><channel>${item(1)}</channel></rss>`,
    ],
    [
      'millions of references',
      () =>
        `<rss version="2.0"><channel><item><title>${'&amp;'.repeat(1.5 * MB)}</title></item></channel></rss>`,
    ],
    [
      'millions of open signs',
      () => `<rss version="2.0"><channel><item><title>${'<'.repeat(7 * MB)}</title></item></channel></rss>`,
    ],
    ['open comments', () => `<rss version="2.0"><channel>${'<!-- '.repeat(1.5 * MB)}`],
    ['open CDATA', () => `<rss version="2.0"><channel>${'<![CDATA['.repeat(0.8 * MB)}`],
    ['closing tags', () => `<rss version="2.0"><channel>${'</x>'.repeat(2 * MB)}`],
    [
      'tags of HTML without an end',
      () =>
        `<rss version="2.0"><channel><item><description><![CDATA[${'<a href="'.repeat(0.8 * MB)}]]></description></item></channel></rss>`,
    ],
    ['deep JSON', () => `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(4 * MB)}`],
    [
      'a long line of spaces',
      () =>
        `<rss version="2.0"><channel><item><title>${' \n'.repeat(4 * MB)}x</title></item></channel></rss>`,
    ],
    [
      'a long date',
      () =>
        `<rss version="2.0"><channel><item><title>A</title><pubDate>${'1 '.repeat(3 * MB)}</pubDate></item></channel></rss>`,
    ],
  ])('%s ends with an answer, and the main loop goes on', { timeout: 30_000 }, async (_, make) => {
    const source = Buffer.from(make());
    const longest = watchLoop();
    const { feed, problem } = await parser.parse(source, {});
    expect(feed ?? problem).toBeTruthy();
    expect(longest()).toBeLessThan(50);
  });

  test('a reader that takes too much memory or time is ended, and the next document is read', async () => {
    const small = createSandbox<unknown, unknown>(
      new URL('../../src/feeds/parse-worker.ts', import.meta.url),
      { deadlineMs: 10_000, memoryMb: 16 },
    );
    const many = Buffer.from(`<rss version="2.0"><channel>${'<a b="1"/>'.repeat(500_000)}</channel></rss>`);
    await expect(small.run({ bytes: many, source: {} })).rejects.toThrow(/more than 16 MB/);
    await small.close();
    const hasty = createSandbox<unknown, unknown>(
      new URL('../../src/feeds/parse-worker.ts', import.meta.url),
      { deadlineMs: 1, memoryMb: 64 },
    );
    await expect(hasty.run({ bytes: many, source: {} })).rejects.toThrow(/within 0.001 s/);
    await hasty.close();
    expect(
      (await parse(`<rss version="2.0"><channel>${item(1)}</channel></rss>`)).feed!.entries,
    ).toHaveLength(1);
  });
});

test('of 50,000 entries the newest thousand are kept (row 15)', { timeout: 30_000 }, async () => {
  const source = Buffer.from(
    `<rss version="2.0"><channel>${Array.from({ length: 50_000 }, (_, n) => item(n)).join('')}</channel></rss>`,
  );
  const longest = watchLoop();
  const { feed } = await parser.parse(source, {});
  expect(feed!.entries).toHaveLength(1_000);
  expect(feed!.entries.every(({ id }) => Number(id) >= 49_000)).toBe(true);
  expect(longest()).toBeLessThan(50);
});
