import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from './open-store.ts';
import { retain } from './retention.ts';
import type { RetentionTask } from './run-retention.ts';
import { openSqlite } from './sqlite-database.ts';

/** Pages given back in one step: 256 × 4 KB, a millisecond or two. */
const PAGES = 256;

const { file, policy, now } = workerData as RetentionTask;
const database = openSqlite(file);
const store = await openStore({ database, path: file });
const report = await retain(store, policy, now);
for (let free = freePages(); free > 0; free = Math.min(free - PAGES, freePages())) {
  database.exec(`pragma busy_timeout = 1000; pragma incremental_vacuum(${PAGES})`);
  await sleep(5);
}
database.exec('pragma optimize');
await store.close();
parentPort!.postMessage(report);

function freePages(): number {
  return Number(database.prepare('pragma freelist_count').get()!.freelist_count);
}
