import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebServer, type WebServer } from '../fakes/web-server.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-feeds-'));
const env = { TUMEN_HOME: folder, TUMEN_CONFIG: join(folder, 'tumen.yaml') };
const FEED =
  '<rss version="2.0"><channel><title>River Wire</title><item><title>Russia and North Korea sign a treaty in Pyongyang</title><link>https://wire.example/1</link></item></channel></rss>';
/** A list of one feed. */
const feedsFile = (url: string) =>
  `outlets:\n  - { name: Wire, slug: wire, country: null, tier: 2, feeds: [{ url: '${url}', language: en }] }\n`;
let server: WebServer;
beforeAll(async () => {
  server = await startWebServer((request, response) => {
    if (request.url === '/rss' || request.url === '/listed') response.end(FEED);
    else response.writeHead(410).end();
  });
  writeFileSync(join(folder, 'feeds.yaml'), feedsFile(`${server.origin}/listed`));
  writeFileSync(
    env.TUMEN_CONFIG,
    `net: { allowPrivate: true }\nfeeds: feeds.yaml\ntopics: [${join(process.cwd(), 'config/topics/russia-north-korea.yaml')}]\n`,
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test('a feed is added with samples, checked with its trouble in words, exported, imported and removed', async () => {
  const added = await run(['feeds', 'add', `${server.origin}/rss`], '', env);
  expect(added.stdout).toMatch(/River Wire\n {2}relevant \(russia-north-korea\) {2}Russia and North Korea/);
  expect(added.code).toBe(0);

  const list = `<opml><body><outline text="Gone" xmlUrl="${server.origin}/gone"/><outline text="Bad" xmlUrl="nowhere"/><outline text="Known" xmlUrl="${server.origin}/rss"/></body></opml>`;
  const imported = await run(['feeds', 'import'], list, env);
  expect(imported.stdout.split('\n').map((line) => line.split('\t')[0])).toEqual([
    'added',
    'invalid',
    'duplicate',
    '',
  ]);
  expect(imported.stdout).toContain(`added\tGone\t${server.origin}/gone\n`);
  expect((await run(['feeds', 'import'], '<opml><body></body></opml>', env)).stderr).toMatch(/no entries/);

  const checked = await run(['feeds', 'check', '--now'], '', env);
  expect(checked.stdout).toMatch(/gone\t.*Gone.*gone for good/);
  expect(checked.stdout).toMatch(/ok\t.*River Wire/);
  expect(checked.stdout).toMatch(/read \d{4}-\d\d-\d\dT\d\d:\d\dZ\t/);
  expect(checked.stderr).toMatch(/1 of these needs a look.*poll --feed/);

  expect((await run(['feeds', 'export'], '', env)).stdout).toContain(`xmlUrl="${server.origin}/rss"`);
  const listed = (await run(['feeds', 'list'], '', env)).stdout.split('\n');
  const [id] = listed.find((line) => line.includes(`${server.origin}/rss`))!.split('\t');
  expect((await run(['feeds', 'remove', id!], '', env)).code).toBe(0);
  expect((await run(['feeds', 'remove', id!], '', env)).code).toBe(2);
});

test('a certificate that cannot be trusted is named in the check (row 7)', async () => {
  const pem = (name: string) => readFileSync(`tests/fixtures/tls/${name}.pem`, 'utf8');
  const names = ['expired', 'self-signed', 'other-host', 'good'];
  const servers = await Promise.all(
    names.map((name) => startWebServer((_, response) => response.end(FEED), { pem: pem(name) })),
  );
  const home = join(folder, 'tls');
  const outlines = servers.map(({ origin }, i) => `<outline text="${names[i]}" xmlUrl="${origin}/rss"/>`);
  await run(['feeds', 'import'], `<opml><body>${outlines.join('')}</body></opml>`, {
    ...env,
    TUMEN_HOME: home,
  });
  // A process of its own: the system's authorities are read at its start.
  const { stdout } = await promisify(execFile)(process.execPath, ['src/main.ts', 'feeds', 'check', '--now'], {
    env: {
      ...process.env,
      ...env,
      TUMEN_HOME: home,
      NODE_EXTRA_CA_CERTS: 'tests/fixtures/tls/authority.pem',
    },
  });
  const lineOf = (name: string) => stdout.split('\n').find((line) => line.includes(`${name}\t`));
  expect(lineOf('expired')).toMatch(/failing.*the certificate of the server has expired/);
  expect(lineOf('self-signed')).toMatch(/failing.*the certificate of the server is self-signed/);
  expect(lineOf('other-host')).toMatch(/failing.*the certificate of the server is for another host/);
  expect(lineOf('good')).toMatch(/\tok\t/);
  for (const each of servers) await each[Symbol.asyncDispose]();
});

test('feeds of the configuration are not added again, also before the first start', async () => {
  const home = { ...env, TUMEN_HOME: join(folder, 'known') };
  const list = `<opml><body><outline text="Known" xmlUrl="${server.origin}/listed"/></body></opml>`;
  expect((await run(['feeds', 'import'], list, home)).stdout).toMatch(/^duplicate\t/);
  expect((await run(['feeds', 'add', `${server.origin}/listed`], '', home)).stderr).toMatch(/read already/);
});

test('a feed that is gone comes back when a person says so (row 10)', async () => {
  let gone = true;
  const back = await startWebServer((_, response) => {
    if (gone) response.writeHead(410).end();
    else response.end(FEED);
  });
  const home = { ...env, TUMEN_HOME: join(folder, 'gone') };
  const none = { ...home, TUMEN_CONFIG: join(folder, 'gone.yaml') };
  writeFileSync(join(folder, 'gone-feeds.yaml'), feedsFile(`${back.origin}/rss`));
  const config = readFileSync(env.TUMEN_CONFIG, 'utf8').replace('feeds.yaml', 'gone-feeds.yaml');
  writeFileSync(none.TUMEN_CONFIG, config);
  await run(['poll'], '', none);
  const id = (await run(['feeds', 'list'], '', none)).stdout.split('\t')[0]!;
  expect((await run(['feeds', 'check'], '', none)).stdout).toContain(`${id}\tgone`);
  await run(['poll', '--all'], '', none);
  expect(back.requests).toHaveLength(1);
  gone = false;
  expect((await run(['poll'], '', none)).stderr).toMatch(/all feeds have been given up as gone; --feed asks/);
  const polled = await run(['poll', '--feed', id], '', none);
  expect(polled.stderr).toMatch(/had been given up as gone; it is asked again/);
  expect(polled.lines()).toEqual([expect.objectContaining({ fetched: 1 })]);
  expect((await run(['feeds', 'check'], '', none)).stdout).toContain(`${id}\tok`);
  await back[Symbol.asyncDispose]();
});

test('bad use is one clear line', async () => {
  const none = await run(['feeds', 'add', `${server.origin}/page`], '', env);
  expect(none.code).toBe(2);
  expect(none.stderr.split('\n')[0]).toMatch(/^tumen: http.*HTTP 410/);
  expect((await run(['poll', '--all', '--feed', '1'], '', env)).code).toBe(2);
  expect((await run(['feeds', 'import'], 'hello', env)).stderr).toMatch(/OPML|no element/);
});

test('before anything was read, and where an address is refused, the next step is named', async () => {
  const closed = { TUMEN_HOME: join(folder, 'closed'), TUMEN_CONFIG: join(folder, 'closed.yaml') };
  const config = readFileSync(env.TUMEN_CONFIG, 'utf8').replace('allowPrivate: true', 'allowPrivate: false');
  writeFileSync(closed.TUMEN_CONFIG, config);
  for (const verb of ['list', 'check'])
    expect((await run(['feeds', verb], '', closed)).stderr).toMatch(/no feeds yet.*feeds\.yaml.*poll/);
  expect((await run(['digest'], '', closed)).stderr).toMatch(/No feed has been read yet.*poll/);
  expect(await run(['digest', '--languages', 'en,English'], '', closed)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/"English" is no language code\n.*ko,en/),
  });
  const hint = async (url: string) => (await run(['feeds', 'add', url], '', closed)).stderr.split('\n')[1];
  expect(await hint('http://10.0.0.1/rss')).toMatch(/allowPrivate: true/);
  expect(await hint('ftp://10.0.0.1/rss')).toMatch(/address of a feed/);
});
