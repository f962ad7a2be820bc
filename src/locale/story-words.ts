import type { Locale } from '../model/digest.ts';
import type { StoryEdit } from '../model/story.ts';
import type { Plural } from './labels.ts';

interface StoryWords {
  noStory: string;
  kept: Plural;
  wasShown: string;
  goneNow: string;
  nowPartOf: string;
  mutedHere: string;
  mutedForAll: string;
  badReports: string;
  kind: Record<StoryEdit['kind'], string>;
  /** What cannot be done, by the error's code. */
  errors: Record<string, string>;
  seenInPart: string;
  timeline: string;
  sources: string;
  firstReport: string;
  repeats: string;
  stateMedia: string;
  following: string;
  notFollowing: string;
  unfollowed: string;
  merged: string;
  split: string;
  muted: string;
  undone: string;
  /** After a merge that was undone: {a} is the number from before, {b} the new one. */
  apart: string;
  needsReports: string;
  undo: string;
  unfollow: string;
}

/** Words of `/story`; `{a}`, `{b}` stand for what is named. */
const WORDS: Record<Locale, StoryWords> = {
  en: {
    noStory: 'There is no story {a} that you can see here.',
    kept: {
      one: 'Stories are kept for {n} day after their last report.',
      other: 'Stories are kept for {n} days after their last report.',
    },
    wasShown: 'Story {a} was shown here as',
    goneNow: 'Its reports are not kept any more.',
    nowPartOf: 'Story {a} is part of story {b} now.',
    mutedHere: 'Story {a} is muted here: no digest and no alert shows it. /story undo lets it in again.',
    mutedForAll: 'Story {a} is muted for everybody by who runs tumen: no digest and no alert shows it.',
    badReports: '“{a}” are no numbers of reports.',
    kind: { merge: 'the merge', split: 'the split', mute: 'the mute', unmute: 'the end of the mute' },
    errors: {
      'same-story': 'Story {a} and story {b} are one story already.',
      'not-a-member': 'Not all of these reports are in story {a}.',
      'split-all': 'A split needs at least one report that goes and one that stays.',
      'nothing-to-undo': 'Nobody has changed story {a} by hand, or all of it was undone.',
      'no-such-story': 'There is no story {a} that you can see here.',
    },
    seenInPart: 'Story {a} has reports from feeds that are not read here; who sees all of it can change it.',
    timeline: 'How story {a} went',
    sources: 'Sources of story {a}',
    firstReport: 'first report of its origin',
    repeats: 'repeats {a}',
    stateMedia: 'state media',
    following: 'You will be told when story {a} changes, until it ends.',
    notFollowing: 'You do not follow story {a}.',
    unfollowed: 'You no longer follow story {a}.',
    merged: 'Story {a} is now part of story {b}.',
    split: 'Those reports are now story {b}; the rest stays story {a}.',
    muted: 'Story {a} is muted here: no digest and no alert shows it.',
    undone: 'Undone for story {a}: {b}.',
    apart: 'What was story {a} is story {b} now.',
    needsReports: 'Name the reports by their numbers, as in 12,15. Those of story {a}: {b}.',
    undo: 'Undo',
    unfollow: 'Unfollow',
  },
  ko: {
    noStory: '여기서 볼 수 있는 소식 {a}번이 없습니다.',
    kept: { other: '소식은 마지막 보도 후 {n}일 동안 보관됩니다.' },
    wasShown: '소식 {a}번은 여기에 다음과 같이 실렸습니다:',
    goneNow: '해당 보도는 더 이상 보관되어 있지 않습니다.',
    nowPartOf: '소식 {a}번은 이제 소식 {b}의 일부입니다.',
    mutedHere: '소식 {a}번은 이곳에서 숨겨져 다이제스트와 알림에 나오지 않습니다. /story undo로 되돌립니다.',
    mutedForAll: '소식 {a}번은 운영자가 모두에게 숨겨 다이제스트와 알림에 나오지 않습니다.',
    badReports: '“{a}”은(는) 보도 번호가 아닙니다.',
    kind: { merge: '합치기', split: '나누기', mute: '숨기기', unmute: '숨기기 해제' },
    errors: {
      'same-story': '소식 {a}번과 소식 {b}번은 이미 하나의 소식입니다.',
      'not-a-member': '소식 {a}에 없는 보도가 있습니다.',
      'split-all': '떼어낼 보도와 남을 보도가 하나씩은 있어야 합니다.',
      'nothing-to-undo': '소식 {a}번을 직접 바꾼 적이 없거나 모두 되돌렸습니다.',
      'no-such-story': '여기서 볼 수 있는 소식 {a}번이 없습니다.',
    },
    seenInPart:
      '소식 {a}에는 여기서 읽지 않는 피드의 보도가 있습니다. 전체를 볼 수 있는 곳에서만 바꿀 수 있습니다.',
    timeline: '소식 {a}의 경과',
    sources: '소식 {a}의 출처',
    firstReport: '해당 출처의 첫 보도',
    repeats: '{a} 재인용',
    stateMedia: '관영 매체',
    following: '소식 {a}번이 끝날 때까지 변화가 있으면 알려 드립니다.',
    notFollowing: '소식 {a}번을 팔로우하고 있지 않습니다.',
    unfollowed: '소식 {a} 팔로우를 취소했습니다.',
    merged: '소식 {a}번을 소식 {b}에 합쳤습니다.',
    split: '해당 보도는 소식 {b}번이 되었고 나머지는 소식 {a}에 남았습니다.',
    muted: '소식 {a}번을 이곳에서 숨겼습니다. 다이제스트와 알림에 나오지 않습니다.',
    undone: '소식 {a}번에서 되돌렸습니다: {b}.',
    apart: '소식 {a}번이었던 보도는 이제 소식 {b}번입니다.',
    needsReports: '보도 번호를 12,15처럼 적어 주세요. 소식 {a}의 보도: {b}.',
    undo: '되돌리기',
    unfollow: '팔로우 취소',
  },
  ru: {
    noStory: 'Сюжета {a} здесь не видно.',
    kept: {
      one: 'Сюжеты хранятся {n} день после последнего сообщения.',
      few: 'Сюжеты хранятся {n} дня после последнего сообщения.',
      other: 'Сюжеты хранятся {n} дней после последнего сообщения.',
    },
    wasShown: 'Сюжет {a} был показан здесь так:',
    goneNow: 'Его сообщения больше не хранятся.',
    nowPartOf: 'Сюжет {a} теперь часть сюжета {b}.',
    mutedHere: 'Сюжет {a} здесь скрыт: его нет ни в сводках, ни в оповещениях. /story undo вернёт его.',
    mutedForAll: 'Сюжет {a} скрыт для всех оператором: его нет ни в сводках, ни в оповещениях.',
    badReports: '«{a}» — не номера сообщений.',
    kind: { merge: 'объединение', split: 'разделение', mute: 'скрытие', unmute: 'возвращение' },
    errors: {
      'same-story': 'Сюжет {a} и сюжет {b} — уже один сюжет.',
      'not-a-member': 'Не все эти сообщения относятся к сюжету {a}.',
      'split-all': 'При разделении хотя бы одно сообщение уходит и одно остаётся.',
      'nothing-to-undo': 'Сюжет {a} вручную не меняли, или всё уже отменено.',
      'no-such-story': 'Сюжета {a} здесь не видно.',
    },
    seenInPart:
      'В сюжете {a} есть сообщения из лент, которых здесь нет; изменить его может тот, кто видит его целиком.',
    timeline: 'Как развивался сюжет {a}',
    sources: 'Источники сюжета {a}',
    firstReport: 'первое сообщение своего источника',
    repeats: 'повторяет {a}',
    stateMedia: 'государственное СМИ',
    following: 'Вы узнаете, когда сюжет {a} изменится, пока он не закончится.',
    notFollowing: 'Вы не следите за сюжетом {a}.',
    unfollowed: 'Вы больше не следите за сюжетом {a}.',
    merged: 'Сюжет {a} теперь часть сюжета {b}.',
    split: 'Эти сообщения теперь сюжет {b}, остальные — сюжет {a}.',
    muted: 'Сюжет {a} здесь скрыт: его не будет ни в сводках, ни в оповещениях.',
    undone: 'Отменено для сюжета {a}: {b}.',
    apart: 'То, что было сюжетом {a}, теперь сюжет {b}.',
    needsReports: 'Назовите сообщения по номерам, например 12,15. В сюжете {a}: {b}.',
    undo: 'Отменить',
    unfollow: 'Не следить',
  },
};

export const storyWords = (locale: Locale): StoryWords => WORDS[locale];
