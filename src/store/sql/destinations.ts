import type { Destination } from '../../model/schedule.ts';
import type { Destinations } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { inTransaction, type Sql } from './sql.ts';
import { removeSubscriptionsWhere } from './subscription-rows.ts';

export const destinationCodec = rowCodec<Destination>({
  id: 'value',
  platform: 'value',
  scope: 'value',
  kind: 'value',
  target: 'value',
  name: 'value',
  languages: 'json',
  zone: 'value',
  silent: 'flag',
  crosspost: 'flag',
  tags: 'json',
  paused: 'json',
  setUpBy: 'value',
});

export function createDestinations(on: Sql): Destinations {
  return {
    async save(destination) {
      const { platform: _, target: __, ...rest } = destinationCodec.encode(destination);
      const row = await on.db
        .insertInto('destinations')
        .values(destinationCodec.encode(destination))
        .onConflict((conflict) => conflict.columns(['platform', 'target']).doUpdateSet(rest))
        .returningAll()
        .executeTakeFirstOrThrow();
      return destinationCodec.decode(row);
    },

    async get(id) {
      const row = await on.db.selectFrom('destinations').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? destinationCodec.decode(row) : null;
    },

    async find(platform, target) {
      const row = await on.db
        .selectFrom('destinations')
        .selectAll()
        .where('platform', '=', platform)
        .where('target', '=', target)
        .executeTakeFirst();
      return row ? destinationCodec.decode(row) : null;
    },

    async list(scope) {
      const rows = await on.db
        .selectFrom('destinations')
        .selectAll()
        .$if(scope !== undefined, (query) => query.where('scope', '=', scope!))
        .orderBy('id')
        .execute();
      return rows.map(destinationCodec.decode);
    },

    async pause(id, pause) {
      await on.db
        .updateTable('destinations')
        .set(destinationCodec.encode({ paused: pause }))
        .where('id', '=', id)
        .execute();
    },

    remove: (id) => removeDestinations(on, [id]),
  };
}

/** With their schedules, deliveries and what they have been shown; subscriptions to them are taken back. */
export function removeDestinations(on: Sql, ids: number[]): Promise<void> {
  return inTransaction(on, async (inside) => {
    for (const id of ids) {
      await removeSubscriptionsWhere(inside, 'destination_id', id);
      await inside.db.deleteFrom('destinations').where('id', '=', id).execute();
    }
  });
}
