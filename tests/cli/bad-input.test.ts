import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { startWebServer, type WebServer } from '../fakes/web-server.ts';
import { type Ran, run } from './run.ts';

const TOPIC = resolve('config/topics/russia-north-korea.yaml');

let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tumen-bad-'));
  env = { TUMEN_CONFIG: join(folder, 'tumen.yaml'), TUMEN_HOME: join(folder, 'data') };
  configure('');
  listFeeds('https://sample-wire.example/rss');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const article = '{"title":"Kim Jong Un meets Putin","published":"2024-06-19T00:00:00Z"}';

function configure(more: string): void {
  writeFileSync(
    env.TUMEN_CONFIG!,
    `topics: [${JSON.stringify(TOPIC)}]\nnet: { allowPrivate: true }\n${more}`,
  );
}

function listFeeds(url: string): void {
  const outlets = [{ name: 'Sample Wire', slug: 'sample-wire', feeds: [{ url, language: 'en' }] }];
  writeFileSync(join(folder, 'feeds.yaml'), JSON.stringify({ outlets }));
}

/** Bad use: exit 2, nothing on stdout, what and what to do on stderr, and no stack. */
function expectClear(ran: Ran, ...words: string[]): void {
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  for (const word of words) expect(ran.stderr).toContain(word);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect(ran.stderr.trim().split('\n').length).toBeLessThanOrEqual(3);
}

describe('configuration', () => {
  it('names an unknown key with its file, line and what is known', async () => {
    configure('pollling: { interval: 15m }\n');
    expectClear(await run(['digest'], '', env), `${env.TUMEN_CONFIG}:3`, 'pollling');
  });

  it('names a value of the wrong type with a valid example', async () => {
    configure('http:\n  port: many\n');
    expectClear(await run(['start'], '', env), `${env.TUMEN_CONFIG}:4`, 'http.port', '8790');
  });

  it('names a file that is missing', async () => {
    env.TUMEN_CONFIG = join(folder, 'elsewhere.yaml');
    expectClear(await run(['digest'], '', env), 'elsewhere.yaml');
  });

  it('names a feed list that is missing', async () => {
    rmSync(join(folder, 'feeds.yaml'));
    expectClear(await run(['poll'], '', env), 'feeds.yaml');
  });

  it('names a topic that is missing', async () => {
    writeFileSync(env.TUMEN_CONFIG!, 'topics: [nowhere.yaml]\n');
    expectClear(await run(['digest'], '', env), 'nowhere.yaml');
  });
});

describe('the place it runs in', () => {
  it('says that the port is taken, and stores no feed', async () => {
    const other = await startWebServer((_, response) => response.end());
    configure(`http: { port: ${other.port} }\n`);
    expectClear(await run(['start'], '', env), `port ${other.port}`, 'http.port');
    await other[Symbol.asyncDispose]();
    const store = await openStore({ file: join(env.TUMEN_HOME!, 'tumen.db') });
    expect(await store.feeds.list()).toEqual([]);
    await store.close();
  });

  it('leaves a database of a newer version as it is', async () => {
    mkdirSync(env.TUMEN_HOME!);
    const file = join(env.TUMEN_HOME!, 'tumen.db');
    await (await openStore({ file })).close();
    const before = versionOf(file, (database) =>
      database.exec("INSERT INTO schema_versions VALUES (9999, 'from-the-future', 0)"),
    );
    expectClear(await run(['start'], '', env), '9999', 'newer tumen', file);
    expect(versionOf(file)).toEqual(before);
  });

  it('says that the data folder cannot be made', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    env.TUMEN_HOME = join(folder, 'a-file/data');
    expectClear(await run(['start'], '', env), 'a-file');
  });

  it('says that a file is no database', async () => {
    mkdirSync(env.TUMEN_HOME!);
    writeFileSync(
      join(env.TUMEN_HOME!, 'tumen.db'),
      'minutes of the meeting, which are no database at all\n'.repeat(40),
    );
    expectClear(await run(['digest'], '', env), 'tumen.db', 'db restore');
  });
});

