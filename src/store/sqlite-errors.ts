import { StoreError } from '../model/errors.ts';

/** Primary result codes: https://www.sqlite.org/rescode.html */
const code = { busy: 5, locked: 6, readonly: 8, ioerr: 10, corrupt: 11, full: 13, cantopen: 14, notadb: 26 };

function resultCode(error: unknown): number | null {
  const extended = (error as { errcode?: unknown } | null)?.errcode;
  return typeof extended === 'number' ? extended & 0xff : null;
}

export function isBusy(error: unknown): boolean {
  const primary = resultCode(error);
  return primary === code.busy || primary === code.locked;
}

/** Words for the faults of a database file that a person can mend; everything else stays as it is. */
export function sqliteError(error: unknown, file: string): unknown {
  const cause = error;
  switch (resultCode(error)) {
    case code.busy:
    case code.locked:
      return new StoreError('locked', `another program holds the database ${file} locked`, {
        hint: 'Stop the other program that writes to it (a second tumen, a SQLite shell), then try again.',
        cause,
      });
    case code.readonly:
      return new StoreError('read-only', `the database ${file} cannot be written`, {
        hint: 'Give the user that runs tumen write access to this file and to its folder.',
        cause,
      });
    case code.cantopen:
      return new StoreError('read-only', `the database ${file} cannot be opened or made`, {
        hint: 'See that its folder exists (TUMEN_HOME) and that the user that runs tumen may write there.',
        cause,
      });
    case code.corrupt:
    case code.notadb:
      return corrupt(file, cause);
    case code.full:
      return new StoreError('disk-full', `no room left on the disk of ${file}`, {
        hint: 'Free some space; work goes on by itself then.',
        cause,
      });
    case code.ioerr:
      return new StoreError('unreachable', `the disk of ${file} failed: ${(error as Error).message}`, {
        hint: 'See that the disk is there, has room and is well, then start again.',
        cause,
      });
    default:
      return error;
  }
}

export function corrupt(file: string, cause: unknown): StoreError {
  return new StoreError('corrupt', `the file ${file} is damaged or is no SQLite database`, {
    hint: 'Nothing was changed. Bring back a backup: tumen db restore FILE (it keeps the damaged file aside).',
    cause,
  });
}
