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

/** `08:00`, `8.30`, `8am`, `8:30pm`, `8시` → `08:00`; a comma behind it belongs to the list. */
function readTime(word: string): string | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|시)?,?$/i.exec(word);
  if (!match)
    return /^\d{1,2}[:.]\d{2}(?:[,;]\d{1,2}[:.]\d{2})+,?$/.test(word) ? word.replace(/,$/, '') : null;
  const [, typed, minute = '00', half = ''] = match;
  const isHalf = /m$/i.test(half);
  const hour = (Number(typed) % (isHalf ? 12 : 100)) + (/^pm$/i.test(half) ? 12 : 0);
  return Number(typed) > (isHalf ? 12 : 24) ? null : `${String(hour).padStart(2, '0')}:${minute}`;
}

const DAYS: Record<string, string> = {
  daily: 'daily',
  everyday: 'daily',
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
