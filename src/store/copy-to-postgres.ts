import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery, Kysely } from 'kysely';
import { UserError } from '../model/errors.ts';
import { openStore } from './open-store.ts';
import { openPostgres, postgresDialect } from './postgres-database.ts';
import type { Tables } from './schema.ts';
import { createArticles } from './sql/articles.ts';
import { createSearchIndex } from './sql/search.ts';
import { inTransaction, type Sql } from './sql/sql.ts';
import { presentVerdicts } from './sql/verdicts.ts';
import { sqliteError } from './sqlite-errors.ts';

/** In an order in which a row never comes before the one it names. */
export const COPIED_TABLES = [
  'counters',
  'meta',
  'outlets',
  'feeds',
  'articles',
  'article_revisions',
  'identities',
  'entries',
  'verdicts',
  'labels',
  'stories',
  'story_members',
  'story_log',
  'story_edits',
  'muted_stories',
  'destinations',
  'schedules',
  'slots',
  'deliveries',
  'parts',
  'shown',
  'subscriptions',
  'removed_subscriptions',
  'pending_alerts',
  'scope_settings',
  'audits',
  'installations',
  'leases',
  'once_keys',
  'long_calls',
] as const satisfies (keyof Tables)[];

const ROWS_AT_ONCE = 500;

export interface CopyProgress {
  table: string;
  copied: number;
  total: number;
}

/**
 * Copies all of one moment of a SQLite database into an empty Postgres, in one transaction there: all or nothing.
 * Ids, sequences and their next values are the same afterwards.
 * @throws UserError where the Postgres database has data already
 */
export async function copyToPostgres(
  file: string,
  url: string,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<void> {
  if (!existsSync(file)) throw new UserError('missing', `there is no database ${file}`);
  // Brings both to the newest schema, the source included.
  await (await openStore({ file })).close();
  const target = await openStore({ url });
  await target.close();

  const source = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const db = new Kysely<Tables>({ dialect: postgresDialect(openPostgres(url, 1)) });
  const on: Sql = { db, kind: 'postgres', inside: new AsyncLocalStorage() };
  try {
    source.exec('begin');
    await inTransaction(on, async (inside) => {
      await requireEmpty(inside);
      for (const table of COPIED_TABLES) await copyTable(source, inside, table, onProgress);
      await indexArticles(inside, onProgress);
    });
  } catch (error) {
    throw sqliteError(error, file);
  } finally {
    source.close();
    await db.destroy();
  }
}

async function run(on: Sql, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const { rows } = await on.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
  return rows;
}

async function requireEmpty(on: Sql): Promise<void> {
  const [row] = await run(
    on,
    'select (select count(*) from feeds) + (select count(*) from destinations) + (select count(*) from articles) as n',
  );
  if (Number(row!.n) > 0)
    throw new UserError('not-empty', 'the Postgres database has data of tumen already', {
      hint: 'Nothing was changed. Name an empty database in DATABASE_URL.',
    });
}

async function copyTable(
  source: DatabaseSync,
  on: Sql,
  table: keyof Tables,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  const columns = source
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));
  const total = Number(source.prepare(`select count(*) as n from "${table}"`).get()!.n);
  const names = columns.map((column) => `"${column}"`).join(', ');
  await run(on, `delete from "${table}"`);
  let copied = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    if (!batch.length) return;
    // One JSON parameter, whatever the number of rows; the columns' own types read it.
    await run(
      on,
      `insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", $1)`,
      [JSON.stringify(batch)],
    );
    copied += batch.length;
    batch = [];
    onProgress({ table, copied, total });
  };
  for (const row of source.prepare(`select ${names} from "${table}"`).iterate()) {
    batch.push(row as Record<string, unknown>);
    if (batch.length === ROWS_AT_ONCE) await flush();
  }
  await flush();
  if (columns.includes('id')) await continueIds(source, on, table);
}

/** The next id is the one SQLite would have given: ids of removed rows are not used again. */
async function continueIds(source: DatabaseSync, on: Sql, table: string): Promise<void> {
  const last = source.prepare('select seq from sqlite_sequence where name = ?').get(table)?.seq;
  const [row] = await run(on, `select pg_get_serial_sequence($1, 'id') as name`, [table]);
  if (last && row!.name) await run(on, 'select setval($1, $2)', [row!.name, Number(last)]);
}

/** The two databases search differently: the index is made anew. */
async function indexArticles(on: Sql, onProgress: (progress: CopyProgress) => void): Promise<void> {
  const articles = createArticles(on);
  const search = createSearchIndex(on);
  const total = await articles.lastSequence();
  for (let sequence = 0; ; ) {
    const batch = await articles.since(sequence, ROWS_AT_ONCE);
    if (!batch.length) return;
    const verdicts = await presentVerdicts(
      on,
      batch.map(({ id }) => id),
    );
    const byArticle = Map.groupBy(verdicts, ({ articleId }) => articleId);
    await search.put(batch.map((article) => ({ ...article, verdicts: byArticle.get(article.id) ?? [] })));
    sequence = batch.at(-1)!.sequence;
    onProgress({ table: 'search index', copied: sequence, total });
  }
}
