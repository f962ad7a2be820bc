import type { Locale } from '../model/digest.ts';

interface NewsWords {
  latest: string;
  found: string;
  foundAtLeast: string;
  searchThis: string;
  story: string;
  also: string;
  more: string;
  next: string;
  subscribe: string;
  staleButton: string;
  storyEnded: string;
  storyEndedText: string;
}

const WORDS: Record<Locale, NewsWords> = {
  en: {
    latest: 'Latest stories',
    found: '{a} articles found',
    foundAtLeast: 'More than {a} articles found; the newest {a} are ranked',
    searchThis: 'Search this',
    story: 'Story',
    also: 'Also',
    more: 'and {n} more',
    next: 'More',
    subscribe: 'Subscribe',
    staleButton: 'This button is too old. Search again.',
    storyEnded: 'A story you follow has ended',
    storyEndedText: 'Story {a} had no new report for ten days; you follow it no longer.',
  },
  ko: {
    latest: '최신 소식',
    found: '기사 {a}건',
    foundAtLeast: '기사 {a}건 이상. 최신 {a}건에 순위를 매겼습니다',
    searchThis: '이렇게 검색',
    story: '소식',
    also: '함께',
    more: '외 {n}건',
    next: '더 보기',
    subscribe: '구독',
    staleButton: '오래된 버튼입니다. 다시 검색하세요.',
    storyEnded: '팔로우하던 소식이 끝났습니다',
    storyEndedText: '소식 {a}에 열흘 동안 새 보도가 없어 팔로우를 마칩니다.',
  },
  ru: {
    latest: 'Последние сюжеты',
    found: 'Найдено статей: {a}',
    foundAtLeast: 'Найдено больше {a} статей; упорядочены {a} самых новых',
    searchThis: 'Искать так',
    story: 'Сюжет',
    also: 'Также',
    more: 'и ещё {n}',
    next: 'Ещё',
    subscribe: 'Подписаться',
    staleButton: 'Кнопка устарела. Повторите поиск.',
    storyEnded: 'Сюжет, за которым вы следили, завершён',
    storyEndedText: 'По сюжету {a} десять дней нет новых сообщений, подписка на него окончена.',
  },
};

export function newsWords(locale: Locale): NewsWords {
  return WORDS[locale];
}
