import { openStore } from '../../../src/store/open-store.ts';
import { claimSampleDelivery, SAMPLE_TIME } from '../../fakes/sample-store.ts';

// Marks a part as sending, again and again, and says before which and after which system calls to count.
const store = await openStore({ file: process.argv[2]! });
const { part } = await claimSampleDelivery(store);
process.stdout.write('start');
for (let i = 0; i < 25; i++) await store.deliveries.beginPart(part.id, 1, SAMPLE_TIME);
process.stdout.write('end');
await store.close();
