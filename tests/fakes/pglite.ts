import { PGlite } from '@electric-sql/pglite';
import { Lock } from '../../src/store/lock.ts';
import type { PostgresPool, QueryAnswer } from '../../src/store/postgres-database.ts';
import { EMPTY_DATABASE } from './postgres.ts';

const INT8 = 20;

/** Postgres inside this process: one connection, which its users take in turn. */
export async function startPglite(): Promise<{
  pool: PostgresPool;
  clear(): Promise<void>;
  stop(): Promise<void>;
}> {
  const database = await PGlite.create({ parsers: { [INT8]: Number } });
  const lock = new Lock();
  return {
    pool: {
      async connect() {
        await lock.acquire();
        return {
          async query(text, values) {
            const { rows, affectedRows } = await database.query(text, [...values]);
            const command = text.trimStart().split(/\s/)[0]!.toUpperCase() as QueryAnswer['command'];
            return { command, rows, rowCount: rows.length || (affectedRows ?? 0) };
          },
          release: () => lock.release(),
        };
      },
      end: async () => {},
    },
    clear: async () => {
      await database.exec(EMPTY_DATABASE);
    },
    stop: () => database.close(),
  };
}
