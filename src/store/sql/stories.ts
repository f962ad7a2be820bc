import { sql } from 'kysely';
import type { Story, StoryEdit, StoryMember } from '../../model/story.ts';
import type { Stories, StoryWithMembers } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { inTransaction, isIn, raiseCounter, type Sql } from './sql.ts';

const storyCodec = rowCodec<Story>({
  id: 'value',
  mergedInto: 'value',
  createdAt: 'value',
  updatedAt: 'value',
  revision: 'value',
  muted: 'flag',
});

const memberCodec = rowCodec<StoryMember>({
  storyId: 'value',
  articleId: 'value',
  originId: 'value',
  joinedAt: 'value',
});

const editCodec = rowCodec<StoryEdit>({
  id: 'value',
  kind: 'value',
  storyIds: 'json',
  articleIds: 'json',
  who: 'value',
  scope: 'value',
  why: 'value',
  at: 'value',
  undoneAt: 'value',
});

export function createStories(on: Sql): Stories {
  const getMany = async (ids: number[]) => withMembers(on, [...new Set((await rootsOf(on, ids)).values())]);

  return {
    nextId: () => raiseCounter(on, 'story', 1),

    async create({ id, at }) {
      await on.db
        .insertInto('stories')
        .values({ id, merged_into: null, created_at: at, updated_at: at, revision: 0, muted: 0 })
        .execute();
    },

    join: (member, by) =>
      inTransaction(on, async (inside) => {
        const { storyId, articleId, joinedAt } = member;
        const former = await inside.db
          .selectFrom('story_members')
          .select('story_id')
          .where('article_id', '=', articleId)
          .executeTakeFirst();
        const { article_id: _, ...rest } = memberCodec.encode(member);
        await inside.db
          .insertInto('story_members')
          .values(memberCodec.encode(member))
          .onConflict((conflict) => conflict.column('article_id').doUpdateSet(rest))
          .execute();
        if (former?.story_id === storyId) return;
        if (former) {
          await log(inside, former.story_id, [articleId], 'left', by, joinedAt);
          await bump(inside, former.story_id, 0);
        }
        await log(inside, storyId, [articleId], 'joined', by, joinedAt);
        await bump(inside, storyId, joinedAt);
      }),

    leave: (storyId, articleId, by, at) =>
      inTransaction(on, async (inside) => {
        const { numDeletedRows } = await inside.db
          .deleteFrom('story_members')
          .where('story_id', '=', storyId)
          .where('article_id', '=', articleId)
          .executeTakeFirstOrThrow();
        if (!numDeletedRows) return;
        await log(inside, storyId, [articleId], 'left', by, at);
        await bump(inside, storyId, 0);
      }),

    merge: (from, into, by, at) =>
      inTransaction(on, async (inside) => {
        const roots = await rootsOf(inside, [from, into]);
        const source = roots.get(from);
        const target = roots.get(into);
        if (source === undefined || target === undefined || source === target) return;
        const moved = await inside.db
          .updateTable('story_members')
          .set({ story_id: target })
          .where('story_id', '=', source)
          .returning('article_id')
          .execute();
        const articleIds = moved.map((row) => row.article_id).sort((a, b) => a - b);
        await log(inside, source, articleIds, 'left', by, at);
        await log(inside, target, articleIds, 'joined', by, at);
        const { updated_at } = await inside.db
          .updateTable('stories')
          .set((eb) => ({ merged_into: target, revision: eb('revision', '+', 1) }))
          .where('id', '=', source)
          .returning('updated_at')
          .executeTakeFirstOrThrow();
        await bump(inside, target, updated_at);
      }),

    async redirect(merged, to) {
      await on.db
        .updateTable('stories')
        .set((eb) => ({ merged_into: to, revision: eb('revision', '+', 1) }))
        .where('id', '=', merged)
        .where('merged_into', 'is not', null)
        .execute();
    },

    touch: (storyId, at) => bump(on, storyId, at),

    async mute(storyId, muted) {
      await on.db
        .updateTable('stories')
        .set({ muted: muted ? 1 : 0 })
        .where('id', '=', storyId)
        .execute();
    },

    async muteFor(scope, storyId, muted, at) {
      if (muted)
        await on.db
          .insertInto('muted_stories')
          .values({ scope, story_id: storyId, at })
          .onConflict((conflict) => conflict.columns(['scope', 'story_id']).doNothing())
          .execute();
      else
        await on.db
          .deleteFrom('muted_stories')
          .where('scope', '=', scope)
          .where('story_id', '=', storyId)
          .execute();
    },

    async mutedFor(scope, ids) {
      if (!ids.length) return [];
      const rows = await on.db
        .selectFrom('muted_stories')
        .select('story_id')
        .where('scope', '=', scope)
        .where(isIn(on, 'story_id', ids))
        .orderBy('story_id')
        .execute();
      return rows.map((row) => row.story_id);
    },

    get: async (id) => (await getMany([id]))[0] ?? null,
    getMany,

    async ofArticle(articleId) {
      const row = await on.db
        .selectFrom('story_members')
        .select('story_id')
        .where('article_id', '=', articleId)
        .executeTakeFirst();
      return row ? ((await withMembers(on, [row.story_id]))[0] ?? null) : null;
    },

    async active(since, until) {
      const rows = await on.db
        .selectFrom('story_members')
        .select('story_id')
        .where('joined_at', '>', since)
        .where('joined_at', '<=', until)
        .union((eb) =>
          eb
            .selectFrom('story_members')
            .innerJoin('articles', 'articles.id', 'story_members.article_id')
            .select('story_members.story_id')
            .where('articles.ingested_at', '>', since)
            .where('articles.ingested_at', '<=', until),
        )
        .execute();
      return withMembers(
        on,
        rows.map((row) => row.story_id),
      );
    },

    async liveMembers(since) {
      const rows = await on.db
        .selectFrom('story_members')
        .innerJoin('stories', 'stories.id', 'story_members.story_id')
        .selectAll('story_members')
        .where('stories.updated_at', '>', since)
        .where('stories.merged_into', 'is', null)
        .orderBy('story_members.joined_at')
        .orderBy('story_members.article_id')
        .execute();
      return rows.map(memberCodec.decode);
    },

    async log(storyId) {
      const rows = await on.db
        .selectFrom('story_log')
        .select(['article_id', 'change', 'by', 'at'])
        .where('story_id', '=', storyId)
        .orderBy('id')
        .execute();
      return rows.map(({ article_id, ...row }) => ({ articleId: article_id, ...row }));
    },

    async recordEdit(edit) {
      const row = await on.db
        .insertInto('story_edits')
        .values(editCodec.encode(edit))
        .returningAll()
        .executeTakeFirstOrThrow();
      return editCodec.decode(row);
    },

    async undoEdit(id, at) {
      await on.db.updateTable('story_edits').set({ undone_at: at }).where('id', '=', id).execute();
    },

    async edits() {
      const rows = await on.db
        .selectFrom('story_edits')
        .selectAll()
        .where('undone_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(editCodec.decode);
    },
  };
}

/** Where each of these stories ends after all its merges; unknown ids are left out. */
async function rootsOf(on: Sql, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await on.db
    .withRecursive('chain(id, at, next)', (eb) =>
      eb
        .selectFrom('stories')
        .select(['id', 'id as at', 'merged_into as next'])
        .where(isIn(on, 'id', ids))
        .unionAll((more) =>
          more
            .selectFrom('chain')
            .innerJoin('stories', 'stories.id', 'chain.next')
            .select(['chain.id', 'stories.id as at', 'stories.merged_into as next']),
        ),
    )
    .selectFrom('chain')
    .select(['id', 'at'])
    .where('next', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.at]));
}

