import type { Locale } from '../model/digest.ts';

/** What the Slack door says by itself, beside what every door says. */
interface SlackWords {
  working: string;
  unknown: string;
  didYouMean: string;
  /** {a} is the outer word of commands with two, as it is typed: `/tumen story`. */
  verbsOf: string;
  /** {a} is `#news` as typed, {b} the option. */
  noSuchChannel: string;
  noSuchGroup: string;
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
  /** {a} is the words followed. */
  alertFor: string;
  sendAll: string;
  showAll: string;
  sentToYou: string;
  fileSent: string;
  fileFailed: string;
  tooSlow: string;
  unsure: string;
  nameChannel: string;
  archived: string;
  /** {a} is the name of the channel. */
  notMember: string;
  cannotSee: string;
  busy: string;
  notInstalled: string;
  keyDoesNotOpen: string;
  userGroup: string;
  /** In the menu, above the commands that stand in no group. */
  alone: string;
}

const WORDS: Record<Locale, SlackWords> = {
  en: {
    working: 'One moment …',
    unknown: 'There is no “{a}”.',
    didYouMean: 'Did you mean {a}?',
    verbsOf: 'What {a} can do:',
    noSuchChannel:
      'Slack did not turn “{a}” into a channel. Choose it from the list that opens as you type #; a private channel is known after /invite @tumen there.',
    noSuchGroup:
      'Slack did not turn “{a}” into a person or user group. Choose it from the list that opens as you type @.',
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
    alertFor: 'Alert for {a}',
    sendAll: 'Send me all of it',
    showAll: 'Show all',
    sentToYou: 'All of it is in your direct messages with tumen.',
    fileSent: 'The file is in your direct messages with tumen.',
    fileFailed: 'The file could not be sent to you. Please try again.',
    tooSlow: 'Slack took too long to open this. Please try again.',
    unsure:
      'Slack does not say who you are just now, so nothing can be changed. Please try again in a minute.',
    nameChannel:
      'A digest needs a channel, and this is a conversation between people. Name the channel, for example channel:#news.',
    archived: 'That channel is archived: nothing can be posted there.',
    notMember: 'tumen is not in #{a} yet. Type /invite @tumen there, then try again.',
    cannotSee: 'tumen cannot see that channel. If it is private, type /invite @tumen there, then try again.',
    busy: 'Slack is busy just now. Please try again in a minute.',
    notInstalled:
      'tumen is not installed in this workspace any more. Install it again to go on where it stopped.',
    keyDoesNotOpen:
      'tumen cannot open the key of this workspace just now. Whoever runs tumen is told what to do.',
    userGroup: 'Or a user group',
    alone: 'Your alerts; why something was posted',
  },
  ko: {
    working: '잠시만 기다려 주세요 …',
    unknown: '“{a}”(이)라는 명령이 없습니다.',
    didYouMean: '{a}을(를) 찾으셨나요?',
    verbsOf: '{a} 명령:',
    noSuchChannel:
      'Slack에서 “{a}”을(를) 채널로 인식하지 못했습니다. #을 입력하면 열리는 목록에서 고르세요. 비공개 채널은 그곳에서 /invite @tumen을 먼저 실행하세요.',
    noSuchGroup:
      'Slack에서 “{a}”을(를) 사람이나 그룹으로 인식하지 못했습니다. @을 입력하면 열리는 목록에서 고르세요.',
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
    alertFor: '알림 {a}',
    sendAll: '전체를 DM으로 받기',
    showAll: '전체 보기',
    sentToYou: '전체 내용을 tumen과의 DM으로 보냈습니다.',
    fileSent: '파일을 tumen과의 DM으로 보냈습니다.',
    fileFailed: '파일을 보내지 못했습니다. 다시 시도해 주세요.',
    tooSlow: 'Slack에서 여는 데 시간이 너무 오래 걸렸습니다. 다시 시도해 주세요.',
    unsure: '지금 Slack에서 사용자를 확인할 수 없어 변경할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    nameChannel:
      '다이제스트에는 채널이 필요하지만 여기는 사람들 사이의 대화입니다. 채널을 지정하세요. 예: channel:#news',
    archived: '보관된 채널이라 글을 올릴 수 없습니다.',
    notMember: 'tumen이 아직 #{a} 채널에 없습니다. 그곳에서 /invite @tumen을 입력한 뒤 다시 시도하세요.',
    cannotSee:
      'tumen이 그 채널을 볼 수 없습니다. 비공개 채널이면 그곳에서 /invite @tumen을 입력한 뒤 다시 시도하세요.',
    busy: '지금 Slack이 혼잡합니다. 잠시 후 다시 시도해 주세요.',
    notInstalled:
      '이 워크스페이스에 tumen이 더 이상 설치되어 있지 않습니다. 다시 설치하면 이어서 쓸 수 있습니다.',
    keyDoesNotOpen: '지금 tumen이 이 워크스페이스의 키를 열 수 없습니다. 운영자에게 조치 방법이 표시됩니다.',
    userGroup: '또는 사용자 그룹',
    alone: '내 알림, 게시된 이유',
  },
  ru: {
    working: 'Минуту …',
    unknown: 'Команды «{a}» нет.',
    didYouMean: 'Возможно, {a}?',
    verbsOf: 'Что умеет {a}:',
    noSuchChannel:
      'Slack не узнал в «{a}» канал. Выберите его из списка, который открывается при вводе #; закрытый канал виден после /invite @tumen в нём.',
    noSuchGroup:
      'Slack не узнал в «{a}» человека или группу. Выберите из списка, который открывается при вводе @.',
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
    alertFor: 'Оповещение: {a}',
    sendAll: 'Прислать всё мне',
    showAll: 'Показать всё',
    sentToYou: 'Всё целиком — в личных сообщениях с tumen.',
    fileSent: 'Файл — в личных сообщениях с tumen.',
    fileFailed: 'Файл отправить не удалось. Попробуйте ещё раз.',
    tooSlow: 'Slack слишком долго это открывал. Попробуйте ещё раз.',
    unsure: 'Slack сейчас не сообщает, кто вы, поэтому ничего изменить нельзя. Повторите через минуту.',
    nameChannel: 'Сводке нужен канал, а это беседа между людьми. Укажите канал, например channel:#news.',
    archived: 'Этот канал в архиве: публиковать в нём нельзя.',
    notMember: 'tumen ещё не в #{a}. Введите там /invite @tumen и повторите.',
    cannotSee: 'Этого канала tumen не видит. Если он закрытый, введите там /invite @tumen и повторите.',
    busy: 'Slack сейчас занят. Повторите через минуту.',
    notInstalled:
      'tumen больше не установлен в этом пространстве. Установите его снова, и он продолжит с того же места.',
    keyDoesNotOpen:
      'tumen сейчас не может открыть ключ этого пространства. Тому, кто его обслуживает, показано, что делать.',
    userGroup: 'Или группа пользователей',
    alone: 'Ваши оповещения; почему что-то опубликовано',
  },
};

export function slackWords(locale: Locale): SlackWords {
  return WORDS[locale];
}
