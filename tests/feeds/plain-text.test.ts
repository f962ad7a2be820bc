import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasOddCharacters, ODD_CHARACTER } from '../../src/feeds/odd-characters.ts';
import { plainText, tidy } from '../../src/feeds/plain-text.ts';

const PIECES =
  'a|b c| |  |\n|\n\n\n|\r\n|\t|<p>|</p>|<br>|<b>|</b>|<td>|<li>|<script>|</script>|&amp;|&nbsp;|&#160;|&#8220;|&#10;|&#32;|&bogus;|&|<|<x|<!-- c -->|&#x80;|한글|é|—|\u00a0|\u3000|\u0007|\u0085|\ufeff|\u2009|😀'.split(
    '|',
  );
const html = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

test('bytes and characters agree on what is odd, wherever in memory a document begins', () => {
  fc.assert(
    fc.property(html, fc.nat(3), (text, shift) => {
      const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).subarray(shift);
      // A byte order mark at the beginning is none of the text, and pairs of surrogates count as odd.
      expect(hasOddCharacters(bytes)).toBe(ODD_CHARACTER.test(text.replace(/[\t\r]/g, '')));
    }),
  );
});

test('a document that is known to be clean is read as any other', () => {
  fc.assert(
    fc.property(html, (text) => {
      fc.pre(!hasOddCharacters(Buffer.from(text)));
      expect(plainText(text, true)).toBe(plainText(text));
      expect(tidy(text, true)).toBe(tidy(text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['<p>One<br>two</p><p>three</p>', 'One\ntwo\n\nthree'],
  ['<td>a</td><td>b</td>', 'a b'],
  ['a <b> b</b> c', 'a b c'],
  ['<b>one&nbsp;&#160;two&#10;three</b>', 'one two three'],
  ['<p>“a”\r\n b</p>', '“a” b'],
  ['&#8220;a&#8221; &#x80;5', '“a” €5'],
])('%s', (source, text) => {
  for (const clean of [false, true]) expect(plainText(source, clean)).toBe(text);
});
