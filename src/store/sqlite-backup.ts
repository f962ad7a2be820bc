import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError, UserError } from '../model/errors.ts';
import { checkSqlite } from './sqlite-check.ts';
import { isBusy, sqliteError } from './sqlite-errors.ts';

/** More pages than any database has: the copy is one step, and so of one moment, whoever writes meanwhile. */
const ALL_PAGES = 2 ** 30;

/**
 * Writes a checked copy of one moment of the database, while it is in use. Nothing stands at `to` before it is whole.
 * @returns its size in bytes
 */
export async function backupSqlite(file: string, to: string): Promise<number> {
  if (!existsSync(file)) throw missing(file);
  if (existsSync(to))
    throw new UserError('exists', `${to} exists already`, { hint: 'Name a file that is not there yet.' });
  const partial = `${to}.partial`;
  let source: DatabaseSync | undefined;
  try {
    // SQLite does not say which of the two files it could not open.
    accessSync(dirname(to), constants.W_OK);
    source = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    rmSync(partial, { force: true });
    await backup(source, partial, { rate: ALL_PAGES });
    requireSound(partial);
    putInPlace(partial, to);
    return statSync(to).size;
  } catch (error) {
    rmSync(partial, { force: true });
    throw fileError(error, to) ?? sqliteError(error, file);
  } finally {
    source?.close();
  }
}

/**
 * Puts a backup in the place of the database. What stood there is kept beside it.
 * @returns where the former database is now, null where there was none
 * @throws UserError while the service has the database open
 */
export function restoreSqlite(from: string, file: string, now: number): string | null {
  requireSound(from);
  const partial = `${file}.partial`;
  try {
    copyFileSync(from, partial);
    const kept = existsSync(file) ? setAside(file, now) : null;
    putInPlace(partial, file);
    return kept;
  } catch (error) {
    rmSync(partial, { force: true });
    throw fileError(error, file) ?? error;
  }
}

function setAside(file: string, now: number): string {
  requireUnused(file);
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
  const kept = `${file}.before-restore-${stamp}`;
  // The log belongs to its database: it must not be read into the restored one.
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  return kept;
}

/** Leaving WAL takes the database alone: it fails while any other process has it open. */
function requireUnused(file: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('pragma journal_mode = delete');
  } catch (error) {
    if (isBusy(error))
      throw new StoreError('locked', `the database ${file} is in use`, {
        hint: 'Stop the service first, then restore again.',
        cause: error,
      });
    // A damaged file is what a restore is for.
  } finally {
    database?.close();
  }
}

function requireSound(file: string): void {
  const { problems } = checkSqlite(file);
  if (problems.length)
    throw new StoreError('corrupt', `${file} is no sound backup: ${problems[0]}`, {
      hint: 'Nothing was changed. Choose another backup.',
    });
}

function putInPlace(partial: string, to: string): void {
  sync(partial);
  renameSync(partial, to);
  sync(dirname(join(to)));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function missing(file: string): UserError {
  return new UserError('missing', `there is no file ${file}`, { hint: 'Check the path.' });
}

/** Words for what the file system refuses. */
function fileError(error: unknown, file: string): StoreError | null {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return new StoreError('disk-full', `no room left for ${file}`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT')
    return new StoreError('read-only', `${file} cannot be written: ${(error as Error).message}`, {
      hint: 'Choose a folder that exists and that you may write to.',
      cause: error,
    });
  return null;
}
