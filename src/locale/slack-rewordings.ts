import type { Locale } from '../model/digest.ts';
import { dispatchWords } from './dispatch-words.ts';
import { doorWords } from './door-words.ts';
import { feedWords } from './feed-words.ts';
import { slackWords } from './slack-words.ts';
import { subscriptionWords } from './subscription-words.ts';
import { tumenWords } from './tumen-words.ts';
import { whyWords } from './why-words.ts';

/** What Slack calls otherwise, by the key of the sentence that other platforms are told. */
interface Variants {
  notInstalled: string;
  feedsTooMany: string;
  subscriptionsTooMany: string;
  notVisible: string;
  managers: string;
  mayNotPost: string;
}

const VARIANTS: Record<Locale, Variants> = {
  en: {
    notInstalled: 'This works only where tumen is installed in the workspace. An admin can install it.',
    feedsTooMany: 'A workspace can have {n} feeds of its own. Remove one first.',
    subscriptionsTooMany: 'This workspace has {a} subscriptions, the most it can have.',
    notVisible: '{a}: not shown, no feed of this workspace carries it',
    managers: 'May change channels',
    mayNotPost: 'You may not post in this channel, so this cannot be shared here.',
  },
  ko: {
    notInstalled:
      'tumen이 설치된 워크스페이스에서만 쓸 수 있습니다. 워크스페이스 관리자가 설치할 수 있습니다.',
    feedsTooMany: '워크스페이스마다 피드를 {n}개까지 추가할 수 있습니다. 먼저 하나를 삭제하세요.',
    subscriptionsTooMany: '이 워크스페이스의 구독이 {a}개로 최대치입니다.',
    notVisible: '{a}: 이 워크스페이스의 피드에 없는 기사입니다',
    managers: '채널을 변경할 수 있는 사람',
    mayNotPost: '이 채널에 글을 쓸 수 없어 공유할 수 없습니다.',
  },
  ru: {
    notInstalled:
      'Это работает только там, где tumen установлен в пространстве. Установить может администратор.',
    feedsTooMany: 'У пространства может быть не больше {n} своих лент. Сначала удалите одну.',
    subscriptionsTooMany: 'У этого пространства {a} подписок, больше нельзя.',
    notVisible: '{a}: этой статьи нет в лентах пространства',
    managers: 'Могут менять каналы',
    mayNotPost: 'Вам нельзя писать в этом канале, поэтому поделиться здесь не получится.',
  },
};

/** Pairs of what is said elsewhere and what Slack is told instead; both with their `{a}` and `{n}`. */
export function slackSentences(locale: Locale): [said: string, inSlack: string][] {
  const [slack, variant] = [slackWords(locale), VARIANTS[locale]];
  const [dispatch, tumen, feeds] = [dispatchWords(locale), tumenWords(locale), feedWords(locale)];
  return [
    [dispatch.needsManage, slack.needsManage],
    [dispatch.notInstalled, variant.notInstalled],
    [dispatch.quotaScope, slack.quotaScope],
    [tumen.settings, slack.settings],
    [tumen.managers, variant.managers],
    [tumen.managersNone, slack.managersNone],
    [tumen.helpManage, slack.helpManage],
    [feeds.tooMany, variant.feedsTooMany],
    [subscriptionWords(locale).tooMany.scope, variant.subscriptionsTooMany],
    [whyWords(locale).slot['not-visible']!, variant.notVisible],
    [doorWords(locale).mayNotPost, variant.mayNotPost],
  ];
}

/** Descriptions of commands by path, and of their options behind a dot, where Slack has another word for what they name. */
export const SLACK_DESCRIPTIONS: Record<string, Record<Locale, string>> = {
  'digest list': {
    en: 'The scheduled digests of this workspace',
    ko: '이 워크스페이스에 예약된 다이제스트',
    ru: 'Запланированные сводки этого пространства',
  },
  'feeds add': {
    en: 'Read another feed for this workspace; a page finds its own',
    ko: '이 워크스페이스를 위해 피드 추가. 페이지 주소도 됩니다',
    ru: 'Читать ещё одну ленту; по странице она найдётся сама',
  },
  'tumen settings': {
    en: 'Language, time zone, managers and audit channel of this workspace',
    ko: '이 워크스페이스의 언어, 시간대, 관리자, 변경 알림 채널',
    ru: 'Язык, часовой пояс, управляющие и канал изменений этого пространства',
  },
  'tumen settings.role': {
    en: 'A person or user group that may change channels; naming it again takes that away',
    ko: '채널을 변경할 수 있는 사람이나 그룹. 다시 지정하면 해제됩니다',
    ru: 'Человек или группа, которым можно менять каналы; повторное указание отменяет',
  },
};

/** Names of options, by path and option. */
export const SLACK_NAMES: Record<string, Record<Locale, string>> = {
  'tumen settings.role': { en: 'manager', ko: '관리자', ru: 'управляющий' },
};
