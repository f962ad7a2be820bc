import type { Locale } from '../model/digest.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Plural } from './labels.ts';

interface SubscriptionWords {
  saved: string;
  changed: string;
  readsAs: string;
  lastWeek: string;
  postsAgain: string;
  goesToChannel: string;
  goesToDm: string;
  broad: string;
  anyway: string;
  duplicate: string;
  tooMany: Record<'owner' | 'destination' | 'scope', string>;
  try: string;
  valid: string;
  correct: string;
  writeQuery: string;
  noQuery: string;
  at: string;
  list: string;
  listChannel: string;
  none: string;
  noneHint: string;
  follows: string;
  paused: string;
  pausedNow: string;
  resumed: string;
  edit: string;
  test: string;
  pause: string;
  resume: string;
  remove: string;
  removeAll: string;
  removed: string;
  postingPaused: string;
  whichOne: string;
  removedAll: Plural;
  notYours: string;
  quiet: string;
  badQuiet: string;
  updates: string;
  byDm: string;
  lastAlert: string;
  testFound: string;
  mode: Record<Subscription['mode'], string>;
  /** By the error's code; the English ones stand in the error itself. */
  errors: Record<string, string>;
}

const WORDS: Record<Locale, SubscriptionWords> = {
  en: {
    saved: 'Subscribed.',
    changed: 'Changed.',
    readsAs: 'Reads as',
    goesToDm: 'Alerts come {b}, by direct message.',
    goesToChannel: 'Alerts come {b}, into {a}.',
    postsAgain: 'Posting there was paused and goes on now.',
    lastWeek: 'Last week it would have brought {a} of {b} articles.',
    broad:
      'This is very broad: last week it would have brought {a} of {b} articles. Add a word, or take it as it is.',
    anyway: 'Subscribe anyway',
    duplicate: 'You have this subscription already.',
    tooMany: {
      owner: 'You have {a} subscriptions, the most one person can have. Remove one first.',
      destination: 'This channel has {a} subscriptions, the most it can have. Remove one first.',
      scope: 'This server has {a} subscriptions, the most it can have.',
    },
    noQuery: 'Name the words to follow.',
    writeQuery: 'Fill in',
    correct: 'Correct it',
    valid: 'Possible',
    try: 'Try',
    at: 'Here',
    list: 'Your subscriptions',
    listChannel: 'Subscriptions of this channel',
    none: 'You follow nothing yet.',
    noneHint: 'Example: /subscribe "artillery shells" -football',
    follows: 'Story {a}',
    paused: 'paused',
    pausedNow: 'Paused.',
    resumed: 'Resumed.',
    edit: 'Edit',
    test: 'Test',
    pause: 'Pause',
    resume: 'Resume',
    remove: 'Remove',
    removeAll: 'Remove all',
    whichOne: 'Which one shall be removed?',
    postingPaused: 'posting there is paused: {a}',
    removed: 'Removed.',
    removedAll: { one: 'Removed {n} subscription.', other: 'Removed {n} subscriptions.' },
    notYours: 'There is no subscription {a} of yours here. /subscriptions lists them.',
    quiet: 'quiet {a}',
    badQuiet: '“{a}” are no quiet hours. Write them 22:00-07:00; "off" ends them.',
    updates: 'with updates',
    byDm: 'by direct message',
    lastAlert: 'last alert',
    testFound: 'Last week it would have brought {a} of {b} articles. The best of them:',
    mode: { instant: 'at once', hourly: 'every hour', daily: 'once a day' },
    errors: {},
  },
  ko: {
    saved: '구독했습니다.',
    changed: '변경했습니다.',
    readsAs: '해석',
    goesToDm: '알림: {b}, 개인 메시지로.',
    goesToChannel: '알림: {b}, {a}에 게시.',
    postsAgain: '그곳의 게시가 일시 중지되어 있었으며 이제 다시 시작합니다.',
    lastWeek: '지난주라면 기사 {b}건 중 {a}건이 해당합니다.',
    broad:
      '범위가 매우 넓습니다. 지난주라면 기사 {b}건 중 {a}건이 해당합니다. 단어를 더하거나 그대로 구독하세요.',
    anyway: '그대로 구독',
    duplicate: '이미 구독 중입니다.',
    tooMany: {
      owner: '구독이 {a}개로 한 사람의 최대치입니다. 먼저 하나를 삭제하세요.',
      destination: '이 채널의 구독이 {a}개로 최대치입니다. 먼저 하나를 삭제하세요.',
      scope: '이 서버의 구독이 {a}개로 최대치입니다.',
    },
    noQuery: '구독할 단어를 쓰세요.',
    writeQuery: '채우기',
    correct: '고치기',
    valid: '쓸 수 있는 값',
    try: '이렇게 써 보세요',
    at: '위치',
    list: '내 구독',
    listChannel: '이 채널의 구독',
    none: '아직 구독이 없습니다.',
    noneHint: '예: /subscribe 포탄 러시아 -축구',
    follows: '소식 {a}',
    paused: '일시 중지',
    pausedNow: '일시 중지했습니다.',
    resumed: '다시 시작했습니다.',
    edit: '수정',
    test: '시험',
    pause: '일시 중지',
    resume: '다시 시작',
    remove: '삭제',
    removeAll: '모두 삭제',
    whichOne: '어느 것을 삭제할까요?',
    postingPaused: '게시 일시 중지: {a}',
    removed: '삭제했습니다.',
    removedAll: { other: '구독 {n}개를 삭제했습니다.' },
    notYours: '여기에는 내 구독 {a}번이 없습니다. /subscriptions로 목록을 볼 수 있습니다.',
    quiet: '방해 금지 {a}',
    badQuiet: '“{a}”: 방해 금지 시간은 22:00-07:00처럼 씁니다. off로 끝냅니다.',
    updates: '갱신 포함',
    byDm: '개인 메시지',
    lastAlert: '마지막 알림',
    testFound: '지난주라면 기사 {b}건 중 {a}건이 해당합니다. 그중 대표 기사:',
    mode: { instant: '즉시', hourly: '매시간', daily: '하루 한 번' },
    errors: {
      empty: '찾을 단어를 하나 이상 쓰세요.',
      'unclosed-quote': '따옴표가 닫히지 않았습니다.',
      'unclosed-bracket': '괄호가 닫히지 않았습니다.',
      'stray-bracket': '여는 괄호가 없습니다.',
      'empty-brackets': '괄호 안이 비어 있습니다.',
      'dangling-or': 'OR의 양쪽에 찾을 말이 있어야 합니다.',
      'dangling-not': '제외할 말이 없습니다.',
      'only-negative': '제외할 말만 있습니다. 찾을 단어를 더하세요.',
      'unknown-field':
        '그런 항목이 없습니다. 항목: lang, source, theme, kind, side, entity, topic, after, before.',
      'empty-field': '콜론 뒤에 값을 쓰세요.',
      'bad-value': '쓸 수 없는 값입니다.',
      'short-prefix': '별표 앞에는 글자가 둘 이상 있어야 합니다.',
      'leading-star': '별표는 단어 끝에만 쓸 수 있습니다.',
      'inner-star': '별표는 단어 끝에만 쓸 수 있습니다.',
      'regular-expression': '정규식은 쓸 수 없습니다. 단어, "구문", 앞부분*을 쓰세요.',
      'too-long': '검색어가 너무 깁니다.',
      'too-deep': '괄호가 너무 깊습니다.',
      'date-in-subscription': '날짜는 검색에서만 쓸 수 있습니다.',
    },
  },
  ru: {
    saved: 'Подписка оформлена.',
    changed: 'Изменено.',
    readsAs: 'Понято как',
    goesToDm: 'Оповещения: {b}, личным сообщением.',
    goesToChannel: 'Оповещения: {b}, в {a}.',
    postsAgain: 'Публикация туда была на паузе и теперь продолжится.',
    lastWeek: 'За прошлую неделю подошло бы статей: {a} из {b}.',
    broad:
      'Запрос очень широкий: за прошлую неделю подошло бы статей: {a} из {b}. Добавьте слово или подпишитесь как есть.',
    anyway: 'Всё равно подписаться',
    duplicate: 'Такая подписка у вас уже есть.',
    tooMany: {
      owner: 'У вас {a} подписок, больше одному человеку нельзя. Сначала удалите одну.',
      destination: 'У этого канала {a} подписок, больше нельзя. Сначала удалите одну.',
      scope: 'У этого сервера {a} подписок, больше нельзя.',
    },
    noQuery: 'Назовите слова, за которыми следить.',
    writeQuery: 'Заполнить',
    correct: 'Исправить',
    valid: 'Возможно',
    try: 'Попробуйте',
    at: 'Здесь',
    list: 'Ваши подписки',
    listChannel: 'Подписки этого канала',
    none: 'Пока подписок нет.',
    noneHint: 'Пример: /subscribe "артиллерийские снаряды" -футбол',
    follows: 'Сюжет {a}',
    paused: 'на паузе',
    pausedNow: 'Приостановлено.',
    resumed: 'Возобновлено.',
    edit: 'Изменить',
    test: 'Проверить',
    pause: 'Пауза',
    resume: 'Возобновить',
    remove: 'Удалить',
    removeAll: 'Удалить все',
    whichOne: 'Какую удалить?',
    postingPaused: 'публикация на паузе: {a}',
    removed: 'Удалено.',
    removedAll: { other: 'Удалено подписок: {n}.' },
    notYours: 'Подписки {a} у вас здесь нет. Список: /subscriptions.',
    quiet: 'тишина {a}',
    badQuiet: '«{a}» — не часы тишины. Они пишутся так: 22:00-07:00; off отменяет их.',
    updates: 'с обновлениями',
    byDm: 'личным сообщением',
    lastAlert: 'последнее оповещение',
    testFound: 'За прошлую неделю подошло бы статей: {a} из {b}. Лучшие из них:',
    mode: { instant: 'сразу', hourly: 'раз в час', daily: 'раз в день' },
    errors: {
      empty: 'Укажите хотя бы одно слово.',
      'unclosed-quote': 'Кавычка не закрыта.',
      'unclosed-bracket': 'Скобка не закрыта.',
      'stray-bracket': 'Эта скобка нигде не открыта.',
      'empty-brackets': 'В скобках ничего нет.',
      'dangling-or': 'По обе стороны OR должно быть что искать.',
      'dangling-not': 'После отрицания ничего нет.',
      'only-negative': 'Сказано только, что исключить: добавьте слово для поиска.',
      'unknown-field':
        'Такого поля нет. Поля: lang, source, theme, kind, side, entity, topic, after, before.',
      'empty-field': 'После двоеточия нужно значение.',
      'bad-value': 'Такое значение не подходит.',
      'short-prefix': 'Перед звёздочкой нужны хотя бы две буквы.',
      'leading-star': 'Звёздочка ставится только в конце слова.',
      'inner-star': 'Звёздочка ставится только в конце слова.',
      'regular-expression': 'Регулярные выражения не поддерживаются: слова, «фразы» и начало*.',
      'too-long': 'Запрос слишком длинный.',
      'too-deep': 'Слишком много вложенных скобок.',
      'date-in-subscription': 'Даты — только для поиска: подписка видит лишь то, что придёт.',
    },
  },
};

export function subscriptionWords(locale: Locale): SubscriptionWords {
  return WORDS[locale];
}
