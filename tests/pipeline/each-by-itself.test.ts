import { expect, it } from 'vitest';
import { eachByItself } from '../../src/pipeline/each-by-itself.ts';

it('gives every item its turn, then says what failed', async () => {
  const done: number[] = [];
  const work = eachByItself([1, 2, 3, 4], undefined, async (item) => {
    if (item % 2 === 0) throw new Error(`${item} is even`);
    done.push(item);
  });
  await expect(work).rejects.toThrow('2 of them failed');
  expect(done).toEqual([1, 3]);
});

it('throws a single failure as it is', async () => {
  const fault = new TypeError('no publisher');
  await expect(eachByItself([1], undefined, () => Promise.reject(fault))).rejects.toBe(fault);
});

it('begins nothing new once it is told to stop', async () => {
  const abort = new AbortController();
  const done: number[] = [];
  await eachByItself([1, 2, 3], abort.signal, async (item) => {
    done.push(item);
    if (item === 2) abort.abort();
  });
  expect(done).toEqual([1, 2]);
});
