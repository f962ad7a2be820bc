import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Dialect, Kysely } from 'kysely';
import { StoreError } from '../model/errors.ts';
import { migrate } from './migrations/migrate.ts';
import { openPostgres, type PostgresPool, postgresDialect } from './postgres-database.ts';
import type { Tables } from './schema.ts';
import { createArticles } from './sql/articles.ts';
import { createDeliveries } from './sql/deliveries.ts';
import { createDestinations } from './sql/destinations.ts';
import { createFeeds } from './sql/feeds.ts';
import { createLabels } from './sql/labels.ts';
import { createLeases } from './sql/leases.ts';
import { createLongCalls } from './sql/long-calls.ts';
import { createMeta } from './sql/meta.ts';
import { createOutlets } from './sql/outlets.ts';
import { createSchedules } from './sql/schedules.ts';
import { createSearchIndex } from './sql/search.ts';
import { createSettings } from './sql/settings.ts';
import { inTransaction, type OpenTransaction, type Sql } from './sql/sql.ts';
import { createStories } from './sql/stories.ts';
import { createSubscriptions } from './sql/subscriptions.ts';
import { createVerdicts } from './sql/verdicts.ts';
import { openSqlite, type SqliteOptions, sqliteDialect } from './sqlite-database.ts';
import { createSqliteReader, type SqliteReader } from './sqlite-reader.ts';
import type { Store } from './store.ts';

export type StoreOptions = SqliteOptions &
  (
    | {
        /** Path of a SQLite file, made with its folder where it is not there; `:memory:` for tests. */
        file: string;
      }
    /** An open SQLite database, and the path to name it by. */
    | { database: DatabaseSync; path: string }
    | { url: string }
    | { pool: PostgresPool }
  );

/**
 * Opens the database, brings its schema to the newest version and gives the store over it.
 * @throws StoreError in words where it cannot be used: locked, corrupt, read-only, unreachable, newer schema
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const inside: OpenTransaction = new AsyncLocalStorage();
  if ('file' in options) {
    const { file, lockTimeoutMs } = options;
    if (file !== ':memory:') makeFolder(file);
    return openStore({ database: openSqlite(file, lockTimeoutMs), path: file, lockTimeoutMs });
  }
  if ('database' in options) {
    const { database, path } = options;
    const dialect = sqliteDialect(database, path, inside, options);
    return start(dialect, { kind: 'sqlite', inside, reader: readerOf(path) }, path);
  }
  const pool = 'url' in options ? openPostgres(options.url) : options.pool;
  return start(postgresDialect(pool), { kind: 'postgres', inside }, 'on Postgres');
}

async function start(dialect: Dialect, rest: Omit<Sql, 'db'>, where: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect });
  try {
    await migrate(db, rest.kind, where);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return bind({ db, ...rest });
}

/** A database in memory belongs to its one connection. */
function readerOf(path: string): SqliteReader | undefined {
  return path === ':memory:' ? undefined : createSqliteReader(path);
}

function bind(on: Sql): Store {
  return {
    outlets: createOutlets(on),
    feeds: createFeeds(on),
    articles: createArticles(on),
    verdicts: createVerdicts(on),
    stories: createStories(on),
    destinations: createDestinations(on),
    schedules: createSchedules(on),
    deliveries: createDeliveries(on),
    subscriptions: createSubscriptions(on),
    search: createSearchIndex(on),
    settings: createSettings(on),
    labels: createLabels(on),
    leases: createLeases(on),
    longCalls: createLongCalls(on),
    meta: createMeta(on),
    transaction: (work) => inTransaction(on, (inside) => work(bind(inside))),
    close: async () => {
      await on.reader?.close();
      await on.db.destroy();
    },
  };
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new StoreError('read-only', `the folder ${dirname(file)} cannot be made`, {
      hint: 'Choose another one with TUMEN_HOME, or give the user that runs tumen the right to write there.',
      cause: error,
    });
  }
}
