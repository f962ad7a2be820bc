import { expect, test } from 'vitest';
import { createDueQueue } from '../../src/pipeline/due-queue.ts';

const due = (id: number, url: string, target: string | null = null) => ({ id, url, target });
const ids = (feeds: { id: number }[]) => feeds.map(({ id }) => id);

test('one feed of a host at a time, each host in turn, its feeds in their order', () => {
  const queue = createDueQueue();
  queue.add([
    ...[due(1, 'https://a.example/1'), due(2, 'https://a.example/2'), due(3, 'http://a.example/3')],
    ...[due(4, 'https://b.example/1'), due(5, 'https://a.example:8443/')],
  ]);
  const first = queue.take(10);
  expect(ids(first)).toEqual([1, 4, 5]);
  expect(queue.take(10)).toEqual([]);
  queue.done(first[1]!);
  expect(queue.take(10)).toEqual([]);
  queue.done(first[0]!);
  const second = queue.take(10);
  expect(ids(second)).toEqual([2]);
  queue.done(second[0]!);
  expect(ids(queue.take(10))).toEqual([3]);
});

test('a feed keeps busy the host it led to as well', () => {
  const queue = createDueQueue();
  queue.add([
    due(1, 'https://a.example/', 'https://cdn.example/a'),
    due(2, 'https://b.example/', 'https://cdn.example/b'),
    due(3, 'https://cdn.example/c'),
    due(4, 'https://d.example/'),
  ]);
  const first = queue.take(10);
  expect(ids(first)).toEqual([1, 4]);
  queue.done(first[0]!);
  expect(ids(queue.take(10))).toEqual([2]);
});

test('no more than are asked for, and a host that had its turn comes behind the others', () => {
  const queue = createDueQueue();
  queue.add([due(1, 'https://a.example/1'), due(2, 'https://a.example/2'), due(3, 'https://b.example/')]);
  const [first] = queue.take(1);
  expect(first!.id).toBe(1);
  queue.done(first!);
  expect(ids(queue.take(1))).toEqual([3]);
  queue.add([due(4, 'https://c.example/')]);
  expect(ids(queue.take(5))).toEqual([2, 4]);
});
