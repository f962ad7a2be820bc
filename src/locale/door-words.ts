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
  sharedAlready: string;
  welcome: string;
  welcomeText: string;
  welcomeWho: string;
  /** {a} is a permission, {b} what it is for. */
  welcomeMissing: string;
  purpose: Record<'posting' | 'threads' | 'checking', string>;
  setUp: string;
  test: string;
  settings: string;
  help: string;
}

const WORDS: Record<Locale, DoorWords> = {
  en: {
    tooOld: 'This button leads nowhere any more. Type the command instead: /tumen help',
    noStory: 'This message shows no story of tumen.',
    whichStory: 'Which story?',
    mayNotPost: 'You may not write in this channel, so this cannot be shared here.',
    stopping: 'tumen is being restarted. Please try again in a minute.',
    fileTooLarge: 'The file is too large: at most 1 MB.',
    fileUnreadable: 'The file could not be read. Please attach it again.',
    answeredBelow: 'Answered below.',
    sharedAlready: 'This is shared already.',
    welcome: 'tumen is here',
    welcomeText: 'It follows one topic across many news feeds and brings each event once, with its sources.',
    welcomeWho:
      'Set up a digest and Settings are for those with the Manage Server permission; the other buttons answer anyone, in private.',
    welcomeMissing: 'tumen lacks {a} here: needed {b}.',
    purpose: {
      posting: 'to post anything',
      threads: 'for digests in threads and forums',
      checking: 'to see after a crash whether a post got through, so that nothing comes twice',
    },
    setUp: 'Set up a digest',
    test: 'Show one now',
    settings: 'Settings',
    help: 'What else it can do',
  },
  ko: {
    tooOld: '이 버튼은 더는 쓸 수 없습니다. 명령을 입력하세요: /tumen help',
    noStory: '이 메시지에는 tumen의 소식이 없습니다.',
    whichStory: '어느 소식인가요?',
    mayNotPost: '이 채널에 글을 쓸 수 없어 공유할 수 없습니다.',
    stopping: 'tumen을 다시 시작하는 중입니다. 잠시 후 다시 시도해 주세요.',
    fileTooLarge: '파일이 너무 큽니다. 최대 1MB입니다.',
    fileUnreadable: '파일을 읽을 수 없습니다. 다시 첨부해 주세요.',
    answeredBelow: '아래에 답했습니다.',
    sharedAlready: '이미 공유했습니다.',
    welcome: 'tumen이 왔습니다',
    welcomeText: '여러 뉴스 피드에서 한 주제를 따라가며 사건마다 한 번씩, 출처와 함께 전합니다.',
    welcomeWho:
      '‘다이제스트 설정’과 ‘설정’은 ‘서버 관리’ 권한이 있는 사람만 쓸 수 있고, 다른 버튼은 누구에게나 개인적으로 답합니다.',
    welcomeMissing: '여기서 tumen에 없는 권한: {a}. {b} 필요합니다.',
    purpose: {
      posting: '글을 올리는 데',
      threads: '스레드와 포럼의 다이제스트에',
      checking: '오류 뒤에 글이 올라갔는지 확인해 두 번 올리지 않는 데',
    },
    setUp: '다이제스트 설정',
    test: '지금 하나 보기',
    settings: '설정',
    help: '다른 기능',
  },
  ru: {
    tooOld: 'Эта кнопка больше не действует. Введите команду: /tumen help',
    noStory: 'В этом сообщении нет сюжета tumen.',
    whichStory: 'Какой сюжет?',
    mayNotPost: 'Вам нельзя писать в этом канале, поэтому поделиться здесь не получится.',
    stopping: 'tumen перезапускается. Повторите через минуту.',
    fileTooLarge: 'Файл слишком большой: не более 1 МБ.',
    fileUnreadable: 'Файл не удалось прочитать. Прикрепите его ещё раз.',
    answeredBelow: 'Ответ ниже.',
    sharedAlready: 'Этим уже поделились.',
    welcome: 'tumen на месте',
    welcomeText:
      'Он следит за одной темой во множестве новостных лент и приносит каждое событие один раз, с источниками.',
    welcomeWho:
      '«Настроить сводку» и «Настройки» — для тех, у кого есть право «Управлять сервером»; остальные кнопки отвечают каждому, лично.',
    welcomeMissing: 'Здесь tumen не хватает права {a}: оно нужно, {b}.',
    purpose: {
      posting: 'чтобы что-либо публиковать',
      threads: 'чтобы приносить сводки в ветки и форумы',
      checking: 'чтобы после сбоя проверить, дошло ли сообщение, и не повторить его',
    },
    setUp: 'Настроить сводку',
    test: 'Показать сейчас',
    settings: 'Настройки',
    help: 'Что ещё он умеет',
  },
};

export function doorWords(locale: Locale): DoorWords {
  return WORDS[locale];
}
