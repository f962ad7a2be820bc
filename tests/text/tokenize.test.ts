import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stem } from '../../src/text/stem.ts';
import { termsOf, tokenize } from '../../src/text/tokenize.ts';

const terms = (text: string) => tokenize(text).map((token) => token.term);

test.each([
  ["Kim's 10,000 troops", ['kim', '10000', 'troop']],
  ["l'armée O'Brien", ['l', 'arme', 'o', 'brien']],
  ['10 000 и 10\u00a0000 и 3,5', ['10000', 'и', '10000', 'и', '3.5']],
  ['2024.06.19 and 1,2,3', ['2024', '06', '19', 'and', '1', '2', '3']],
  ['１２，０００人', ['12000', '人']],
  ['북한군은 AI를', ['북한', '한군', '군은', 'ai', '를']],
  ['ロシア・北朝鮮', ['ロシ', 'シア', '北朝', '朝鮮']],
  ['ﾛｼｱ ｶﾞｽ', ['ロシ', 'シア', 'ガス']],
  ['か\u3099く 조선'.normalize('NFD'), ['がく', '조선']],
  ['самолёт И\u0306од', ['самолет', 'йод']],
  ['mis\u00adsile zero\u200bwidth', ['missil', 'zerowidth']],
  ['\ud800 lone', ['lone']],
  ['𠮷野家', ['𠮷野', '野家']],
])('%s', (text, expected) => {
  expect(terms(text)).toEqual(expected);
});

test('with run ends every character of an unspaced run begins some term', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('北', '朝', '鮮', '북', '한', ' ', 'a'), maxLength: 20 }),
      (text) => {
        const begun = new Set(tokenize(text, true).map((token) => token.start));
        for (let i = 0; i < text.length; i++) if (/[^ a]/.test(text[i]!)) expect(begun.has(i)).toBe(true);
      },
    ),
  );
});

test('offsets lie in the text, in order, and a token is found again where it was cut', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (text) => {
      let last = 0;
      for (const { start, end, term } of tokenize(text, true)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(termsOf(text.slice(start, end))[0]).toBe(term);
        last = start;
      }
      expect(termsOf(text)).toEqual(tokenize(text, true).map((token) => token.term));
    }),
    { numRuns: 500 },
  );
});

describe('forms of one Russian word share a stem', () => {
  test.each([
    'корея кореи корее корею кореей',
    'лавров лаврова лаврову лавровым лаврове',
    'пхеньян пхеньяна пхеньяном пхеньяне',
    'иран ирана ирану ираном',
    'китай китая китаю китаем китае',
    'генерал генерала генералом генералов',
    'режим режима режимом режимы',
    'участок участка участков участками',
    'боец бойца бойцы бойцов',
    'уровень уровня уровнем',
    'поставка поставки поставок поставками',
    'требовать требует требуют требовал',
    'сообщать сообщает сообщают сообщал сообщаем',
    'день дня дней днями',
    'человек человека люди людей',
  ])('%s', (forms) => {
    expect(new Set(forms.split(' ').map(stem)).size).toBe(1);
  });

  test.each([
    ['сообщать', 'сообщить'],
    ['игра', 'играть'],
    ['требовать', 'требование'],
    ['корея', 'корень'],
    ['россия', 'российский'],
  ])('%s is not %s', (a, b) => {
    expect(stem(a)).not.toBe(stem(b));
  });
});
