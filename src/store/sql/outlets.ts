import type { Outlet } from '../../model/outlet.ts';
import type { Outlets } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import type { Sql } from './sql.ts';

const codec = rowCodec<Outlet>({
  id: 'value',
  slug: 'value',
  name: 'value',
  domain: 'value',
  country: 'value',
  language: 'value',
  tier: 'value',
  stateMedia: 'flag',
  paywalled: 'flag',
});

export function createOutlets(on: Sql): Outlets {
  return {
    async save(outlet) {
      const { slug: _, ...rest } = codec.encode(outlet);
      const row = await on.db
        .insertInto('outlets')
        .values(codec.encode(outlet))
        .onConflict((conflict) => conflict.column('slug').doUpdateSet(rest))
        .returningAll()
        .executeTakeFirstOrThrow();
      return codec.decode(row);
    },
    async list() {
      const rows = await on.db.selectFrom('outlets').selectAll().orderBy('slug').execute();
      return rows.map(codec.decode);
    },
  };
}
