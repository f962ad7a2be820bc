import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill, formatNumber } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Destination } from '../model/schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import { formatQuery } from '../search/query.ts';
import { saveSubscription } from '../subscriptions/manage-subscriptions.ts';
import type { Actor, Command, Options, Reply } from './command.ts';
import { describeSubscription, readQuietHours } from './describe-subscription.ts';
import { refuseQuery } from './query-refusal.ts';
import { refuse, say, text } from './say.ts';
import { subscribeOptions } from './subscribe-options.ts';
import {
  findSubscription,
  ownMessages,
  type SubscriptionDeps,
  topicsOf,
  vocabularyOf,
} from './subscription-deps.ts';
import { completeZones, readZone } from './time-zones.ts';

/** Follows words, by direct message or into a channel; with a number, changes a subscription. */
export function subscribeCommand(deps: SubscriptionDeps): Command {
  const { store } = deps;
  return {
    path: ['subscribe'],
    names: { en: 'subscribe', ko: '구독', ru: 'подписаться' },
    description: {
      en: 'Alerts when news has your words',
      ko: '원하는 단어가 뉴스에 나오면 알립니다',
      ru: 'Оповещать, когда в новостях появятся ваши слова',
    },
    options: subscribeOptions(async (typed, { now }) => completeZones(typed, now)),
    right: (options) => (options.channel === undefined ? 'anyone' : 'manage'),
    changes: true,
    personal: true,
    examples: [
      '/subscribe "artillery shells" -football',
      '/subscribe entity:kim-jong-un (train OR 열차) mode:hourly',
      '/subscribe missile* lang:ko quiet:22:00-07:00 zone:Asia/Seoul',
    ],
    async run(options, context) {
      const { actor, now } = context;
      const words = subscriptionWords(actor.locale);
      const known =
        options.id === undefined ? null : await findSubscription(store, context, Number(options.id));
      if (options.id !== undefined && !known)
        return refuse(actor, [fill(words.notYours, { a: Number(options.id) })]);

      const quiet = options.quiet === undefined ? undefined : readQuietHours(String(options.quiet));
      if (quiet === 'bad') return refuse(actor, [words.badQuiet]);
      const zone = options.zone === undefined ? null : readZone(String(options.zone));
      if (zone && !('zone' in zone))
        return refuse(actor, [fill(scheduleWords(actor.locale).badZone, { a: String(options.zone) })]);
      const place = await destinationOf(deps, options, actor, known);
      if ('failed' in place) return place;
      // A subscription that goes into a channel was made by who may manage it, and is changed by such people only.
      if (place.kind !== 'dm' && !context.manager)
        return refuse(actor, [dispatchWords(actor.locale).needsManage]);

      const query = String(options.query ?? known?.query ?? '');
      const answer = await saveSubscription(
        store,
        {
          id: known?.id,
          scope: actor.scope,
          owner: known?.owner ?? actor.userId,
          destinationId: place.id,
          query,
          mode: (options.mode as Subscription['mode']) ?? known?.mode ?? 'instant',
          zone: zone?.zone ?? known?.zone ?? place.zone,
          updates: (options.updates as boolean) ?? known?.updates ?? false,
          quietHours: quiet === undefined ? (known?.quietHours ?? null) : quiet,
          anyway: options.anyway === true,
        },
        { vocabulary: await vocabularyOf(deps), topics: await topicsOf(deps, actor), now },
      );
      const call = (more: Options) => ({ path: 'subscribe', options: { ...options, ...more } });
      switch (answer.kind) {
        case 'bad-query':
          return refuseQuery(actor, query, answer.error, (better) => ({
            label: words.try,
            call: call({ query: better }),
            form: true,
          }));
        case 'broad':
          return refuse(
            actor,
            [fill(words.broad, numbers(answer.lastWeek, actor))],
            [
              { label: words.edit, call: call({}), form: true },
              { label: words.anyway, call: call({ anyway: true }) },
            ],
          );
        case 'duplicate':
          return refuse(actor, [words.duplicate, describeSubscription(answer.subscription, actor.locale)]);
        case 'too-many':
          return refuse(actor, [fill(words.tooMany[answer.of], { a: answer.most })]);
        case 'saved': {
          const line = describeSubscription(answer.subscription, actor.locale);
          return say(
            actor,
            [
              text({ strong: known ? words.changed : words.saved }, ' ', line),
              text(`${words.readsAs}: `, { code: formatQuery(answer.query.root) }),
              text(fill(words.lastWeek, numbers(answer.lastWeek, actor))),
            ],
            { changed: { object: `subscription ${answer.subscription.id}`, detail: line } },
          );
        }
      }
    },
  };
}

function numbers({ matched, seen }: { matched: number; seen: number }, { locale }: Actor) {
  return { a: formatNumber(locale, matched), b: formatNumber(locale, seen) };
}

/** Where its alerts go: the channel that is named, else where they went, else the person's direct messages. */
async function destinationOf(
  { store, describeChannel }: SubscriptionDeps,
  options: Options,
  actor: Actor,
  known: Subscription | null,
): Promise<Pick<Destination, 'id' | 'zone' | 'kind'> | (Reply & { failed: true })> {
  if (options.channel === undefined)
    return (known && (await store.destinations.get(known.destinationId))) ?? ownMessages(store, actor);
  const words = scheduleWords(actor.locale);
  const target = String(options.channel);
  const channel = await describeChannel(actor, target);
  if (!channel) return { ...refuse(actor, [fill(words.noChannel, { a: '#news' })]), failed: true };
  if (channel.missing.length)
    return { ...refuse(actor, [fill(words.lacks, { a: channel.missing.join(', ') })]), failed: true };
  const before = await store.destinations.find(actor.platform, target);
  if (before) return before;
  const settings = await store.settings.get(actor.scope);
  return store.destinations.save({
    platform: actor.platform,
    scope: actor.scope,
    kind: channel.kind,
    target,
    name: channel.name,
    languages: [settings?.locale ?? actor.locale],
    zone: settings?.zone ?? 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: actor.userId,
  });
}
