import type { PendingAlert } from '../../model/subscription.ts';
import type { Subscriptions } from '../store.ts';
import { exportPerson, forgetPerson } from './person.ts';
import { rowCodec } from './row-codec.ts';
import { chunks, inTransaction, isIn, raiseCounter, type Sql } from './sql.ts';
import { removeSubscriptionsWhere, subscriptionCodec } from './subscription-rows.ts';

const alertCodec = rowCodec<PendingAlert>({
  id: 'value',
  subscriptionId: 'value',
  destinationId: 'value',
  articleId: 'value',
  storyId: 'value',
  words: 'json',
  dueAt: 'value',
});

export function createSubscriptions(on: Sql): Subscriptions {
  const version = async () => {
    const row = await on.db
      .selectFrom('counters')
      .select('value')
      .where('name', '=', 'subscription')
      .executeTakeFirstOrThrow();
    return row.value;
  };

  return {
    add: (subscription) =>
      inTransaction(on, async (inside) => {
        const row = await inside.db
          .insertInto('subscriptions')
          .values({
            ...subscriptionCodec.encode(subscription),
            version: await raiseCounter(inside, 'subscription', 1),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return subscriptionCodec.decode(row);
      }),

    update: (id, change) =>
      inTransaction(on, async (inside) => {
        const row = subscriptionCodec.encode(change);
        const fields = Object.keys(row);
        if (!fields.length) return;
        // When it last alerted is no change that matching has to hear of.
        const heard = fields.some((field) => field !== 'last_alert_at');
        await inside.db
          .updateTable('subscriptions')
          .set({ ...row, ...(heard ? { version: await raiseCounter(inside, 'subscription', 1) } : {}) })
          .where('id', '=', id)
          .execute();
      }),

    remove: (id) => removeSubscriptionsWhere(on, 'id', id),

    async get(id) {
      const row = await on.db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? subscriptionCodec.decode(row) : null;
    },

    async list({ scope, owner, destinationId } = {}) {
      const rows = await on.db
        .selectFrom('subscriptions')
        .selectAll()
        .$if(scope !== undefined, (query) => query.where('scope', '=', scope!))
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
        .$if(destinationId !== undefined, (query) => query.where('destination_id', '=', destinationId!))
        .orderBy('id')
        .execute();
      return rows.map(subscriptionCodec.decode);
    },

    version,

    changedSince: (since) =>
      inTransaction(on, async ({ db }) => {
        // Changes hold the counter's row to their end: all up to this version are there to be read.
        const { value } = await db
          .selectFrom('counters')
          .select('value')
          .where('name', '=', 'subscription')
          .executeTakeFirstOrThrow();
        const changed = await db
          .selectFrom('subscriptions')
          .selectAll()
          .where('version', '>', since)
          .where('version', '<=', value)
          .orderBy('id')
          .execute();
        const removed = await db
          .selectFrom('removed_subscriptions')
          .select('id')
          .where('version', '>', since)
          .where('version', '<=', value)
          .orderBy('id')
          .execute();
        return {
          version: value,
          changed: changed.map(subscriptionCodec.decode),
          removed: removed.map((row) => row.id),
        };
      }),

    queueAlerts: (alerts) =>
      inTransaction(on, async ({ db }) => {
        for (const part of chunks(alerts))
          await db
            .insertInto('pending_alerts')
            .values(part.map(alertCodec.encode))
            .onConflict((conflict) =>
              conflict.columns(['subscription_id', 'story_id', 'article_id']).doNothing(),
            )
            .execute();
      }),

    async dueAlerts(now, limit) {
      const rows = await on.db
        .selectFrom('pending_alerts')
        .selectAll()
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(alertCodec.decode);
    },

    async removeAlerts(ids) {
      await on.db
        .deleteFrom('pending_alerts')
        .where(isIn(on, 'id', ids))
        .execute();
    },

    exportPerson: (platform, userId) => exportPerson(on, platform, userId),
    forgetPerson: (platform, userId) => forgetPerson(on, platform, userId),
  };
}
