import type { Locale } from '../model/digest.ts';

interface ScheduleWords {
  scheduled: string;
  changed: string;
  nextAt: string;
  lacks: string;
  noChannel: string;
  needChannel: string;
  badTimes: string;
  badDays: string;
  badZone: string;
  badLanguages: string;
  unknownTopic: string;
  unknownTheme: string;
  didYouMean: string;
  tooMany: string;
  none: string;
  makeOne: string;
  list: string;
  noSuch: string;
  paused: string;
  pausedNow: string;
  resumed: string;
  removed: string;
  pause: string;
  resume: string;
  remove: string;
  change: string;
  everyDay: string;
  weekdays: string;
  weekends: string;
  quietNothing: string;
  now: string;
  /** The modes of telling updates beside the usual one. */
  updates: Record<'edit' | 'thread', string>;
  silent: string;
  published: string;
  /** {a} are the names of tags. */
  tagged: string;
  thisChannel: string;
  lacksForThreads: string;
  noAnnouncement: string;
  noForum: string;
  noTags: string;
  unknownTag: string;
  tooManyTags: string;
  needsTag: string;
  alertsNeedTag: string;
  inUtc: string;
  chooseZone: string;
  makeSilent: string;
  withSound: string;
  startPublishing: string;
  stopPublishing: string;
  postTest: string;
  /** {a} is the topic. */
  testTitle: string;
  testOnItsWay: string;
  testMeans: string;
  whichSchedule: string;
}

