import { type Dialect, PostgresDialect, type PostgresDialectConfig } from 'kysely';
import pg from 'pg';
import { bindable } from './bindable.ts';
import { postgresError } from './postgres-errors.ts';

/** A client as `pg` and PGlite both can offer it. */
interface PostgresClient {
  query(text: string, values: readonly unknown[]): Promise<QueryAnswer>;
  release(broken?: boolean): void;
}

export interface QueryAnswer {
  command: 'UPDATE' | 'DELETE' | 'INSERT' | 'SELECT' | 'MERGE' | 'COMMIT' | 'ROLLBACK';
  rowCount: number;
  // biome-ignore lint/suspicious/noExplicitAny: rows of any statement
  rows: any[];
}

/** Where connections come from: a `pg` pool, or PGlite in the tests. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  end(): Promise<void>;
}

const INT8 = 20;

/**
 * Connects when first used. Numbers of 64 bits come as JavaScript numbers: times and ids stay below 2^53.
 * @param url `postgres://user:password@host:port/database`
 */
export function openPostgres(url: string, connections = 10): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    application_name: 'tumen',
    // A part must be on disk before its first byte leaves, whatever the server's own default is.
    options: '-c synchronous_commit=on -c timezone=UTC',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw postgresError(error, url);
      });
      return {
        query: (text, values) =>
          client.query({ text, values: [...values], ...nameOf(text) }).then(
            (result) => result as unknown as QueryAnswer,
            (error: unknown) => {
              throw postgresError(error, url);
            },
          ),
        release: (broken) => client.release(broken),
      };
    },
    end: () => pool.end(),
  };
}

export function postgresDialect(pool: PostgresPool): Dialect {
  const config = {
    async connect() {
      const client = await pool.connect();
      return {
        ...client,
        query: (text: string, values: readonly unknown[]) => client.query(text, values.map(bindable)),
      };
    },
    end: () => pool.end(),
    options: {},
  };
  // Kysely's own type also asks for cursors, which nothing here uses.
  return new PostgresDialect({ pool: config as unknown as PostgresDialectConfig['pool'] });
}

const names = new Map<string, string>();
/** Statements longer than this are batches of any number of rows: not worth keeping prepared. */
const PREPARED_LENGTH = 2_000;

/** Common statements are parsed and planned once for each connection. */
function nameOf(text: string): { name?: string } {
  if (text.length > PREPARED_LENGTH || !/^(select|insert|update|delete|with)/.test(text)) return {};
  let name = names.get(text);
  if (!name) {
    if (names.size > 500) return {};
    name = `q${names.size + 1}`;
    names.set(text, name);
  }
  return { name };
}
