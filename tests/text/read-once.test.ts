import { expect, it } from 'vitest';
import { readOnce } from '../../src/text/read-once.ts';

it('reads the same words once, and others for themselves', () => {
  const read: string[] = [];
  const words = readOnce(
    (text: string) => {
      read.push(text);
      return text.split(' ');
    },
    (text) => text,
  );
  expect(words('a bridge')).toEqual(['a', 'bridge']);
  expect(words('a bridge')).toBe(words('a bridge'));
  expect(words('a ferry')).toEqual(['a', 'ferry']);
  expect(read).toEqual(['a bridge', 'a ferry']);
});

it('forgets what was read longest ago before its memory grows too large', () => {
  let reads = 0;
  const words = readOnce(
    (text: string) => {
      reads++;
      return { length: text.length };
    },
    (text) => text,
  );
  const long = (n: number) => String(n).padStart(1_000_000, ' ');
  for (let n = 0; n < 5; n++) words(long(n));
  words(long(4));
  expect(reads).toBe(5);
  words(long(0));
  expect(reads).toBe(6);
});
