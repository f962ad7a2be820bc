import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { UserError } from '../model/errors.ts';
import { copyToPostgres } from '../store/copy-to-postgres.ts';
import { checkPostgres } from '../store/postgres-check.ts';
import { backupSqlite, restoreSqlite } from '../store/sqlite-backup.ts';
import { checkSqlite, type DatabaseReport } from '../store/sqlite-check.ts';
import type { CliIo } from './io.ts';

/** `tumen db`: what an operator does with the database itself. */
export function dbCommand(io: CliIo): Command {
  const command = new Command('db')
    .description('Backs up, restores, checks or moves the database.')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run --silent tumen -- db backup backups/monday.db      while the service runs
  $ npm run --silent tumen -- db check                         exit 1 where something is wrong
  $ npm run --silent tumen -- db restore backups/monday.db     with the service stopped
  $ DATABASE_URL=postgres://tumen@db/tumen npm run --silent tumen -- db copy-to-postgres`,
    );

  command
    .command('backup')
    .description('Writes a checked copy of the database as it is now; the service may run.')
    .argument('<file>', 'a file that is not there yet')
    .action(async (to: string) => {
      const { file } = sqliteOnly(io, 'pg_dump --format=custom --file=FILE "$DATABASE_URL"');
      const size = await backupSqlite(file, to);
      io.stderr.write(`${to}: ${megabytes(size)}, checked\n`);
    });

  command
    .command('restore')
    .description(
      'Puts a backup in the place of the database, which is kept beside it. Stop the service first.',
    )
    .argument('<file>', 'a backup')
    .action((from: string) => {
      const { file } = sqliteOnly(io, 'pg_restore --clean --dbname="$DATABASE_URL" FILE');
      const kept = restoreSqlite(from, file, Date.now());
      io.stderr.write(`${file} is ${from} now\n${kept ? `what was there before: ${kept}\n` : ''}`);
    });

  command
    .command('check')
    .description('Reads the whole database and says what is wrong with it.')
    .action(async () => {
      const { file, url } = databaseOf(io);
      const report = url ? await checkPostgres(url) : checkSqlite(file);
      io.stdout.write(describeReport(report));
      for (const problem of report.problems) io.stderr.write(`${problem}\n`);
      if (report.problems.length) io.exit(1);
    });

  command
    .command('copy-to-postgres')
    .description('Copies the SQLite database into the empty Postgres of DATABASE_URL: all or nothing.')
    .action(async () => {
      const { file, url } = databaseOf(io);
      if (!url)
        throw new UserError('missing', 'DATABASE_URL is not set', {
          hint: 'A valid example: DATABASE_URL=postgres://tumen:password@localhost:5432/tumen',
        });
      const live = io.stderr.isTTY === true;
      await copyToPostgres(file, url, ({ table, copied, total }) => {
        if (live) io.stderr.write(`\r\u001b[K${table} ${copied} of ${total}`);
      });
      io.stderr.write(
        `${live ? '\r\u001b[K' : ''}${file} is copied; with DATABASE_URL set, tumen works on the copy\n`,
      );
    });

  return command;
}

function databaseOf(io: CliIo): { file: string; url: string | null } {
  const { home, databaseUrl } = loadConfig(io.env);
  return { file: join(home, 'tumen.db'), url: databaseUrl ?? null };
}

/** Postgres has its own tools for this, which know its replicas and its roles. */
function sqliteOnly(io: CliIo, instead: string): { file: string } {
  const { file, url } = databaseOf(io);
  if (url)
    throw new UserError(
      'postgres',
      'DATABASE_URL is set: the database is Postgres, which has its own tools for this',
      {
        hint: `Run ${instead}`,
      },
    );
  return { file };
}

function describeReport({ schema, size, rows, problems }: DatabaseReport): string {
  const width = Math.max(0, ...rows.map(({ table }) => table.length));
  const lines = rows.filter((row) => row.rows > 0).map((row) => `  ${row.table.padEnd(width)} ${row.rows}`);
  const verdict = problems.length ? 'not sound' : 'sound';
  return `${[`${verdict}, schema ${schema}, ${megabytes(size)}`, ...lines].join('\n')}\n`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
