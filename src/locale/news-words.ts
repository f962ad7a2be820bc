import type { Locale } from '../model/digest.ts';

interface NewsWords {
  latest: string;
  quiet: string;
  found: string;
  foundAtLeast: string;
  nothing: string;
  nothingHint: string;
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
    quiet: 'No story in the last {a} h.',
    found: '{a} articles found',
    foundAtLeast: 'More than {a} articles found; the newest {a} are ranked',
    nothing: 'Nothing found.',
    nothingHint: 'Only articles relevant to the topic are searched; topic:any searches all that was read.',
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
    quiet: '최근 {a}시간 동안 소식이 없습니다.',
    found: '기사 {a}건',
    foundAtLeast: '기사 {a}건 이상. 최신 {a}건에 순위를 매겼습니다',
    nothing: '찾은 기사가 없습니다.',
    nothingHint: '주제와 관련된 기사만 검색합니다. topic:any를 쓰면 읽은 기사 전체를 검색합니다.',
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
    quiet: 'За последние {a} ч сюжетов нет.',
    found: 'Найдено статей: {a}',
    foundAtLeast: 'Найдено больше {a} статей; упорядочены {a} самых новых',
    nothing: 'Ничего не найдено.',
    nothingHint: 'Поиск идёт по статьям на тему; topic:any ищет по всему прочитанному.',
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
