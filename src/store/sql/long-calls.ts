import type { LongCalls } from '../store.ts';
import { chunks, inTransaction, type Sql } from './sql.ts';

/** A use is noted at most this often: a digest's button may be pressed by a thousand people. */
const NOTED_EACH_MS = 24 * 3_600_000;

export function createLongCalls(on: Sql): LongCalls {
  return {
    keep: (calls, who, now) =>
      inTransaction(on, async ({ db }) => {
        for (const part of chunks([...calls]))
          await db
            .insertInto('long_calls')
            .values(part.map(([key, call]) => ({ key, call, used_at: now, who })))
            .onConflict((conflict) => conflict.column('key').doUpdateSet({ used_at: now, who }))
            .execute();
      }),

    async find(key, now) {
      const row = await on.db
        .selectFrom('long_calls')
        .select(['call', 'used_at'])
        .where('key', '=', key)
        .executeTakeFirst();
      if (row && now - row.used_at > NOTED_EACH_MS)
        await on.db.updateTable('long_calls').set({ used_at: now }).where('key', '=', key).execute();
      return row?.call ?? null;
    },

    async forget(before) {
      const { numDeletedRows } = await on.db
        .deleteFrom('long_calls')
        .where('used_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
