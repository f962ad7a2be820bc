import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Destination } from '../model/schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Actor, Options, Reply } from './command.ts';
import { refuse } from './say.ts';
import { ownMessages, type SubscriptionDeps } from './subscription-deps.ts';

/** A destination; with `mayPost`, it was asked just now whether tumen may post there. */
type Place = Destination & { mayPost?: boolean };

/** Where its alerts go: the channel that is named, else where they went, else the person's direct messages. */
export async function destinationOf(
  { store, describeChannel }: SubscriptionDeps,
  options: Options,
  actor: Actor,
  known: Subscription | null,
): Promise<Place | (Reply & { failed: true })> {
  const target = options.channel ?? (options.here === true ? actor.channelId : null);
  if (target === null) {
    const before =
      known && options.here === undefined ? await store.destinations.get(known.destinationId) : null;
    return before ?? ownMessages(store, actor);
  }
  const words = scheduleWords(actor.locale);
  const channelId = String(target);
  const before = await store.destinations.find(actor.platform, channelId);
  const channel = await describeChannel(actor, channelId);
  if (!channel) return { ...refuse(actor, [fill(words.noChannel, { a: '#news' })]), failed: true };
  if (channel.missing.length)
    return { ...refuse(actor, [fill(words.lacks, { a: channel.missing.join(', ') })]), failed: true };
  if (channel.needsTag && !before?.tags.length)
    return { ...refuse(actor, [words.alertsNeedTag]), failed: true };
  if (before) return { ...before, mayPost: true };
  const settings = await store.settings.get(actor.scope);
  return store.destinations.save({
    platform: actor.platform,
    scope: actor.scope,
    kind: channel.kind,
    target: channelId,
    name: channel.name,
    languages: [settings?.locale ?? actor.locale],
    zone: settings?.zone ?? 'UTC',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: actor.userId,
  });
}
