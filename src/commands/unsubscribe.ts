import { fill, plural } from '../locale/labels.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Block, Command, CommandContext, Reply } from './command.ts';
import { describeSubscription } from './describe-subscription.ts';
import { say, text } from './say.ts';
import {
  areOwn,
  completeSubscriptions,
  findSubscription,
  type SubscriptionDeps,
  subscriptionsOf,
} from './subscription-deps.ts';

/** Subscriptions that one answer offers. */
const MOST_OFFERED = 20;

/** Ends one subscription, or all of the person's own here. */
export function unsubscribeCommand(deps: SubscriptionDeps): Command {
  const { store } = deps;
  return {
    path: ['unsubscribe'],
    names: { en: 'unsubscribe', ko: '구독취소', ru: 'отписаться' },
    description: { en: 'End a subscription', ko: '구독을 삭제합니다', ru: 'Отменить подписку' },
    options: [
      {
        name: 'id',
        names: { en: 'id', ko: '번호', ru: 'номер' },
        description: {
          en: 'Its number in /subscriptions',
          ko: '/subscriptions에 표시된 번호',
          ru: 'Её номер в /subscriptions',
        },
        type: 'integer',
        min: 1,
        complete: (typed, context) => completeSubscriptions(deps, typed, context),
        example: '12',
      },
      {
        name: 'all',
        names: { en: 'all', ko: '모두', ru: 'все' },
        description: { en: 'All of yours here', ko: '여기 있는 내 구독 모두', ru: 'Все ваши здесь' },
        type: 'boolean',
        example: 'yes',
      },
    ],
    right: 'anyone',
    changes: true,
    personal: true,
    examples: ['/unsubscribe id:12', '/unsubscribe all:yes'],
    async run({ id, all }, context) {
      const { actor } = context;
      const words = subscriptionWords(actor.locale);
      if (all === true) {
        const { own } = await subscriptionsOf(store, context);
        const changed = { object: `${own.length} subscriptions`, own: await areOwn(store, own) };
        for (const subscription of own) await store.subscriptions.remove(subscription.id);
        return say(actor, [text(plural(actor.locale, words.removedAll, own.length))], { changed });
      }
      const found = id === undefined ? null : await findSubscription(store, context, Number(id));
      if (!found) return offerOnes(context, id === undefined ? null : Number(id));
      await store.subscriptions.remove(found.id);
      const line = describeSubscription(found, actor.locale, deps.topics);
      return say(actor, [text({ strong: words.removed }, ' ', line)], {
        changed: { object: `subscription ${found.id}`, detail: line, own: await areOwn(store, [found]) },
      });
    },
  };

  /** Nothing, or an unknown number, was named: what there is, each with its button. */
  async function offerOnes(context: CommandContext, asked: number | null): Promise<Reply> {
    const { actor } = context;
    const words = subscriptionWords(actor.locale);
    const { own, channel } = await subscriptionsOf(store, context);
    const known = [...own, ...channel];
    const blocks: Block[] = asked === null ? [] : [text(fill(words.notYours, { a: asked }))];
    if (!known.length) blocks.push(text(words.none), text(words.noneHint));
    else {
      blocks.push(text(words.whichOne));
      blocks.push({
        kind: 'list',
        items: known.slice(0, MOST_OFFERED).map((subscription) => ({
          text: [describeSubscription(subscription, actor.locale, deps.topics)],
          actions: [
            {
              label: words.remove,
              style: 'danger' as const,
              call: { path: 'unsubscribe', options: { id: subscription.id } },
            },
          ],
        })),
      });
    }
    return say(actor, blocks, asked === null ? {} : { failed: true });
  }
}
