import { causeOf } from '../deliveries/pause-notice.ts';
import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill, formatNumber } from '../locale/labels.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Destination } from '../model/schedule.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { parseQuery } from '../search/parse-query.ts';
import { QueryError } from '../search/query.ts';
import { restrictQuery } from '../search/restrict-query.ts';
import { searchArticles } from '../search/search-articles.ts';
import { measureBreadth, WEEK } from '../subscriptions/manage-subscriptions.ts';
import { isAlone } from './audience.ts';
import type {
  Action,
  Block,
  Command,
  CommandContext,
  Inline,
  OptionSpec,
  Options,
  Reply,
} from './command.ts';
import { RecentQueries } from './complete-query.ts';
import { describeSubscription, writeQuietHours } from './describe-subscription.ts';
import { nothingForQuery } from './nothing-found.ts';
import { refuse, say, text, weave } from './say.ts';
import { showFound } from './show-found.ts';
import { subscribeCommand } from './subscribe.ts';
import {
  completeSubscriptions,
  findSubscription,
  type SubscriptionDeps,
  subscriptionsOf,
  topicsOf,
} from './subscription-deps.ts';
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
    complete: (typed, context) => completeSubscriptions(store, typed, context, wanted),
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
      if (chosen === undefined) return list(context);
      const found = await findSubscription(store, context, Number(chosen));
      if (!found) return refuse(actor, [fill(words.notYours, { a: Number(chosen) })]);
      if (options.test !== undefined) return test(found, context);
      const paused = options.pause !== undefined;
      const posts = paused ? null : await resumePosting(found, context);
      if (posts && 'failed' in posts) return posts;
      await store.subscriptions.update(found.id, { paused });
      const line = describeSubscription({ ...found, paused }, actor.locale);
      return say(
        actor,
        [text({ strong: words.changed }, ' ', line), ...(posts?.resumed ? [text(words.postsAgain)] : [])],
        { changed: { object: `subscription ${found.id}`, detail: paused ? 'paused' : 'resumed' } },
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

  async function list(context: CommandContext): Promise<Reply> {
    const { actor } = context;
    const words = subscriptionWords(actor.locale);
    const { own, channel } = await subscriptionsOf(store, context);
    const places = new Map<number, Destination | null>();
    for (const { destinationId } of [...own, ...channel])
      if (!places.has(destinationId)) places.set(destinationId, await store.destinations.get(destinationId));
    const origins = isAlone(actor) ? await namesOf(own.map(({ scope }) => scope)) : new Map<Scope, string>();
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
          call: { path: 'subscribe', options: settingsOf(subscription, place) },
          form: true,
        },
        { label: words.test, call: { path: 'subscriptions', options: { test: id } } },
        paused ? resume : { label: words.pause, call: { path: 'subscriptions', options: { pause: id } } },
        remove,
      ];
    }
  }

  /** What people call these servers, as far as it is known. */
  async function namesOf(scopes: readonly Scope[]): Promise<Map<Scope, string>> {
    const names = new Map<Scope, string>();
    for (const scope of new Set(scopes)) {
      // A list without names is better than none.
      const name = await deps.nameOf?.(scope).catch(() => null);
      if (name) names.set(scope, name);
    }
    return names;
  }

  async function test(subscription: Subscription, { actor, now }: CommandContext): Promise<Reply> {
    const words = subscriptionWords(actor.locale);
    const asked = parseQuery(subscription.query);
    if (subscription.storyId !== null || asked instanceof QueryError)
      return refuse(actor, [describeSubscription(subscription, actor.locale)]);
    const { scope } = subscription;
    const topics = await topicsOf(deps, { scope });
    const query = { ...asked, root: restrictQuery(asked, subscription) };
    const { matched, seen } = await measureBreadth(store, query, { scope, topics, now });
    const seeker = { store, actor, scopes: audienceOf(scope), topics, now };
    if (!matched)
      return say(actor, [
        text(...weave(nothingWords(actor.locale).nothingLastWeek, { a: { code: subscription.query } })),
        ...(await nothingForQuery(
          seeker,
          asked,
          (nearer) => ({
            call: { path: 'subscribe', options: { id: subscription.id, query: nearer } },
            form: true,
          }),
          { since: now - WEEK, languages: subscription.languages, themes: subscription.themes },
        )),
      ]);
    const results = await searchArticles(store, query, seeker, { size: 5, since: now - WEEK });
    const title = fill(words.testFound, {
      a: formatNumber(actor.locale, matched),
      b: formatNumber(actor.locale, seen),
    });
    return say(actor, [text(title), showFound(results.stories, actor.locale)]);
  }
}

/** Everything a form of `/subscribe` shows, as it stands now. */
function settingsOf(subscription: Subscription, place: Destination | null | undefined): Options {
  const { id, query, mode, quietHours, zone, languages, themes, updates } = subscription;
  return {
    id,
    query,
    mode,
    quiet: writeQuietHours(quietHours),
    zone,
    ...(place && place.kind !== 'dm' ? { channel: place.target } : {}),
    ...(languages.length ? { languages: languages.join(',') } : {}),
    ...(themes.length ? { themes: themes.join(',') } : {}),
    ...(updates ? { updates } : {}),
  };
}
