/** Offsets from UTC in minutes of the zone names that feeds use. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  est: -300,
  edt: -240,
  et: -300,
  cst: -360,
  cdt: -300,
  ct: -360,
  mst: -420,
  mdt: -360,
  mt: -420,
  pst: -480,
  pdt: -420,
  pt: -480,
  akst: -540,
  akdt: -480,
  hst: -600,
  ast: -240,
  adt: -180,
  nst: -210,
  ndt: -150,
  brt: -180,
  art: -180,
  bst: 60,
  ist: 330,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  west: 60,
  eet: 120,
  eest: 180,
  sast: 120,
  msk: 180,
  msd: 240,
  мск: 180,
  trt: 180,
  samt: 240,
  yekt: 300,
  omst: 360,
  krat: 420,
  novt: 420,
  irkt: 480,
  yakt: 540,
  vlat: 600,
  magt: 660,
  pett: 720,
  kst: 540,
  korea: 540,
  japan: 540,
  moscow: 180,
  jst: 540,
  hkt: 480,
  sgt: 480,
  pht: 480,
  awst: 480,
  wib: 420,
  ict: 420,
  npt: 345,
  pkt: 300,
  uzt: 300,
  gst: 240,
  irst: 210,
  acst: 570,
  acdt: 630,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
};

/** Where a time that names no zone belongs in the feeds of a language; elsewhere it is UTC. */
const HOME: Record<string, number> = { ko: 540, ja: 540, zh: 480, ru: 180 };

const MONTHS: [RegExp, number][] = [
  [/^(jan|янв|led|ιαν|يناير)/, 1],
  [/^(feb|fév|fev|фев|φεβ|febr)/, 2],
  [/^(mar|mär|мар|μαρ|már|mrz)/, 3],
  [/^(apr|avr|апр|απρ|ápr)/, 4],
  [/^(mai|may|mag|май|мая|μαϊ|μαι|μάι|máj|maj)/, 5],
  [/^(jun|juin|giu|июн|ιουν|ιούν|jún)/, 6],
  [/^(jul|juil|lug|июл|ιουλ|ιούλ|júl)/, 7],
  [/^(aug|aoû|ago|авг|αυγ|αύγ)/, 8],
  [/^(sep|set|сен|σεπ|szept)/, 9],
  [/^(oct|okt|ott|out|окт|οκτ)/, 10],
  [/^(nov|ноя|νοε|νοέ)/, 11],
  [/^(dec|déc|dez|dic|дек|δεκ)/, 12],
];

