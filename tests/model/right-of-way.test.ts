import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { paced, RightOfWay } from '../../src/model/right-of-way.ts';

it('work in the background stands still while somebody is served', async () => {
  const rightOfWay = new RightOfWay();
  const order: string[] = [];
  const served = rightOfWay.serve(async () => {
    await sleep(30);
    order.push('answered');
  });
  await rightOfWay.giveWay();
  order.push('went on');
  await served;
  expect(order).toEqual(['answered', 'went on']);
});

it('goes on after a while though people never stop asking', async () => {
  const rightOfWay = new RightOfWay();
  const asking = Promise.withResolvers<void>();
  const served = rightOfWay.serve(() => asking.promise);
  const start = performance.now();
  await rightOfWay.giveWay();
  expect(performance.now() - start).toBeGreaterThan(150);
  asking.resolve();
  await served;
});

it('an answer that fails gives the way free', async () => {
  const rightOfWay = new RightOfWay();
  await expect(rightOfWay.serve(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const start = performance.now();
  await rightOfWay.giveWay();
  expect(performance.now() - start).toBeLessThan(150);
});

it('gives way no more often than it is told', async () => {
  let given = 0;
  const pace = paced(async () => void given++, 20);
  await pace();
  await pace();
  expect(given).toBe(0);
  await sleep(30);
  await pace();
  await pace();
  expect(given).toBe(1);
});

it('work in the background goes on one step at a time, so that a timer waits for one step at most', async () => {
  const rightOfWay = new RightOfWay();
  const order: string[] = [];
  setImmediate(() => order.push('somebody else'));
  const steps = ['first', 'second', 'third'].map(async (name) => {
    await rightOfWay.giveWay();
    order.push(name);
    setImmediate(() => order.push('somebody else'));
  });
  await Promise.all(steps);
  expect(order).toEqual(['somebody else', 'first', 'second', 'somebody else', 'third']);
});
