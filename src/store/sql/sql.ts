import type { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../schema.ts';
import type { SqliteReader } from '../sqlite-reader.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** Tells whether the code that runs stands inside a transaction of this database that has not ended. */
export type OpenTransaction = AsyncLocalStorage<{ open: boolean }>;

/** What the queries of an aggregate run on: a database, or one transaction of it. */
export interface Sql {
  db: Kysely<Tables>;
  kind: DatabaseKind;
  inside: OpenTransaction;
  /** SQLite files: runs what may take long beside the main thread. Sees what has been committed. */
  reader?: SqliteReader;
}

/** On SQLite's one connection it would wait for itself for ever; on Postgres it would not see what was written. */
export const WRONG_STORE = 'inside a transaction, use the store that was handed to it';

/** Runs `work` in the transaction that is open, or in one of its own. */
export function inTransaction<T>(on: Sql, work: (on: Sql) => Promise<T>): Promise<T> {
  if (on.db.isTransaction) return work(on);
  if (on.inside.getStore()?.open) throw new Error(WRONG_STORE);
  const mark = { open: false };
  return on.inside.run(mark, () =>
    on.db
      .transaction()
      .execute((db) => {
        mark.open = true;
        return work({ ...on, db });
      })
      .finally(() => {
        mark.open = false;
      }),
  );
}

/** `column in (…)` as one parameter: the statement stays the same for any number of values, and has no limit. */
export function isIn(on: Sql, column: string, values: readonly (number | string)[]): RawBuilder<SqlBool> {
  return on.kind === 'sqlite'
    ? sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
    : sql<SqlBool>`${sql.ref(column)} = any(${values})`;
}

/** Adds to a counter and returns its new value. Its row stays locked until the end of the transaction. */
export async function raiseCounter(
  on: Sql,
  name: 'article' | 'story' | 'subscription',
  by: number,
): Promise<number> {
  const { value } = await on.db
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', by) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

/** Rows of one statement: SQLite takes 32,766 parameters, Postgres 65,535. */
const ROWS_AT_ONCE = 100;

/** Parts of a list that fit one statement. */
export function chunks<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < list.length; i += ROWS_AT_ONCE) parts.push(list.slice(i, i + ROWS_AT_ONCE));
  return parts;
}
