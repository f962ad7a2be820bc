import type { Meta } from '../store.ts';
import type { Sql } from './sql.ts';

export function createMeta(on: Sql): Meta {
  return {
    async get(key) {
      const row = await on.db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async set(key, value) {
      await on.db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
