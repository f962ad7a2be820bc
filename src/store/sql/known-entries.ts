import { hash } from 'node:crypto';
import type { NewArticle } from '../../model/article.ts';
import type { Scope } from '../../model/scope.ts';
import { isIn, type Sql } from './sql.ts';

/** A title that comes back after this time is another article's: "The day in pictures". */
const SAME_TITLE_MS = 72 * 3_600_000;

/** One entry of a poll, as the store compares it. */
export interface Entry {
  article: NewArticle;
  /** What its identity rests on. */
  kind: 'address' | 'title' | 'other';
  /** Of its identity; of its other identity where its address turned out to be another article's. */
  hash: string;
  /** All it is known by to other feeds. */
  hashes: string[];
  otherHash: string | null;
  guidHash: string | null;
  textHash: string;
  titleHash: string;
  /** What several entries of the document share tells nothing apart. */
  ownText: boolean;
  ownTitle: boolean;
}

interface KnownEntry {
  hash: string;
  guid_hash: string | null;
  text_hash: string;
  /** Null where it was stored before titles were compared. */
  title_hash: string | null;
  article_id: number | null;
  last_seen: number;
}

export interface KnownArticle {
  id: number;
  scope: Scope;
  feed_id: number | null;
  identity: string;
  title: string;
  revision: number;
  published: number;
}

interface PolledFeed {
  id: number;
  scope: Scope;
  last_ingest_at: number | null;
  name: string;
  domain: string | null;
}

/** A match: the row of this feed where there is one, and its article; null where retention removed that. */
interface Match {
  own?: KnownEntry;
  /** Undefined where the entry is new. */
  target: number | null | undefined;
}

/** A key of fixed length that tells nothing of what it was made from: 128 bits of SHA-256. */
function hashOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

export function toEntries(articles: readonly NewArticle[]): Entry[] {
  const shared = (of: (article: NewArticle) => string | null) => {
    const identities = new Map<string, string>();
    const several = new Set<string>();
    for (const article of articles) {
      const value = of(article);
      if (value === null) continue;
      const before = identities.get(value);
      if (before === undefined) identities.set(value, article.identity);
      else if (before !== article.identity) several.add(value);
    }
    return several;
  };
  const guids = shared(({ guid }) => guid);
  const texts = shared(({ text }) => text);
  const titles = shared(titleOf);
  return articles.map((article) => {
    const { identity, otherIdentity, guid, text, creditedTo } = article;
    const own = hashOf(identity);
    const credited = creditedTo ? titleIdentities(creditedTo, article).map(hashOf) : [];
    return {
      article,
      kind: creditedTo ? 'title' : identity.startsWith('url:') ? 'address' : 'other',
      hash: own,
      hashes: [...new Set([own, ...credited])],
      otherHash: otherIdentity ? hashOf(otherIdentity) : null,
      guidHash: guid !== null && !guids.has(guid) ? hashOf(guid) : null,
      textHash: hashOf(text),
      titleHash: hashOf(titleOf(article)),
      ownText: text !== '' && !texts.has(text),
      ownTitle: !titles.has(titleOf(article)),
    };
  });
}

function titleOf({ title, titleKey }: NewArticle): string {
  return titleKey ?? title;
}

/** What an aggregator's entry and the outlet's own have in common: the title, and the outlet's domain or name. */
function titleIdentities(outlet: { name: string; domain: string | null }, article: NewArticle): string[] {
  return [outlet.domain, outlet.name]
    .filter((name) => name !== null)
    .map((name) => `title:${name.toLowerCase()}:${titleOf(article)}`);
}