/** What nearly every RSS feed writes; the rest is read with more patience. */
const USUAL =
  /^(?:[A-Z][a-z]{2}, )?([0-3]\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (GMT|[+-]\d{4})$/;
const SHORT_MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Years outside are mistakes of the writer. */
const EARLIEST = Date.UTC(1990, 0, 1);

/**
 * A time as feeds write it: RFC 822 with named zones and their many abuses, RFC 3339 and ISO 8601 in all widths,
 * asctime, Korean, Japanese, Chinese and Russian forms, seconds and milliseconds. Without a zone it is UTC, or the
 * home of the language: its own form tells, or the feed, save for ISO 8601 with a T.
 * @returns ms UTC, null where it cannot be told
 */
export function parseDate(text: string, language?: string | null): number | null {
  const usual = USUAL.exec(text);
  if (usual) {
    const [, day, month, year, hour, minute, second, zone] = usual;
    const offset =
      zone === 'GMT'
        ? 0
        : (zone!.startsWith('-') ? -1 : 1) * (Number(zone!.slice(1, 3)) * 60 + Number(zone!.slice(3)));
    return at(Number(year), SHORT_MONTHS.indexOf(month!) / 3 + 1, Number(day), {
      hour,
      minute,
      second,
      offset,
    });
  }
  const input = text.trim().slice(0, 120).normalize('NFC');
  if (!/\d/.test(input)) return null;
  const lower = input.toLowerCase();
  const time =
    parseDigits(input, language) ??
    parseIso(input, language) ??
    parseYearFirst(lower, language) ??
    parseWords(lower) ??
    parseNumeric(lower, language);
  return time !== null && Number.isFinite(time) && time >= 0 ? time : null;
}

/** False for the epoch and other times that a publisher's software makes up. */
export function isPlausible(time: number): boolean {
  return time >= EARLIEST;
}

/** The epoch in seconds or milliseconds, and `20240619151200`. */
function parseDigits(text: string, language?: string | null): number | null {
  if (!/^\d{10}(?:\d\d|\d{3}|\d{4})?$/.test(text)) return null;
  if (text.length === 10 || text.length === 13) return Number(text.padEnd(13, '0'));
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((start) =>
    text.slice(start, start === 0 ? 4 : start + 2),
  );
  const offset = homeOf(language);
  return at(Number(year), Number(month), Number(day), { hour, minute, second: second || '0', offset });
}

const ISO =
  /^([+-]?\d{4}|-?\d{2}(?=-\d\d-|-?$))(?:-?(?:(\d{2})(?:-?(\d{2}))?|(\d{3})|W(\d{2})(?:-?(\d))?))?(?:(?:\s*[T,]\s*|\s+)(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?\s*(.*))?$/i;

function parseIso(text: string, language?: string | null): number | null {
  const found = ISO.exec(text);
  if (!found) return null;
  const [, year, month, day, ordinal, week, weekday, hour, minute, second, fraction, zone] = found;
  const local = hour !== undefined && !/\dT/i.test(text);
  const offset = zone ? readZone(zone) : local ? homeOf(language) : 0;
  if (offset === undefined) return null;
  const y = fullYear(Number(year), year!.replace(/^[+-]/, '').length);
  const clock = { hour, minute, second, fraction, offset };
  if (ordinal) return atDayOfYear(y, Number(ordinal), clock);
  if (week) {
    // ISO 8601: week 1 is the one with 4 January.
    const fourth = new Date(Date.UTC(y, 0, 4)).getUTCDay() || 7;
    return atDayOfYear(y, 4 - fourth + (Number(week) - 1) * 7 + Number(weekday ?? 1), clock);
  }
  return at(y, Number(month ?? 1), Number(day ?? 1), clock);
}

/** `2024년 6월 19일 (수) 오후 3:12`, `2024年6月19日 15時12分`, `2024-06-19 오후 3:12:05`, `2024. 06. 19 15:12`. */
const YEAR_FIRST =
  /(?<!\d)(\d{4})\s*[년年./-]\s*(\d{1,2})\s*[월月./-]\s*(\d{1,2})(?!\d)\s*[일日]?\.?,?\s*(?:[(（][^)）]*[)）]|[월화수목금토일]요일|星期.|周.)?\s*(오전|오후|午前|午後|上午|下午|am|pm)?\s*(?:(\d{1,2})\s*[:시時时点]\s*(\d{1,2})?(?:\s*[:분分]\s*(\d{1,2})?)?\s*초?秒?)?\s*(am|pm)?\s*(.*)$/;
const TIME_BEFORE =
  /(오전|오후|午前|午後|上午|下午|am|pm)?\s*(\d{1,2})\s*[:시時时点]\s*(\d{1,2})?(?:\s*[:분分]\s*(\d{1,2}))?/;

function parseYearFirst(text: string, language?: string | null): number | null {
  const found = YEAR_FIRST.exec(text);
  if (!found) return null;
  const [, year, month, day, before, hour, minute, second, behind, zone] = found;
  let clock = { half: before ?? behind ?? '', hour, minute, second };
  if (hour === undefined) {
    const early = TIME_BEFORE.exec(text.slice(0, found.index));
    if (early) clock = { half: early[1] ?? '', hour: early[2], minute: early[3], second: early[4] };
  }
  const h =
    clock.hour === undefined
      ? undefined
      : String(twelve(Number(clock.hour), /오후|午後|下午|pm/.test(clock.half), clock.half !== ''));
  return at(Number(year), Number(month), Number(day), {
    hour: h,
    minute: clock.minute,
    second: clock.second,
    offset: (zone ? readZone(zone) : undefined) ?? homeOf(languageOfForm(text, language)),
  });
}

/** Whose own form it is, as far as its words tell; else the feed's language. */
function languageOfForm(text: string, language: string | null | undefined): string | null | undefined {
  if (/[가-힣]/.test(text)) return 'ko';
  if (/上午|下午|时|点|星期|周/.test(text)) return 'zh';
  if (/午前|午後/.test(text)) return 'ja';
  if ((language && HOME[language]) || !text.includes('年')) return language;
  return text.includes('時') ? 'ja' : 'zh';
}

function homeOf(language: string | null | undefined): number {
  return (language && HOME[language]) || 0;
}

const CLOCK =
  /(?<![\d.,])(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?\s*([ap])?\.?m?\.?(?![\p{L}])|\s*([ap])\.?m\b\.?)/u;
const OFFSET = /[+−-]\s*\d{1,2}(?::?\d{2})?(?!\d)/;

/** RFC 822, asctime, `June 19, 2024 3:12 pm`, `19 июня 2024, 15:12 мск`: what has the month as a word. */
function parseWords(text: string): number | null {
  const bare = text.replace(/\([^)]*\)/g, ' ');
  const clock = CLOCK.exec(bare);
  const end = clock ? clock.index + clock[0].length : bare.length;
  const behind = bare.slice(end);
  const offset = OFFSET.exec(behind)?.[0];
  const date = `${clock ? bare.slice(0, clock.index) : bare} ${behind.replace(OFFSET, ' ')}`;
  const words = date.match(/\p{L}[\p{L}\p{M}]*|\d+/gu) ?? [];
  // The last one: `mar.` is a weekday too.
  const named = words.findLast((word) => monthOf(word) !== null);
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word));
  if (named === undefined || !numbers.length) return null;
  const long = numbers.find((word) => word.length === 4);
  const [first, second] = numbers.filter((word) => word !== long && word.length <= 2).map(Number);
  // `24-May-04`, or `99-May-24` where the first can be no day.
  const [day, short] =
    long === undefined && first !== undefined && first > 31 ? [second, first] : [first, second];
  if (long === undefined && short === undefined) return null;
  const year = long === undefined ? fullYear(short!, 2) : Number(long);
  const zone = offset ?? words.findLast((word) => word in ZONES);
  const home = /[а-яё]/.test(named) ? HOME.ru! : 0;
  const half = clock?.[5] ?? clock?.[6];
  return at(year, monthOf(named)!, day ?? 1, {
    hour: clock ? String(twelve(Number(clock[1]), half === 'p', half !== undefined)) : undefined,
    minute: clock?.[2],
    second: clock?.[3],
    fraction: clock?.[4],
    offset: zone === undefined ? home : (readZone(zone) ?? home),
  });
}

