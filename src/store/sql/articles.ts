import type { Article } from '../../model/article.ts';
import type { Articles } from '../store.ts';
import { decodeOutlet, OUTLET_COLUMNS, type OutletColumns } from './feeds.ts';
import { forgetArticles, forgetIdentities } from './forget-articles.ts';
import { ingestEntries } from './ingest-entries.ts';
import { rowCodec } from './row-codec.ts';
import { chunks, inTransaction, isIn, raiseCounter, type Sql } from './sql.ts';

const codec = rowCodec<Omit<Article, 'outlet' | 'scopes'>>({
  id: 'value',
  identity: 'value',
  url: 'value',
  title: 'value',
  text: 'value',
  language: 'value',
  published: 'value',
  sequence: 'value',
  revision: 'value',
  firstSeen: 'value',
  backfill: 'flag',
  authors: 'json',
  categories: 'json',
  thumbnail: 'value',
  fullText: 'flag',
});

function decodeArticle(row: OutletColumns & { scope: Article['scopes'][number] }): Article {
  return { ...codec.decode(row), outlet: decodeOutlet(row), scopes: [row.scope] };
}

export function createArticles(on: Sql): Articles {
  const articles = (db = on.db) =>
    db
      .selectFrom('articles')
      .innerJoin('outlets', 'outlets.id', 'articles.outlet_id')
      .selectAll('articles')
      .select(OUTLET_COLUMNS);

  const getMany = async (ids: number[], db = on.db) => {
    const found: Article[] = [];
    // In parts: others have their turn between them.
    for (const part of chunks([...new Set(ids)].sort((a, b) => a - b))) {
      const rows = await articles(db)
        .where(isIn(on, 'articles.id', part))
        .orderBy('articles.id')
        .execute();
      found.push(...rows.map(decodeArticle));
    }
    return found;
  };

  return {
    ingest: (feedId, entries, now) =>
      inTransaction(on, async (inside) => {
        const results = await ingestEntries(inside, feedId, entries, now);
        const ids = results.flatMap(({ articleId }) => articleId ?? []);
        const byId = new Map((await getMany([...new Set(ids)], inside.db)).map((a) => [a.id, a]));
        return results.map(({ articleId, outcome }) =>
          outcome === 'forgotten' || articleId === null
            ? { article: null, outcome: 'forgotten' as const }
            : { article: byId.get(articleId)!, outcome },
        );
      }),

    enrich: (id, text, now) =>
      inTransaction(on, async (inside) => {
        const before = await inside.db
          .selectFrom('articles')
          .select(['title', 'text', 'revision', 'ingested_at'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const changed = text !== '' && text !== before.text;
        if (changed)
          await inside.db
            .insertInto('article_revisions')
            .values({
              article_id: id,
              revision: before.revision,
              title: before.title,
              text: before.text,
              at: before.ingested_at,
            })
            .execute();
        const sequence = changed ? await raiseCounter(inside, 'article', 1) : null;
        await inside.db
          .updateTable('articles')
          .set({
            full_text: 1,
            ...(sequence === null ? {} : { text, sequence, revision: before.revision + 1, ingested_at: now }),
          })
          .where('id', '=', id)
          .execute();
        return (await getMany([id], inside.db))[0]!;
      }),

    get: async (id) => (await getMany([id]))[0] ?? null,
    getMany: (ids) => getMany(ids),

    async byUrl(url) {
      // The instance's own before a server's or workspace's copy.
      const row = await articles()
        .where('articles.url', '=', url)
        .orderBy((eb) => eb.case().when('articles.scope', '=', 'instance').then(0).else(1).end())
        .orderBy('articles.id')
        .limit(1)
        .executeTakeFirst();
      return row ? decodeArticle(row) : null;
    },

    async onlyFrom(ids, feedIds) {
      if (!ids.length || !feedIds.length) return [];
      const rows = await on.db
        .selectFrom('entries')
        .select(['article_id', 'feed_id'])
        .where(isIn(on, 'article_id', ids))
        .execute();
      const carriers = Map.groupBy(rows, (row) => row.article_id);
      return ids.filter((id) => carriers.get(id)?.every((row) => feedIds.includes(row.feed_id)));
    },

    async revisions(id) {
      const earlier = await on.db
        .selectFrom('article_revisions')
        .select(['revision', 'title', 'text', 'at'])
        .where('article_id', '=', id)
        .orderBy('revision')
        .execute();
      const present = await on.db
        .selectFrom('articles')
        .select(['revision', 'title', 'text', 'ingested_at as at'])
        .where('id', '=', id)
        .execute();
      return [...earlier, ...present];
    },

    async since(after, limit) {
      const rows = await articles().where('sequence', '>', after).orderBy('sequence').limit(limit).execute();
      return rows.map(decodeArticle);
    },

    async count(since, until, scopes) {
      const { n } = await on.db
        .selectFrom('articles')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('ingested_at', '>', since)
        .where('ingested_at', '<=', until)
        .where(isIn(on, 'scope', scopes))
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async oldest(scopes) {
      const row = await on.db
        .selectFrom('articles')
        .select('first_seen')
        .where(isIn(on, 'scope', scopes))
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row?.first_seen ?? null;
    },

    async lastSequence() {
      const row = await on.db
        .selectFrom('counters')
        .select('value')
        .where('name', '=', 'article')
        .executeTakeFirstOrThrow();
      return row.value;
    },

    async wantingFullText({ now, since, shorterThan, mostTries, limit }) {
      const rows = await articles()
        .innerJoin('feeds', 'feeds.id', 'articles.feed_id')
        .where('feeds.full_text', '=', 'relevant')
        .where('articles.full_text', '=', 0)
        .where('articles.url', 'is not', null)
        .where('articles.published', '>', since)
        .where((eb) => eb(eb.fn<number>('length', ['articles.text']), '<', shorterThan))
        .where('articles.page_tries', '<', mostTries)
        .where('articles.page_after', '<=', now)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('verdicts')
              .select('verdicts.article_id')
              .whereRef('verdicts.article_id', '=', 'articles.id')
              .whereRef('verdicts.revision', '=', 'articles.revision')
              .where('verdicts.relevant', '=', 1),
          ),
        )
        .orderBy('articles.sequence', 'desc')
        .limit(limit)
        .execute();
      return rows.map(decodeArticle);
    },

    async noteUnreadPage(id, after) {
      await on.db
        .updateTable('articles')
        .set((eb) => ({ page_tries: eb('page_tries', '+', 1), page_after: after }))
        .where('id', '=', id)
        .execute();
    },

    forget: (before, limit) => forgetArticles(on, before, limit),
    forgetIdentities: (before) => forgetIdentities(on, before),
  };
}
