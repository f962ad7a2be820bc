import type { TopicHeading } from '../digests/build-digest.ts';
import { fill } from '../locale/labels.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Subscription } from '../model/subscription.ts';
import { titlesOf } from './titles-of.ts';

/** `12: "artillery shells" · ko, en · every hour · quiet 22:00–07:00` */
export function describeSubscription(
  subscription: Subscription,
  locale: Locale,
  topics: readonly Pick<TopicHeading, 'themes'>[],
): string {
  const words = subscriptionWords(locale);
  const { id, query, storyId, mode, quietHours, zone, languages, themes, updates, paused } = subscription;
  const quiet =
    quietHours && quietHours.start !== quietHours.end
      ? fill(words.quiet, { a: `${clock(quietHours.start)}–${clock(quietHours.end)} ${zone}` })
      : null;
  const parts = [
    storyId === null ? query : fill(words.follows, { a: storyId }),
    languages.join(', '),
    titlesOf(
      themes,
      topics.flatMap((topic) => topic.themes),
      locale,
    ),
    words.mode[mode],
    quiet,
    updates && storyId === null ? words.updates : null,
    paused ? words.paused : null,
  ];
  return `${id}: ${parts.filter(Boolean).join(' · ')}`;
}

/** As a person types it; `off` for none. */
export function writeQuietHours(quiet: Subscription['quietHours']): string {
  return quiet && quiet.start !== quiet.end ? `${clock(quiet.start)}-${clock(quiet.end)}` : 'off';
}

/** Minutes of the day from `22:00-07:00`; null for `off`. Start equal to end means none. */
export function readQuietHours(typed: string): Subscription['quietHours'] | 'bad' {
  const text = typed.trim().toLowerCase();
  if (['off', 'none', 'no', '-', '없음', 'нет', 'выкл'].includes(text)) return null;
  const found = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|~|to)\s*(\d{1,2})(?:[:.](\d{2}))?$/.exec(text);
  if (!found) return 'bad';
  const minutes = (hour: string, minute = '0'): number | null => {
    const [h, m] = [Number(hour), Number(minute)];
    return m < 60 && (h < 24 || (h === 24 && m === 0)) ? (h % 24) * 60 + m : null;
  };
  const start = minutes(found[1]!, found[2]);
  const end = minutes(found[3]!, found[4]);
  if (start === null || end === null) return 'bad';
  return start === end ? null : { start, end };
}

const HOURS_IN_WORDS = [
  'midnight',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** The quiet hours most likely meant by `10pm to seven`, as they are written; null where two hours are not to be found. */
export function mendQuietHours(typed: string): string | null {
  const text = typed
    .toLowerCase()
    .replace(/[a-z]{3,}/g, (word) =>
      HOURS_IN_WORDS.includes(word) ? String(HOURS_IN_WORDS.indexOf(word)) : word,
    );
  const found = [...text.matchAll(/(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?/g)].slice(0, 2);
  if (found.length < 2) return null;
  const hours = found.map(([, hour, minute = '00', half]) => {
    const h = half ? (Number(hour) % 12) + (half === 'pm' ? 12 : 0) : Number(hour);
    return `${h}:${minute}`;
  });
  const quiet = readQuietHours(hours.join('-'));
  return quiet === 'bad' ? null : writeQuietHours(quiet);
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
