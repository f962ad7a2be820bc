import type { Locale } from '../model/digest.ts';

/** Zones people name by letters; the others are shown by their offset. */
const ABBREVIATIONS: Record<string, string> = {
  'Asia/Seoul': 'KST',
  'Asia/Pyongyang': 'KST',
  'Asia/Tokyo': 'JST',
  'Europe/Moscow': 'MSK',
  UTC: 'UTC',
  'Etc/UTC': 'UTC',
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  locale: Locale,
  zone: string,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${name}`;
  let found = formats.get(key);
  if (!found) {
    // British order for English: day before month, no comma puzzles for readers outside the United States.
    found = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

/** `Thu 20 Jun 2024, 08:00 KST` */
export function formatMoment(locale: Locale, zone: string, at: number): string {
  const date = format(locale, zone, 'long', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return `${date.format(at).replace(',', '')}, ${formatTime(locale, zone, at)}`;
}

/** `19 Jun 15:12 KST` */
export function formatShort(locale: Locale, zone: string, at: number): string {
  return `${formatDay(locale, zone, at)} ${formatTime(locale, zone, at)}`;
}

/** `19 Jun` */
export function formatDay(locale: Locale, zone: string, at: number): string {
  return format(locale, zone, 'day', { day: 'numeric', month: 'short' }).format(at);
}

/** `15:12 KST` */
export function formatTime(locale: Locale, zone: string, at: number): string {
  const time = format(locale, zone, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
  return `${time} ${zoneName(zone, at)}`;
}

/** `KST`, or `GMT+2` where the zone has no letters that everybody knows. */
function zoneName(zone: string, at: number): string {
  const letters = ABBREVIATIONS[zone];
  if (letters) return letters;
  const parts = format('en', zone, 'zone', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
