import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/program.ts';

function collect(): { stream: Writable; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

async function run(args: string[], lines: string[]) {
  const [stdout, stderr] = [collect(), collect()];
  const code = await runCli(['summarize', ...args], {
    stdin: Readable.from([lines.map((line) => `${line}\n`).join('')]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {},
    signal: new AbortController().signal,
  });
  const rows = stdout.text().trim().split('\n').filter(Boolean);
  return { code, rows: rows.map((row) => JSON.parse(row)), words: stderr.text() };
}

const TEXT =
  'The transport ministries signed a rail protocol in Rason on Tuesday. The protocol sets a quota of 120 freight wagons a week. Customs checks will be held on the Korean side of the border only. Officials will review the quota after six months.';
const KOREAN = '양측 철도 당국은 화요일 라선에서 철도 의정서에 서명했다고 밝혔다.';

test('answers each story in order with sentences that equal their span', async () => {
  const documents = [{ url: 'https://harbour.example/1', title: 'Rail protocol signed', text: TEXT }];
  const { code, rows } = await run(
    ['--sentences', '2'],
    [
      JSON.stringify({ story: 7, documents }),
      JSON.stringify({ story: 'b', documents: [{ title: 'Only a title', text: '' }] }),
    ],
  );
  expect(code).toBe(0);
  expect(rows.map((row) => row.story)).toEqual([7, 'b']);
  expect(rows[0].sentences).toHaveLength(2);
  for (const { text, document, start, end } of rows[0].sentences)
    expect(text).toBe(documents[document]!.text.slice(start, end));
  expect(rows[1].sentences).toEqual([]);
});

test('keeps to one language, that of most of the text', async () => {
  const { rows } = await run(
    [],
    [JSON.stringify({ story: 1, documents: [{ text: KOREAN }, { text: TEXT }] })],
  );
  expect(rows[0].sentences.length).toBeGreaterThan(0);
  expect(rows[0].sentences.every((sentence: { document: number }) => sentence.document === 1)).toBe(true);
});

test('keeps to a number of words', async () => {
  const { rows } = await run(['--words', '25'], [JSON.stringify({ story: 1, documents: [{ text: TEXT }] })]);
  const words = rows[0].sentences.flatMap(({ text }: { text: string }) => text.split(' '));
  expect(words.length).toBeGreaterThan(8);
  expect(words.length).toBeLessThanOrEqual(25);
});

test('a line that is no story is answered with what is wrong and exit 1, the others still', async () => {
  const { code, rows } = await run(
    [],
    ['{', JSON.stringify({ story: 1 }), JSON.stringify({ story: 2, documents: [{ text: TEXT }] })],
  );
  expect(code).toBe(1);
  expect(rows[0]).toEqual({ error: 'not JSON', line: 1 });
  expect(rows[1]).toMatchObject({ error: expect.stringContaining('documents'), line: 2 });
  expect(rows[2].sentences.length).toBeGreaterThan(0);
});

test('a bad option is exit 2 and says what is needed', async () => {
  const { code, words } = await run(['--sentences', 'many'], []);
  expect(code).toBe(2);
  expect(words).toContain('whole number');
});
