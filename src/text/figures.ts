import { countedThing } from './counted-things.ts';

/** A number as a text states it. */
export interface Figure {
  /** Normalized number: `10000`, `2.5`. */
  value: string;
  /** What is counted: a name of counted-things.ts, or '' where unclear. */
  of: string;
  /** UTF-16 offsets of the number with its scale and its unit. */
  start: number;
  end: number;
}

const SCALES: [RegExp, number][] = [
  [/^\s?(?:thousand|тысяч\S*|тыс\.?|천|千)/iu, 1e3],
  [/^\s?(?:만|万|萬)/u, 1e4],
  [/^\s?(?:million|mln|миллион\S*|млн\.?|百万|백만)/iu, 1e6],
  [/^\s?(?:억|億|亿)/u, 1e8],
  [/^\s?(?:billion|bn\b|миллиард\S*|млрд\.?|십억|十亿)/iu, 1e9],
  [/^\s?(?:trillion|триллион\S*|трлн\.?|조(?=\s?\d|\s?원|\s?달러)|兆)/iu, 1e12],
];

const NUMBER_WORDS: Record<string, number> = {
  ...{
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
  },
  ...{
    двое: 2,
    трое: 3,
    четверо: 4,
    пятеро: 5,
    шестеро: 6,
    семеро: 7,
    два: 2,
    две: 2,
    три: 3,
    четыре: 4,
    пять: 5,
  },
  ...{ шесть: 6, семь: 7, восемь: 8, девять: 9, десять: 10 },
};

const DIGITS = String.raw`\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2}(?!\d))?`;
const NUMBER = new RegExp(
  `(?<![\\p{L}\\d.,/:-])(?:${DIGITS})(?![\\d/:])|(?<![\\p{sc=Hangul}\\p{sc=Han}\\p{L}\\d])(?:${Object.keys(NUMBER_WORDS).join('|')})(?=\\s)|(?<=[\\p{sc=Hangul}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}])(?:${DIGITS})(?![\\d/:])`,
  'giu',
);

/** What makes a number a date, a time, an ordinal, a chapter or a name instead of a quantity. */
const NO_QUANTITY_AFTER =
  /^(?:\s?(?:년|월|일(?!본)|시(?!간)|조(?!\s?(?:원|달러|\d))|항|차(?!량)|호(?!기)|세|살|위|번째|月|日(?!間)|年(?!間)|号|號|歳|岁|条|條|回|時(?!間)|点(?!\d)|届|次)|(?:st|nd|rd|th)\b|-(?:year|day|month|hour|member|й|я|е|го|му|м|ой|ю|летн)|\s?(?:a\.m|p\.m|am\b|pm\b|o'clock)|\s(?:январ|феврал|марта|апрел|ма[яй]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|г\.|год|года\b|году\b|век)|\s(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.))/u;
const NO_QUANTITY_BEFORE =
  /(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)\s|제|第|№\s?|No\.\s?|Article\s|Chapter\s|статья\s|стать[ией]\s|пункт\S*\s|aged\s)$/iu;

/** Quantities of a text with what they count. Dates, times, ordinals and type names are none. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(text); match; match = NUMBER.exec(text)) {
    const start = match.index;
    const word = NUMBER_WORDS[match[0].toLowerCase()];
    const after = start + match[0].length;
    if (
      NO_QUANTITY_AFTER.test(text.slice(after, after + 16)) ||
      NO_QUANTITY_BEFORE.test(text.slice(Math.max(0, start - 12), start))
    )
      continue;
    const { value, end, scaled } = scaleUp(text, word ?? numberOf(match[0]), after);
    const isYear = !scaled && word === undefined && /^(?:19|20)\d\d$/.test(match[0]);
    const { of, end: unitEnd } = unitOf(text, start, end);
    if (isYear && !of) continue;
    if (word !== undefined && !of) continue;
    figures.push({ value: String(Math.round(value * 100) / 100), of, start, end: unitEnd });
    NUMBER.lastIndex = Math.max(end, NUMBER.lastIndex);
  }
  return figures;
}

/** Applies the scale word after a number, and the smaller part that may follow it: 1만2000, 3억 5000만. */
function scaleUp(text: string, number: number, at: number): { value: number; end: number; scaled: boolean } {
  const scale = scaleAt(text, at);
  if (!scale) return { value: number, end: at, scaled: false };
  const end = at + scale.length;
  const whole = { value: number * scale.by, end, scaled: true };
  if (!/\p{sc=Hangul}|\p{sc=Han}/u.test(text.slice(end - 1, end))) return whole;
  const rest = /^\s?(\d[\d,]*)(?!\d*[월일])/u.exec(text.slice(end, end + 12));
  if (!rest) return whole;
  const smaller = scaleAt(text, end + rest[0].length) ?? { by: 1, length: 0 };
  if (smaller.by >= scale.by) return whole;
  return {
    value: whole.value + numberOf(rest[1]!) * smaller.by,
    end: end + rest[0].length + smaller.length,
    scaled: true,
  };
}

function numberOf(digits: string): number {
  if (/^\d{1,3}(?:[,\u00a0\u202f ]\d{3})+$/.test(digits))
    return Number(digits.replace(/[,\u00a0\u202f ]/g, ''));
  return Number(digits.replace(',', '.'));
}

function scaleAt(text: string, at: number): { by: number; length: number } | null {
  const after = text.slice(at, at + 14);
  for (const [pattern, by] of SCALES) {
    const match = pattern.exec(after);
    if (match) return { by, length: match[0].length };
  }
  return null;
}

/** How far after a number its unit may stand: "10,000 North Korean troops". */
const AFTER = 32;
/** How far before it, where the counter comes last: 포탄 1만 발. */
const BEFORE = 10;

function unitOf(text: string, start: number, end: number): { of: string; end: number } {
  if (/[$＄]\s?$/u.test(text.slice(Math.max(0, start - 3), start))) return { of: 'usd', end };
  if (/₽\s?$/u.test(text.slice(Math.max(0, start - 2), start))) return { of: 'rub', end };
  if (/₩\s?$/u.test(text.slice(Math.max(0, start - 2), start))) return { of: 'krw', end };
  const after = clause(text.slice(end, end + AFTER));
  const unspaced = /\p{sc=Hangul}|\p{sc=Han}|\p{sc=Kana}/u.test(text.slice(Math.max(0, start - 4), end + 4));
  const next = countedThing(unspaced ? after.slice(0, 14) : after);
  if (next && !next.generic) return { of: next.thing, end: end + next.end };
  const before = unspaced ? countedThing(text.slice(Math.max(0, start - BEFORE), start), true) : null;
  if (before && !before.generic) return { of: before.thing, end: next ? end + next.end : end };
  return next ? { of: next.thing, end: end + next.end } : { of: '', end };
}

/** Up to the next stop or the next number, which has a unit of its own. */
function clause(text: string): string {
  return /^[^.,;:!?…()«»"“”\n\d。、，；：！？]*/u.exec(text)![0];
}
