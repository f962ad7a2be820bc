import type { OptionSpec } from '../../commands/command.ts';
import { isTimeZone } from '../../model/time-zone.ts';

/** What kind of value a word is by its look alone; null where it is none. Several of a kind are joined by commas. */
export const LOOKS: Record<NonNullable<OptionSpec['look']>, (word: string) => string | null> = {
  time: readTime,
  days: readDays,
  zone: (word) => (isZone(word) || /^[A-Z][A-Za-z]+\/[A-Za-z_/+-]+$/.test(word) ? word : null),
  // Quoted, it is looked for.
  here: (word) => (/^(here|여기|여기에|여기로|здесь|сюда)$/i.test(word) ? 'true' : null),
  number: (word) => (/^\d{1,9}$/.test(word) ? word : null),
};
/** Of these an option may hold several. */
export const MANY = new Set<OptionSpec['look']>(['time', 'days']);

const HALF = '[ap]\\.?m\\.?|утра|ночи|дня|вечера';
const TIME = new RegExp(
  `^(?:(오전|오후)\\s*)?(\\d{1,2})(?:[:.h](\\d{2}))?(?:시(?:\\s*(\\d{1,2})분)?)?\\s*(${HALF})?,?$`,
  'i',
);
const PARTS_OF_TIME = new RegExp(
  `^(?:(?:오전|오후) .*\\d.*|\\d{1,2}(?:[:.]\\d{2})? (?:${HALF})|.*시 \\d{1,2}분),?$`,
  'i',
);

/** How many words from here on are one time: `8 am`, `오전 8시`, `8 утра`; 1 where it is no more than one word. */
export function timeLength(words: readonly string[]): number {
  for (const length of [3, 2]) {
    const typed = words.slice(0, length).join(' ');
    if (words.length >= length && PARTS_OF_TIME.test(typed) && readTime(typed)) return length;
  }
  return 1;
}

/** `08:00`, `8.30`, `8am`, `8:30 pm`, `오전 8시`, `8 утра` → `08:00`; a comma behind it belongs to the list. */
function readTime(word: string): string | null {
  const match = TIME.exec(word);
  if (!match)
    return /^\d{1,2}[:.]\d{2}(?:[,;]\d{1,2}[:.]\d{2})+,?$/.test(word) ? word.replace(/,$/, '') : null;
  const [, before, typed, clock, minutes, after] = match;
  const half = before ?? after;
  const hour = (Number(typed) % (half ? 12 : 100)) + (half && /^(p|오후|дня|вечера)/i.test(half) ? 12 : 0);
  const two = (digits: number | string) => String(digits).padStart(2, '0');
  return Number(typed) > (half ? 12 : 24) ? null : `${two(hour)}:${two(clock ?? minutes ?? '00')}`;
}

const DAYS: Record<string, string> = {
  daily: 'daily',
  everyday: 'daily',
  // `every day`, `каждый день`: the word before says nothing more.
  day: 'daily',
  день: 'daily',
  매일: 'daily',
  ежедневно: 'daily',
  weekday: 'weekdays',
  weekdays: 'weekdays',
  평일: 'weekdays',
  будни: 'weekdays',
  будням: 'weekdays',
  weekend: 'weekends',
  weekends: 'weekends',
  주말: 'weekends',
  выходные: 'weekends',
  выходным: 'weekends',
};
const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const SOME_DAYS = new RegExp(`^${DAY}(?:[,;\\-–]${DAY})*,?$`, 'i');

function readDays(word: string): string | null {
  const known = DAYS[word.toLowerCase().replace(/,$/, '')];
  return known ?? (SOME_DAYS.test(word) ? word.replace(/,$/, '') : null);
}

const CITIES = new Set(
  Intl.supportedValuesOf('timeZone').map((name) => name.slice(name.lastIndexOf('/') + 1).toLowerCase()),
);

/** A zone by its full name. */
function isZone(word: string): boolean {
  return (word.includes('/') && isTimeZone(word)) || /^(UTC|GMT|KST|JST|MSK)$/.test(word);
}

/** How many words from here on are one zone, as people write `New York`; 1 where no city is seen. */
export function zoneLength(words: readonly string[]): number {
  for (const length of [3, 2]) {
    const city = words.slice(0, length).join('_').toLowerCase();
    if (words.length >= length && CITIES.has(city.slice(city.lastIndexOf('/') + 1))) return length;
  }
  return 1;
}
