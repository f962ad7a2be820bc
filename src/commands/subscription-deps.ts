import type { TopicHeading } from '../digests/build-digest.ts';
import type { Locale } from '../model/digest.ts';
import type { Destination } from '../model/schedule.ts';
import { personalScope, type Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Vocabulary } from '../search/read-field.ts';
import type { Store } from '../store/store.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { isAlone } from './audience.ts';
import type { Actor, CommandContext, Completion } from './command.ts';
import { completeChoices } from './complete-choices.ts';
import { describeSubscription } from './describe-subscription.ts';
import type { DigestDeps } from './digest-deps.ts';
import { defaultZone } from './time-zones.ts';

/** What the commands of subscriptions and search stand on. */
export interface SubscriptionDeps extends Omit<DigestDeps, 'topics' | 'planDelivery'> {
  topics: readonly Topic[];
  /** What people call a server or workspace; null where it is not known. */
  nameOf?(scope: Scope): Promise<string | null>;
}

/** What fields may name here. */
export async function vocabularyOf({ store, topics }: SubscriptionDeps): Promise<Vocabulary> {
  const slugs = (list: readonly { slug: string }[]): string[] => list.map(({ slug }) => slug);
  return {
    source: slugs(await store.outlets.list()),
    topic: slugs(topics),
    theme: topics.flatMap((topic) => slugs(topic.themes)),
    side: topics.flatMap((topic) => slugs(topic.sides)),
    entity: topics.flatMap((topic) => slugs(topic.entities)),
  };
}

/** Slugs of the topics that a server or workspace looks at; all where it has chosen none. */
export async function topicsOf(
  { store, topics }: SubscriptionDeps,
  { scope }: Pick<Actor, 'scope'>,
): Promise<string[]> {
  const chosen = (await store.settings.get(scope))?.topics ?? [];
  return chosen.length ? chosen : topics.map(({ slug }) => slug);
}

/** Themes by name, as options complete them. */
export function themeChoices(topics: readonly Pick<TopicHeading, 'themes'>[], locale: Locale): Completion[] {
  const themes = topics.flatMap((topic) => topic.themes);
  const named = themes.map(({ slug, title }) => ({ value: slug, label: title[locale] ?? title.en }));
  return [...new Map(named.map((one) => [one.value, one])).values()];
}

/** The direct messages of a person, made where they are not known yet. */
export async function ownMessages(store: Store, actor: Actor): Promise<Destination> {
  const known = await store.destinations.find(actor.platform, actor.userId);
  if (known) return known;
  const settings = await store.settings.get(actor.scope);
  return store.destinations.save({
    platform: actor.platform,
    scope: messagesScope(actor),
    kind: 'dm',
    target: actor.userId,
    name: null,
    languages: [actor.locale],
    zone: defaultZone(settings, actor),
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: actor.userId,
  });
}

/**
 * On Discord a person's messages are theirs, whichever server they asked in: they outlive it. On Slack people and
 * their messages belong to the workspace, whose token writes them.
 */
function messagesScope({ platform, scope, userId }: Actor): Scope {
  return platform === 'discord' ? personalScope(platform, userId) : scope;
}

type Asker = Pick<CommandContext, 'actor' | 'manager'>;

/**
 * Subscriptions this person may see and change here: their own, and with the right to manage those of the channel
 * asked in. In their own messages, those of every server.
 */
export async function subscriptionsOf(
  store: Store,
  { actor, manager }: Asker,
): Promise<{ own: Subscription[]; channel: Subscription[] }> {
  const own = isAlone(actor)
    ? await everySubscription(store, actor)
    : await store.subscriptions.list({ scope: actor.scope, owner: actor.userId });
  const here =
    manager && actor.channelId ? await store.destinations.find(actor.platform, actor.channelId) : null;
  const all = here ? await store.subscriptions.list({ scope: actor.scope, destinationId: here.id }) : [];
  return { own, channel: all.filter(({ owner }) => owner !== actor.userId) };
}

/** A person's own, of every server of the platform. */
export async function everySubscription(store: Store, { platform, userId }: Actor): Promise<Subscription[]> {
  const own = await store.subscriptions.list({ owner: userId });
  return own.filter(({ scope }) => scope.startsWith(`${platform}:`));
}

export async function findSubscription(
  store: Store,
  context: Asker,
  id: number,
): Promise<Subscription | null> {
  const { own, channel } = await subscriptionsOf(store, context);
  return [...own, ...channel].find((subscription) => subscription.id === id) ?? null;
}

/** Completes the number of a subscription by its words. */
export async function completeSubscriptions(
  { store, topics }: Pick<SubscriptionDeps, 'store' | 'topics'>,
  typed: string,
  context: CommandContext,
  wanted: (subscription: Subscription) => boolean = () => true,
): Promise<Completion[]> {
  const { own, channel } = await subscriptionsOf(store, context);
  const choices = [...own, ...channel].filter(wanted).map((one) => ({
    value: String(one.id),
    label: describeSubscription(one, context.actor.locale, topics),
  }));
  return completeChoices(typed, choices);
}

/** Whether all of these alert somebody by direct message, so that they are that person's own business. */
export async function areOwn(
  store: Store,
  subscriptions: readonly Pick<Subscription, 'destinationId'>[],
): Promise<boolean> {
  const places = await Promise.all(
    subscriptions.map(({ destinationId }) => store.destinations.get(destinationId)),
  );
  return places.every((place) => place?.kind === 'dm');
}
