import { StoreError } from '../model/errors.ts';

/** Words for what a person can mend, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or Node's code. */
export function postgresError(error: unknown, url: string): unknown {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const where = hostOf(url);
  const cause = error;
  const detail = (error as Error)?.message ?? String(error);
  if (
    /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/.test(code) ||
    /^(08|57P)/.test(code)
  )
    return new StoreError('unreachable', `no answer from the Postgres at ${where}: ${detail || code}`, {
      hint: 'See that it runs and that DATABASE_URL names its host and port.',
      cause,
    });
  if (/timeout exceeded when trying to connect|Connection terminated/.test(detail))
    return new StoreError('unreachable', `no answer from the Postgres at ${where}: ${detail}`, {
      hint: 'See that it runs, and that it allows enough connections.',
      cause,
    });
  if (/^(28|3D000|42501|53300)/.test(code))
    return new StoreError('unreachable', `the Postgres at ${where} does not let us in: ${detail}`, {
      hint: 'See user, password and database in DATABASE_URL, and the rights of that user.',
      cause,
    });
  if (code === '53100')
    return new StoreError('disk-full', `no room left on the disk of the Postgres at ${where}`, {
      hint: 'Free some space; work goes on by itself then.',
      cause,
    });
  if (code === '25006')
    return new StoreError('read-only', `the Postgres at ${where} takes no writes`, {
      hint: 'Name the primary in DATABASE_URL, not a replica.',
      cause,
    });
  if (/^XX00[12]/.test(code))
    return new StoreError('corrupt', `the Postgres at ${where} reports damaged data: ${detail}`, {
      hint: 'Stop tumen and bring back a backup.',
      cause,
    });
  return error;
}

/** The URL without its password. */
function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}
