import type { Locale } from '../model/digest.ts';

/** Words on the buttons that platforms draw of themselves. */
interface ActionWords {
  follow: string;
  sources: string;
  why: string;
  coverage: string;
  share: string;
  /** {a} is who shared. */
  sharedBy: string;
  send: string;
  yes: string;
  no: string;
  continued: string;
}

const WORDS: Record<Locale, ActionWords> = {
  en: {
    follow: 'Follow',
    sources: 'Sources',
    why: 'Why',
    coverage: 'Coverage',
    share: 'Share here',
    sharedBy: 'Shared by {a}',
    send: 'Send',
    yes: 'Yes',
    no: 'No',
    continued: 'continued {n} of {m}',
  },
  ko: {
    follow: '팔로우',
    sources: '출처',
    why: '이유',
    coverage: '수집 현황',
    share: '여기에 공유',
    sharedBy: '{a} 님이 공유함',
    send: '보내기',
    yes: '예',
    no: '아니요',
    continued: '이어서 {n}/{m}',
  },
  ru: {
    follow: 'Следить',
    sources: 'Источники',
    why: 'Почему',
    coverage: 'Охват',
    share: 'Показать всем',
    sharedBy: 'Этим делится {a}',
    send: 'Отправить',
    yes: 'Да',
    no: 'Нет',
    continued: 'продолжение, {n} из {m}',
  },
};

export function actionWords(locale: Locale): ActionWords {
  return WORDS[locale];
}
