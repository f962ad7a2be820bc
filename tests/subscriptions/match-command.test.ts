import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { matchCommand } from '../../src/cli/match.ts';

const folder = mkdtempSync(join(tmpdir(), 'tumen-match-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(subscriptions: string[], articles: string[], ...more: string[]) {
  const file = join(folder, 'subscriptions.jsonl');
  writeFileSync(file, subscriptions.join('\n'));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let code = 0;
  const io = {
    stdin: Readable.from(articles.map((line) => `${line}\n`)),
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
    exit: (said: number) => {
      code = Math.max(code, said);
    },
  };
  await matchCommand(io).parseAsync(['--subscriptions', file, ...more], { from: 'user' });
  stdout.end();
  stderr.end();
  return { lines: (await text(stdout)).trim().split('\n'), words: await text(stderr), code };
}
const article = (url: string, title: string) =>
  JSON.stringify({ url, title, published: '2024-06-19T00:00:00Z' });

test('one output line for each article, in order, ids as given, in the order of the file', async () => {
  const { lines, code } = await run(
    [
      '{"id":"b","query":"missile"}',
      '{"id":7,"query":"북한 OR missile"}',
      '{"id":"any","query":"entity:kim-jong-un"}',
    ],
    [
      article('u1', 'Missiles seen'),
      article('u2', '북한은 침묵'),
      article('u3', 'Kim Jong Un spoke'),
      article('u4', 'Rain'),
    ],
  );
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { url: 'u1', subscriptions: ['b', 7] },
    { url: 'u2', subscriptions: [7] },
    { url: 'u3', subscriptions: ['any'] },
    { url: 'u4', subscriptions: [] },
  ]);
  expect(code).toBe(0);
});

test('bad queries are named with place and correction, the others go on', async () => {
  const { lines, words, code } = await run(
    [
      '{"id":1,"query":"(missile"}',
      'no json',
      '{"id":2,"query":"missile"}',
      '{"id":3,"query":"kim after:2024-01-01"}',
    ],
    [article('u1', 'Missiles seen'), '{"title":""}'],
  );
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { url: 'u1', subscriptions: [2] },
    { error: expect.stringContaining('title'), line: 2 },
  ]);
  expect(words).toContain('subscriptions.jsonl:1: This bracket is not closed.');
  expect(words).toContain('Try: (missile)');
  expect(words).toContain('subscriptions.jsonl:2: not JSON');
  expect(words).toContain('subscriptions.jsonl:4: ');
  expect(code).toBe(2);
});

test('with a topic, only what is relevant to it is matched, unless the query says topic:any', async () => {
  const { lines } = await run(
    ['{"id":1,"query":"missile"}', '{"id":2,"query":"missile topic:any"}'],
    [article('u1', 'Missile of rain over the bakery')],
    '--topic',
    'config/topics/russia-north-korea.yaml',
  );
  expect(JSON.parse(lines[0]!)).toEqual({ url: 'u1', subscriptions: [2] });
});
