import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { EMPTY_DATABASE, type PostgresServer, postgresBinaries, startPostgres } from '../fakes/postgres.ts';

const installed = postgresBinaries() !== null;
if (!installed) console.warn('Postgres is not installed: its tests are skipped');

describe.skipIf(!installed)('real Postgres', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
  });
  afterAll(() => server.stop());

  storeContract('store on Postgres', async () => {
    await server.query(url, EMPTY_DATABASE);
    return openStore({ url });
  });
});