/** What the store knows of the entries of one poll. */
export async function loadKnown(on: Sql, feed: PolledFeed, entries: readonly Entry[]) {
  const hashes = entries.flatMap((entry) => [...entry.hashes, ...(entry.otherHash ? [entry.otherHash] : [])]);
  const guidHashes = entries.flatMap((entry) => entry.guidHash ?? []);
  const columns = ['hash', 'guid_hash', 'text_hash', 'title_hash', 'article_id', 'last_seen'] as const;
  const ofFeed = on.db.selectFrom('entries').select(columns).where('feed_id', '=', feed.id);
  const byHash = new Map<string, KnownEntry>();
  for (const row of await ofFeed.where(isIn(on, 'hash', hashes)).execute()) byHash.set(row.hash, row);
  /** The index of a column holds the hashes too; asked for more at once, SQLite would rather read all of the feed. */
  const having = async (column: 'guid_hash' | 'title_hash', values: string[]) => {
    if (!values.length) return [];
    const found = ofFeed
      .clearSelect()
      .select('hash')
      .where(isIn(on, column, values));
    return ofFeed.where('hash', 'in', found).orderBy('last_seen', 'desc').execute();
  };
  const guidRows = await having('guid_hash', guidHashes);
  const byGuid = Map.groupBy(guidRows, (row) => row.guid_hash!);

  // Titles tell where neither address nor guid does; most polls have no such entry.
  const strange = entries.filter(({ hash, guidHash }) => !byHash.has(hash) && !byGuid.has(guidHash ?? ''));
  const titled = entries.filter((entry) => {
    const own = byHash.get(entry.hash);
    return own ? entry.kind === 'address' && isAnother(entry, own) : entry.kind !== 'address';
  });
  const titleRows = await having(
    'title_hash',
    titled.map(({ titleHash }) => titleHash),
  );
  const byTitle = Map.groupBy(titleRows, (row) => row.title_hash!);
  const told = await loadTold(
    on,
    feed,
    strange.filter(({ kind }) => kind === 'title'),
  );
  const credits = new Map(
    strange
      .filter(({ kind }) => kind === 'address')
      .map((entry) => [entry, titleIdentities(feed, entry.article).map(hashOf)]),
  );

  const identities = new Map<string, { scope: Scope; article_id: number | null }>();
  const rows = await on.db
    .selectFrom('identities')
    .select(['scope', 'hash', 'article_id'])
    .where(isIn(on, 'hash', [...hashes, ...[...credits.values()].flat()]))
    .orderBy('article_id')
    .execute();
  for (const row of rows) {
    const better = identities.get(row.hash);
    if (isVisible(row, feed) && (!better || (row.scope === 'instance' && better.scope !== 'instance')))
      identities.set(row.hash, row);
  }

  const ids = new Set<number>();
  for (const row of [...byHash.values(), ...guidRows, ...titleRows, ...identities.values(), ...told])
    if (row.article_id !== null) ids.add(row.article_id);
  const articles = new Map<number, KnownArticle>();
  const textHashes = new Map<number, string>();
  if (ids.size) {
    const stored = await on.db
      .selectFrom('articles')
      .select(['id', 'scope', 'feed_id', 'identity', 'title', 'revision', 'published', 'text'])
      .where(isIn(on, 'id', [...ids]))
      .execute();
    for (const { text, ...article } of stored) {
      articles.set(article.id, article);
      // Compared only where another feed takes over.
      if (article.feed_id !== feed.id) textHashes.set(article.id, hashOf(text));
    }
  }
  const present = new Set(hashes);

  return {
    match,
    identity: (hash: string) => identities.get(hash)?.article_id,
    article: (id: number) => articles.get(id)!,
    textHash: (id: number) => textHashes.get(id),
  };

  /** The article of an entry. Gives the entry its other identity where its address is another article's. */
  function match(entry: Entry): Match {
    let own = byHash.get(entry.hash);
    if (own && isAnother(entry, own)) {
      entry.hash = entry.otherHash!;
      entry.hashes = [entry.hash];
      entry.kind = 'other';
      own = byHash.get(entry.hash);
    }
    own ??= byGuid.get(entry.guidHash ?? '')?.find((row) => isMoved(entry, row));
    if (own) return { own, target: own.article_id };
    for (const one of entry.hashes) {
      const known = identities.get(one);
      if (known) return { target: known.article_id };
    }
    if (entry.kind !== 'address') own = byTitle.get(entry.titleHash)?.find((row) => isReplaced(entry, row));
    if (own) return { own, target: own.article_id };
    const elsewhere = told.find((row) => row.title_hash === entry.titleHash && isOf(row, entry));
    if (elsewhere && entry.kind === 'title') return { target: elsewhere.article_id };
    for (const one of credits.get(entry) ?? []) {
      const known = identities.get(one);
      if (known && isNear(known.article_id, entry)) return { target: known.article_id };
    }
    return { target: undefined };
  }

  function sameText(entry: Entry, row: KnownEntry): boolean {
    return entry.ownText && row.text_hash === entry.textHash;
  }

  function sameTitle(entry: Entry, row: KnownEntry): boolean {
    return row.title_hash === null || (entry.ownTitle && row.title_hash === entry.titleHash);
  }

  /** A page that is always "live" carries one article after the other, each with a guid and words of its own. */
  function isAnother(entry: Entry, row: KnownEntry): boolean {
    if (entry.otherHash === null || entry.guidHash === null || row.guid_hash === null) return false;
    if (row.guid_hash === entry.guidHash || sameText(entry, row)) return false;
    if (entry.kind === 'title') return !isNear(row.article_id, entry);
    return row.title_hash !== null && row.title_hash !== entry.titleHash;
  }

  /** A guid at a new address is the same article only if its words are: "1" is always the newest. */
  function isMoved(entry: Entry, row: KnownEntry): boolean {
    return entry.kind !== 'address' || sameTitle(entry, row) || sameText(entry, row);
  }

  /** It stands where this feed had one of the same title whose guid or date has changed. */
  function isReplaced(entry: Entry, row: KnownEntry): boolean {
    if (present.has(row.hash)) return false;
    if (entry.article.text !== '') return row.text_hash === entry.textHash;
    // Without a text there is only that the other was there until now.
    return row.text_hash === entry.textHash && row.last_seen >= (feed.last_ingest_at ?? 0);
  }

  function isNear(articleId: number | null, { article }: Entry): boolean {
    const known = articleId === null ? undefined : articles.get(articleId);
    return !known || Math.abs(known.published - article.published) <= SAME_TITLE_MS;
  }

  function isOf(row: Told, entry: Entry): boolean {
    const { name, domain } = entry.article.creditedTo!;
    const host = row.url === null ? null : (URL.parse(row.url)?.hostname ?? null);
    const sameOutlet =
      row.name.toLowerCase() === name.toLowerCase() ||
      (domain !== null && (row.domain === domain || host === domain || host?.endsWith(`.${domain}`)));
    return Boolean(sameOutlet) && isNear(row.article_id, entry);
  }
}

