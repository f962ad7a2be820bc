import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { startPglite } from '../fakes/pglite.ts';

let server: Awaited<ReturnType<typeof startPglite>>;
beforeAll(async () => {
  server = await startPglite();
});
afterAll(() => server.stop());

storeContract('store on PGlite', async () => {
  await server.clear();
  return openStore({ pool: server.pool });
});
