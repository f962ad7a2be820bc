import { foldCodePoint } from './fold.ts';
import { stem } from './stem.ts';

/** A term of the index with its place in the original text, UTF-16 offsets, end exclusive. */
export interface Token {
  /** Folded and stemmed word, digits without separators, or a bigram of unspaced script. */
  term: string;
  start: number;
  end: number;
  kind: 'word' | 'number' | 'bigram';
}

const cls = { other: 0, letter: 1, digit: 2, unspaced: 3, joiner: 4 } as const;

/** Han, Kana and Hangul: words are found by their characters, since spaces do not part them (or particles join them). */
function isUnspaced(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff && code !== 0x30fb) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff66 && code <= 0xff9f) ||
    (code >= 0x20000 && code <= 0x323af) ||
    code === 0x3005
  );
}

const LETTER = /\p{L}|\p{M}/u;
const classes = new Uint8Array(0x3000);

function classOf(code: number): number {
  if (code < 0x3000) {
    const known = classes[code]!;
    if (known) return known - 1;
    const c =
      code >= 0x30 && code <= 0x39
        ? cls.digit
        : LETTER.test(String.fromCodePoint(code))
          ? cls.letter
          : code === 0x27 || code === 0x2019
            ? cls.joiner
            : cls.other;
    classes[code] = c + 1;
    return c;
  }
  if (isUnspaced(code)) return cls.unspaced;
  if (code >= 0xff10 && code <= 0xff19) return cls.digit;
  // charCodeAt past the end of a text.
  if (Number.isNaN(code)) return cls.other;
  return LETTER.test(String.fromCodePoint(code)) ? cls.letter : cls.other;
}

/**
 * Splits a text into terms: stems for Latin and Cyrillic words, digits as one number (`10,000` is `10000`),
 * overlapping bigrams for Han, Kana and Hangul (a lone character stands alone).
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const n = text.length;
  let i = 0;
  while (i < n) {
    const code = text.codePointAt(i)!;
    const width = code > 0xffff ? 2 : 1;
    const c = classOf(code);
    if (c === cls.other || c === cls.joiner) i += width;
    else if (c === cls.unspaced) i = readUnspaced(text, i, tokens);
    else if (c === cls.digit) i = readNumber(text, i, tokens);
    else i = readWord(text, i, tokens);
  }
  return tokens;
}

function readUnspaced(text: string, from: number, out: Token[]): number {
  let i = from;
  let previous: { term: string; start: number } | null = null;
  let pairs = 0;
  while (i < text.length) {
    const code = text.codePointAt(i)!;
    if (classOf(code) !== cls.unspaced) break;
    const width = code > 0xffff ? 2 : 1;
    const term = foldCodePoint(code);
    if (previous) {
      out.push({ term: previous.term + term, start: previous.start, end: i + width, kind: 'bigram' });
      pairs++;
    }
    previous = { term, start: i };
    i += width;
  }
  if (!pairs && previous) out.push({ term: previous.term, start: previous.start, end: i, kind: 'bigram' });
  return i;
}

function readNumber(text: string, from: number, out: Token[]): number {
  let i = from;
  let term = '';
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (classOf(code) === cls.digit) term += foldCodePoint(code);
    else if (
      (code === 0x2c || code === 0x2e || code === 0xa0 || code === 0x202f) &&
      /^\d{3}(?!\d)/.test(text.slice(i + 1, i + 5)) &&
      i - from <= 11
    ) {
      // A separator of thousands: 10,000 and 10.000 and 10 000 are one number.
    } else if ((code === 0x2e || code === 0x2c) && classOf(text.charCodeAt(i + 1)) === cls.digit) term += '.';
    else break;
    i++;
  }
  out.push({ term, start: from, end: i, kind: 'number' });
  return i;
}

function readWord(text: string, from: number, out: Token[]): number {
  let i = from;
  let word = '';
  while (i < text.length) {
    const code = text.codePointAt(i)!;
    const c = classOf(code);
    if (c === cls.letter || c === cls.digit) word += foldCodePoint(code);
    else if (c === cls.joiner && i > from && classOf(text.charCodeAt(i + 1)) === cls.letter) word += "'";
    else break;
    i += code > 0xffff ? 2 : 1;
  }
  if (word) out.push({ term: stem(word), start: from, end: i, kind: 'word' });
  return i;
}
