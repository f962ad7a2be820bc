import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-parse-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const rss =
  '<rss version="2.0"><channel><title>River Wire</title><link>/home</link><language>en</language><item><title>A</title><link>/1</link><guid>g</guid><pubDate>Wed, 19 Jun 2024 15:12:00 KST</pubDate><category>Rail</category></item></channel></rss>';

describe('tumen parse', () => {
  test('one JSON line for each document, in order; a bad one is said in its line and stops nothing', async () => {
    const { code, lines } = await run([
      'parse',
      file('page.html', '<!doctype html><title>Login</title>'),
      join(folder, 'none.xml'),
      file('a.xml', rss),
      '--url',
      'https://wire.example/rss',
    ]);
    const [page, none, good] = lines();
    expect(page).toMatchObject({ entries: [], error: expect.stringContaining('Login') });
    expect(none).toMatchObject({ error: expect.stringContaining('ENOENT') });
    expect(good).toEqual({
      file: join(folder, 'a.xml'),
      feed: { title: 'River Wire', link: 'https://wire.example/home', language: 'en' },
      entries: [
        {
          id: 'g',
          url: 'https://wire.example/1',
          title: 'A',
          text: null,
          published: '2024-06-19T06:12:00.000Z',
          updated: null,
          authors: [],
          categories: ['Rail'],
        },
      ],
      warnings: [],
      error: null,
    });
    expect(code).toBe(0);
  });

  test('reads stdin, and fails only when every document failed', async () => {
    expect((await run(['parse', '-'], rss)).lines()[0]).toMatchObject({ file: '-', error: null });
    expect((await run(['parse'], 'hello')).code).toBe(1);
    expect((await run(['parse', '--nonsense'])).code).toBe(2);
  });
});
