import type { Locale } from '../model/digest.ts';

/** What the Slack door says by itself, beside what every door says. */
interface SlackWords {
  working: string;
  unknown: string;
  didYouMean: string;
  helpHint: string;
  leftover: string;
  example: string;
  notInChannel: string;
  backToForm: string;
}

const WORDS: Record<Locale, SlackWords> = {
  en: {
    working: 'One moment …',
    unknown: 'There is no “{a}”.',
    didYouMean: 'Did you mean {a}?',
    helpHint: '/tumen help lists everything; /tumen alone opens a form.',
    leftover: '“{a}” has no place in this command.',
    example: 'A valid example: {a}',
    notInChannel: 'tumen is not in this channel, so nothing can be shared here: /invite @tumen',
    backToForm: 'Back to the form',
  },
  ko: {
    working: '잠시만 기다려 주세요 …',
    unknown: '“{a}”(이)라는 명령이 없습니다.',
    didYouMean: '{a}을(를) 찾으셨나요?',
    helpHint: '/tumen help는 모든 명령을, /tumen만 입력하면 양식을 보여 줍니다.',
    leftover: '이 명령에는 “{a}”이(가) 들어갈 자리가 없습니다.',
    example: '올바른 예: {a}',
    notInChannel: 'tumen이 이 채널에 없어 공유할 수 없습니다: /invite @tumen',
    backToForm: '양식으로 돌아가기',
  },
  ru: {
    working: 'Минуту …',
    unknown: 'Команды «{a}» нет.',
    didYouMean: 'Возможно, {a}?',
    helpHint: '/tumen help показывает всё; одно /tumen открывает форму.',
    leftover: 'Слову «{a}» в этой команде нет места.',
    example: 'Верный пример: {a}',
    notInChannel: 'tumen нет в этом канале, поделиться не получится: /invite @tumen',
    backToForm: 'Назад к форме',
  },
};

export function slackWords(locale: Locale): SlackWords {
  return WORDS[locale];
}
