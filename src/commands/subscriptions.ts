import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Action, Command, CommandContext, OptionSpec, Reply } from './command.ts';
import { RecentQueries } from './complete-query.ts';
import { describeSubscription } from './describe-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { refuse, say, text } from './say.ts';
import { subscribeCommand } from './subscribe.ts';
import {
  areOwn,
  completeSubscriptions,
  findSubscription,
  type SubscriptionDeps,
} from './subscription-deps.ts';
import { testSubscription } from './test-subscription.ts';
import { unsubscribeCommand } from './unsubscribe.ts';

/** `/subscribe`, `/subscriptions`, `/unsubscribe` */
export function subscriptionCommands(deps: SubscriptionDeps, recent = new RecentQueries()): Command[] {
  return [subscribeCommand(deps, recent), subscriptionsCommand(deps), unsubscribeCommand(deps)];
}

/** Lists what a person follows, with buttons to change it; tests one on last week; pauses and resumes. */
function subscriptionsCommand(deps: SubscriptionDeps): Command {
  const { store, describeChannel } = deps;
  const number = (
    name: string,
    names: OptionSpec['names'],
    description: OptionSpec['description'],
    wanted: (subscription: Subscription) => boolean = () => true,
  ): OptionSpec => ({
    name,
    names,
    description,
    type: 'integer',
    min: 1,
    complete: (typed, context) => completeSubscriptions(deps, typed, context, wanted),
    example: '12',
  });
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
        ({ storyId }) => storyId === null,
      ),
      number(
        'pause',
        { en: 'pause', ko: '중지', ru: 'пауза' },
        { en: 'Pause this one', ko: '이 구독을 일시 중지', ru: 'Приостановить эту подписку' },
        ({ paused }) => !paused,
      ),
      number(
        'resume',
        { en: 'resume', ko: '재개', ru: 'возобновить' },
        {
          en: 'Resume this one, and posting to its channel',
          ko: '이 구독과 해당 채널의 게시를 다시 시작',
          ru: 'Возобновить эту подписку и публикацию в её канал',
        },
      ),
    ],
    right: 'anyone',
    changes: ({ pause, resume }) => pause !== undefined || resume !== undefined,
    personal: true,
    examples: ['/subscriptions', '/subscriptions test:12', '/subscriptions resume:12'],
    async run(options, context) {
      const { actor } = context;
      const words = subscriptionWords(actor.locale);
      const chosen = options.test ?? options.pause ?? options.resume;
      if (chosen === undefined) return listSubscriptions(deps, context);
      const found = await findSubscription(store, context, Number(chosen));
      if (!found) return refuse(actor, [fill(words.notYours, { a: Number(chosen) })]);
      if (options.test !== undefined) return testSubscription(deps, found, context);
      const paused = options.pause !== undefined;
      const posts = paused ? null : await resumePosting(found, context);
      if (posts && 'failed' in posts) return posts;
      await store.subscriptions.update(found.id, { paused });
      const line = describeSubscription({ ...found, paused: false }, actor.locale, deps.topics);
      const back: Action = paused
        ? { label: words.resume, call: { path: 'subscriptions', options: { resume: found.id } } }
        : { label: words.pause, call: { path: 'subscriptions', options: { pause: found.id } } };
      return say(
        actor,
        [
          text({ strong: paused ? words.pausedNow : words.resumed }, ' ', line),
          ...(posts?.resumed ? [text(words.postsAgain)] : []),
          { kind: 'actions', actions: [back] },
        ],
        {
          changed: {
            object: `subscription ${found.id}`,
            detail: paused ? 'paused' : 'resumed',
            own: await areOwn(store, [found]),
          },
        },
      );
    },
  };

  /** Lets a channel that had refused be posted to again: what was missing may have been given. */
  async function resumePosting(
    { destinationId }: Subscription,
    { actor, manager }: CommandContext,
  ): Promise<{ resumed: boolean } | (Reply & { failed: true })> {
    const destination = await store.destinations.get(destinationId);
    if (!destination?.paused) return { resumed: false };
    if (destination.kind !== 'dm') {
      const words = scheduleWords(actor.locale);
      const no = (line: string) => ({ ...refuse(actor, [line]), failed: true as const });
      if (!manager) return no(dispatchWords(actor.locale).needsManage);
      const channel = await describeChannel(actor, destination.target);
      if (!channel) return no(fill(words.noChannel, { a: '#news' }));
      if (channel.missing.length) return no(fill(words.lacks, { a: channel.missing.join(', ') }));
    }
    await store.destinations.pause(destination.id, null);
    return { resumed: true };
  }
}
