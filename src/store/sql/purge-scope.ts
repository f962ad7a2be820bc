import type { Scope } from '../../model/scope.ts';
import { removeDestinations } from './destinations.ts';
import { deleteArticles } from './forget-articles.ts';
import { inTransaction, isIn, type Sql } from './sql.ts';
import { removeSubscriptionsWhere } from './subscription-rows.ts';

/** Removes everything one server or workspace owns, the articles that only its feeds carried included. */
export async function purgeScope(on: Sql, scope: Scope): Promise<void> {
  if (scope === 'instance') throw new Error('the scope of the instance cannot be purged');
  await inTransaction(on, async (inside) => {
    const { db } = inside;
    const messages = await messagesOf(inside, scope);
    await removeSubscriptionsWhere(inside, 'scope', scope);
    await removeUnused(inside, messages);
    await handOver(inside, scope);
    const destinations = await db
      .selectFrom('destinations')
      .select('id')
      .where('scope', '=', scope)
      .execute();
    await removeDestinations(
      inside,
      destinations.map((row) => row.id),
    );
    const articles = await db.selectFrom('articles').select('id').where('scope', '=', scope).execute();
    const ids = articles.map((row) => row.id);
    await deleteArticles(inside, ids);
    await db.deleteFrom('muted_stories').where('scope', '=', scope).execute();
    await db.deleteFrom('story_edits').where('scope', '=', scope).execute();
    await db.deleteFrom('feeds').where('scope', '=', scope).execute();
    await db.deleteFrom('identities').where('scope', '=', scope).execute();
    await db.deleteFrom('scope_settings').where('scope', '=', scope).execute();
    await db.deleteFrom('audits').where('scope', '=', scope).execute();
    await db.deleteFrom('labels').where('scope', '=', scope).execute();
    const [platform, id] = splitScope(scope);
    await db.deleteFrom('installations').where('platform', '=', platform).where('key', '=', id).execute();
  });
}

/** Messages to people that alerts of this scope went to, where they belong to the people themselves. */
async function messagesOf({ db }: Sql, scope: Scope): Promise<number[]> {
  const rows = await db
    .selectFrom('destinations')
    .innerJoin('subscriptions', 'subscriptions.destination_id', 'destinations.id')
    .select('destinations.id')
    .distinct()
    .where('destinations.kind', '=', 'dm')
    .where('destinations.scope', '<>', scope)
    .where('subscriptions.scope', '=', scope)
    .execute();
  return rows.map(({ id }) => id);
}

/** A person's messages that alerts of another scope go to are that one's from now on. */
async function handOver({ db }: Sql, scope: Scope): Promise<void> {
  const used = await db
    .selectFrom('destinations')
    .innerJoin('subscriptions', 'subscriptions.destination_id', 'destinations.id')
    .select(['destinations.id', 'subscriptions.scope'])
    .where('destinations.kind', '=', 'dm')
    .where('destinations.scope', '=', scope)
    .orderBy('subscriptions.id')
    .execute();
  for (const heir of used.reverse())
    await db.updateTable('destinations').set({ scope: heir.scope }).where('id', '=', heir.id).execute();
}

/** Nothing else comes to these people: nothing is kept of them. */
async function removeUnused(on: Sql, destinations: number[]): Promise<void> {
  const used = await on.db
    .selectFrom('subscriptions')
    .select('destination_id')
    .distinct()
    .where(isIn(on, 'destination_id', destinations))
    .execute();
  const kept = new Set(used.map((row) => row.destination_id));
  await removeDestinations(
    on,
    destinations.filter((id) => !kept.has(id)),
  );
}

function splitScope(scope: Scope): [platform: string, id: string] {
  const colon = scope.indexOf(':');
  return [scope.slice(0, colon), scope.slice(colon + 1)];
}
