import type { Subscription } from '../../model/subscription.ts';
import { rowCodec } from './row-codec.ts';
import { chunks, inTransaction, raiseCounter, type Sql } from './sql.ts';

export const subscriptionCodec = rowCodec<Subscription>({
  id: 'value',
  scope: 'value',
  owner: 'value',
  destinationId: 'value',
  query: 'value',
  mode: 'value',
  quietHours: 'json',
  zone: 'value',
  languages: 'json',
  themes: 'json',
  updates: 'flag',
  storyId: 'value',
  paused: 'flag',
  createdAt: 'value',
  lastAlertAt: 'value',
});

/** Leaves a mark for each, so that every instance hears of it. */
export function removeSubscriptionsWhere(
  on: Sql,
  column: 'id' | 'destination_id' | 'scope',
  value: number | string,
): Promise<void> {
  return inTransaction(on, async (inside) => {
    const rows = await inside.db
      .deleteFrom('subscriptions')
      .where((eb) => eb(eb.ref(column), '=', value as never))
      .returning('id')
      .execute();
    if (!rows.length) return;
    const version = await raiseCounter(inside, 'subscription', 1);
    for (const part of chunks(rows))
      await inside.db
        .insertInto('removed_subscriptions')
        .values(part.map(({ id }) => ({ id, version })))
        .execute();
  });
}
