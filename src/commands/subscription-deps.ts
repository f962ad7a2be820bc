import type { Destination } from '../model/schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Vocabulary } from '../search/read-field.ts';
import type { Store } from '../store/store.ts';
import type { Topic } from '../topics/compile-topic.ts';
import type { Actor, CommandContext } from './command.ts';
import type { DigestDeps } from './digest-deps.ts';

/** What the commands of subscriptions and search stand on. */
export interface SubscriptionDeps extends Omit<DigestDeps, 'topics' | 'planDelivery'> {
  topics: readonly Topic[];
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
export async function topicsOf({ store, topics }: SubscriptionDeps, actor: Actor): Promise<string[]> {
  const chosen = (await store.settings.get(actor.scope))?.topics ?? [];
  return chosen.length ? chosen : topics.map(({ slug }) => slug);
}

/** The direct messages of a person, made where they are not known yet. */
export async function ownMessages(store: Store, actor: Actor): Promise<Destination> {
  const known = await store.destinations.find(actor.platform, actor.userId);
  if (known) return known;
  const settings = await store.settings.get(actor.scope);
  return store.destinations.save({
    platform: actor.platform,
    scope: actor.scope,
    kind: 'dm',
    target: actor.userId,
    name: null,
    languages: [actor.locale],
    zone: settings?.zone ?? 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: actor.userId,
  });
}

/** Subscriptions this person may see and change here: their own, and with the right to manage those of the channel asked in. */
export async function subscriptionsOf(
  store: Store,
  { actor, manager }: Pick<CommandContext, 'actor' | 'manager'>,
): Promise<{ own: Subscription[]; channel: Subscription[] }> {
  const own = await store.subscriptions.list({ scope: actor.scope, owner: actor.userId });
  const here =
    manager && actor.channelId ? await store.destinations.find(actor.platform, actor.channelId) : null;
  const all = here ? await store.subscriptions.list({ scope: actor.scope, destinationId: here.id }) : [];
  return { own, channel: all.filter(({ owner }) => owner !== actor.userId) };
}

export async function findSubscription(
  store: Store,
  context: Pick<CommandContext, 'actor' | 'manager'>,
  id: number,
): Promise<Subscription | null> {
  const { own, channel } = await subscriptionsOf(store, context);
  return [...own, ...channel].find((subscription) => subscription.id === id) ?? null;
}
