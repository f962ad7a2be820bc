import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from './run.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tumen-unusual-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it.each([
  ['a time zone that is none', ['digest', '--zone', 'Mars/Base'], ['Mars/Base', 'Asia/Seoul']],
  ['an id that is no number', ['feeds', 'remove', 'first'], ['first', 'whole number']],
  ['a list of no feeds', ['feeds', 'export'], ['no feeds', 'poll']],
  ['an address that is none', ['feeds', 'add', 'wire'], ['wire']],
  ['a schedule that is none', ['backtest', '/dev/null', '--schedule', 'noon'], ['noon', '08:00']],
  ['a count of none', ['summarize', '--sentences', '0'], ['whole number']],
])('says what is wrong with %s, and what would be right', async (_, argv, words) => {
  const ran = await run(argv, '', { TUMEN_HOME: home });
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  for (const word of words) expect(ran.stderr).toContain(word);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
});

it('names the backup that cannot be written, not the database', async () => {
  await run(['db', 'check'], '', { TUMEN_HOME: home });
  await run(['stories', 'list'], '', { TUMEN_HOME: home });
  const ran = await run(['db', 'backup', join(home, 'nowhere', 'copy.db')], '', { TUMEN_HOME: home });
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(join('nowhere', 'copy.db'));
});

it('sums up documents whose dates nobody can read', async () => {
  const text = 'Kim Jong Un met Vladimir Putin in Pyongyang on Wednesday. They signed a treaty.';
  const story = {
    story: 1,
    documents: [
      { text, published: 'last week' },
      { text, published: null },
    ],
  };
  const ran = await run(['summarize', '--sentences', '1'], `${JSON.stringify(story)}\n`);
  expect(ran.code).toBe(0);
  const [{ sentences }] = ran.lines() as [{ sentences: { text: string; start: number; end: number }[] }];
  expect(sentences).toHaveLength(1);
  expect(text.slice(sentences[0]!.start, sentences[0]!.end)).toBe(sentences[0]!.text);
});