/** `19.06.2024 15:12`, `15:12 19.06.2024`, `19/06/2024`, and `06/19/2024` where only that can be. */
const NUMERIC =
  /^(?:(?<early>\d{1,2}:\d{2}(?::\d{2})?),?\s+)?(?<a>\d{1,2})(?<mark>[./-])(?<b>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?:,?\s+(?<late>\d{1,2}:\d{2}(?::\d{2})?)\s*(?<half>[ap]m)?)?(?<zone>\s.*|$)/;

function parseNumeric(text: string, language?: string | null): number | null {
  const found = NUMERIC.exec(text)?.groups;
  if (!found) return null;
  const { a, mark, b, year, half } = found;
  const monthFirst =
    Number(b) > 12 || (mark === '/' && Number(a) <= 12 && (language === 'en' || half !== undefined));
  const [day, month] = monthFirst ? [Number(b), Number(a)] : [Number(a), Number(b)];
  const zone = found.zone!.trim();
  const offset = (zone ? readZone(zone) : undefined) ?? homeOf(language);
  const [hour, minute, second] = (found.late ?? found.early ?? '').split(':');
  const h = hour ? String(twelve(Number(hour), half === 'pm', half !== undefined)) : undefined;
  return at(fullYear(Number(year), year!.length), month, day, { hour: h, minute, second, offset });
}

function monthOf(word: string): number | null {
  if (word.length < 3) return null;
  return MONTHS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Minutes from UTC or the name of a zone whose rules tell; undefined for words that are no zone. */
function readZone(text: string): number | string | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/\(.*\)?$/, '')
    .trim();
  if (words === '') return 0;
  const numeric = /^(?:utc|gmt)?\s*([+−-])\s*(\d{1,2}):?(\d{2})?(?!\d)/.exec(words);
  if (numeric) return (numeric[1] === '+' ? 1 : -1) * (Number(numeric[2]) * 60 + Number(numeric[3] ?? 0));
  const place = /^[a-z]+\/[a-z_]+(?:\/[a-z_]+)?/.exec(words)?.[0];
  if (place) return place;
  const name = /^[a-zа-я]+/.exec(words)?.[0];
  return name === undefined ? undefined : ZONES[name];
}

function twelve(hour: number, afternoon: boolean, marked: boolean): number {
  if (!marked || hour > 12) return hour;
  return (hour % 12) + (afternoon ? 12 : 0);
}

/** RFC 2822: two digits below 50 are of this century. */
function fullYear(year: number, digits: number): number {
  if (digits > 2) return Math.abs(year);
  return Math.abs(year) + (Math.abs(year) < 50 ? 2000 : 1900);
}

interface Clock {
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
  fraction?: string | undefined;
  /** Minutes from UTC, or a zone of the tz database. */
  offset: number | string;
}

function at(year: number, month: number, day: number, clock: Clock): number | null {
  const [hour, minute, second] = [clock.hour, clock.minute, clock.second].map((part) => Number(part ?? 0));
  // 24:00 and leap seconds occur; more does not.
  if (hour! > 24 || minute! > 59 || second! > 60) return null;
  // Day 0 of the next month is the last of this one.
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return null;
  const ms = clock.fraction ? Math.floor(Number(`0.${clock.fraction}`) * 1000) : 0;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const offset = typeof clock.offset === 'number' ? clock.offset : offsetAt(local, clock.offset);
  return offset === null || Math.abs(offset) > 15 * 60 ? null : local - offset * 60_000;
}

function atDayOfYear(year: number, day: number, clock: Clock): number | null {
  const date = new Date(Date.UTC(year, 0, day));
  return at(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), clock);
}

/** Minutes from UTC of a zone at a time on its own clocks; null where there is no such zone. */
function offsetAt(local: number, zone: string): number | null {
  try {
    const time = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
    return time.toZonedDateTime(zone).offsetNanoseconds / 60e9;
  } catch {
    return null;
  }
}
