import type { Scope } from '../../model/scope.ts';
import { removeDestinations } from './destinations.ts';
import { deleteArticles } from './forget-articles.ts';
import { inTransaction, type Sql } from './sql.ts';
import { removeSubscriptionsWhere } from './subscription-rows.ts';

/** Removes everything one server or workspace owns, the articles that only its feeds carried included. */
export async function purgeScope(on: Sql, scope: Scope): Promise<void> {
  if (scope === 'instance') throw new Error('the scope of the instance cannot be purged');
  await inTransaction(on, async (inside) => {
    const { db } = inside;
    await removeSubscriptionsWhere(inside, 'scope', scope);
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
    await db.deleteFrom('feeds').where('scope', '=', scope).execute();
    await db.deleteFrom('identities').where('scope', '=', scope).execute();
    await db.deleteFrom('scope_settings').where('scope', '=', scope).execute();
    await db.deleteFrom('audits').where('scope', '=', scope).execute();
    await db.deleteFrom('labels').where('scope', '=', scope).execute();
    const [platform, id] = splitScope(scope);
    await db.deleteFrom('installations').where('platform', '=', platform).where('key', '=', id).execute();
  });
}

function splitScope(scope: Scope): [platform: string, id: string] {
  const colon = scope.indexOf(':');
  return [scope.slice(0, colon), scope.slice(colon + 1)];
}
