import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill, formatNumber } from '../locale/labels.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import { audienceOf } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { formatQuery } from '../search/query.ts';
import { saveSubscription, WEEK } from '../subscriptions/manage-subscriptions.ts';
import type { Actor, Command, Options } from './command.ts';
import { completeList } from './complete-choices.ts';
import { completeQuery, RecentQueries } from './complete-query.ts';
import { describeSubscription } from './describe-subscription.ts';
import { nothingForQuery } from './nothing-found.ts';
import { refuseQuery } from './query-refusal.ts';
import { refuse, say, text, weave } from './say.ts';
import { subscribeOptions } from './subscribe-options.ts';
import {
  areOwn,
  completeSubscriptions,
  findSubscription,
  type SubscriptionDeps,
  themeChoices,
  topicsOf,
  vocabularyOf,
} from './subscription-deps.ts';
import { languageChoices, readLimits } from './subscription-limits.ts';
import { destinationOf } from './subscription-place.ts';
import { settingsOf } from './subscription-settings.ts';
import { completeZones } from './time-zones.ts';

/** Follows words, by direct message or into a channel; with a number, changes a subscription. */
export function subscribeCommand(deps: SubscriptionDeps, recent = new RecentQueries()): Command {
  const { store } = deps;
  return {
    path: ['subscribe'],
    names: { en: 'subscribe', ko: '구독', ru: 'подписаться' },
    description: {
      en: 'Alerts when news has your words',
      ko: '원하는 단어가 뉴스에 나오면 알립니다',
      ru: 'Оповещать о ваших словах в новостях',
    },
    options: subscribeOptions({
      query: (typed, context) => completeQuery(deps, recent, typed, context),
      zone: async (typed, { now }) => completeZones(typed, now),
      languages: async (typed, { actor }) => completeList(typed, languageChoices(actor.locale)),
      themes: async (typed, { actor }) => completeList(typed, themeChoices(deps.topics, actor.locale)),
      id: (typed, context) => completeSubscriptions(deps, typed, context, ({ storyId }) => storyId === null),
    }),
    right: (options, actor) =>
      options.channel === undefined && (options.here !== true || actor.channelId === null)
        ? 'anyone'
        : 'manage',
    changes: true,
    personal: true,
    examples: [
      '/subscribe "artillery shells" -football',
      '/subscribe entity:kim-jong-un (train OR 열차) mode:hourly',
      '/subscribe missile* lang:ko quiet:22:00-07:00 zone:Asia/Seoul',
      '/subscribe missile* languages:ko,ja themes:arms here:yes',
    ],
    async prefill({ id }, context) {
      // Where the platform says it, the person's own: it is what quiet hours mean.
      if (id === undefined) return context.actor.zone ? { zone: context.actor.zone } : {};
      const known = await findSubscription(store, context, Number(id));
      return known ? settingsOf(known, await store.destinations.get(known.destinationId)) : {};
    },
    async run(options, context) {
      const { actor, now } = context;
      const words = subscriptionWords(actor.locale);
      const known =
        options.id === undefined ? null : await findSubscription(store, context, Number(options.id));
      if (options.id !== undefined && !known)
        return refuse(actor, [fill(words.notYours, { a: Number(options.id) })]);
      const call = (more: Options) => ({ path: 'subscribe', options: { ...options, ...more } });
      if (options.query === undefined && !known)
        return refuse(
          actor,
          [words.noQuery, words.noneHint],
          [{ label: words.writeQuery, style: 'primary', call: call({}), form: true }],
        );
      const limits = readLimits(options, actor, deps.topics);
      if ('failed' in limits) return limits;
      const place = await destinationOf(deps, options, actor, known);
      if ('failed' in place) return place;
      // A subscription that goes into a channel was made by who may manage it, and is changed by such people only.
      if (place.kind !== 'dm' && !context.manager)
        return refuse(actor, [dispatchWords(actor.locale).needsManage]);

      const query = String(options.query ?? known?.query);
      const scope = known?.scope ?? actor.scope;
      const topics = await topicsOf(deps, { scope });
      const answer = await saveSubscription(
        store,
        {
          id: known?.id,
          scope,
          owner: known?.owner ?? actor.userId,
          destinationId: place.id,
          query,
          mode: (options.mode as Subscription['mode']) ?? known?.mode ?? 'instant',
          zone: limits.zone ?? known?.zone ?? place.zone,
          updates: (options.updates as boolean) ?? known?.updates ?? false,
          quietHours: limits.quietHours === undefined ? (known?.quietHours ?? null) : limits.quietHours,
          languages: limits.languages ?? known?.languages ?? [],
          themes: limits.themes ?? known?.themes ?? [],
          anyway: options.anyway === true,
        },
        { vocabulary: await vocabularyOf(deps), topics, now },
      );
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
          return refuse(
            actor,
            [words.duplicate, describeSubscription(answer.subscription, actor.locale, deps.topics)],
            [{ label: words.edit, call: call({ id: answer.subscription.id }), form: true }],
          );
        case 'too-many':
          return refuse(actor, [fill(words.tooMany[answer.of], { a: answer.most })]);
        case 'saved': {
          const { subscription, lastWeek } = answer;
          // Somebody may post there again who could not before: it was asked just now.
          const wasPaused = place.mayPost && place.paused !== null;
          if (wasPaused) await store.destinations.pause(place.id, null);
          recent.add(context, query);
          const line = describeSubscription(subscription, actor.locale, deps.topics);
          const goesTo = place.kind === 'dm' ? words.goesToDm : words.goesToChannel;
          const mode = words.mode[subscription.mode];
          const seeker = { store, actor, scopes: audienceOf(scope), topics, now };
          return say(
            actor,
            [
              text({ strong: known ? words.changed : words.saved }, ' ', line),
              text(`${words.readsAs}: `, { code: formatQuery(answer.query.root) }),
              text(...weave(goesTo, { a: { channel: place.target }, b: mode })),
              ...(wasPaused ? [text(words.postsAgain)] : []),
              text(fill(words.lastWeek, numbers(lastWeek, actor))),
              ...(lastWeek.matched
                ? []
                : await nothingForQuery(
                    seeker,
                    answer.query,
                    (nearer) => ({
                      call: { path: 'subscribe', options: { id: subscription.id, query: nearer } },
                      form: true,
                    }),
                    { since: now - WEEK, languages: subscription.languages, themes: subscription.themes },
                  )),
            ],
            {
              changed: {
                object: `subscription ${subscription.id}`,
                detail: line,
                own: await areOwn(store, [subscription]),
              },
            },
          );
        }
      }
    },
  };
}

function numbers({ matched, seen }: { matched: number; seen: number }, { locale }: Actor) {
  return { a: formatNumber(locale, matched), b: formatNumber(locale, seen) };
}
