import { expect, test } from 'vitest';
import { commandTable } from '../../../src/commands/command-table.ts';
import { dispatchWords } from '../../../src/locale/dispatch-words.ts';
import { feedWords } from '../../../src/locale/feed-words.ts';
import { newsWords } from '../../../src/locale/news-words.ts';
import { scheduleWords } from '../../../src/locale/schedule-words.ts';
import { storyWords } from '../../../src/locale/story-words.ts';
import { subscriptionWords } from '../../../src/locale/subscription-words.ts';
import { tumenWords } from '../../../src/locale/tumen-words.ts';
import { whyWords } from '../../../src/locale/why-words.ts';
import type { Locale } from '../../../src/model/digest.ts';
import { createWording } from '../../../src/platforms/slack/word-for-slack.ts';

const topic = { slug: 'x', title: { en: 'x' }, themes: [] };
const wording = createWording(commandTable({ topics: [topic] } as never));
/** What another platform calls things, and its commands. */
const ELSEWHERE =
  /Manage Server|\bservers?\b|\broles?\b|서버|역할|сервер|(?<![а-я])рол[ьи]|(?<=^|[\s"“«(])\/(?!tumen|invite)[a-z]+/im;
const TABLES: ((locale: Locale) => object)[] = [
  dispatchWords,
  feedWords,
  newsWords,
  scheduleWords,
  storyWords,
  subscriptionWords,
  tumenWords,
  whyWords,
];

function sentences(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  return words && typeof words === 'object' ? Object.values(words).flatMap(sentences) : [];
}

test.each(['en', 'ko', 'ru'] as const)(
  'no sentence of ours speaks of a server, a role or a bare command: %s',
  (locale) => {
    const all = TABLES.flatMap((table) => sentences(table(locale)));
    expect(all.length).toBeGreaterThan(200);
    const wrong = all
      .map((sentence) => wording.text(sentence.replace(/\{\w+\}/g, '7'), locale))
      .filter((sentence) => ELSEWHERE.test(sentence));
    expect(wrong).toEqual([]);
  },
);

test.each(['en', 'ko', 'ru'] as const)('no description of a command or an option does: %s', (locale) => {
  const all = wording.commands.flatMap((command) => [
    command.description[locale],
    ...command.options
      .filter(({ platforms }) => platforms?.includes('slack') ?? true)
      .map((option) => option.description[locale]),
  ]);
  expect(all.filter((line) => ELSEWHERE.test(line))).toEqual([]);
});

test('what stands in a sentence is kept, whatever it is', () => {
  const said = whyWords('en').slot['not-visible']!.replace('{a}', () => 'A $& server');
  expect(wording.text(said, 'en')).toBe('A $& server: not shown, no feed of this workspace carries it');
  expect(wording.typed('See /digest list, then /tumen status.')).toBe(
    'See /tumen digest list, then /tumen status.',
  );
});