interface Told {
  title_hash: string | null;
  article_id: number | null;
  scope: Scope;
  name: string;
  domain: string | null;
  url: string | null;
}

/** Entries of other feeds with the titles that an aggregator's entries have. */
async function loadTold(on: Sql, feed: PolledFeed, entries: readonly Entry[]): Promise<Told[]> {
  if (!entries.length) return [];
  const rows = await on.db
    .selectFrom('entries')
    .innerJoin('feeds', 'feeds.id', 'entries.feed_id')
    .innerJoin('outlets', 'outlets.id', 'feeds.outlet_id')
    .leftJoin('articles', 'articles.id', 'entries.article_id')
    .select([
      'entries.title_hash',
      'entries.article_id',
      'feeds.scope',
      'outlets.name',
      'outlets.domain',
      'articles.url',
    ])
    .where(
      isIn(
        on,
        'entries.title_hash',
        entries.map(({ titleHash }) => titleHash),
      ),
    )
    .where('feeds.id', '<>', feed.id)
    .orderBy('entries.last_seen', 'desc')
    .execute();
  return rows.filter((row) => isVisible(row, feed));
}

/** A feed of the instance takes over a live article of anybody; others see the instance's and their own. */
function isVisible(row: { scope: Scope; article_id: number | null }, feed: PolledFeed): boolean {
  if (row.scope === 'instance' || row.scope === feed.scope) return true;
  return feed.scope === 'instance' && row.article_id !== null;
}
