import { inTransaction, isIn, type Sql } from './sql.ts';

/** See `Articles.forget`. */
export function forgetArticles(on: Sql, before: number, limit: number): Promise<number> {
  return inTransaction(on, async (inside) => {
    const rows = await inside.db
      .selectFrom('articles')
      .select('id')
      .where('ingested_at', '<', before)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('story_members')
              .innerJoin('stories', 'stories.id', 'story_members.story_id')
              .select('stories.id')
              .whereRef('story_members.article_id', '=', 'articles.id')
              .where('stories.updated_at', '>=', before),
          ),
        ),
      )
      .orderBy('ingested_at')
      .limit(limit)
      .execute();
    await deleteArticles(
      inside,
      rows.map((row) => row.id),
    );
    await deleteEmptyStories(inside, before);
    return rows.length;
  });
}

/** Removes articles with all that hangs on them; the hashes of their identities and entries stay. */
export async function deleteArticles(on: Sql, ids: number[]): Promise<void> {
  if (ids.length)
    await on.db
      .deleteFrom('articles')
      .where(isIn(on, 'id', ids))
      .execute();
}

/** Stories of the past that lost all their members, those merged into them, and what was shown of them. */
async function deleteEmptyStories(on: Sql, before: number): Promise<void> {
  const rows = await on.db
    .selectFrom('stories')
    .select('id')
    .where('updated_at', '<', before)
    .where('merged_into', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('story_members')
            .select('article_id')
            .whereRef('story_members.story_id', '=', 'stories.id'),
        ),
      ),
    )
    .execute();
  if (!rows.length) return;
  await on.db
    .deleteFrom('stories')
    .where(
      isIn(
        on,
        'id',
        rows.map((row) => row.id),
      ),
    )
    .execute();
  await on.db
    .deleteFrom('shown')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('stories').select('stories.id').whereRef('stories.id', '=', 'shown.story_id'),
        ),
      ),
    )
    .execute();
}

/** See `Articles.forgetIdentities`. */
export function forgetIdentities(on: Sql, before: number): Promise<number> {
  return inTransaction(on, async ({ db }) => {
    // A feed that answers "not modified" for months carries its entries all that time.
    await db
      .deleteFrom('entries')
      .where('article_id', 'is', null)
      .where('last_seen', '<', before)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('feeds')
            .select('feeds.id')
            .whereRef('feeds.id', '=', 'entries.feed_id')
            .whereRef('feeds.last_ingest_at', '>', 'entries.last_seen'),
        ),
      )
      .execute();
    const { numDeletedRows } = await db
      .deleteFrom('identities')
      .where('article_id', 'is', null)
      .where('seen_at', '<', before)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('entries')
              .select('entries.feed_id')
              .whereRef('entries.hash', '=', 'identities.hash')
              .where('entries.article_id', 'is', null),
          ),
        ),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  });
}
