import type { Locale } from '../model/digest.ts';

/** What Discord's settings call its permissions in the languages that we speak beside English. */
const NAMES: Record<Exclude<Locale, 'en'>, Record<string, string>> = {
  ko: {
    'View Channel': '채널 보기',
    'View Channels': '채널 보기',
    'Send Messages': '메시지 보내기',
    'Read Message History': '메시지 기록 보기',
    'Send Messages in Threads': '스레드에서 메시지 보내기',
    'Create Public Threads': '공개 스레드 만들기',
    'Create Posts': '게시글 만들기',
    'Send Messages in Posts': '게시글에서 메시지 보내기',
    'a tag: this forum does not take posts without one': '태그: 이 포럼은 태그 없는 글을 받지 않습니다',
  },
  ru: {
    'View Channel': 'Просматривать канал',
    'View Channels': 'Просматривать каналы',
    'Send Messages': 'Отправлять сообщения',
    'Read Message History': 'Читать историю сообщений',
    'Send Messages in Threads': 'Отправлять сообщения в ветках',
    'Create Public Threads': 'Создавать публичные ветки',
    'Create Posts': 'Создавать публикации',
    'Send Messages in Posts': 'Отправлять сообщения в публикациях',
    'a tag: this forum does not take posts without one': 'тег: без него этот форум не принимает публикаций',
  },
};

/** A permission by the name that a reader's own client shows; what has no name there stays as it is. */
export function permissionName(locale: Locale, name: string): string {
  return locale === 'en' ? name : (NAMES[locale][name] ?? name);
}
