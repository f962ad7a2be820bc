import type { NewArticle } from '../../model/article.ts';
import type { Scope } from '../../model/scope.ts';
import type { IngestResult } from '../store.ts';
import { type Entry, type KnownArticle, loadKnown, toEntries } from './known-entries.ts';
import { chunks, isIn, raiseCounter, type Sql } from './sql.ts';

/** What became of one entry; the article is null where it is forgotten. */
export interface IngestedEntry {
  articleId: number | null;
  outcome: IngestResult['outcome'];
}

interface Change {
  entry: Entry;
  article: KnownArticle;
  text: boolean;
}

/**
 * Stores one poll of one feed inside a transaction; see `Articles.ingest`.
 *
 * Words come from one feed for each article, so that two feeds that carry it in different lengths do not rewrite
 * it in turn: the first feed, until a feed of the instance takes over from a server's or workspace's. A server's
 * or workspace's feed never changes what others read, and its text is never shown to another's.
 */
export async function ingestEntries(
  on: Sql,
  feedId: number,
  articles: readonly NewArticle[],
  now: number,
): Promise<IngestedEntry[]> {
  await lockSequence(on);
  const feed = await on.db
    .selectFrom('feeds')
    .innerJoin('outlets', 'outlets.id', 'feeds.outlet_id')
    .select(['feeds.id', 'feeds.scope', 'feeds.last_ingest_at', 'outlets.name', 'outlets.domain'])
    .where('feeds.id', '=', feedId)
    .executeTakeFirstOrThrow();
  const entries = toEntries(articles);
  const known = await loadKnown(on, feed, entries);

  const results: IngestedEntry[] = [];
  const fresh: Entry[] = [];
  const changes: Change[] = [];
  const moved: { id: number; scope: Scope; entry: Entry | null }[] = [];
  const seen: string[] = [];
  const forgotten: string[] = [];
  const written: { entry: Entry; articleId: number; scope: Scope; alias: boolean }[] = [];
  /** Where an entry stands in this poll already: by hash, the place in `fresh` or the article. */
  const met = new Map<string, { fresh: Entry } | { articleId: number }>();
  const metArticles = new Set<number>();
  const freshAt: { result: IngestedEntry; entry: Entry }[] = [];

  for (const entry of entries) {
    const { own, target } = known.match(entry);
    const before = met.get(entry.hash);
    if (before) {
      const result: IngestedEntry = {
        articleId: 'articleId' in before ? before.articleId : null,
        outcome: 'known',
      };
      if ('fresh' in before) freshAt.push({ result, entry: before.fresh });
      results.push(result);
      continue;
    }
    if (target === undefined) {
      const result: IngestedEntry = { articleId: null, outcome: 'new' };
      met.set(entry.hash, { fresh: entry });
      fresh.push(entry);
      freshAt.push({ result, entry });
      results.push(result);
      continue;
    }
    if (target === null) {
      forgotten.push(entry.hash);
      results.push({ articleId: null, outcome: 'forgotten' });
      continue;
    }
    met.set(entry.hash, { articleId: target });
    const article = known.article(target);
    // The first entry of an article speaks for it: a document that carries it twice would rewrite it each time.
    const first = !metArticles.has(target);
    metArticles.add(target);
    // An outlet's own words and address take the place of an aggregator's.
    const tells = entry.kind === 'address' && article.identity.startsWith('title:');
    const adopts =
      article.feed_id === null ||
      (feed.scope === 'instance' && article.scope !== 'instance') ||
      (tells && (feed.scope === 'instance' || feed.scope === article.scope));
    let outcome: IngestedEntry['outcome'] = 'known';
    // Another link of an aggregator has other words around it, and is no edit.
    const same = entry.kind !== 'title' || own?.guid_hash === entry.guidHash;
    if (first && (adopts || (article.feed_id === feed.id && same))) {
      const text =
        entry.article.text !== '' && (own ? own.text_hash : known.textHash(target)) !== entry.textHash;
      if (text || entry.article.title !== article.title) {
        outcome = 'revised';
        changes.push({ entry, article, text });
      }
      if (adopts) moved.push({ id: target, scope: feed.scope, entry: tells ? entry : null });
    }
    if (
      own &&
      own.hash === entry.hash &&
      own.guid_hash === entry.guidHash &&
      own.text_hash === entry.textHash &&
      own.title_hash === entry.titleHash
    )
      seen.push(entry.hash);
    else
      written.push({
        entry,
        articleId: target,
        scope: adopts ? feed.scope : article.scope,
        alias: adopts || known.identity(entry.hash) === undefined,
      });
    results.push({ articleId: target, outcome });
  }

  if (moved.length) await moveArticles(on, feed.id, moved);
  const last = await raiseCounter(on, 'article', fresh.length + changes.length);
  let sequence = last - fresh.length - changes.length;
  const ids = await insertArticles(on, feed, fresh, sequence, now);
  for (const { result, entry } of freshAt) result.articleId = ids.get(entry)!;
  sequence += fresh.length;
  for (const change of changes) await reviseArticle(on, change, ++sequence, now);

  for (const entry of fresh)
    written.push({ entry, articleId: ids.get(entry)!, scope: feed.scope, alias: true });
  await writeIdentities(
    on,
    written
      .filter(({ alias }) => alias)
      .flatMap((row) =>
        row.entry.hashes.map((hash) => ({ scope: row.scope, articleId: row.articleId, hash })),
      ),
    now,
  );
  await writeEntries(on, feed.id, written, now);
  await markSeen(on, feed.id, [...seen, ...forgotten], forgotten, now);
  return results;
}

