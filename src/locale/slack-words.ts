import type { Locale } from '../model/digest.ts';

/** What the Slack door says by itself, beside what every door says. */
interface SlackWords {
  working: string;
  unknown: string;
  didYouMean: string;
  helpHint: string;
  leftover: string;
  example: string;
}

const WORDS: Record<Locale, SlackWords> = {
  en: {
    working: 'One moment …',
    unknown: 'There is no “{a}”.',
    didYouMean: 'Did you mean {a}?',
    helpHint: '/tumen help lists everything; /tumen alone opens a form.',
    leftover: '“{a}” has no place in this command.',
    example: 'A valid example: {a}',
  },
  ko: {
    working: '잠시만 기다려 주세요 …',
    unknown: '“{a}”(이)라는 명령이 없습니다.',
    didYouMean: '{a}을(를) 찾으셨나요?',
    helpHint: '/tumen help는 모든 명령을, /tumen만 입력하면 양식을 보여 줍니다.',
    leftover: '이 명령에는 “{a}”이(가) 들어갈 자리가 없습니다.',
    example: '올바른 예: {a}',
  },
  ru: {
    working: 'Минуту …',
    unknown: 'Команды «{a}» нет.',
    didYouMean: 'Возможно, {a}?',
    helpHint: '/tumen help показывает всё; одно /tumen открывает форму.',
    leftover: 'Слову «{a}» в этой команде нет места.',
    example: 'Верный пример: {a}',
  },
};

export function slackWords(locale: Locale): SlackWords {
  return WORDS[locale];
}
