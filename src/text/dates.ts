/** A calendar day that a text names. */
export interface NamedDay {
  /** `2024-06-19`. */
  value: string;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

/** English and Russian names of the months, as patterns, January first. */
const NAMES = [
  ['jan(?:uary)?', 'янв(?:ар[яье])?'],
  ['feb(?:ruary)?', 'фев(?:рал[яье])?'],
  ['mar(?:ch)?', 'мар(?:та?|те)?'],
  ['apr(?:il)?', 'апр(?:ел[яье])?'],
  ['may', 'ма[яйе]'],
  ['june?', 'июн[яье]'],
  ['july?', 'июл[яье]'],
  ['aug(?:ust)?', 'авг(?:уста?|усте)?'],
  ['sept?(?:ember)?', 'сен(?:тябр[яье])?'],
  ['oct(?:ober)?', 'окт(?:ябр[яье])?'],
  ['nov(?:ember)?', 'ноя(?:бр[яье])?'],
  ['dec(?:ember)?', 'дек(?:абр[яье])?'],
] as const;
const WHOLE = NAMES.map(([en, ru]) => new RegExp(`^(?:${en}|${ru})$`, 'i'));
const monthOf = (name: string) => WHOLE.findIndex((pattern) => pattern.test(name)) + 1;

const EN = NAMES.map(([en]) => en).join('|');
const RU = NAMES.map(([, ru]) => ru).join('|');
const PATTERNS: {
  pattern: RegExp;
  read(groups: (string | undefined)[]): [day: number, month: number, year: number];
}[] = [
  {
    pattern: new RegExp(
      `(?<![\\d.,])(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${EN})\\b\\.?(?:,?\\s+(\\d{4}))?`,
      'gi',
    ),
    read: ([d, m, y]) => [Number(d), monthOf(m!), Number(y ?? 0)],
  },
  {
    pattern: new RegExp(
      `\\b(${EN})\\b\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d,]\\d)(?:,?\\s+(\\d{4}))?`,
      'gi',
    ),
    read: ([m, d, y]) => [Number(d), monthOf(m!), Number(y ?? 0)],
  },
  {
    pattern: new RegExp(`(?<![\\d.,])(\\d{1,2})(?:-?го)?\\s+(${RU})(?![а-я])(?:\\s+(\\d{4}))?`, 'gi'),
    read: ([d, m, y]) => [Number(d), monthOf(m!), Number(y ?? 0)],
  },
  {
    pattern: /(?:(\d{4})\s?[년年]\s?)?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]/g,
    read: ([y, m, d]) => [Number(d), Number(m), Number(y ?? 0)],
  },
  // A day alone is of the month nearest to the report: 19일, 19日.
  {
    pattern: /(?<![월月\d.,]\s?)(?<!\d)(\d{1,2})(?:일(?![본정부간째 ]*(?:간|째))|日(?![本間]))/g,
    read: ([d]) => [Number(d), 0, 0],
  },
];

/**
 * Days named in a text, in order. What it leaves out is filled with what is nearest to the time of publishing.
 * @param published ms UTC
 */
export function daysIn(text: string, published: number): NamedDay[] {
  const days: NamedDay[] = [];
  /** Offsets in days that were found: to compare each with all others takes seconds in a text of nothing but days. */
  const taken = new Set<number>();
  for (const { pattern, read } of PATTERNS)
    for (const match of text.matchAll(pattern)) {
      const [day, month, year] = read(match.slice(1));
      const value = nearest(day, month, year, published);
      const start = match.index;
      const end = start + match[0].length;
      const offsets = Array.from({ length: end - start }, (_, i) => start + i);
      if (!value || offsets.some((at) => taken.has(at))) continue;
      days.push({ value, start, end });
      for (const at of offsets) taken.add(at);
    }
  return days.sort((a, b) => a.start - b.start);
}

function nearest(day: number, month: number, year: number, published: number): string | null {
  if (day < 1 || day > 31 || month > 12) return null;
  const at = new Date(published);
  const candidates: number[] = [];
  for (const shift of [-1, 0, 1]) {
    const y = year || at.getUTCFullYear() + (month ? shift : 0);
    const m = month ? month - 1 : at.getUTCMonth() + shift;
    const time = Date.UTC(y, m, day);
    if (new Date(time).getUTCDate() === day) candidates.push(time);
  }
  const best = candidates.sort((a, b) => Math.abs(a - published) - Math.abs(b - published))[0];
  return best === undefined ? null : new Date(best).toISOString().slice(0, 10);
}
