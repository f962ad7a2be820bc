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
  needsManage: string;
  quotaScope: string;
  settings: string;
  managersNone: string;
  helpManage: string;
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
    needsManage:
      'This changes what a channel or the whole workspace sees. It takes a workspace admin or owner, or a person or user group that the settings of tumen name.',
    quotaScope: 'This workspace has asked a lot in a short time.',
    settings: 'Settings of this workspace',
    managersNone: 'workspace admins and owners',
    helpManage: 'needs a workspace admin, or a user group that the settings name',
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
    needsManage:
      '채널이나 워크스페이스 전체에 보이는 내용을 바꾸는 명령입니다. 워크스페이스 관리자나 소유자, 또는 tumen 설정에 지정된 사람이나 그룹만 쓸 수 있습니다.',
    quotaScope: '이 워크스페이스에서 짧은 시간에 너무 많이 요청했습니다.',
    settings: '이 워크스페이스의 설정',
    managersNone: '워크스페이스 관리자와 소유자',
    helpManage: '워크스페이스 관리자나 설정에 지정된 그룹 필요',
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
    needsManage:
      'Это меняет то, что видит канал или всё пространство. Нужен администратор или владелец пространства либо человек или группа, названные в настройках tumen.',
    quotaScope: 'Из этого пространства слишком много запросов за короткое время.',
    settings: 'Настройки этого пространства',
    managersNone: 'администраторы и владельцы пространства',
    helpManage: 'нужен администратор пространства или группа из настроек',
  },
};

export function slackWords(locale: Locale): SlackWords {
  return WORDS[locale];
}
