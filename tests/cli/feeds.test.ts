import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebServer, type WebServer } from '../fakes/web-server.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-feeds-'));
const env = { TUMEN_HOME: folder, TUMEN_CONFIG: join(folder, 'tumen.yaml') };
let server: WebServer;
beforeAll(async () => {
  const entry =
    '<item><title>Russia and North Korea sign a treaty in Pyongyang</title><link>https://wire.example/1</link></item>';
  server = await startWebServer((request, response) => {
    if (request.url === '/rss')
      response.end(`<rss version="2.0"><channel><title>River Wire</title>${entry}</channel></rss>`);
    else response.writeHead(410).end();
  });
  writeFileSync(
    env.TUMEN_CONFIG,
    `net: { allowPrivate: true }\nfeeds: ${join(process.cwd(), 'config/feeds.yaml')}\ntopics: [${join(process.cwd(), 'config/topics/russia-north-korea.yaml')}]\n`,
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test('a feed is added with samples, checked with its trouble in words, exported, imported and removed', async () => {
  const added = await run(['feeds', 'add', `${server.origin}/rss`], '', env);
  expect(added.stdout).toMatch(/River Wire\n {2}relevant {6}Russia and North Korea/);
  expect(added.code).toBe(0);

  const list = `<opml><body><outline text="Gone" xmlUrl="${server.origin}/gone"/><outline text="Bad" xmlUrl="nowhere"/><outline text="Known" xmlUrl="${server.origin}/rss"/></body></opml>`;
  const imported = await run(['feeds', 'import'], list, env);
  expect(imported.stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([
    'invalid',
    'added',
    'duplicate',
    '',
  ]);

  const checked = await run(['feeds', 'check', '--now'], '', env);
  expect(checked.stdout).toMatch(/gone\t.*Gone.*gone for good/);
  expect(checked.stdout).toMatch(/ok\t.*River Wire/);
  expect(checked.stderr).toMatch(/1 of these need a look/);

  expect((await run(['feeds', 'export'], '', env)).stdout).toContain(`xmlUrl="${server.origin}/rss"`);
  const [id] = (await run(['feeds', 'list'], '', env)).stdout.split('\t');
  expect((await run(['feeds', 'remove', id!], '', env)).code).toBe(0);
  expect((await run(['feeds', 'remove', id!], '', env)).code).toBe(2);
});

test('bad use is one clear line', async () => {
  const none = await run(['feeds', 'add', `${server.origin}/page`], '', env);
  expect(none.code).toBe(2);
  expect(none.stderr.split('\n')[0]).toMatch(/^tumen: http.*HTTP 410/);
  expect((await run(['feeds', 'import'], 'hello', env)).stderr).toMatch(/OPML|no element/);
});
