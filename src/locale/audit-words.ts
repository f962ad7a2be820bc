import type { Locale } from '../model/digest.ts';

/** What a change was made to, by the first words that commands name it with. */
const OBJECTS: Record<Locale, Record<string, string>> = {
  en: {},
  ko: {
    'alerts by DM': 'DM 알림',
    subscriptions: '구독',
    subscription: '구독',
    schedule: '예약',
    settings: '설정',
    feeds: '피드',
    feed: '피드',
    story: '소식',
    article: '기사',
  },
  ru: {
    'alerts by DM': 'оповещения в личных сообщениях',
    subscriptions: 'подписки',
    subscription: 'подписка',
    schedule: 'расписание',
    settings: 'настройки',
    feeds: 'ленты',
    feed: 'лента',
    story: 'сюжет',
    article: 'статья',
  },
};

/** What was done to it, where one word says it. */
const DETAILS: Record<Locale, Record<string, string>> = {
  en: { pause: 'paused', resume: 'resumed', remove: 'removed', test: 'a test was posted' },
  ko: {
    pause: '일시 중지',
    paused: '일시 중지',
    resume: '재개',
    resumed: '재개',
    remove: '삭제',
    removed: '삭제',
    test: '시험 게시',
    followed: '팔로우',
    unfollowed: '팔로우 취소',
  },
  ru: {
    pause: 'приостановлено',
    paused: 'приостановлено',
    resume: 'возобновлено',
    resumed: 'возобновлено',
    remove: 'удалено',
    removed: 'удалено',
    test: 'отправлена проба',
    followed: 'отслеживается',
    unfollowed: 'больше не отслеживается',
  },
};

const BY: Record<Locale, string> = { en: 'By {a}', ko: '변경한 사람: {a}', ru: 'Кто изменил: {a}' };

/** A subscription is described with its number, which the object names already. */
function withoutNumber(detail: string, object: string): string {
  const number = /\d+$/.exec(object)?.[0];
  return number !== undefined && detail.startsWith(`${number}: `)
    ? detail.slice(number.length + ': '.length)
    : detail;
}

/** A change as the channel for changes tells it: `schedule 3 (#news): paused`, and by whom. */
export function auditLine(
  locale: Locale,
  { object, detail }: { object: string; detail: string | null },
): { text: string; by: string } {
  const noun = Object.keys(OBJECTS[locale]).find((word) => new RegExp(`^(\\d+ )?${word}\\b`).test(object));
  const what = noun ? object.replace(noun, OBJECTS[locale][noun]!) : object;
  const said = detail === null ? null : (DETAILS[locale][detail] ?? withoutNumber(detail, object));
  const how = said === null ? '' : `: ${said}`;
  return { text: `${what}${how}`, by: BY[locale] };
}