const WORDS: Record<Locale, ScheduleWords> = {
  en: {
    scheduled: 'The digest is scheduled.',
    changed: 'The schedule is changed.',
    nextAt: 'Next:',
    lacks: 'tumen cannot post there yet. It lacks: {a}.',
    noChannel: 'There is no such channel that tumen can see. Name one it is in, for example {a}.',
    needChannel: 'Name the channel, for example channel:#news.',
    badTimes: '"{a}" is no time of day. Write hours and minutes, for example 08:00 or 08:00,18:30.',
    badDays: '"{a}" is no day. Write daily, weekdays, weekends or days such as mon,wed,fri.',
    badZone: '"{a}" is no time zone. Write one such as Asia/Seoul.',
    badLanguages: '"{a}" is no list of languages. Write codes in order of preference, for example ko,en.',
    unknownTopic: 'There is no topic "{a}". Topics: {b}.',
    unknownTheme: 'There is no theme "{a}". Themes: {b}.',
    didYouMean: 'Did you mean {a}?',
    tooMany: 'This channel has {a} schedules already. Remove one first.',
    none: 'No digest is scheduled here.',
    makeOne: 'Schedule one',
    list: 'Schedules',
    noSuch: 'There is no schedule {a} here. /digest list shows them.',
    paused: 'paused',
    pausedNow:
      'Paused. Nothing is lost: after resuming, the next digest covers what has come in since the last one.',
    resumed: 'Resumed.',
    removed: 'Removed.',
    pause: 'Pause',
    resume: 'Resume',
    remove: 'Remove',
    change: 'Change',
    everyDay: 'every day',
    weekdays: 'weekdays',
    weekends: 'weekends',
    quietNothing: 'silent on quiet days',
    now: 'Digest now',
    updates: { edit: 'updates edit the message', thread: 'updates in threads' },
    silent: 'without a sound',
    published: 'published to followers',
    tagged: 'tags: {a}',
    thisChannel: 'this channel',
    lacksForThreads:
      'Updates in threads need more there. tumen lacks: {a}. Give it that, or choose updates:digest or updates:edit.',
    noAnnouncement: 'Only an announcement channel has followers to publish to, and {a} is none.',
    noForum: 'Only posts of a forum have tags, and {a} is no forum.',
    noTags: 'This forum has no tags that tumen may use.',
    unknownTag: 'There is no tag "{a}" in this forum. Its tags: {b}.',
    tooManyTags: 'A post takes at most {a} tags; these are {b}.',
    needsTag: 'This forum takes no post without a tag. Choose one: {a}.',
    alertsNeedTag:
      'This forum takes no post without a tag. Schedule a digest there with tags first: alerts get the same ones.',
    inUtc: 'No time zone was named, so these hours are UTC.',
    chooseZone: 'Choose the time zone',
    makeSilent: 'Post silently',
    withSound: 'Post with a sound',
    startPublishing: 'Publish to followers',
    stopPublishing: 'Stop publishing',
    postTest: 'Post a test there',
    testTitle: 'Test · {a}',
    testOnItsWay: 'A test is on its way to {a}.',
    testMeans:
      'It is the digest of the last 24 hours, sent as the real one will be. Nothing in it counts as shown. If it does not stand there within a minute, /digest list says why.',
    whichSchedule: 'Which schedule?',
  },
  ko: {
    scheduled: '다이제스트가 예약되었습니다.',
    changed: '예약이 변경되었습니다.',
    nextAt: '다음:',
    lacks: 'tumen이 아직 그곳에 게시할 수 없습니다. 필요한 권한: {a}.',
    noChannel: 'tumen이 볼 수 있는 채널이 아닙니다. tumen이 있는 채널을 지정하세요. 예: {a}.',
    needChannel: '채널을 지정하세요. 예: channel:#news.',
    badTimes: '"{a}"은(는) 시각이 아닙니다. 시와 분을 쓰세요. 예: 08:00 또는 08:00,18:30.',
    badDays: '"{a}"은(는) 요일이 아닙니다. daily, weekdays, weekends 또는 mon,wed,fri처럼 쓰세요.',
    badZone: '"{a}"은(는) 시간대가 아닙니다. Asia/Seoul처럼 쓰세요.',
    badLanguages: '"{a}"은(는) 언어 목록이 아닙니다. 선호하는 순서로 코드를 쓰세요. 예: ko,en.',
    unknownTopic: '"{a}" 주제가 없습니다. 주제: {b}.',
    unknownTheme: '"{a}" 분야가 없습니다. 분야: {b}.',
    didYouMean: '혹시 {a}인가요?',
    tooMany: '이 채널에는 이미 예약이 {a}개 있습니다. 먼저 하나를 삭제하세요.',
    none: '여기에는 예약된 다이제스트가 없습니다.',
    makeOne: '예약하기',
    list: '예약',
    noSuch: '여기에는 예약 {a}번이 없습니다. /digest list로 확인하세요.',
    paused: '일시 중지됨',
    pausedNow:
      '일시 중지했습니다. 다시 시작하면 다음 다이제스트가 마지막 다이제스트 이후의 소식을 모두 다룹니다.',
    resumed: '다시 시작했습니다.',
    removed: '삭제했습니다.',
    pause: '일시 중지',
    resume: '재개',
    remove: '삭제',
    change: '변경',
    everyDay: '매일',
    weekdays: '평일',
    weekends: '주말',
    quietNothing: '소식이 없는 날은 게시하지 않음',
    now: '지금 다이제스트',
    updates: { edit: '업데이트는 메시지를 수정', thread: '업데이트는 스레드로' },
    silent: '알림음 없이',
    published: '팔로워에게 발행',
    tagged: '태그: {a}',
    thisChannel: '이 채널',
    lacksForThreads:
      '업데이트를 스레드로 보내려면 그곳에 권한이 더 필요합니다. tumen에 없는 권한: {a}. 권한을 주거나 updates:digest 또는 updates:edit를 고르세요.',
    noAnnouncement: '공지 채널에만 발행할 팔로워가 있습니다. {a}은(는) 공지 채널이 아닙니다.',
    noForum: '포럼의 글에만 태그가 있습니다. {a}은(는) 포럼이 아닙니다.',
    noTags: '이 포럼에는 tumen이 쓸 수 있는 태그가 없습니다.',
    unknownTag: '이 포럼에는 "{a}" 태그가 없습니다. 태그: {b}.',
    tooManyTags: '글 하나에 태그는 최대 {a}개입니다. 지금은 {b}개입니다.',
    needsTag: '이 포럼은 태그 없는 글을 받지 않습니다. 하나를 고르세요: {a}.',
    alertsNeedTag:
      '이 포럼은 태그 없는 글을 받지 않습니다. 먼저 태그를 정해 다이제스트를 예약하세요. 알림에도 같은 태그가 붙습니다.',
    inUtc: '시간대를 정하지 않아 UTC 기준입니다.',
    chooseZone: '시간대 선택',
    makeSilent: '알림음 없이 게시',
    withSound: '알림음과 함께 게시',
    startPublishing: '팔로워에게 발행',
    stopPublishing: '발행 중지',
    postTest: '그곳에 시험 게시',
    testTitle: '시험 · {a}',
    testOnItsWay: '시험 게시물을 {a}에 보내는 중입니다.',
    testMeans:
      '최근 24시간의 다이제스트를 실제와 같은 방식으로 보냅니다. 여기 실린 소식은 이미 보여 준 것으로 치지 않습니다. 1분 안에 보이지 않으면 /digest list에서 이유를 확인하세요.',
    whichSchedule: '어느 예약인가요?',
  },
  ru: {
    scheduled: 'Сводка запланирована.',
    changed: 'Расписание изменено.',
    nextAt: 'Следующая:',
    lacks: 'tumen пока не может публиковать там. Не хватает: {a}.',
    noChannel: 'Такого канала tumen не видит. Укажите канал, в котором он есть, например {a}.',
    needChannel: 'Укажите канал, например channel:#news.',
    badTimes: '«{a}» — не время суток. Пишите часы и минуты, например 08:00 или 08:00,18:30.',
    badDays: '«{a}» — не день. Пишите daily, weekdays, weekends или дни, например mon,wed,fri.',
    badZone: '«{a}» — не часовой пояс. Пишите, например, Asia/Seoul.',
    badLanguages: '«{a}» — не список языков. Пишите коды в порядке предпочтения, например ru,en.',
    unknownTopic: 'Темы «{a}» нет. Темы: {b}.',
    unknownTheme: 'Раздела «{a}» нет. Разделы: {b}.',
    didYouMean: 'Возможно, {a}?',
    tooMany: 'В этом канале уже есть расписания, {a}: больше нельзя. Сначала удалите одно.',
    none: 'Здесь нет запланированных сводок.',
    makeOne: 'Запланировать',
    list: 'Расписания',
    noSuch: 'Здесь нет расписания {a}. Их показывает /digest list.',
    paused: 'на паузе',
    pausedNow: 'Приостановлено. Ничего не потеряно: после возобновления сводка охватит всё с прошлой.',
    resumed: 'Возобновлено.',
    removed: 'Удалено.',
    pause: 'Пауза',
    resume: 'Возобновить',
    remove: 'Удалить',
    change: 'Изменить',
    everyDay: 'каждый день',
    weekdays: 'по будням',
    weekends: 'по выходным',
    quietNothing: 'без сообщения в тихие дни',
    now: 'Сводка сейчас',
    updates: { edit: 'обновления правкой сообщения', thread: 'обновления в ветках' },
    silent: 'без звука',
    published: 'публикуется для подписчиков',
    tagged: 'теги: {a}',
    thisChannel: 'этот канал',
    lacksForThreads:
      'Для обновлений в ветках там нужно больше прав. tumen не хватает: {a}. Дайте это право или выберите updates:digest либо updates:edit.',
    noAnnouncement: 'Подписчики есть только у канала объявлений, а {a} — не такой.',
    noForum: 'Теги есть только у публикаций форума, а {a} — не форум.',
    noTags: 'В этом форуме нет тегов, доступных tumen.',
    unknownTag: 'В этом форуме нет тега «{a}». Теги: {b}.',
    tooManyTags: 'У публикации не больше {a} тегов, а здесь {b}.',
    needsTag: 'Этот форум не принимает публикаций без тега. Выберите: {a}.',
    alertsNeedTag:
      'Этот форум не принимает публикаций без тега. Сначала запланируйте там сводку с тегами: оповещения получат те же.',
    inUtc: 'Часовой пояс не указан, поэтому время — по UTC.',
    chooseZone: 'Выбрать пояс',
    makeSilent: 'Публиковать без звука',
    withSound: 'Публиковать со звуком',
    startPublishing: 'Публиковать для подписчиков',
    stopPublishing: 'Не публиковать для подписчиков',
    postTest: 'Отправить туда пробу',
    testTitle: 'Проба · {a}',
    testOnItsWay: 'Проба отправлена в {a}.',
    testMeans:
      'Это сводка за последние 24 часа, отправленная так же, как настоящая. Ничто в ней не считается показанным. Если через минуту её там нет, причину назовёт /digest list.',
    whichSchedule: 'Какое расписание?',
  },
};

export function scheduleWords(locale: Locale): ScheduleWords {
  return WORDS[locale];
}

/** Days of week as people write them: `every day`, `weekdays`, `Mon, Wed`. */
export function daysInWords(locale: Locale, days: readonly number[]): string {
  const words = WORDS[locale];
  const key = days.join();
  if (key === '1,2,3,4,5,6,7') return words.everyDay;
  if (key === '1,2,3,4,5') return words.weekdays;
  if (key === '6,7') return words.weekends;
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  // 1 January 2024 was a Monday.
  return days.map((day) => format.format(Date.UTC(2024, 0, day))).join(', ');
}
