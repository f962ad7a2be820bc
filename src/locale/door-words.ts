import type { Locale } from '../model/digest.ts';

/** What a platform's door says by itself. */
interface DoorWords {
  tooOld: string;
  noStory: string;
  whichStory: string;
  mayNotPost: string;
  stopping: string;
  fileTooLarge: string;
  fileUnreadable: string;
  answeredBelow: string;
  welcome: string;
  welcomeText: string;
  welcomeWho: string;
  welcomeMissing: string;
  welcomeAllThere: string;
  setUp: string;
  test: string;
  settings: string;
  help: string;
}

const WORDS: Record<Locale, DoorWords> = {
  en: {
    tooOld:
      'This button is from an older version and leads nowhere now. Type the command instead: /tumen help',
    noStory: 'This message shows no story of tumen.',
    whichStory: 'Which story?',
    mayNotPost: 'You may not write in this channel, so this cannot be shared here.',
    stopping: 'tumen is being restarted. Please try again in a minute.',
    fileTooLarge: 'The file is too large: at most 1 MB.',
    fileUnreadable: 'The file could not be read. Please attach it again.',
    answeredBelow: 'Answered below.',
    welcome: 'tumen is here',
    welcomeText:
      'It follows one topic across many news feeds and brings each event once, with its sources. Choose a channel, an hour, a time zone and a language, and the first digest comes at that hour.',
    welcomeWho: 'Whoever has the Manage Server permission can set it up.',
    welcomeMissing: 'Permissions that are missing for tumen here: {a}. Without them nothing can be posted.',
    welcomeAllThere: 'tumen has the permissions that it needs.',
    setUp: 'Set up a digest',
    test: 'Show one now',
    settings: 'Settings',
    help: 'What else it can do',
  },
  ko: {
    tooOld: '이전 버전의 버튼이라 더는 쓸 수 없습니다. 명령을 입력하세요: /tumen help',
    noStory: '이 메시지에는 tumen의 소식이 없습니다.',
    whichStory: '어느 소식인가요?',
    mayNotPost: '이 채널에 글을 쓸 수 없어 공유할 수 없습니다.',
    stopping: 'tumen을 다시 시작하는 중입니다. 잠시 후 다시 시도해 주세요.',
    fileTooLarge: '파일이 너무 큽니다. 최대 1MB입니다.',
    fileUnreadable: '파일을 읽을 수 없습니다. 다시 첨부해 주세요.',
    answeredBelow: '아래에 답했습니다.',
    welcome: 'tumen이 왔습니다',
    welcomeText:
      '여러 뉴스 피드에서 한 주제를 따라가며 사건마다 한 번씩, 출처와 함께 전합니다. 채널, 시각, 시간대, 언어를 고르면 그 시각에 첫 다이제스트가 옵니다.',
    welcomeWho: '‘서버 관리’ 권한이 있으면 설정할 수 있습니다.',
    welcomeMissing: 'tumen에 없는 권한: {a}. 이 권한이 없으면 글을 올릴 수 없습니다.',
    welcomeAllThere: 'tumen에 필요한 권한이 모두 있습니다.',
    setUp: '다이제스트 설정',
    test: '지금 하나 보기',
    settings: '설정',
    help: '다른 기능',
  },
  ru: {
    tooOld: 'Это кнопка старой версии, она больше не действует. Введите команду: /tumen help',
    noStory: 'В этом сообщении нет сюжета tumen.',
    whichStory: 'Какой сюжет?',
    mayNotPost: 'Вам нельзя писать в этом канале, поэтому поделиться здесь не получится.',
    stopping: 'tumen перезапускается. Повторите через минуту.',
    fileTooLarge: 'Файл слишком большой: не более 1 МБ.',
    fileUnreadable: 'Файл не удалось прочитать. Прикрепите его ещё раз.',
    answeredBelow: 'Ответ ниже.',
    welcome: 'tumen на месте',
    welcomeText:
      'Он следит за одной темой во множестве новостных лент и приносит каждое событие один раз, с источниками. Выберите канал, час, часовой пояс и язык — первая сводка придёт в этот час.',
    welcomeWho: 'Настроить может тот, у кого есть право «Управлять сервером».',
    welcomeMissing: 'tumen здесь не хватает прав: {a}. Без них ничего нельзя опубликовать.',
    welcomeAllThere: 'У tumen есть все нужные права.',
    setUp: 'Настроить сводку',
    test: 'Показать сейчас',
    settings: 'Настройки',
    help: 'Что ещё он умеет',
  },
};

export function doorWords(locale: Locale): DoorWords {
  return WORDS[locale];
}
