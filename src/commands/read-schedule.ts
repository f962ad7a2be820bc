import { nearest } from '../text/nearest.ts';

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_GROUPS: Record<string, number[]> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
};
/** More in a day is a feed, not a digest. */
const MOST_TIMES = 6;

/** `8:00, 18.30` → `['08:00', '18:30']`, sorted and distinct; null where it is something else. */
export function readTimes(typed: string): string[] | null {
  const times = wordsOf(typed).map(readTime);
  if (!times.length || times.length > MOST_TIMES || times.includes(null)) return null;
  return [...new Set(times as string[])].sort();
}

function readTime(word: string): string | null {
  const [, hour, minute = '00'] = word.match(/^(\d{1,2})(?:[:.h](\d{2}))?$/) ?? [];
  return hour === undefined ? null : clock(Number(hour), Number(minute));
}

/** The times most likely meant by `8am`, `8:30 p.m.`, `noon`, `오전 8시`, `1830`; null where none can be guessed. */
export function suggestTimes(typed: string): string | null {
  const plain = typed
    .toLowerCase()
    .replace(/(\d)\s*([ap])\.?\s?m\.?/g, '$1$2')
    .replace(/(오전|오후)\s*(\d{1,2})시(?:\s*(\d{1,2})분)?/g, (_, half, hour, minute = '00') => {
      return `${hour}:${minute.padStart(2, '0')}${half === '오전' ? 'a' : 'p'}`;
    })
    .replace(/(\d{1,2})시(?:\s*(\d{1,2})분)?/g, (_, hour, minute = '00') => {
      return `${hour}:${minute.padStart(2, '0')}`;
    })
    .replace(/(\d)\s*(?:утра|ч)(?![а-яё])\.?/g, '$1a')
    .replace(/(\d)\s*(?:вечера|дня)/g, '$1p');
  const times = wordsOf(plain).map(guessTime);
  return times.length && times.length <= MOST_TIMES && !times.includes(null)
    ? [...new Set(times as string[])].sort().join(',')
    : null;
}

const NAMED_TIMES: Record<string, string> = {
  noon: '12:00',
  midday: '12:00',
  midnight: '00:00',
  정오: '12:00',
  자정: '00:00',
  полдень: '12:00',
  полночь: '00:00',
};

function guessTime(word: string): string | null {
  const named = NAMED_TIMES[word];
  if (named) return named;
  const [, hour, minute = '0', half] = word.match(/^(\d{1,2})(?:[:.h-]?(\d{1,2}))?([ap])?$/) ?? [];
  if (hour === undefined) return null;
  const h = Number(hour);
  if (h > 24 || (half && h > 12)) return null;
  return clock(half ? (h % 12) + (half === 'p' ? 12 : 0) : h % 24, Number(minute));
}

function clock(hour: number, minute: number): string | null {
  const two = (n: number) => String(n).padStart(2, '0');
  return hour > 23 || minute > 59 ? null : `${two(hour)}:${two(minute)}`;
}

/** `weekdays`, `mon,wed`, `Mon-Fri` → ISO days of week, sorted and distinct; null where it is something else. */
export function readDays(typed: string): number[] | null {
  const days = new Set<number>();
  for (const word of wordsOf(typed.toLowerCase())) {
    const group = DAY_GROUPS[word];
    const [first, last = first] = word.split(/[-–]/).map((name) => DAY_NAMES.indexOf(name.slice(0, 3)) + 1);
    if (group) for (const day of group) days.add(day);
    else if (!first || !last) return null;
    else
      for (let day = first; ; day = (day % 7) + 1) {
        days.add(day);
        if (day === last) break;
      }
  }
  return days.size ? [...days].sort((a, b) => a - b) : null;
}

/** Days as they can be typed: `weekdays`, `mon,wed`. */
export function writeDays(days: readonly number[]): string {
  const group = Object.entries(DAY_GROUPS).find(([, of]) => of.join() === days.join());
  return group ? group[0] : days.map((day) => DAY_NAMES[day - 1]).join(',');
}

/** The days most likely meant by `mun,wed` or `월,수`; null where one of them cannot be guessed. */
export function suggestDays(typed: string): string | null {
  const words = wordsOf(typed.toLowerCase()).map((word) =>
    readDays(word)
      ? word
      : (DAY_WORDS.get(word) ?? nearest(word, [...DAY_NAMES, ...Object.keys(DAY_GROUPS)])),
  );
  return words.length && !words.includes(null) ? words.join(',') : null;
}

/** Days in our other languages, short and long, as people may type them. */
const DAY_WORDS = new Map(
  (['ko', 'ru'] as const).flatMap((locale) =>
    (['short', 'long'] as const).flatMap((weekday) =>
      DAY_NAMES.map((name, day): [string, string] => [
        // 1 January 2024 was a Monday.
        new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day + 1)),
        name,
      ]),
    ),
  ),
);

function wordsOf(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}
