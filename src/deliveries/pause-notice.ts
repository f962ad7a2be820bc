import type { Notice } from '../model/delivery.ts';
import type { Locale } from '../model/digest.ts';
import type { Destination, Pause } from '../model/schedule.ts';

type Cause = Exclude<Pause['why'], 'person'>;
interface Wording {
  title: string;
  /** Where it posts, in words. */
  what: (name: string) => string;
  cause: Record<Cause, string>;
  after: string;
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
    after:
      'Nothing is lost: after /digest resume the next digest covers what has come in since the last one.',
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
    after:
      '잃어버리는 소식은 없습니다. /digest resume 후 다음 다이제스트가 마지막 다이제스트 이후의 소식을 모두 다룹니다.',
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
    after:
      'Ничего не потеряно: после /digest resume следующая сводка охватит всё, что пришло после последней.',
  },
};

/** What the person who set a destination up is told when it stops; pure. */
export function pauseNotice(destination: Destination, pause: Pause, locale: Locale): Notice {
  const words = WORDS[locale];
  const name = destination.name ?? destination.target;
  const cause = pause.why === 'person' ? '' : words.cause[pause.why];
  const detail = pause.detail ? ` (${pause.detail})` : '';
  return {
    kind: 'notice',
    code: `paused-${pause.why}`,
    title: words.title,
    text: `${words.what(name)} ${cause}${detail} ${words.after}`,
  };
}
