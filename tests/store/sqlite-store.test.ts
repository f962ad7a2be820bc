import { openStore } from '../../src/store/open-store.ts';
import { storeContract } from '../contracts/store.contract.ts';

storeContract('store on SQLite', () => openStore({ file: ':memory:' }));
