import { audienceOf, personalScope, type Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import type { Actor } from './command.ts';

/**
 * Scopes whose articles an actor may see. In a direct message also those of the servers where they subscribed to
 * something: what comes by direct message can be opened there, and nothing that they could not see at its place.
 */
export async function audienceIn(store: Store, actor: Actor): Promise<Scope[]> {
  if (!isAlone(actor)) return audienceOf(actor.scope);
  const own = await store.subscriptions.list({ owner: actor.userId });
  const theirs = own.map(({ scope }) => scope).filter((scope) => scope.startsWith(`${actor.platform}:`));
  return [...new Set([...audienceOf(actor.scope), ...theirs])];
}

/** Asked where no server listens: what belongs to the person is all there, whichever server it was made in. */
export function isAlone(actor: Actor): boolean {
  return actor.channelId === null && actor.scope === personalScope(actor.platform, actor.userId);
}