/** Instances take turns, so that articles become visible in the order of their sequence. */
async function lockSequence(on: Sql): Promise<void> {
  if (on.kind === 'postgres')
    await on.db.selectFrom('counters').select('value').where('name', '=', 'article').forUpdate().execute();
}

async function moveArticles(
  on: Sql,
  feedId: number,
  moved: { id: number; scope: Scope; entry: Entry | null }[],
): Promise<void> {
  for (const { id, scope, entry } of moved)
    await on.db
      .updateTable('articles')
      .set({
        feed_id: feedId,
        scope,
        ...(entry && {
          outlet_id: entry.article.outletId,
          identity: entry.article.identity,
          url: entry.article.url,
        }),
      })
      .where('id', '=', id)
      .execute();
}

async function insertArticles(
  on: Sql,
  feed: { id: number; scope: Scope },
  fresh: readonly Entry[],
  lastSequence: number,
  now: number,
): Promise<Map<Entry, number>> {
  const ids = new Map<Entry, number>();
  const bySequence = new Map(fresh.map((entry, i) => [lastSequence + 1 + i, entry]));
  for (const part of chunks([...bySequence])) {
    const rows = await on.db
      .insertInto('articles')
      .values(
        part.map(([sequence, { article }]) => ({
          scope: feed.scope,
          feed_id: feed.id,
          outlet_id: article.outletId,
          identity: article.identity,
          url: article.url,
          title: article.title,
          text: article.text,
          language: article.language,
          published: article.published,
          sequence,
          revision: 1,
          first_seen: article.firstSeen,
          ingested_at: now,
          backfill: article.backfill ? (1 as const) : (0 as const),
          authors: JSON.stringify(article.authors),
          categories: JSON.stringify(article.categories),
          thumbnail: article.thumbnail,
          full_text: 0 as const,
        })),
      )
      .returning(['id', 'sequence'])
      .execute();
    for (const row of rows) ids.set(bySequence.get(row.sequence)!, row.id);
  }
  return ids;
}

async function reviseArticle(
  on: Sql,
  { entry, article, text }: Change,
  sequence: number,
  now: number,
): Promise<void> {
  await on.db
    .insertInto('article_revisions')
    .columns(['article_id', 'revision', 'title', 'text', 'at'])
    .expression((eb) =>
      eb
        .selectFrom('articles')
        .select(['id', 'revision', 'title', 'text', 'ingested_at'])
        .where('id', '=', article.id),
    )
    .execute();
  await on.db
    .updateTable('articles')
    .set({
      title: entry.article.title,
      // It may have moved.
      ...(entry.article.url === null ? {} : { url: entry.article.url }),
      // The page's full text stands as long as only the headline changes.
      ...(text ? { text: entry.article.text, full_text: 0 as const, language: entry.article.language } : {}),
      sequence,
      revision: article.revision + 1,
      ingested_at: now,
    })
    .where('id', '=', article.id)
    .execute();
}

async function writeIdentities(
  on: Sql,
  identities: readonly { scope: Scope; hash: string; articleId: number }[],
  now: number,
): Promise<void> {
  for (const part of chunks(identities))
    await on.db
      .insertInto('identities')
      .values(
        part.map(({ scope, hash, articleId }) => ({ scope, hash, article_id: articleId, seen_at: now })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['hash', 'scope'])
          .doUpdateSet((eb) => ({ article_id: eb.ref('excluded.article_id'), seen_at: now })),
      )
      .execute();
}

async function writeEntries(
  on: Sql,
  feedId: number,
  entries: readonly { entry: Entry; articleId: number }[],
  now: number,
): Promise<void> {
  for (const part of chunks(entries))
    await on.db
      .insertInto('entries')
      .values(
        part.map(({ entry, articleId }) => ({
          feed_id: feedId,
          hash: entry.hash,
          guid_hash: entry.guidHash,
          text_hash: entry.textHash,
          title_hash: entry.titleHash,
          article_id: articleId,
          first_seen: now,
          last_seen: now,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['feed_id', 'hash']).doUpdateSet((eb) => ({
          guid_hash: eb.ref('excluded.guid_hash'),
          text_hash: eb.ref('excluded.text_hash'),
          title_hash: eb.ref('excluded.title_hash'),
          article_id: eb.ref('excluded.article_id'),
          last_seen: now,
        })),
      )
      .execute();
}

/** An entry that was last seen when its feed was last stored is carried still: `forgetIdentities` counts on it. */
async function markSeen(
  on: Sql,
  feedId: number,
  hashes: string[],
  forgotten: string[],
  now: number,
): Promise<void> {
  if (hashes.length)
    await on.db
      .updateTable('entries')
      .set({ last_seen: now })
      .where('feed_id', '=', feedId)
      .where(isIn(on, 'hash', hashes))
      .execute();
  if (forgotten.length)
    await on.db
      .updateTable('identities')
      .set({ seen_at: now })
      .where(isIn(on, 'hash', forgotten))
      .where('article_id', 'is', null)
      .execute();
  await on.db.updateTable('feeds').set({ last_ingest_at: now }).where('id', '=', feedId).execute();
}
