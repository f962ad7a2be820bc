import type { Locale } from '../model/digest.ts';

interface TumenWords {
  status: string;
  feeds: string;
  feedsLine: string;
  failing: string;
  silent: string;
  gone: string;
  lastRead: string;
  never: string;
  articles24h: string;
  nextDigest: string;
  nextOfAll: string;
  noDigest: string;
  connections: string;
  version: string;
  paused: string;
  pausedDm: string;
  resume: string;
  resumed: string;
  nothingPaused: string;
  state: Record<'starting' | 'connected' | 'standby' | 'reconnecting' | 'fatal' | 'stopped', string>;
  settings: string;
  language: string;
  zone: string;
  managers: string;
  managersNone: string;
  auditChannel: string;
  auditForum: string;
  topics: string;
  none: string;
  edit: string;
  saved: string;
  unknownZone: string;
  unknownTopic: string;
  didYouMean: string;
  zoneExample: string;
  lastChanges: string;
  /** {a} is a command. */
  notAllowed: string;
  help: string;
  helpIntro: string;
  helpManage: string;
  helpMore: string;
  unknownCommand: string;
  forgetTitle: string;
  forgetWhat: string;
  forgetButton: string;
  forgotten: string;
  yourData: string;
}

const WORDS: Record<Locale, TumenWords> = {
  en: {
    status: 'Coverage',
    feeds: 'Feeds',
    feedsLine: '{read} of {total} read at their last poll',
    failing: 'Failing',
    silent: 'Silent beyond their rhythm',
    gone: 'Gone for good',
    lastRead: 'Last successful poll',
    never: 'never yet',
    articles24h: 'Articles in the last 24 h',
    nextDigest: 'Next digest here',
    nextOfAll: 'Next digest',
    noDigest: 'none scheduled',
    connections: 'Connections',
    version: 'Version',
    paused: 'Paused',
    pausedDm:
      'Your alerts by direct message are paused: we are not allowed to write to you. Allow direct messages, then resume.',
    resume: 'Resume',
    resumed: 'Your alerts by DM are resumed.',
    nothingPaused: 'Nothing of yours was paused.',
    state: {
      starting: 'starting',
      connected: 'connected',
      standby: 'standing by for another instance',
      reconnecting: 'reconnecting',
      fatal: 'stopped by a fault',
      stopped: 'stopped',
    },
    settings: 'Settings of this server',
    language: 'Language',
    zone: 'Time zone',
    managers: 'May change channels',
    managersNone: 'whoever has the Manage Server permission',
    auditChannel: 'Changes are told in',
    auditForum: 'Changes cannot be told in a forum. Choose a text channel.',
    topics: 'Topics',
    none: 'none',
    edit: 'Edit',
    saved: 'Saved.',
    unknownZone: '“{a}” is no time zone that we know.',
    unknownTopic: '“{a}” is no topic here. Topics: {b}.',
    didYouMean: 'Did you mean “{a}”?',
    zoneExample: 'For example: Asia/Seoul, Europe/London, UTC.',
    lastChanges: 'Last changes',
    notAllowed: 'tried {a} without the right to',
    help: 'What tumen can do',
    helpIntro:
      'tumen reads many news feeds, joins the reports of one event into a story, and brings each story once, with its sources.',
    helpManage: 'needs Manage Server, or a role that the settings name',
    helpMore: 'Details of one command: /tumen help command:story show',
    unknownCommand: 'There is no command “{a}”.',
    forgetTitle: 'What is stored about you',
    forgetWhat:
      'The file holds everything stored under your account. The button deletes it for good: your subscriptions, the stories you follow and the alerts that wait for you.',
    forgetButton: 'Delete all of it',
    forgotten: 'Everything stored about you has been deleted.',
    yourData: 'your-data.json',
  },
  ko: {
    status: '수집 현황',
    feeds: '피드',
    feedsLine: '{total}개 중 {read}개를 마지막 확인 때 읽음',
    failing: '수신 실패',
    silent: '평소보다 오래 소식 없음',
    gone: '폐쇄됨',
    lastRead: '마지막으로 읽은 때',
    never: '아직 없음',
    articles24h: '지난 24시간 기사',
    nextDigest: '이 채널의 다음 다이제스트',
    nextOfAll: '다음 다이제스트',
    noDigest: '예약 없음',
    connections: '연결',
    version: '버전',
    paused: '일시 중지됨',
    pausedDm:
      'DM 알림이 일시 중지되었습니다. 메시지를 보낼 수 없게 설정되어 있습니다. 다이렉트 메시지를 허용한 뒤 다시 시작하세요.',
    resume: '다시 시작',
    resumed: 'DM 알림을 다시 시작했습니다.',
    nothingPaused: '일시 중지된 항목이 없습니다.',
    state: {
      starting: '시작 중',
      connected: '연결됨',
      standby: '다른 인스턴스를 위해 대기 중',
      reconnecting: '다시 연결 중',
      fatal: '오류로 중단됨',
      stopped: '중지됨',
    },
    settings: '이 서버의 설정',
    language: '언어',
    zone: '시간대',
    managers: '채널을 변경할 수 있는 역할',
    managersNone: '‘서버 관리’ 권한이 있는 사람',
    auditChannel: '변경 내역을 알리는 채널',
    auditForum: '포럼에는 변경 내역을 알릴 수 없습니다. 텍스트 채널을 고르세요.',
    topics: '주제',
    none: '없음',
    edit: '수정',
    saved: '저장했습니다.',
    unknownZone: '“{a}”은(는) 알 수 없는 시간대입니다.',
    unknownTopic: '“{a}” 주제는 없습니다. 주제: {b}.',
    didYouMean: '“{a}”을(를) 찾으셨나요?',
    zoneExample: '예: Asia/Seoul, Europe/London, UTC',
    lastChanges: '최근 변경',
    notAllowed: '권한 없이 {a} 시도',
    help: 'tumen이 하는 일',
    helpIntro:
      'tumen은 여러 뉴스 피드를 읽고, 한 사건의 보도를 하나의 소식으로 묶어 출처와 함께 한 번만 전합니다.',
    helpManage: '‘서버 관리’ 권한이나 설정에 지정된 역할 필요',
    helpMore: '명령 하나를 자세히: /tumen help command:story show',
    unknownCommand: '“{a}” 명령은 없습니다.',
    forgetTitle: '저장된 내 정보',
    forgetWhat:
      '파일에는 이 계정으로 저장된 모든 정보가 있습니다. 버튼을 누르면 구독, 팔로우한 소식, 대기 중인 알림이 영구히 삭제됩니다.',
    forgetButton: '모두 삭제',
    forgotten: '저장된 정보를 모두 삭제했습니다.',
    yourData: 'my-data.json',
  },
  ru: {
    status: 'Охват',
    feeds: 'Ленты',
    feedsLine: 'прочитано при последнем опросе: {read} из {total}',
    failing: 'Не читаются',
    silent: 'Молчат дольше обычного',
    gone: 'Закрыты',
    lastRead: 'Последний успешный опрос',
    never: 'ещё не было',
    articles24h: 'Статей за 24 ч',
    nextDigest: 'Следующая сводка здесь',
    nextOfAll: 'Следующая сводка',
    noDigest: 'не назначена',
    connections: 'Соединения',
    version: 'Версия',
    paused: 'Приостановлено',
    pausedDm:
      'Ваши оповещения в личных сообщениях приостановлены: нам нельзя вам писать. Разрешите личные сообщения и возобновите.',
    resume: 'Возобновить',
    resumed: 'Оповещения в личных сообщениях возобновлены.',
    nothingPaused: 'У вас ничего не было приостановлено.',
    state: {
      starting: 'запускается',
      connected: 'на связи',
      standby: 'в резерве, соединение держит другой процесс',
      reconnecting: 'переподключается',
      fatal: 'остановлено из-за ошибки',
      stopped: 'остановлено',
    },
    settings: 'Настройки этого сервера',
    language: 'Язык',
    zone: 'Часовой пояс',
    managers: 'Могут менять каналы',
    managersNone: 'все, у кого есть право «Управлять сервером»',
    auditChannel: 'Об изменениях сообщается в',
    auditForum: 'В форуме об изменениях не сообщить. Выберите текстовый канал.',
    topics: 'Темы',
    none: 'нет',
    edit: 'Изменить',
    saved: 'Сохранено.',
    unknownZone: '«{a}» — неизвестный часовой пояс.',
    unknownTopic: 'Темы «{a}» здесь нет. Темы: {b}.',
    didYouMean: 'Может быть, «{a}»?',
    zoneExample: 'Например: Asia/Seoul, Europe/London, UTC.',
    lastChanges: 'Последние изменения',
    notAllowed: 'попытка без права: {a}',
    help: 'Что умеет tumen',
    helpIntro:
      'tumen читает много новостных лент, объединяет сообщения об одном событии в сюжет и приносит каждый сюжет один раз, с источниками.',
    helpManage: 'нужно право «Управлять сервером» или роль из настроек',
    helpMore: 'Подробно об одной команде: /tumen help command:story show',
    unknownCommand: 'Команды «{a}» нет.',
    forgetTitle: 'Что хранится о вас',
    forgetWhat:
      'В файле — всё, что хранится для вашей учётной записи. Кнопка удаляет это навсегда: подписки, сюжеты, за которыми вы следите, и ожидающие оповещения.',
    forgetButton: 'Удалить всё',
    forgotten: 'Всё, что хранилось о вас, удалено.',
    yourData: 'my-data.json',
  },
};

export function tumenWords(locale: Locale): TumenWords {
  return WORDS[locale];
}
