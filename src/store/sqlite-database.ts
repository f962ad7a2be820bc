import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { bindable } from './bindable.ts';
import { Lock } from './lock.ts';
import { type OpenTransaction, WRONG_STORE } from './sql/sql.ts';
import { corrupt, isBusy, sqliteError } from './sqlite-errors.ts';

export interface SqliteOptions {
  /** How long to wait for another process that writes, ms. */
  lockTimeoutMs?: number;
}

const LOCK_TIMEOUT_MS = 15_000;
/**
 * `node:sqlite` answers at once, so a chain of awaited queries never lets timers and sockets have their turn: after
 * this long, ms, they get one.
 */
const TURN_MS = 10;
/** Between two tries for a lock that another holds, ms: shorter than the pauses that retention leaves to others. */
const LONGEST_PAUSE_MS = 8;
/** Prepared statements kept; batches of odd sizes must not push out the common ones for good. */
const STATEMENTS_KEPT = 400;

/** Files up to this size are read through when opened: about 1 s for each GB. */
const CHECKED_BYTES = 512 * 1024 ** 2;

/**
 * Opens a database file (`:memory:` for none) with what a server needs: WAL, every commit synced to disk, foreign
 * keys, and space given back in steps.
 * @throws StoreError where the file cannot be used
 */
export function openSqlite(file: string, lockTimeoutMs = LOCK_TIMEOUT_MS): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: lockTimeoutMs, enableForeignKeyConstraints: true });
    checkFile(database, file);
    const { page_count } = database.prepare('pragma page_count').get() as { page_count: number };
    for (const setting of [
      // Can be chosen before the first page only, and would be written again each time.
      ...(page_count === 0 ? ['auto_vacuum = incremental'] : []),
      'journal_mode = wal',
      'synchronous = full',
      'trusted_schema = off',
      'cache_size = -32000',
      // 16 MB: pages of the hash indexes are written back once for many polls.
      'wal_autocheckpoint = 4000',
      // From here on the wait for a lock is ours (see `executeQuery`): in SQLite's own the whole process stands still.
      'busy_timeout = 0',
    ])
      database.exec(`pragma ${setting}`);
    return database;
  } catch (error) {
    database?.close();
    throw sqliteError(error, file);
  }
}

function checkFile(database: DatabaseSync, file: string): void {
  const size = file === ':memory:' ? 0 : statSync(file).size;
  if (size > CHECKED_BYTES) return;
  const { quick_check: verdict } = database.prepare('pragma quick_check(1)').get() as { quick_check: string };
  if (verdict !== 'ok') throw corrupt(file, new Error(verdict));
}

/**
 * Kysely over `node:sqlite` (its own SqliteDialect binds parameters as an array, which `node:sqlite` refuses).
 * One connection: a transaction holds it from begin to commit, so that no other statement gets into it.
 */
export function sqliteDialect(
  database: DatabaseSync,
  file: string,
  inside: OpenTransaction,
  options: SqliteOptions = {},
): Dialect {
  return {
    createDriver: () => new SqliteDriver(database, file, inside, options.lockTimeoutMs ?? LOCK_TIMEOUT_MS),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new OwnLockAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Kysely's own lock would be asked first, and could not tell who waits for himself. */
class OwnLockAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #lock = new Lock();
  readonly #connection: SqliteConnection;
  readonly #inside: OpenTransaction;
  #turnedAt = 0;

  constructor(database: DatabaseSync, file: string, inside: OpenTransaction, lockTimeoutMs: number) {
    this.#inside = inside;
    this.#connection = new SqliteConnection(database, file, lockTimeoutMs);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#inside.getStore()?.open) throw new Error(WRONG_STORE);
    await this.#lock.acquire();
    if (performance.now() - this.#turnedAt > TURN_MS) {
      await nextTurn();
      this.#turnedAt = performance.now();
    }
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#lock.release();
  }

  async beginTransaction(): Promise<void> {
    // Immediate: a transaction that starts as a reader cannot wait for its write lock later.
    await this.#connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback();
  }

  async destroy(): Promise<void> {
    await this.#lock.acquire();
    this.#connection.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #lockTimeoutMs: number;
  /** By SQL text, the longest unused first. */
  readonly #statements = new Map<string, { statement: StatementSync; reads: boolean }>();

  constructor(database: DatabaseSync, file: string, lockTimeoutMs: number) {
    this.#database = database;
    this.#file = file;
    this.#lockTimeoutMs = lockTimeoutMs;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = Date.now() + this.#lockTimeoutMs;
    for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return this.#run<R>(query);
      } catch (error) {
        if (!isBusy(error) || this.#database.isTransaction || Date.now() > deadline)
          throw sqliteError(error, this.#file);
        await sleep(wait);
      }
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here is large enough to stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streams are not supported');
  }

  rollback(): void {
    // A full disk ends the transaction by itself.
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, reads } = this.#prepare(query.sql);
    const parameters = query.parameters.map(bindable) as SQLInputValue[];
    if (reads) return { rows: statement.all(...parameters) as R[] };
    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  #prepare(sql: string): { statement: StatementSync; reads: boolean } {
    const known = this.#statements.get(sql);
    if (known) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare(sql);
    const prepared = { statement, reads: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    if (this.#statements.size > STATEMENTS_KEPT)
      this.#statements.delete(this.#statements.keys().next().value!);
    return prepared;
  }
}
