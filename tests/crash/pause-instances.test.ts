import { expect, test } from 'vitest';
import { postgresBinaries } from '../fakes/postgres.ts';
import { POINTS, pauseInstances } from './pause-instances.ts';

test.skipIf(!postgresBinaries())(
  'of two instances on Postgres, the one that is stopped at a point of a send and continued later doubles nothing',
  async () => {
    const result = await pauseInstances(POINTS.length, 1);
    expect(result).toMatchObject({ lost: 0, doubled: 0, words: [] });
    expect(result.met).toBe(result.mended);
    expect(result.met).toBeGreaterThan(0);
  },
  60_000,
);