describe('feeds', () => {
  it('keeps the old entries of a feed that has become a web page, and says so', async () => {
    const item =
      '<item><title>Kim Jong Un meets Putin in Vladivostok</title><link>https://sample-wire.example/1</link></item>';
    const server = await startWebServer((_, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(`<rss version="2.0"><channel><title>Sample Wire</title>${item}</channel></rss>`);
    });
    listFeeds(`${server.origin}/rss`);
    expect((await run(['poll', '--all'], '', env)).lines()).toEqual([
      { fetched: 1, unchanged: 0, failed: 0, stored: 1 },
    ]);
    answerWithPage(server);
    const ran = await run(['poll', '--all'], '', env);
    expect(ran.code).toBe(1);
    expect(ran.lines()).toEqual([{ fetched: 0, unchanged: 0, failed: 1, stored: 0 }]);
    expect(ran.stderr).toMatch(/^Sample Wire \(http:[^)]+\): .*web page/m);
    const store = await openStore({ file: join(env.TUMEN_HOME!, 'tumen.db') });
    expect((await store.articles.byUrl('https://sample-wire.example/1'))?.title).toContain('Vladivostok');
    await store.close();
    await server[Symbol.asyncDispose]();
  });
});

describe('JSON lines', () => {
  const story =
    '{"story":"a","documents":[{"text":"Kim Jong Un met Vladimir Putin in Pyongyang on Wednesday."}]}';

  it.each([
    ['analyze', article, []],
    ['summarize', story, []],
    ['match', article, ['--subscriptions', 'subscriptions.jsonl']],
  ])('%s answers the lines it can, marks the broken one and fails', async (verb, good, options) => {
    writeFileSync(join(folder, 'subscriptions.jsonl'), '{"id":"a","query":"putin"}\n');
    const argv = [verb, ...options.map((o) => (o.endsWith('.jsonl') ? join(folder, o) : o))];
    const ran = await run(argv, `${good}\n{"broken\n${good}\n`, env);
    expect(ran.code).toBe(1);
    const lines = ran.lines();
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({ line: 2, error: expect.stringMatching(/JSON/) });
    expect(lines[0]).not.toHaveProperty('error');
    expect(lines[2]).not.toHaveProperty('error');
  });

  it('backtest names the line of the archive that is no article', async () => {
    const file = join(folder, 'archive.jsonl');
    writeFileSync(file, `${article}\n{"broken\n`);
    const ran = await run(['backtest', file], '', env);
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toMatch(/\b2\b.*not JSON|not JSON.*\b2\b/);
  });
});

describe('the command line', () => {
  it('refuses an unknown verb in one line', async () => {
    const ran = await run(['digets'], '', env);
    expectClear(ran, 'digets', 'digest');
  });

  it('refuses an unknown option in one line', async () => {
    expectClear(await run(['digest', '--sinse', '24h'], '', env), '--sinse', '--since');
  });

  it('refuses a duration that is none, with a valid example', async () => {
    expectClear(await run(['digest', '--since', 'yesterday'], '', env), 'yesterday', '24h');
  });

  it('ends with 0 where its reader has seen enough', async () => {
    const child = spawn(process.execPath, ['src/main.ts', 'analyze'], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {});
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.stdout.destroy();
    child.stdin.end(`${article}\n`.repeat(2_000));
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }, 60_000);
});

function answerWithPage(server: WebServer): void {
  server.answer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html><head><title>One moment</title></head><body>Checking.</body></html>');
  });
}

function versionOf(file: string, change?: (database: DatabaseSync) => void): unknown[] {
  const database = new DatabaseSync(file);
  change?.(database);
  const rows = database.prepare('SELECT * FROM schema_versions').all();
  database.close();
  return rows;
}
