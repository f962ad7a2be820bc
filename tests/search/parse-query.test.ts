import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/search/parse-query.ts';
import { formatQuery, QueryError } from '../../src/search/query.ts';

const readAs = (text: string): string => {
  const query = parseQuery(text);
  return query instanceof QueryError ? `✗ ${query.code}` : formatQuery(query.root);
};

test.each([
  ['a b OR c', '(a AND b) OR c'],
  ['a (b | c)', 'a AND (b OR c)'],
  ['kim -football', 'kim AND NOT football'],
  ['kim NOT football', 'kim AND NOT football'],
  ['kim -(a b)', 'kim AND (NOT a OR NOT b)'],
  ['-(-kim)', 'kim'],
  ['“north korea” «юг»', '"north korea" AND "юг"'],
  ['（朝鮮　OR　ロシア）　－韓国', '(朝鮮 OR ロシア) AND NOT 韓国'],
  ['missiles* x', 'missiles* AND x'],
  ['a & b', 'a AND b'],
  ['kim - football', 'kim AND football'],
  ['https://example.org/x', 'https://example.org/x'],
  ['source:"Sample Daily"', 'source:sample-daily'],
  ['LANG:KO kim', 'lang:ko AND kim'],
])('%s reads as %s', (text, expected) => {
  expect(readAs(text)).toBe(expected);
});

describe('a query that cannot be read is answered with the place and a correction', () => {
  test.each([
    ['"north korea', 'unclosed-quote', 0, '"north korea"'],
    ['kim (train', 'unclosed-bracket', 4, 'kim (train)'],
    ['kim train)', 'stray-bracket', 9, 'kim train'],
    ['kim ()', 'empty-brackets', 4, 'kim'],
    ['kim OR', 'dangling-or', 4, 'kim'],
    ['OR kim', 'dangling-or', 0, 'kim'],
    ['kim NOT', 'dangling-not', 4, 'kim'],
    ['-football', 'only-negative', 0, null],
    ['kim OR -football', 'only-negative', 0, null],
    ['lnag:ko', 'unknown-field', 0, 'lang:ko'],
    ['note:well', 'unknown-field', 0, '"note:well"'],
    ['lang:', 'empty-field', 0, null],
    ['lang:korean', 'bad-value', 5, 'lang:ko'],
    ['kind:opnion kim', 'bad-value', 5, 'kind:opinion kim'],
    ['after:2024.6.1 kim', 'bad-value', 6, 'after:2024-06-01 kim'],
    ['after:2024-02-30', 'bad-value', 6, 'after:2024-02-29'],
    ['k*', 'short-prefix', 0, null],
    ['*im', 'leading-star', 0, 'im'],
    ['k*m', 'inner-star', 1, null],
    ['(kim OR', 'dangling-or', 5, '(kim)'],
    ['kim OR "mutual', 'unclosed-quote', 7, 'kim OR "mutual"'],
    ['/ki.*m/', 'regular-expression', 0, null],
    ['', 'empty', 0, null],
    ['!!!', 'empty', 0, null],
    ['topic:any', 'empty', 0, null],
  ])('%s', (text, code, position, suggestion) => {
    expect(parseQuery(text)).toMatchObject({ code, position, suggestion });
  });

  test('values that a place does not know get the nearest one', () => {
    const vocabulary = { theme: ['arms', 'trade'], entity: ['kim-jong-un'], source: ['sample-wire'] };
    expect(parseQuery('theme:amrs', vocabulary)).toMatchObject({ suggestion: 'theme:arms' });
    expect(parseQuery('entity:kim-jong', vocabulary)).toMatchObject({ suggestion: 'entity:kim-jong-un' });
    expect(parseQuery('source:sample-wire', vocabulary)).not.toBeInstanceOf(QueryError);
    expect(parseQuery('side:anything', vocabulary)).not.toBeInstanceOf(QueryError);
  });

  test('what is too long or too deep is refused at once', () => {
    expect(parseQuery('x '.repeat(600))).toMatchObject({ code: 'too-long' });
    expect(parseQuery('x '.repeat(101))).toMatchObject({ code: 'too-long' });
    expect(parseQuery(`${'('.repeat(50)}x${')'.repeat(50)}`)).toMatchObject({ code: 'too-deep' });
    expect(parseQuery(`${'NOT '.repeat(100)}x`)).toMatchObject({ code: 'too-deep' });
  });
});

/** Anything people might paste, made mostly of what has a meaning. */
const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom('(', ')', '"', '-', 'OR', 'NOT', '|', '*', ' ', ':', 'lang:', '«', '“', '/', '＊', '+'),
      fc.string({ maxLength: 4, unit: 'grapheme' }),
    ),
    { maxLength: 15 },
  )
  .map((parts) => parts.join(''));

test('never throws; an error lies inside the query; every correction can be read', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const parsed = parseQuery(text);
      if (!(parsed instanceof QueryError)) return;
      expect(parsed.position).toBeGreaterThanOrEqual(0);
      expect(parsed.position + parsed.length).toBeLessThanOrEqual(text.length);
      // A correction mends one error at a time and must never lead in a circle.
      const seen = new Set([text]);
      for (let next: string | null = parsed.suggestion; next !== null; ) {
        expect(seen.has(next), `${JSON.stringify(text)} → ${JSON.stringify(next)}`).toBe(false);
        seen.add(next);
        const again = parseQuery(next);
        next = again instanceof QueryError ? again.suggestion : null;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('what was understood is understood the same again', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const parsed = parseQuery(text);
      if (parsed instanceof QueryError) return;
      const shown = formatQuery(parsed.root);
      const again = parseQuery(shown);
      if (!(again instanceof QueryError)) expect(formatQuery(again.root)).toBe(shown);
    }),
    { numRuns: 500 },
  );
});
