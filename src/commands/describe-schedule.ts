import type { TopicHeading } from '../digests/build-digest.ts';
import { fill } from '../locale/labels.ts';
import { daysInWords, scheduleWords } from '../locale/schedule-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import { titlesOf } from './titles-of.ts';

/** What a line about a schedule says of its channel; `tagNames` where they are known. */
type Place = Pick<Destination, 'name' | 'kind' | 'silent' | 'crosspost'> & { tagNames?: readonly string[] };

/** One line: `#news · 08:00, 18:00 Asia/Seoul · weekdays · Russia–North Korea (Arms) · without a sound`. */
export function describeSchedule(
  schedule: Schedule,
  place: Place | null,
  locale: Locale,
  topics: readonly TopicHeading[],
): string {
  const words = scheduleWords(locale);
  const wanted = topics.filter(({ slug }) => schedule.topics.includes(slug));
  const themes = schedule.themes.length
    ? ` (${titlesOf(
        schedule.themes,
        wanted.flatMap((topic) => topic.themes),
        locale,
      )})`
    : '';
  return [
    place?.name,
    `${schedule.times.join(', ')} ${schedule.zone}`,
    daysInWords(locale, schedule.days),
    titlesOf(schedule.topics, wanted, locale) + themes,
    schedule.quietDay === 'nothing' ? words.quietNothing : null,
    schedule.updates === 'digest' ? null : words.updates[schedule.updates],
    place?.silent ? words.silent : null,
    place?.kind === 'announcement' && place.crosspost ? words.published : null,
    place?.tagNames?.length ? fill(words.tagged, { a: place.tagNames.join(', ') }) : null,
    schedule.paused ? words.paused : null,
  ]
    .filter((part) => part)
    .join(' · ');
}
