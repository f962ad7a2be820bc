import { daysInWords, scheduleWords } from '../locale/schedule-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Schedule } from '../model/schedule.ts';

/** One line: `#news · 08:00, 18:00 Asia/Seoul · weekdays · russia-north-korea (arms)`. */
export function describeSchedule(schedule: Schedule, name: string | null, locale: Locale): string {
  const words = scheduleWords(locale);
  const themes = schedule.themes.length ? ` (${schedule.themes.join(', ')})` : '';
  return [
    name,
    `${schedule.times.join(', ')} ${schedule.zone}`,
    daysInWords(locale, schedule.days),
    schedule.topics.join(', ') + themes,
    schedule.quietDay === 'nothing' ? words.quietNothing : null,
    schedule.paused ? words.paused : null,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
