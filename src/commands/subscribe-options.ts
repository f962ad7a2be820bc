import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Subscription } from '../model/subscription.ts';
import type { OptionSpec } from './command.ts';

/** What completes the options of `/subscribe`. */
export type SubscribeCompletions = Record<
  'query' | 'zone' | 'languages' | 'themes' | 'id',
  NonNullable<OptionSpec['complete']>
>;

/** Options of `/subscribe`; a form shows the first five. */
export function subscribeOptions(complete: SubscribeCompletions): OptionSpec[] {
  return [
    {
      name: 'query',
      names: { en: 'query', ko: '검색어', ru: 'запрос' },
      description: {
        en: 'Words, "phrases", -not, OR, (brackets), prefix*, lang:ko, entity:kim-jong-un',
        ko: '단어, "구문", -제외, OR, (괄호), 앞부분*, lang:ko, entity:kim-jong-un',
        ru: 'Слова, "фразы", -исключить, OR, (скобки), начало*, lang:ru, entity:kim-jong-un',
      },
      type: 'string',
      maxLength: 1000,
      rest: true,
      freeText: true,
      complete: complete.query,
      example: '"artillery shells" -football',
    },
    {
      name: 'mode',
      names: { en: 'mode', ko: '방식', ru: 'режим' },
      description: { en: 'When alerts come', ko: '알림 시점', ru: 'Когда приходят оповещения' },
      type: 'choice',
      choices: (['instant', 'hourly', 'daily'] as const).map((value) => ({ value, label: modeLabel(value) })),
      example: 'hourly',
    },
    {
      name: 'channel',
      names: { en: 'channel', ko: '채널', ru: 'канал' },
      description: {
        en: 'Post into this channel instead of writing to you',
        ko: '개인 메시지 대신 이 채널에 게시',
        ru: 'Писать в этот канал, а не вам лично',
      },
      type: 'channel',
      example: '#alerts',
    },
    {
      name: 'quiet',
      names: { en: 'quiet', ko: '방해금지', ru: 'тишина' },
      description: {
        en: 'Hours without alerts; "off" ends them',
        ko: '알림 없는 시간. off로 해제',
        ru: 'Часы без оповещений; off отменяет',
      },
      type: 'string',
      maxLength: 20,
      example: '22:00-07:00',
    },
    {
      name: 'zone',
      names: { en: 'zone', ko: '시간대', ru: 'пояс' },
      description: {
        en: 'Time zone of the quiet hours',
        ko: '방해 금지 시간의 시간대',
        ru: 'Часовой пояс часов тишины',
      },
      type: 'string',
      maxLength: 64,
      complete: complete.zone,
      example: 'Asia/Seoul',
      look: 'zone',
    },
    {
      name: 'here',
      names: { en: 'here', ko: '여기', ru: 'здесь' },
      description: {
        en: 'Post here, in this channel, instead of writing to you',
        ko: '개인 메시지 대신 지금 이 채널에 게시',
        ru: 'Писать сюда, в этот канал, а не вам лично',
      },
      type: 'boolean',
      example: 'yes',
      look: 'here',
    },
    {
      name: 'languages',
      names: { en: 'languages', ko: '언어', ru: 'языки' },
      description: {
        en: 'Only articles in these languages; "all" for every one',
        ko: '이 언어의 기사만. all은 모두',
        ru: 'Только статьи на этих языках; all — на всех',
      },
      type: 'string',
      maxLength: 60,
      complete: complete.languages,
      example: 'ko,en',
    },
    {
      name: 'themes',
      names: { en: 'themes', ko: '분야', ru: 'разделы' },
      description: {
        en: 'Only these themes; "all" for every one',
        ko: '이 분야만. all은 모두',
        ru: 'Только эти разделы; all — все',
      },
      type: 'string',
      maxLength: 300,
      complete: complete.themes,
      example: 'arms,diplomacy',
    },
    {
      name: 'updates',
      names: { en: 'updates', ko: '갱신', ru: 'обновления' },
      description: {
        en: 'Alert again when a story changes',
        ko: '소식이 갱신되면 다시 알림',
        ru: 'Оповещать снова, когда сюжет меняется',
      },
      type: 'boolean',
      example: 'yes',
    },
    {
      name: 'id',
      names: { en: 'id', ko: '번호', ru: 'номер' },
      description: {
        en: 'Change this subscription',
        ko: '이 구독을 변경',
        ru: 'Изменить эту подписку',
      },
      type: 'integer',
      min: 1,
      complete: complete.id,
      example: '12',
    },
    {
      name: 'anyway',
      names: { en: 'anyway', ko: '그대로', ru: 'всё-равно' },
      description: {
        en: 'Also if it is very broad',
        ko: '범위가 매우 넓어도 구독',
        ru: 'Даже если запрос очень широкий',
      },
      type: 'boolean',
      example: 'yes',
    },
  ];
}

function modeLabel(mode: Subscription['mode']): Record<Locale, string> {
  return {
    en: subscriptionWords('en').mode[mode],
    ko: subscriptionWords('ko').mode[mode],
    ru: subscriptionWords('ru').mode[mode],
  };
}
