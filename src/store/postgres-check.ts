import { CompiledQuery, Kysely } from 'kysely';
import { MIGRATIONS, readVersion } from './migrations/migrate.ts';
import { openPostgres, postgresDialect } from './postgres-database.ts';
import type { Tables } from './schema.ts';
import type { DatabaseReport } from './sqlite-check.ts';

/** What can be told from outside: schema, sizes, and references that constraints would refuse. Changes nothing. */
export async function checkPostgres(url: string): Promise<DatabaseReport> {
  const db = new Kysely<Tables>({ dialect: postgresDialect(openPostgres(url, 1)) });
  const read = async (text: string) =>
    (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text))).rows;
  try {
    const [{ size } = { size: 0 }] = await read('select pg_database_size(current_database()) as size');
    const tables = (
      await read('select tablename from pg_tables where schemaname = current_schema() order by tablename')
    ).map(({ tablename }) => String(tablename));
    const report: DatabaseReport = { schema: 0, size: Number(size), rows: [], problems: [] };
    if (!tables.includes('schema_versions')) {
      report.problems.push('it is no database of tumen');
      return report;
    }
    report.schema = await readVersion(db);
    const known = MIGRATIONS.at(-1)!.version;
    if (report.schema > known)
      report.problems.push(`it has schema ${report.schema}, but this tumen knows only up to ${known}`);
    for (const table of tables) {
      const [row] = await read(`select count(*) as n from "${table}"`);
      report.rows.push({ table, rows: Number(row!.n) });
    }
    const invalid = await read(
      'select indexrelid::regclass::text as name from pg_index where not indisvalid',
    );
    report.problems.push(...invalid.map(({ name }) => `the index ${name} is not valid: reindex it`));
    return report;
  } finally {
    await db.destroy();
  }
}