async function withMembers(on: Sql, ids: number[]): Promise<StoryWithMembers[]> {
  if (!ids.length) return [];
  const rows = await on.db
    .selectFrom('stories')
    .selectAll()
    .where(isIn(on, 'id', ids))
    .orderBy('id')
    .execute();
  const members = await on.db
    .selectFrom('story_members')
    .selectAll()
    .where(isIn(on, 'story_id', ids))
    .orderBy('joined_at')
    .orderBy('article_id')
    .execute();
  const byStory = Map.groupBy(members.map(memberCodec.decode), (member) => member.storyId);
  return rows.map((row) => ({ ...storyCodec.decode(row), members: byStory.get(row.id) ?? [] }));
}

async function log(
  on: Sql,
  storyId: number,
  articleIds: number[],
  change: 'joined' | 'left',
  by: string,
  at: number,
): Promise<void> {
  if (articleIds.length)
    await on.db
      .insertInto('story_log')
      .values(articleIds.map((article_id) => ({ story_id: storyId, article_id, change, by, at })))
      .execute();
}

/** @param at its news is as new as this; 0 where nothing new came */
async function bump(on: Sql, storyId: number, at: number): Promise<void> {
  await on.db
    .updateTable('stories')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      updated_at: sql<number>`case when updated_at < ${at} then ${at} else updated_at end`,
    }))
    .where('id', '=', storyId)
    .execute();
}
