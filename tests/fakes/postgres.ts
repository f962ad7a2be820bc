import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A real Postgres of this machine's binaries on a loopback port, with a data folder of its own. */
export interface PostgresServer {
  /** An empty database of its own. */
  createDatabase(): Promise<string>;
  /** Runs one statement as an onlooker; on the database of `url`. */
  query(url: string, text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Leaves the schema as it is, without rows: quicker than a new database for each test. */
export const EMPTY_DATABASE = `do $$ declare names text; begin
  select string_agg(quote_ident(tablename), ', ') into names from pg_tables
    where schemaname = 'public' and tablename not in ('schema_versions', 'counters');
  if names is not null then
    execute 'truncate ' || names || ' restart identity cascade';
    update counters set value = 0;
  end if;
end $$`;

/** The folder of `initdb` and `postgres`, or null where Postgres is not installed. */
export function postgresBinaries(): string | null {
  const folders = [
    ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'postgres')),
    ...versions('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin/postgres`),
  ]
    .filter(existsSync)
    .map((file) => dirname(realpathSync(file)));
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function versions(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
}

/** Starts it; text of other places compares by the rules of a language there, to show that ours does not. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  if (!binaries) throw new Error('Postgres is not installed');
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'tumen-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const run = { ...user, cwd: folder, env: { PATH: binaries, LC_ALL: 'C' } };
  const initdb = [`--pgdata=${data}`, '--username=tumen', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  const withLanguage = [...initdb, '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
  try {
    execFileSync(join(binaries, 'initdb'), withLanguage, { ...run, stdio: 'ignore' });
  } catch {
    rmSync(data, { recursive: true, force: true });
    execFileSync(join(binaries, 'initdb'), [...initdb, '--locale=C'], { ...run, stdio: 'ignore' });
  }
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 60,
    shared_buffers: '64MB',
  };
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...run, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const urlOf = (database: string) => `postgres://tumen@127.0.0.1:${port}/${database}`;
  const query = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const stop = async () => {
    child.kill('SIGQUIT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(() => query(urlOf('postgres'), 'select 1'));
  let databases = 0;
  return {
    async createDatabase() {
      const name = `t${++databases}`;
      await query(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    query,
    stop,
  };
}

/** Postgres refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {}
  throw new Error('Postgres does not run as root, and there is no other user');
}

async function ready(probe: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;)
    try {
      await probe();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
