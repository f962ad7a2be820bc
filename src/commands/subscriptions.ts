import { fill, formatNumber } from '../locale/labels.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import { audienceOf } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { parseQuery } from '../search/parse-query.ts';
import { QueryError } from '../search/query.ts';
import { searchArticles } from '../search/search-articles.ts';
import { measureBreadth } from '../subscriptions/manage-subscriptions.ts';
import type { Action, Block, Command, CommandContext, OptionSpec, Reply } from './command.ts';
import { describeSubscription } from './describe-subscription.ts';
import { refuse, say, text } from './say.ts';
import { showFound } from './show-found.ts';
import { subscribeCommand } from './subscribe.ts';
import { findSubscription, type SubscriptionDeps, subscriptionsOf, topicsOf } from './subscription-deps.ts';
import { unsubscribeCommand } from './unsubscribe.ts';

/** `/subscribe`, `/subscriptions`, `/unsubscribe` */
export function subscriptionCommands(deps: SubscriptionDeps): Command[] {
  return [subscribeCommand(deps), subscriptionsCommand(deps), unsubscribeCommand(deps)];
}

const number = (
  name: string,
  names: OptionSpec['names'],
  description: OptionSpec['description'],
): OptionSpec => ({
  name,
  names,
  description,
  type: 'integer',
  min: 1,
  example: '12',
});

/** Lists what a person follows, with buttons to change it; tests one on last week; pauses and resumes. */
function subscriptionsCommand(deps: SubscriptionDeps): Command {
  const { store } = deps;
  return {
    path: ['subscriptions'],
    names: { en: 'subscriptions', ko: '구독목록', ru: 'подписки' },
    description: {
      en: 'What you follow; test, pause, change or remove it',
      ko: '내 구독을 보고 시험, 중지, 변경, 삭제합니다',
      ru: 'Ваши подписки: проверить, приостановить, изменить, удалить',
    },
    options: [
      number(
        'test',
        { en: 'test', ko: '시험', ru: 'проверить' },
        {
          en: 'Show what this one would have brought last week',
          ko: '지난주였다면 무엇을 받았을지 표시',
          ru: 'Показать, что принесла бы подписка за прошлую неделю',
        },
      ),
      number(
        'pause',
        { en: 'pause', ko: '중지', ru: 'пауза' },
        { en: 'Pause this one', ko: '이 구독을 일시 중지', ru: 'Приостановить эту подписку' },
      ),
      number(
        'resume',
        { en: 'resume', ko: '재개', ru: 'возобновить' },
        { en: 'Resume this one', ko: '이 구독을 다시 시작', ru: 'Возобновить эту подписку' },
      ),
    ],
    right: 'anyone',
    personal: true,
    examples: ['/subscriptions', '/subscriptions test:12'],
    async run(options, context) {
      const { actor } = context;
      const chosen = options.test ?? options.pause ?? options.resume;
      if (chosen === undefined) return list(context);
      const found = await findSubscription(store, context, Number(chosen));
      if (!found)
        return refuse(actor, [fill(subscriptionWords(actor.locale).notYours, { a: Number(chosen) })]);
      if (options.test !== undefined) return test(found, context);
      const paused = options.pause !== undefined;
      await store.subscriptions.update(found.id, { paused });
      const line = describeSubscription({ ...found, paused }, actor.locale);
      return say(actor, [text({ strong: subscriptionWords(actor.locale).changed }, ' ', line)], {
        changed: { object: `subscription ${found.id}`, detail: paused ? 'paused' : 'resumed' },
      });
    },
  };

  async function list(context: CommandContext): Promise<Reply> {
    const { actor } = context;
    const words = subscriptionWords(actor.locale);
    const { own, channel } = await subscriptionsOf(store, context);
    if (!own.length && !channel.length) return say(actor, [text(words.none), text(words.noneHint)]);
    const blocks: Block[] = [];
    for (const [title, subscriptions] of [
      [words.list, own],
      [words.listChannel, channel],
    ] as const) {
      if (!subscriptions.length) continue;
      blocks.push({ kind: 'heading', text: title });
      blocks.push({
        kind: 'list',
        items: subscriptions.map((subscription) => ({
          text: [
            describeSubscription(subscription, actor.locale),
            ...(subscription.lastAlertAt === null
              ? []
              : [` · ${words.lastAlert} `, { time: subscription.lastAlertAt }]),
          ],
          actions: actionsOf(subscription),
        })),
      });
    }
    if (own.length > 1)
      blocks.push({
        kind: 'actions',
        actions: [
          {
            label: words.removeAll,
            style: 'danger',
            call: { path: 'unsubscribe', options: { all: true } },
            form: true,
          },
        ],
      });
    return say(actor, blocks);

    function actionsOf({ id, query, mode, storyId, paused }: Subscription): Action[] {
      const remove: Action = {
        label: words.remove,
        style: 'danger',
        call: { path: 'unsubscribe', options: { id } },
      };
      if (storyId !== null) return [remove];
      return [
        { label: words.edit, call: { path: 'subscribe', options: { id, query, mode } }, form: true },
        { label: words.test, call: { path: 'subscriptions', options: { test: id } } },
        paused
          ? { label: words.resume, call: { path: 'subscriptions', options: { resume: id } } }
          : { label: words.pause, call: { path: 'subscriptions', options: { pause: id } } },
        remove,
      ];
    }
  }

  async function test(subscription: Subscription, { actor, now }: CommandContext): Promise<Reply> {
    const words = subscriptionWords(actor.locale);
    const query = parseQuery(subscription.query);
    if (subscription.storyId !== null || query instanceof QueryError)
      return refuse(actor, [describeSubscription(subscription, actor.locale)]);
    const topics = await topicsOf(deps, actor);
    const { matched, seen } = await measureBreadth(store, query, { scope: actor.scope, topics, now });
    if (!matched) return say(actor, [text(words.testNone)]);
    const results = await searchArticles(
      store,
      query,
      { scopes: audienceOf(actor.scope), topics, now },
      { size: 5 },
    );
    const title = fill(words.testFound, {
      a: formatNumber(actor.locale, matched),
      b: formatNumber(actor.locale, seen),
    });
    return say(actor, [text(title), showFound(results.stories, actor.locale)]);
  }
}
