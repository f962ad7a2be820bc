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
 * this long, ms, they get one, in the middle of a transaction too.
 */
const TURN_MS = 8;
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

/** A second connection to an open file, for reading only. */
function openReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  for (const setting of ['trusted_schema = off', 'cache_size = -16000', 'busy_timeout = 0'])
    database.exec(`pragma ${setting}`);
  return database;
}

/**
 * Kysely over `node:sqlite` (its own SqliteDialect binds parameters as an array, which `node:sqlite` refuses).
 * One connection writes: a transaction holds it from begin to commit, so that no other statement gets into it. What is
 * read outside transactions goes over a second one and waits for nobody: it sees what has been committed. A database
 * in memory has one connection for both.
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
  readonly #inside: OpenTransaction;
  readonly #writer: SqliteConnection;
  readonly #openReader: () => SqliteConnection;
  #reader: SqliteConnection | null = null;
  #turnedAt = 0;

  constructor(database: DatabaseSync, file: string, inside: OpenTransaction, lockTimeoutMs: number) {
    this.#inside = inside;
    this.#writer = new SqliteConnection(database, file, lockTimeoutMs);
    this.#openReader = () =>
      file === ':memory:' ? this.#writer : new SqliteConnection(openReading(file), file, lockTimeoutMs);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Session> {
    if (this.#inside.getStore()?.open) throw new Error(WRONG_STORE);
    return new Session(this);
  }

  async releaseConnection(session: Session): Promise<void> {
    if (session.writes) this.#lock.release();
  }

  async beginTransaction(session: Session): Promise<void> {
    // Immediate: a transaction that starts as a reader cannot wait for its write lock later.
    await session.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(session: Session): Promise<void> {
    await session.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    this.#writer.rollback();
  }

  async destroy(): Promise<void> {
    await this.#lock.acquire();
    if (this.#reader !== this.#writer) this.#reader?.close();
    this.#writer.close();
  }

  /** The connection for one statement of a session. */
  async connect(session: Session, { query }: CompiledQuery): Promise<SqliteConnection> {
    let connection = this.#writer;
    if (!session.writes) {
      // Raw statements may write.
      if (query.kind === 'SelectQueryNode') connection = this.#reader ??= this.#openReader();
      if (connection === this.#writer) {
        await this.#lock.acquire();
        session.writes = true;
      }
    }
    if (performance.now() - this.#turnedAt > TURN_MS) {
      await nextTurn();
      this.#turnedAt = performance.now();
    }
    return connection;
  }
}

/** What Kysely takes for a connection: the lock of the one that writes is taken when there is something to write. */
class Session implements DatabaseConnection {
  readonly #driver: SqliteDriver;
  /** Holds the lock until it is released. */
  writes = false;

  constructor(driver: SqliteDriver) {
    this.#driver = driver;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return (await this.#driver.connect(this, query)).executeQuery<R>(query);
  }

  // biome-ignore lint/correctness/useYield: nothing here is large enough to stream
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streams are not supported');
  }
}

/** One open database and its prepared statements. */
class SqliteConnection {
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
