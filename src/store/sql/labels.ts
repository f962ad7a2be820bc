import type { Labels } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import type { Sql } from './sql.ts';

const codec = rowCodec<Parameters<Labels['add']>[0]>({
  articleId: 'value',
  topic: 'value',
  relevant: 'flag',
  who: 'value',
  scope: 'value',
  at: 'value',
});

export function createLabels(on: Sql): Labels {
  return {
    async add(label) {
      const row = codec.encode(label);
      await on.db
        .insertInto('labels')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['article_id', 'topic', 'who'])
            .doUpdateSet({ relevant: row.relevant, scope: row.scope, at: row.at }),
        )
        .execute();
    },
    async list(topic) {
      const rows = await on.db
        .selectFrom('labels')
        .selectAll()
        .where('topic', '=', topic)
        .orderBy('id')
        .execute();
      return rows.map(codec.decode);
    },
  };
}
