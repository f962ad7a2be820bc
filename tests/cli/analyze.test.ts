import { expect, it } from 'vitest';
import { run } from './run.ts';

const VISIT = {
  url: 'https://post.example/visit',
  title: 'Shoigu lands in Pyongyang for talks with Kim Jong Un',
  text: 'Russia’s security chief Sergei Shoigu arrived in the North Korean capital on Tuesday. He is to meet Kim Jong Un on Wednesday, the Kremlin said. It is his third visit within a year. Earlier trips were followed by the dispatch of engineers to the border region and by a new agreement on air links. Diplomats in Seoul expect the talks to turn on fuel deliveries for the winter and on the return of wounded soldiers.',
  published: '2025-03-04T06:00:00Z',
  outlet: 'Sample Post',
};
const REPRINT = {
  ...VISIT,
  url: 'https://wire.example/9',
  outlet: 'Sample Wire',
  published: '2025-03-04T06:20:00Z',
};
const RAIN = {
  title: 'Heavy rain expected in the south',
  summary: 'Umbrellas out.',
  published: '2025-03-04T07:00:00Z',
};

const lines = (...values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

it('prints one verdict a line, in input order, with the keys of the contract', async () => {
  const { code, lines: out } = await run(['analyze'], lines(RAIN, VISIT, REPRINT));
  expect(code).toBe(0);
  expect(out().map((line) => Object.keys(line))).toEqual(
    Array(3).fill(['url', 'language', 'score', 'relevant', 'kind', 'themes', 'reasons', 'story', 'origin']),
  );
  expect(out().map((line) => line.relevant)).toEqual([false, true, true]);
  expect(out()[0]).toMatchObject({ url: null, language: 'en', story: null, origin: null });
});

it('puts reprints into one story with one origin', async () => {
  const [first, second] = (await run(['analyze'], lines(VISIT, REPRINT))).lines();
  expect(first!.story).not.toBeNull();
  expect(second!.story).toBe(first!.story);
  expect(second!.origin).toBe(first!.origin);
});

it('groups what is not relevant with --all only', async () => {
  expect((await run(['analyze', '--all'], lines(RAIN))).lines()[0]!.story).not.toBeNull();
});

it('answers a line that is no article on its own line, and fails at the end', async () => {
  const { code, lines: out } = await run(
    ['analyze'],
    lines(VISIT, '{"title":', '{"url":"https://x.example"}'),
  );
  expect(code).toBe(1);
  expect(out()[0]!.relevant).toBe(true);
  expect(out()[1]).toEqual({ error: 'not JSON', line: 2 });
  expect(out()[2]).toMatchObject({ line: 3, error: expect.stringContaining('title') });
});

it('judges by another topic file, and says where one is wrong', async () => {
  const other = await run(['analyze', '--topic', 'config/topics/arctic-shipping.yaml'], lines(VISIT));
  expect(other.lines()[0]!.relevant).toBe(false);
  const missing = await run(['analyze', '--topic', 'nowhere.yaml'], lines(VISIT));
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('nowhere.yaml');
});
