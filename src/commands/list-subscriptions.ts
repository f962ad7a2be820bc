import { causeOf } from '../deliveries/pause-notice.ts';
import { fill } from '../locale/labels.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Destination } from '../model/schedule.ts';
import type { Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { isAlone } from './audience.ts';
import type { Action, Block, CommandContext, Inline, Reply } from './command.ts';
import { describeSubscription } from './describe-subscription.ts';
import { say, text } from './say.ts';
import { type SubscriptionDeps, subscriptionsOf } from './subscription-deps.ts';

/** What a person follows, where it goes and whether anything holds it up, with buttons to change it. */
export async function listSubscriptions(deps: SubscriptionDeps, context: CommandContext): Promise<Reply> {
  const { store } = deps;
  const { actor } = context;
  const words = subscriptionWords(actor.locale);
  const { own, channel } = await subscriptionsOf(store, context);
  const places = new Map<number, Destination | null>();
  for (const { destinationId } of [...own, ...channel])
    if (!places.has(destinationId)) places.set(destinationId, await store.destinations.get(destinationId));
  const origins = isAlone(actor)
    ? await namesOf(
        deps,
        own.map(({ scope }) => scope),
      )
    : new Map<Scope, string>();
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
          describeSubscription(subscription, actor.locale, deps.topics),
          ...placeOf(subscription, places),
          ...(origins.has(subscription.scope) ? [` · ${origins.get(subscription.scope)}`] : []),
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

  function placeOf({ destinationId }: Subscription, known: typeof places): Inline[] {
    const place = known.get(destinationId);
    if (!place) return [];
    const where: Inline = place.kind === 'dm' ? words.byDm : { channel: place.target };
    const { paused } = place;
    return [
      ' · ',
      where,
      ...(paused ? [` · ${fill(words.postingPaused, { a: causeOf(paused, actor.locale) })}`] : []),
    ];
  }

  function actionsOf(subscription: Subscription): Action[] {
    const { id, storyId } = subscription;
    const place = places.get(subscription.destinationId);
    const paused = subscription.paused || (place?.paused ?? null) !== null;
    const remove: Action = {
      label: words.remove,
      style: 'danger',
      call: { path: 'unsubscribe', options: { id } },
    };
    const resume = { label: words.resume, call: { path: 'subscriptions', options: { resume: id } } };
    if (storyId !== null) return paused ? [resume, remove] : [remove];
    return [
      {
        label: words.edit,
        call: { path: 'subscribe', options: { id } },
        form: true,
      },
      { label: words.test, call: { path: 'subscriptions', options: { test: id } } },
      paused ? resume : { label: words.pause, call: { path: 'subscriptions', options: { pause: id } } },
      remove,
    ];
  }
}

/** What people call these servers, as far as it is known. */
async function namesOf({ nameOf }: SubscriptionDeps, scopes: readonly Scope[]): Promise<Map<Scope, string>> {
  const names = new Map<Scope, string>();
  for (const scope of new Set(scopes)) {
    // A list without names is better than none.
    const name = await nameOf?.(scope).catch(() => null);
    if (name) names.set(scope, name);
  }
  return names;
}
