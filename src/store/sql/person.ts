import { type PlatformName, personalScope } from '../../model/scope.ts';
import { destinationCodec, removeDestinations } from './destinations.ts';
import { inTransaction, isIn, type Sql } from './sql.ts';
import { removeSubscriptionsWhere, subscriptionCodec } from './subscription-rows.ts';

/** See `Subscriptions.exportPerson`. */
export async function exportPerson(
  on: Sql,
  platform: PlatformName,
  userId: string,
): Promise<Record<string, unknown>> {
  return {
    subscriptions: (await ownSubscriptions(on, platform, userId)).map(subscriptionCodec.decode),
    directMessages: (await ownMessages(on, platform, userId)).map(destinationCodec.decode),
    setUp: await on.db
      .selectFrom('destinations')
      .select(['scope', 'target', 'name'])
      .where('platform', '=', platform)
      .where('set_up_by', '=', userId)
      .orderBy('id')
      .execute(),
    labels: await on.db
      .selectFrom('labels')
      .select(['article_id as articleId', 'topic', 'relevant', 'at'])
      .where('scope', 'like', `${platform}:%`)
      .where('who', '=', userId)
      .orderBy('id')
      .execute(),
    buttons: await on.db
      .selectFrom('long_calls')
      .select(['call', 'used_at as usedAt'])
      .where('who', '=', `${platform}:${userId}`)
      .orderBy('key')
      .execute(),
    actions: await on.db
      .selectFrom('audits')
      .select(['scope', 'action', 'object', 'detail', 'at'])
      .where('scope', 'like', `${platform}:%`)
      .where('who', '=', userId)
      .orderBy('id')
      .execute(),
  };
}

/** See `Subscriptions.forgetPerson`: what is theirs goes, what they did for others stays without their name. */
export function forgetPerson(on: Sql, platform: PlatformName, userId: string): Promise<void> {
  return inTransaction(on, async (inside) => {
    for (const { id } of await ownSubscriptions(inside, platform, userId))
      await removeSubscriptionsWhere(inside, 'id', id);
    const messages = await ownMessages(inside, platform, userId);
    await removeDestinations(
      inside,
      messages.map((row) => row.id),
    );
    await inside.db
      .updateTable('destinations')
      .set({ set_up_by: null })
      .where('platform', '=', platform)
      .where('set_up_by', '=', userId)
      .execute();
    await inside.db
      .deleteFrom('labels')
      .where('scope', 'like', `${platform}:%`)
      .where('who', '=', userId)
      .execute();
    await inside.db.deleteFrom('long_calls').where('who', '=', `${platform}:${userId}`).execute();
    // Its very name is the person's.
    await inside.db.deleteFrom('audits').where('scope', '=', personalScope(platform, userId)).execute();
    await inside.db
      .updateTable('audits')
      .set({ who: 'forgotten' })
      .where('scope', 'like', `${platform}:%`)
      .where('who', '=', userId)
      .execute();
    await inside.db
      .updateTable('story_edits')
      .set({ who: 'forgotten' })
      .where(isIn(inside, 'who', [userId, `${platform}:${userId}`]))
      .execute();
  });
}

function ownSubscriptions(on: Sql, platform: PlatformName, userId: string) {
  return on.db
    .selectFrom('subscriptions')
    .selectAll()
    .where('scope', 'like', `${platform}:%`)
    .where('owner', '=', userId)
    .orderBy('id')
    .execute();
}

function ownMessages(on: Sql, platform: PlatformName, userId: string) {
  return on.db
    .selectFrom('destinations')
    .selectAll()
    .where('platform', '=', platform)
    .where('kind', '=', 'dm')
    .where('target', '=', userId)
    .execute();
}
