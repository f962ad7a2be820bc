import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findUngrounded } from '../../src/summaries/grounding.ts';

interface Group {
  language: string;
  sources: string[];
  faithful: string[];
  invented: string[];
}

const PUBLISHED = Date.UTC(2026, 5, 19, 12);
const groups = readFileSync(new URL('../fixtures/summaries/grounding.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Group => JSON.parse(line));

describe('findUngrounded', () => {
  test('lets at least 95% of faithful sentences of five languages pass', () => {
    const all = groups.flatMap(({ sources, faithful }) => faithful.map((text) => ({ text, sources })));
    const held = all
      .map(({ text, sources }) => ({ text, reason: findUngrounded(text, sources, PUBLISHED) }))
      .filter(({ reason }) => reason !== null);
    expect(new Set(groups.map(({ language }) => language)).size).toBe(5);
    expect(all.length).toBeGreaterThanOrEqual(45);
    expect(held.length, JSON.stringify(held)).toBeLessThanOrEqual(0.05 * all.length);
  });

  test('lets every source sentence pass as it stands', () => {
    for (const { sources } of groups)
      for (const source of sources) expect(findUngrounded(source, [source], PUBLISHED), source).toBeNull();
  });

  test.each(
    groups.flatMap(({ language, sources, invented }) =>
      invented.map((text) => [language, text, sources] as const),
    ),
  )('%s: holds back "%s"', (_, text, sources) => {
    expect(findUngrounded(text, sources, PUBLISHED)).not.toBeNull();
  });

  test('says what is not in the sources', () => {
    const sources = ['The ministry said on 19 June that 14 trains crossed the bridge near Khasan.'];
    const reasonOf = (text: string) => findUngrounded(text, sources, PUBLISHED);
    expect(reasonOf('On 19 June 14 trains crossed the bridge near Khasan, the ministry said.')).toBeNull();
    expect(findUngrounded('14 trains crossed the bridge.', [], PUBLISHED)).toBe('uncited');
    expect(reasonOf('15 trains crossed the bridge.')).toBe('number');
    expect(reasonOf('On 14 June trains crossed the bridge.')).toBe('date');
    expect(reasonOf('14 trains crossed the bridge near Rason.')).toBe('name');
    expect(reasonOf('14 trains crossed the bridge, "at night".')).toBe('quote');
    expect(reasonOf('14 trains crossed the bridge: https://khasan.example')).toBe('url');
    expect(reasonOf('14 trains never crossed the bridge near Khasan.')).toBe('negation');
    expect(reasonOf('The ministry celebrated with music, dancing and fireworks.')).toBe('unsupported');
  });

  test('a number may be written in words or with separators', () => {
    expect(
      findUngrounded(
        'The seven ships carried 12,000 tonnes.',
        ['The 7 ships carried 12000 tonnes.'],
        PUBLISHED,
      ),
    ).toBeNull();
    expect(
      findUngrounded('Ships carried 1.5 million tonnes.', ['Ships carried 1,500,000 tonnes.'], PUBLISHED),
    ).toBeNull();
  });
});
