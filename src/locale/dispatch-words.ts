import type { Locale } from '../model/digest.ts';

/** What the dispatcher says of itself, before or instead of a command. */
interface DispatchWords {
  unknownCommand: string;
  didYouMean: string;
  needsManage: string;
  guest: string;
  notInstalled: string;
  quotaPerson: string;
  quotaChannel: string;
  quotaScope: string;
  tryIn: string;
  apology: string;
  tryAgain: string;
  timedOut: string;
  missing: string;
  notANumber: string;
  tooSmall: string;
  tooLarge: string;
  tooLong: string;
  notAChoice: string;
  notYesOrNo: string;
  example: string;
  fillIn: string;
}

const WORDS: Record<Locale, DispatchWords> = {
  en: {
    unknownCommand: 'There is no command “{a}”.',
    didYouMean: 'Did you mean “{a}”?',
    needsManage:
      'This changes what a channel or the whole server sees. It takes the Manage Server permission or a role that the settings of tumen name; ask an admin here.',
    guest: 'Guests and members of other organizations can read here, but not change anything.',
    notInstalled:
      'This works only where tumen has been added to the server. An admin can add it from its profile.',
    quotaPerson: 'That was a lot in a short time.',
    quotaChannel: 'This channel has asked a lot in a short time.',
    quotaScope: 'This server has asked a lot in a short time.',
    tryIn: 'Please try again in {n} s.',
    apology: 'Something went wrong on our side. It is in our log as {a}.',
    tryAgain: 'Please try again; if it happens again, give this id to whoever runs tumen.',
    timedOut: 'This took too long and was stopped. It is in our log as {a}.',
    missing: '“{a}” is missing.',
    notANumber: '“{b}” is no whole number for “{a}”.',
    tooSmall: '“{b}” is too small for “{a}”.',
    tooLarge: '“{b}” is too large for “{a}”.',
    tooLong: '“{a}” is too long: at most {n} characters.',
    notAChoice: '“{b}” is no choice for “{a}”.',
    notYesOrNo: '“{b}” is neither yes nor no, for “{a}”.',
    example: 'For example: {a}',
    fillIn: 'Fill in',
  },
  ko: {
    unknownCommand: '“{a}” 명령은 없습니다.',
    didYouMean: '“{a}” 명령을 찾으셨나요?',
    needsManage:
      '채널이나 서버 전체에 보이는 내용을 바꾸는 명령입니다. ‘서버 관리’ 권한이나 tumen 설정에 지정된 역할이 필요합니다. 서버 관리자에게 문의하세요.',
    guest: '게스트와 외부 구성원은 읽을 수만 있고 변경할 수는 없습니다.',
    notInstalled:
      'tumen이 추가된 서버에서만 쓸 수 있습니다. 서버 관리자가 tumen 프로필에서 추가할 수 있습니다.',
    quotaPerson: '짧은 시간에 요청이 너무 많았습니다.',
    quotaChannel: '이 채널에서 짧은 시간에 요청이 너무 많았습니다.',
    quotaScope: '이 서버에서 짧은 시간에 요청이 너무 많았습니다.',
    tryIn: '{n}초 후에 다시 시도해 주세요.',
    apology: '저희 쪽에서 오류가 났습니다. 로그 번호: {a}',
    tryAgain: '다시 시도해 주세요. 또 발생하면 tumen 운영자에게 이 번호를 알려 주세요.',
    timedOut: '시간이 너무 오래 걸려 중단했습니다. 로그 번호: {a}',
    missing: '“{a}” 값이 없습니다.',
    notANumber: '“{a}”에 입력한 “{b}”은(는) 정수가 아닙니다.',
    tooSmall: '“{a}”에 입력한 “{b}”은(는) 너무 작습니다.',
    tooLarge: '“{a}”에 입력한 “{b}”은(는) 너무 큽니다.',
    tooLong: '“{a}” 값이 너무 깁니다. 최대 {n}자입니다.',
    notAChoice: '“{b}”은(는) “{a}”에서 고를 수 없습니다.',
    notYesOrNo: '“{a}”에 입력한 “{b}”은(는) 예/아니요가 아닙니다.',
    example: '예: {a}',
    fillIn: '입력하기',
  },
  ru: {
    unknownCommand: 'Команды «{a}» нет.',
    didYouMean: 'Может быть, «{a}»?',
    needsManage:
      'Это меняет то, что видит канал или весь сервер. Нужно право «Управлять сервером» или роль, указанная в настройках tumen; обратитесь к администратору.',
    guest: 'Гости и участники других организаций могут только читать.',
    notInstalled:
      'Это работает только там, где tumen добавлен на сервер. Администратор может добавить его из профиля бота.',
    quotaPerson: 'Слишком много запросов за короткое время.',
    quotaChannel: 'Из этого канала слишком много запросов за короткое время.',
    quotaScope: 'С этого сервера слишком много запросов за короткое время.',
    tryIn: 'Повторите через {n} с.',
    apology: 'У нас произошла ошибка. Номер в журнале: {a}.',
    tryAgain: 'Попробуйте ещё раз; если повторится, сообщите этот номер тому, кто обслуживает tumen.',
    timedOut: 'Это заняло слишком много времени и было остановлено. Номер в журнале: {a}.',
    missing: 'Не указано «{a}».',
    notANumber: '«{b}» — не целое число для «{a}».',
    tooSmall: '«{b}» слишком мало для «{a}».',
    tooLarge: '«{b}» слишком много для «{a}».',
    tooLong: '«{a}» слишком длинно: не более {n} символов.',
    notAChoice: '«{b}» нельзя выбрать для «{a}».',
    notYesOrNo: '«{b}» — ни да, ни нет, для «{a}».',
    example: 'Например: {a}',
    fillIn: 'Заполнить',
  },
};

export function dispatchWords(locale: Locale): DispatchWords {
  return WORDS[locale];
}
