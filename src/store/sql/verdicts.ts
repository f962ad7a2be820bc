import type { StoredVerdict, Verdicts } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { chunks, inTransaction, isIn, type Sql } from './sql.ts';

const withoutReasons = {
  articleId: 'value',
  revision: 'value',
  topic: 'value',
  score: 'value',
  relevant: 'flag',
  kind: 'value',
  themes: 'json',
  entities: 'json',
  sides: 'json',
} as const;

const codec = rowCodec<StoredVerdict>({ ...withoutReasons, reasons: 'json' });
const briefCodec = rowCodec<Omit<StoredVerdict, 'reasons'>>(withoutReasons);

export function createVerdicts(on: Sql): Verdicts {
  const saveMany = (verdicts: StoredVerdict[]) =>
    inTransaction(on, async ({ db }) => {
      for (const rows of chunks(verdicts))
        await db
          .insertInto('verdicts')
          .values(rows.map(codec.encode))
          .onConflict((conflict) =>
            conflict.columns(['article_id', 'revision', 'topic']).doUpdateSet((eb) => ({
              score: eb.ref('excluded.score'),
              relevant: eb.ref('excluded.relevant'),
              kind: eb.ref('excluded.kind'),
              themes: eb.ref('excluded.themes'),
              entities: eb.ref('excluded.entities'),
              sides: eb.ref('excluded.sides'),
              reasons: eb.ref('excluded.reasons'),
            })),
          )
          .execute();
    });

  return {
    save: (articleId, revision, verdicts) =>
      saveMany(verdicts.map((verdict) => ({ ...verdict, articleId, revision }))),
    saveMany,
    async of(articleId) {
      const rows = await present(on)
        .where('verdicts.article_id', '=', articleId)
        .orderBy('verdicts.topic')
        .execute();
      return rows.map(codec.decode);
    },
    async ofMany(articleIds, topic) {
      const found: Omit<StoredVerdict, 'reasons'>[] = [];
      for (const part of chunks([...new Set(articleIds)].sort((a, b) => a - b))) {
        const rows = await present(on)
          .clearSelect()
          .select([
            'verdicts.article_id',
            'verdicts.revision',
            'verdicts.topic',
            'verdicts.score',
            'verdicts.relevant',
            'verdicts.kind',
            'verdicts.themes',
            'verdicts.entities',
            'verdicts.sides',
          ])
          .where(isIn(on, 'verdicts.article_id', part))
          .where('verdicts.topic', '=', topic)
          .orderBy('verdicts.article_id')
          .execute();
        found.push(...rows.map(briefCodec.decode));
      }
      return found;
    },
  };
}

/** Of the present revisions of these articles, for all topics. */
export async function presentVerdicts(on: Sql, articleIds: number[]): Promise<StoredVerdict[]> {
  const rows = await present(on)
    .where(isIn(on, 'verdicts.article_id', articleIds))
    .orderBy('verdicts.article_id')
    .orderBy('verdicts.topic')
    .execute();
  return rows.map(codec.decode);
}

function present(on: Sql) {
  return on.db
    .selectFrom('verdicts')
    .innerJoin('articles', (join) =>
      join
        .onRef('articles.id', '=', 'verdicts.article_id')
        .onRef('articles.revision', '=', 'verdicts.revision'),
    )
    .selectAll('verdicts');
}
