import type { Locale } from '../model/digest.ts';

interface StoryWords {
  noStory: string;
  seenInPart: string;
  timeline: string;
  sources: string;
  firstReport: string;
  repeats: string;
  reports: string;
  stateMedia: string;
  following: string;
  notFollowing: string;
  unfollowed: string;
  merged: string;
  split: string;
  muted: string;
  undone: string;
  needsReports: string;
  undo: string;
  unfollow: string;
}

/** Words of `/story`; `{a}`, `{b}` stand for what is named. */
const WORDS: Record<Locale, StoryWords> = {
  en: {
    noStory: 'There is no story {a} that you can see here. Its number stands under it in the digest.',
    seenInPart: 'Story {a} has reports from feeds that are not read here; who sees all of it can change it.',
    timeline: 'How story {a} went',
    sources: 'Sources of story {a}',
    firstReport: 'first report of its origin',
    repeats: 'repeats {a}',
    reports: '{a} reports, {b} independent origins',
    stateMedia: 'state media',
    following: 'You will be told when story {a} changes, until it ends.',
    notFollowing: 'You do not follow story {a}.',
    unfollowed: 'You no longer follow story {a}.',
    merged: 'Story {a} is now part of story {b}.',
    split: 'Those reports are now story {b}; the rest stays story {a}.',
    muted: 'Story {a} is muted: no digest shows it.',
    undone: 'Undone for story {a}: {b}.',
    needsReports: 'Name the reports by their numbers, as in 12,15. Those of story {a}: {b}.',
    undo: 'Undo',
    unfollow: 'Unfollow',
  },
  ko: {
    noStory: '여기서 볼 수 있는 소식 {a}이(가) 없습니다. 번호는 다이제스트의 소식 아래에 있습니다.',
    seenInPart:
      '소식 {a}에는 여기서 읽지 않는 피드의 보도가 있습니다. 전체를 볼 수 있는 곳에서만 바꿀 수 있습니다.',
    timeline: '소식 {a}의 경과',
    sources: '소식 {a}의 출처',
    firstReport: '해당 출처의 첫 보도',
    repeats: '{a} 재인용',
    reports: '보도 {a}건, 독립 출처 {b}곳',
    stateMedia: '관영 매체',
    following: '소식 {a}이(가) 끝날 때까지 변화가 있으면 알려 드립니다.',
    notFollowing: '소식 {a}을(를) 팔로우하고 있지 않습니다.',
    unfollowed: '소식 {a} 팔로우를 취소했습니다.',
    merged: '소식 {a}을(를) 소식 {b}에 합쳤습니다.',
    split: '해당 보도는 소식 {b}이(가) 되었고 나머지는 소식 {a}에 남았습니다.',
    muted: '소식 {a}을(를) 숨겼습니다. 다이제스트에 나오지 않습니다.',
    undone: '소식 {a} 되돌림: {b}.',
    needsReports: '보도 번호를 12,15처럼 적어 주세요. 소식 {a}의 보도: {b}.',
    undo: '되돌리기',
    unfollow: '팔로우 취소',
  },
  ru: {
    noStory: 'Сюжета {a} здесь не видно. Его номер стоит под ним в сводке.',
    seenInPart:
      'В сюжете {a} есть сообщения из лент, которых здесь нет; изменить его может тот, кто видит его целиком.',
    timeline: 'Как развивался сюжет {a}',
    sources: 'Источники сюжета {a}',
    firstReport: 'первое сообщение своего источника',
    repeats: 'повторяет {a}',
    reports: 'сообщений: {a}, независимых источников: {b}',
    stateMedia: 'государственное СМИ',
    following: 'Вы узнаете, когда сюжет {a} изменится, пока он не закончится.',
    notFollowing: 'Вы не следите за сюжетом {a}.',
    unfollowed: 'Вы больше не следите за сюжетом {a}.',
    merged: 'Сюжет {a} теперь часть сюжета {b}.',
    split: 'Эти сообщения теперь сюжет {b}, остальные — сюжет {a}.',
    muted: 'Сюжет {a} скрыт: в сводках его не будет.',
    undone: 'Отменено для сюжета {a}: {b}.',
    needsReports: 'Назовите сообщения по номерам, например 12,15. В сюжете {a}: {b}.',
    undo: 'Отменить',
    unfollow: 'Не следить',
  },
};

export const storyWords = (locale: Locale): StoryWords => WORDS[locale];
