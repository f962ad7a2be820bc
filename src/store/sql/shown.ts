import type { Shown } from '../../model/delivery.ts';
import { rowCodec } from './row-codec.ts';
import { isIn, type Sql } from './sql.ts';

const codec = rowCodec<Shown>({
  destinationId: 'value',
  storyId: 'value',
  storyRevision: 'value',
  at: 'value',
  via: 'value',
  articles: 'json',
  origins: 'json',
  facts: 'json',
  sentences: 'json',
  message: 'json',
});

/** The last writing of a (destination, story) stands; what was shown before stays shown. */
export async function writeShown(on: Sql, shown: readonly Shown[]): Promise<void> {
  for (const next of shown) {
    const [before] = await rows(on, next.destinationId, [next.storyId]);
    const {
      destination_id: _,
      story_id: __,
      ...rest
    } = codec.encode(before ? combine([before, next]) : next);
    await on.db
      .insertInto('shown')
      .values({ destination_id: next.destinationId, story_id: next.storyId, ...rest })
      .onConflict((conflict) => conflict.columns(['destination_id', 'story_id']).doUpdateSet(rest))
      .execute();
  }
}

/** What a destination has seen of these stories, and of those that were merged into them. */
export async function readShown(on: Sql, destinationId: number, storyIds: number[]): Promise<Shown[]> {
  const merged = await mergedInto(on, storyIds);
  const found = await rows(on, destinationId, [...merged.keys()]);
  const byStory = Map.groupBy(found, (shown) => merged.get(shown.storyId)!);
  return [...byStory]
    .map(([storyId, all]) => ({ ...combine(all), storyId }))
    .sort((a, b) => a.storyId - b.storyId);
}

export async function shownOfStory(on: Sql, storyId: number): Promise<Shown[]> {
  const merged = await mergedInto(on, [storyId]);
  const found = await on.db
    .selectFrom('shown')
    .selectAll()
    .where(isIn(on, 'story_id', [...merged.keys()]))
    .orderBy('at')
    .orderBy('destination_id')
    .execute();
  const byDestination = Map.groupBy(found.map(codec.decode), (shown) => shown.destinationId);
  return [...byDestination.values()].map((all) => ({ ...combine(all), storyId }));
}

async function rows(on: Sql, destinationId: number, storyIds: number[]): Promise<Shown[]> {
  const found = await on.db
    .selectFrom('shown')
    .selectAll()
    .where('destination_id', '=', destinationId)
    .where(isIn(on, 'story_id', storyIds))
    .orderBy('at')
    .execute();
  return found.map(codec.decode);
}

/** Every story that ended in one of these, itself included → that one. */
async function mergedInto(on: Sql, storyIds: number[]): Promise<Map<number, number>> {
  const found = await on.db
    .withRecursive('family(id, root)', (eb) =>
      eb
        .selectFrom('stories')
        .select(['id', 'id as root'])
        .where(isIn(on, 'id', storyIds))
        .unionAll((more) =>
          more
            .selectFrom('family')
            .innerJoin('stories', 'stories.merged_into', 'family.id')
            .select(['stories.id', 'family.root']),
        ),
    )
    .selectFrom('family')
    .select(['id', 'root'])
    .execute();
  return new Map(found.map((row) => [row.id, row.root]));
}

/**
 * One picture of what several showings, oldest first, told: everything that was shown counts as shown, the last
 * showing's message and revision stand. A sentence of a revision that was shown anew is not shown any more, or its
 * correction would return for ever.
 */
function combine(all: Shown[]): Shown {
  const last = all.at(-1)!;
  if (all.length === 1) return last;
  const articles = distinct(
    all.flatMap((shown) => shown.articles),
    ({ id }) => String(id),
  );
  const revisions = new Map(articles.map(({ id, revision }) => [id, revision]));
  return {
    ...last,
    message: last.message ?? all.findLast((shown) => shown.message)?.message ?? null,
    articles,
    origins: [...new Set(all.flatMap((shown) => shown.origins))],
    facts: distinct(
      all.flatMap((shown) => shown.facts),
      ({ of, value }) => `${of} ${value}`,
    ),
    sentences: distinct(
      all.flatMap((shown) => shown.sentences),
      ({ articleId, text }) => `${articleId} ${text}`,
    ).filter(({ articleId, revision }) => revision >= (revisions.get(articleId) ?? 0)),
  };
}

/** The last of each key, in the order of their last coming. */
function distinct<T>(values: T[], key: (value: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const value of values) {
    byKey.delete(key(value));
    byKey.set(key(value), value);
  }
  return [...byKey.values()];
}
