import { CompiledQuery, type Kysely } from 'kysely';
import { StoreError } from '../../model/errors.ts';
import type { Tables } from '../schema.ts';
import type { DatabaseKind } from '../sql/sql.ts';
import { initial } from './0001-initial.ts';
import { search } from './0002-search.ts';
import { polling } from './0003-polling.ts';
import { longCalls } from './0004-long-calls.ts';
import { perScope } from './0005-per-scope.ts';
import { entryTitles } from './0006-entry-titles.ts';
import { byOwner } from './0007-by-owner.ts';
import { longCallsWho } from './0008-long-calls-who.ts';
import type { Migration } from './migration.ts';

/** All steps in order; add at the end. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  search,
  polling,
  longCalls,
  perScope,
  entryTitles,
  byOwner,
  longCallsWho,
];

/** Any number that no other program is likely to lock with. */
const ADVISORY_LOCK = 7_481_023_514;

/**
 * Brings the schema to the newest version: all missing steps or none, in one transaction that only one process
 * can hold.
 * @throws StoreError `newer-schema` where a later tumen wrote this database; nothing was changed then
 */
export async function migrate(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  where: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const newest = migrations.at(-1)!.version;
  // Most openings find nothing to do, and need not wait for who writes just then.
  if ((await readVersion(db).catch(() => 0)) === newest) return;
  await db.transaction().execute(async (trx) => {
    // On SQLite the transaction itself is the lock: it starts with `begin immediate`.
    if (kind === 'postgres')
      await trx.executeQuery(CompiledQuery.raw('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]));
    await trx.schema
      .createTable('schema_versions')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const present = await readVersion(trx);
    if (present > newest)
      throw new StoreError(
        'newer-schema',
        `the database ${where} has schema ${present}, but this tumen knows only up to ${newest}`,
        { hint: 'Start the newer tumen that wrote it, or restore a backup made before the upgrade.' },
      );
    for (const migration of migrations) {
      if (migration.version <= present) continue;
      for (const statement of migration.up(kind)) await trx.executeQuery(CompiledQuery.raw(statement));
      await trx
        .insertInto('schema_versions')
        .values({ version: migration.version, name: migration.name, applied_at: Date.now() })
        .execute();
    }
  });
}

/** 0 where no step has been taken yet. */
export async function readVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('schema_versions')
    .select((eb) => eb.fn.max<number | null>('version').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}
