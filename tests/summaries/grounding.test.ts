import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readKeyFactStories } from '../../scripts/key-facts.ts';
import { candidateSentences } from '../../src/summaries/candidate-sentences.ts';
import { findUngrounded } from '../../src/summaries/grounding.ts';
import { standsAlone } from '../../src/summaries/stands-alone.ts';
import { splitSentences } from '../../src/text/sentences.ts';

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

  describe('over every sentence of our own stories', () => {
    const sentences = readKeyFactStories().flatMap((story) =>
      candidateSentences(story.request.documents)
        .filter(({ standing }) => standing === 'whole')
        .map(({ text }) => text),
    );
    const MUTATIONS: [what: string, (text: string) => string][] = [
      ['another number', (text) => text.replace(/\d+/, (digits) => String(Number(digits) + 3))],
      [
        'another scale',
        (text) => text.replace(/(?<=\d )(?:million|млн)/, (scale) => (scale === 'млн' ? 'млрд' : 'billion')),
      ],
      [
        'another person',
        (text) =>
          text
            .replace(/(?<=[a-z] )\p{Lu}[a-z]{3,}/u, 'Zorin')
            .replace(/(?<=[а-я] )\p{Lu}[а-я]{3,}/u, 'Зорин'),
      ],
      [
        'another weekday',
        (text) =>
          text
            .replace(
              /Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday/,
              () => ['Tuesday', 'Thursday', 'Saturday'].find((day) => !text.includes(day))!,
            )
            .replace(/일요일|월요일|금요일/, '수요일')
            .replace(/日曜日|金曜日/, '水曜日')
            .replace(/星期[日五]/, '星期三')
            .replace(/понедельник|воскресенье|четверг|пятницу/, 'среду'),
      ],
      ['a quotation', (text) => `${text.slice(0, -1)}, and "so it will be".`],
      ['a link', (text) => `${text} t.example/join`],
      ['a name at the end', (text) => `${text.slice(0, -1)} with Orlov.`],
    ];

    test.each(MUTATIONS)('%s is held back', (_, mutate) => {
      const changed = sentences
        .map((text) => ({ text, mutant: mutate(text) }))
        .filter(({ text, mutant }) => text !== mutant);
      expect(changed.length).toBeGreaterThan(3);
      expect(
        changed.filter(({ text, mutant }) => findUngrounded(mutant, [text], PUBLISHED) === null),
      ).toEqual([]);
    });

    test('itself passes, beside another cited sentence too', () => {
      const held = sentences.filter(
        (text, i) => findUngrounded(text, [text, sentences[i - 1] ?? text], PUBLISHED) !== null,
      );
      expect(held).toEqual([]);
    });
  });
});

test('a host is one word: parts of it in the source are not enough', () => {
  expect(findUngrounded('It is on #map.example.org now', ['It is on #map and example.org now'], 0)).toBe(
    'url',
  );
});

test.each(['a', 'a.', 'a-', 'a+', '“', '„', '「', '‘', '“a', '1 ', '가1'])(
  'forty kilobytes of %j are read in a moment',
  (seed) => {
    const text = seed.repeat(40_000 / seed.length);
    const started = performance.now();
    findUngrounded(text, [text], 0);
    standsAlone(`${text} they said.`, 20);
    splitSentences(text, 'en');
    expect(performance.now() - started).toBeLessThan(1_000);
  },
);
