import type { Enricher } from '../articles/enrich-articles.ts';
import { type HouseDeps, keepHouse } from '../pipeline/keep-house.ts';
import type { Job } from './job.ts';

const HOUSE_MS = 30 * 60_000;

/** What can wait without anybody noticing: full texts and retention. */
export function createHouseJobs(enricher: Enricher, house: HouseDeps): Job[] {
  return [
    { name: 'enrich', every: 'minute', run: async (_, signal) => void (await enricher.run(signal)) },
    {
      name: 'retention',
      every: HOUSE_MS,
      run: async (at, signal) => void (await keepHouse(house, at, signal)),
    },
  ];
}
