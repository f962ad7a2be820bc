import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../model/errors.ts';
import { MIGRATIONS } from './migrations/migrate.ts';
import { sqliteError } from './sqlite-errors.ts';

export interface DatabaseReport {
  schema: number;
  /** Bytes, the write-ahead log not counted. */
  size: number;
  /** Rows by table. */
  rows: { table: string; rows: number }[];
  /** In words; empty when all is well. */
  problems: string[];
}

/**
 * Reads the whole file: structure, indexes, references between rows. Changes nothing.
 * @throws UserError where there is no such file
 */
export function checkSqlite(file: string): DatabaseReport {
  if (!existsSync(file))
    throw new UserError('missing', `there is no file ${file}`, { hint: 'Check the path, or TUMEN_HOME.' });
  const report: DatabaseReport = { schema: 0, size: statSync(file).size, rows: [], problems: [] };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const read = (sql: string) => database!.prepare(sql).all() as Record<string, unknown>[];
    for (const { integrity_check } of read('pragma integrity_check(20)'))
      if (integrity_check !== 'ok') report.problems.push(String(integrity_check));
    for (const { table, parent } of read('pragma foreign_key_check').slice(0, 20))
      report.problems.push(`a row of ${table} names a row of ${parent} that is not there`);
    const tables = read(
      "select name from pragma_table_list where schema = 'main' and type = 'table' order by name",
    ).map(({ name }) => String(name));
    if (!tables.includes('schema_versions')) {
      report.problems.push('it is no database of tumen');
      return report;
    }
    report.schema = Number(read('select max(version) as version from schema_versions')[0]!.version);
    const known = MIGRATIONS.at(-1)!.version;
    if (report.schema > known)
      report.problems.push(`it has schema ${report.schema}, but this tumen knows only up to ${known}`);
    report.rows = tables
      .filter((table) => !table.startsWith('sqlite_'))
      .map((table) => ({ table, rows: Number(read(`select count(*) as n from "${table}"`)[0]!.n) }));
  } catch (error) {
    report.problems.push((sqliteError(error, file) as Error).message);
  } finally {
    database?.close();
  }
  return report;
}
