import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildAutomaton } from '../../src/text/keyword-automaton.ts';

const codes = (text: string) => Uint16Array.from(text, (c) => c.charCodeAt(0));

function find(patterns: string[], text: string): string[] {
  const found: string[] = [];
  buildAutomaton(patterns.map(codes)).scan(codes(text), text.length, (pattern, end) => {
    found.push(`${pattern}@${end}`);
  });
  return found.sort();
}

function bruteForce(patterns: string[], text: string): string[] {
  const found: string[] = [];
  patterns.forEach((pattern, i) => {
    for (let at = 0; at + pattern.length <= text.length; at++)
      if (text.startsWith(pattern, at)) found.push(`${i}@${at + pattern.length}`);
  });
  return found.sort();
}

it('finds what looking at every place finds, overlaps and equal patterns included', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 60 }),
      (patterns, text) => {
        expect(find(patterns, text)).toEqual(bruteForce(patterns, text));
      },
    ),
  );
});

it('reads symbols beyond those of UTF-16', () => {
  const found: number[] = [];
  buildAutomaton([[70_000, 3]]).scan([1, 70_000, 3], 3, (_, end) => found.push(end));
  expect(found).toEqual([3]);
});
