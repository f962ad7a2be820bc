import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { searchContract } from '../contracts/search.contract.ts';
import { startPglite } from '../fakes/pglite.ts';
import { EMPTY_DATABASE, type PostgresServer, postgresBinaries, startPostgres } from '../fakes/postgres.ts';

describe('SQLite in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tumen-search-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  searchContract('search beside the main thread', () =>
    openStore({ file: join(folder, `${++count}.sqlite`) }),
  );
});

searchContract('search on SQLite in memory', () => openStore({ file: ':memory:' }));

describe('PGlite', () => {
  let server: Awaited<ReturnType<typeof startPglite>>;
  beforeAll(async () => {
    server = await startPglite();
  });
  afterAll(() => server.stop());
  searchContract('search on PGlite', async () => {
    await server.clear();
    return openStore({ pool: server.pool });
  });
});

describe.skipIf(postgresBinaries() === null)('real Postgres', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
  });
  afterAll(() => server.stop());
  searchContract('search on Postgres', async () => {
    await server.query(url, EMPTY_DATABASE);
    return openStore({ url });
  });
});
