import { sql } from 'kysely';
import type { Leases } from '../store.ts';
import type { Sql } from './sql.ts';

/** Life of a key of `once`: longer than any platform delivers one interaction or event again. */
const ONCE_MS = 24 * 3_600_000;

export function createLeases(on: Sql): Leases {
  return {
    async acquire(name, owner, leaseMs, now) {
      const until = now + leaseMs;
      const row = await on.db
        .insertInto('leases')
        .values({ name, owner, lease_until: until, fence: 1 })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({
              owner,
              lease_until: until,
              fence: sql<number>`case when leases.owner = ${owner} then leases.fence else leases.fence + 1 end`,
            })
            .where((eb) => eb.or([eb('leases.owner', '=', owner), eb('leases.lease_until', '<=', now)])),
        )
        .returning('fence')
        .executeTakeFirst();
      return row ? { owner, until, fence: row.fence } : null;
    },

    async release(name, owner) {
      await on.db
        .updateTable('leases')
        .set({ lease_until: 0 })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute();
    },

    async once(key, now) {
      await on.db
        .deleteFrom('once_keys')
        .where('at', '<=', now - ONCE_MS)
        .execute();
      const row = await on.db
        .insertInto('once_keys')
        .values({ key, at: now })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
