import type { Locale } from '../model/digest.ts';

interface NothingWords {
  nothing: string;
  nothingLastWeek: string;
  quiet: string;
  quietTheme: string;
  noFeed: string;
  searched: string;
  searchedFeeds: string;
  now: string;
  onTopic: string;
  everything: string;
  lastPoll: string;
  neverPolled: string;
  allFailing: string;
  noFeeds: string;
  nearest: string;
  nearestWindow: string;
  nothingNearer: string;
  hours: string;
  allThemes: string;
  allFeeds: string;
}

/** Words of an answer that found nothing; `{a}`, `{b}` stand for what is named, `{what}` for what was searched. */
const WORDS: Record<Locale, NothingWords> = {
  en: {
    nothing: 'Nothing found for {a}.',
    nothingLastWeek: 'Nothing of last week matches {a}.',
    quiet: 'No story in the last {a} h.',
    quietTheme: 'No story of the theme “{b}” in the last {a} h.',
    noFeed: 'No feed matches {a}.',
    searched: 'Searched: {what}, from {a} to {b}.',
    searchedFeeds: 'Searched: {a} feeds that serve everybody and {b} added here.',
    now: 'now',
    onTopic: 'articles relevant to the topic',
    everything: 'every article that was read',
    lastPoll: 'Last successful poll: {a}.',
    neverPolled: 'No feed has been read yet.',
    allFailing: 'No feed can be read at present: {a}. This need not be a quiet day.',
    noFeeds: 'No feed is read here.',
    nearest: 'The nearest query that finds something: {a} ({b}).',
    nearestWindow: 'The nearest that has something: {a} ({b}).',
    nothingNearer: 'No broader query finds anything either.',
    hours: 'the last {a} h',
    allThemes: 'all themes',
    allFeeds: 'all feeds',
  },
  ko: {
    nothing: '{a}: 찾은 기사가 없습니다.',
    nothingLastWeek: '지난주에는 {a}에 해당하는 기사가 없습니다.',
    quiet: '최근 {a}시간 동안 소식이 없습니다.',
    quietTheme: '최근 {a}시간 동안 “{b}” 분야의 소식이 없습니다.',
    noFeed: '{a}: 맞는 피드가 없습니다.',
    searched: '검색 범위: {what}, {a} ~ {b}.',
    searchedFeeds: '검색 범위: 공용 피드 {a}개, 여기서 추가한 피드 {b}개.',
    now: '지금',
    onTopic: '주제와 관련된 기사',
    everything: '읽은 기사 전체',
    lastPoll: '마지막 피드 수신: {a}.',
    neverPolled: '아직 읽은 피드가 없습니다.',
    allFailing: '지금 읽을 수 있는 피드가 없습니다: {a}. 소식이 없는 것이 아닐 수 있습니다.',
    noFeeds: '여기서 읽는 피드가 없습니다.',
    nearest: '결과가 있는 가장 가까운 검색어: {a} ({b}).',
    nearestWindow: '결과가 있는 가장 가까운 범위: {a} ({b}).',
    nothingNearer: '더 넓은 검색어로도 찾은 것이 없습니다.',
    hours: '최근 {a}시간',
    allThemes: '모든 분야',
    allFeeds: '모든 피드',
  },
  ru: {
    nothing: 'По запросу {a} ничего не найдено.',
    nothingLastWeek: 'За прошлую неделю под {a} ничего не подходит.',
    quiet: 'За последние {a} ч сюжетов нет.',
    quietTheme: 'За последние {a} ч сюжетов раздела «{b}» нет.',
    noFeed: 'Под {a} не подходит ни одна лента.',
    searched: 'Где искали: {what}; с {a} по {b}.',
    searchedFeeds: 'Где искали: общие ленты — {a}, добавленные здесь — {b}.',
    now: 'настоящий момент',
    onTopic: 'статьи по теме',
    everything: 'все прочитанные статьи',
    lastPoll: 'Последний успешный опрос лент: {a}.',
    neverPolled: 'Ни одна лента ещё не прочитана.',
    allFailing: 'Сейчас не читается ни одна лента: {a}. Это не обязательно тихий день.',
    noFeeds: 'Здесь не читается ни одной ленты.',
    nearest: 'Ближайший запрос, по которому что-то есть: {a} ({b}).',
    nearestWindow: 'Ближайшее, где что-то есть: {a} ({b}).',
    nothingNearer: 'Более широкие запросы тоже ничего не находят.',
    hours: 'последние {a} ч',
    allThemes: 'все разделы',
    allFeeds: 'все ленты',
  },
};

export function nothingWords(locale: Locale): NothingWords {
  return WORDS[locale];
}
