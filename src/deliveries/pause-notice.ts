import { permissionName } from '../locale/permission-words.ts';
import type { Notice } from '../model/delivery.ts';
import type { Locale } from '../model/digest.ts';
import type { Destination, Pause } from '../model/schedule.ts';

type Cause = Exclude<Pause['why'], 'person'>;
interface Wording {
  title: string;
  /** Where it posts, in words. */
  what: (name: string) => string;
  cause: Record<Cause, string>;
  afterDigest: string;
  afterAlert: string;
  afterDm: string;
}

const WORDS: Record<Locale, Wording> = {
  en: {
    title: 'Posting is paused',
    what: (name) => `tumen cannot post to ${name} any more.`,
    cause: {
      'target-gone': 'The channel does not exist any more.',
      'not-allowed': 'A permission is missing.',
      unauthorized: 'The platform refuses the access token of the bot: whoever runs it has to renew it.',
      'dms-closed': 'Direct messages are closed.',
      'bot-removed': 'The bot was removed.',
    },
    afterDigest:
      'Nothing is lost: after /digest resume the next digest covers what has come in since the last one.',
    afterAlert: 'Its alerts go on after /subscriptions resume:{n} there.',
    afterDm: 'Your alerts go on after /tumen resume.',
  },
  ko: {
    title: '게시가 일시 중지되었습니다',
    what: (name) => `tumen이 더 이상 ${name}에 게시할 수 없습니다.`,
    cause: {
      'target-gone': '채널이 더 이상 존재하지 않습니다.',
      'not-allowed': '권한이 부족합니다.',
      unauthorized: '플랫폼이 봇의 액세스 토큰을 거부합니다. 운영자가 토큰을 갱신해야 합니다.',
      'dms-closed': '다이렉트 메시지가 닫혀 있습니다.',
      'bot-removed': '봇이 제거되었습니다.',
    },
    afterDigest:
      '잃어버리는 소식은 없습니다. /digest resume 후 다음 다이제스트가 마지막 다이제스트 이후의 소식을 모두 다룹니다.',
    afterAlert: '그곳에서 /subscriptions resume:{n}을 실행하면 알림이 다시 시작됩니다.',
    afterDm: '/tumen resume을 실행하면 알림이 다시 시작됩니다.',
  },
  ru: {
    title: 'Публикация приостановлена',
    what: (name) => `tumen больше не может публиковать в ${name}.`,
    cause: {
      'target-gone': 'Канал больше не существует.',
      'not-allowed': 'Не хватает прав.',
      unauthorized: 'Платформа отклоняет токен бота: его должен обновить тот, кто запускает бота.',
      'dms-closed': 'Личные сообщения закрыты.',
      'bot-removed': 'Бот удалён.',
    },
    afterDigest:
      'Ничего не потеряно: после /digest resume следующая сводка охватит всё, что пришло после последней.',
    afterAlert: 'Оповещения продолжатся, если выполнить там /subscriptions resume:{n}.',
    afterDm: 'Оповещения продолжатся после /tumen resume.',
  },
};

/** What goes to a destination: its digests, the number of one of its subscriptions. */
export interface PausedUses {
  digest: boolean;
  subscription: number | null;
}

/** What the person who set a destination up is told when it stops, and the verb that lets it go on; pure. */
export function pauseNotice(
  destination: Destination,
  pause: Pause,
  locale: Locale,
  { digest, subscription }: PausedUses,
): Notice {
  const words = WORDS[locale];
  const name = destination.name ?? destination.target;
  const cause = pause.why === 'person' ? '' : causeOf(pause, locale);
  const after = [
    digest ? words.afterDigest : '',
    destination.kind === 'dm'
      ? words.afterDm
      : subscription === null || digest
        ? ''
        : words.afterAlert.replace('{n}', String(subscription)),
  ];
  return {
    kind: 'notice',
    code: `paused-${pause.why}`,
    title: words.title,
    text: [words.what(name), cause, ...after].filter(Boolean).join(' '),
  };
}

/** The permissions that a refusal was recorded with. */
const MISSING = /\(missing: ([^)]+)\)$/;

/** Why nothing goes there, in words; permissions by the names that the reader's client shows. */
export function causeOf({ why, detail }: Pause, locale: Locale): string {
  if (why === 'person') return '';
  const cause = WORDS[locale].cause[why];
  const missing = MISSING.exec(detail ?? '')?.[1];
  if (missing === undefined) return cause + (detail ? ` (${detail})` : '');
  const names = missing.split(', ').map((name) => permissionName(locale, name));
  return `${cause} (${names.join(', ')})`;
}
