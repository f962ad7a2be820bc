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

const cls = { other: 0, letter: 1, digit: 2, unspaced: 3, joiner: 4, ignored: 5 } as const;

/** Han, Kana and Hangul: words are found by their characters, since spaces do not part them (or particles join them). */
function isUnspaced(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x11ff) ||
    (code >= 0x3005 && code <= 0x3007) ||
    (code >= 0x3040 && code <= 0x30ff && code !== 0x30fb && code !== 0x30a0) ||
    (code >= 0x3131 && code <= 0x318e) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff66 && code <= 0xff9f) ||
    (code >= 0x20000 && code <= 0x323af)
  );
}

/** Voicing marks of kana and the vowels and finals of decomposed Hangul: part of the character before. */
function isTrailing(code: number): boolean {
  return (
    code === 0x3099 ||
    code === 0x309a ||
    code === 0xff9e ||
    code === 0xff9f ||
    (code >= 0x1160 && code <= 0x11ff)
  );
}

/** Longer runs of letters are no words; an index has limits of its own. */
const LONGEST = 64;

const LETTER = /\p{L}|\p{M}|\p{Nd}|\p{Nl}/u;
const classes = new Uint8Array(0x10000);

/** Class of a code point; `other` past the end of a text, where the code is NaN. */
function classOf(code: number): number {
  if (Number.isNaN(code)) return cls.other;
  if (code > 0xffff) return classify(code);
  const known = classes[code]!;
  if (known) return known - 1;
  const c = classify(code);
  classes[code] = c + 1;
  return c;
}

function classify(code: number): number {
  if ((code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)) return cls.digit;
  if (isUnspaced(code)) return cls.unspaced;
  if (code === 0x27 || code === 0x2019 || code === 0xff07) return cls.joiner;
  // Soft hyphens, zero-width characters and variation selectors stand inside words without parting them.
  if (
    code === 0xad ||
    (code >= 0x200b && code <= 0x200d) ||
    code === 0x2060 ||
    code === 0xfeff ||
    (code >= 0xfe00 && code <= 0xfe0f)
  )
    return cls.ignored;
  return LETTER.test(String.fromCodePoint(code)) ? cls.letter : cls.other;
}

/**
 * Splits a text into terms: stems for Latin and Cyrillic words, digits as one number (`10,000` is `10000`),
 * overlapping bigrams for Han, Kana and Hangul (a lone character stands alone).
 *
 * With `runEnds`, the last character of each unspaced run is a term of its own after the bigrams: then every
 * character begins some term, and a prefix finds a single one; and a term shows where a run ends.
 */
export function tokenize(text: string, runEnds = false): Token[] {
  const tokens: Token[] = [];
  readTokens(text, runEnds, (term, start, end, kind) => tokens.push({ term, start, end, kind }));
  return tokens;
}

/** The terms of `tokenize(text, true)` alone: for many texts and no places. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  readTokens(text, true, (term) => terms.push(term));
  return terms;
}

type Emit = (term: string, start: number, end: number, kind: Token['kind']) => void;

function readTokens(text: string, runEnds: boolean, emit: Emit): void {
  const n = text.length;
  let i = 0;
  while (i < n) {
    const code = text.codePointAt(i)!;
    const c = classOf(code);
    if (c === cls.unspaced) i = readUnspaced(text, i, emit, runEnds);
    else if (c === cls.letter) i = readWord(text, i, emit);
    else if (c === cls.digit) i = readNumber(text, i, emit);
    else i += code > 0xffff ? 2 : 1;
  }
}

function readUnspaced(text: string, from: number, emit: Emit, runEnds: boolean): number {
  const n = text.length;
  let i = from;
  let last = '';
  let lastStart = from;
  let lastEnd = from;
  let first = '';
  let firstStart = from;
  let pairs = 0;
  while (i < n) {
    const code = text.codePointAt(i)!;
    const c = classOf(code);
    if (c !== cls.unspaced) {
      if (c !== cls.ignored) break;
      i++;
      continue;
    }
    const start = i;
    i += code > 0xffff ? 2 : 1;
    const folded = foldCodePoint(code);
    if (last && isTrailing(code)) {
      const joined = (last + folded).normalize('NFC');
      if (joined.length <= last.length) {
        last = joined;
        lastEnd = i;
        continue;
      }
    }
    if (first) {
      emit(first + last, firstStart, lastEnd, 'bigram');
      pairs++;
    }
    first = last;
    firstStart = lastStart;
    last = folded;
    lastStart = start;
    lastEnd = i;
  }
  if (first) {
    emit(first + last, firstStart, lastEnd, 'bigram');
    pairs++;
  }
  if (last && (runEnds || pairs === 0)) emit(last, lastStart, lastEnd, 'bigram');
  return i;
}

/** Comma, point, full-width comma, spaces of all widths: what parts thousands somewhere. */
function isThousandsMark(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x2c ||
    code === 0x2e ||
    code === 0xff0c ||
    code === 0xa0 ||
    code === 0x202f ||
    code === 0x2009
  );
}

function isDecimalMark(code: number): boolean {
  return code === 0x2e || code === 0x2c || code === 0xff0e;
}

function digitsAt(text: string, from: number): number {
  let i = from;
  while (i < text.length && classOf(text.charCodeAt(i)) === cls.digit) i++;
  return i - from;
}

function readNumber(text: string, from: number, emit: Emit): number {
  const lead = digitsAt(text, from);
  let i = from + lead;
  let term = foldDigits(text, from, i);
  // Groups of three after one to three digits: 10,000 and 10 000 are one number, 2024.06.19 is not.
  while (lead <= 3 && isThousandsMark(text.charCodeAt(i)) && digitsAt(text, i + 1) === 3) {
    term += foldDigits(text, i + 1, i + 4);
    i += 4;
  }
  // One decimal mark: a second one makes it a date, a version or a list.
  const decimals = isDecimalMark(text.charCodeAt(i)) ? digitsAt(text, i + 1) : 0;
  const end = i + 1 + decimals;
  if (decimals && !isListed(text, from - 1, -1) && !isListed(text, end, 1)) {
    term += `.${foldDigits(text, i + 1, end)}`;
    i = end;
  }
  emit(term.slice(0, LONGEST), from, i, 'number');
  return i;
}

/** Whether a decimal mark stands at `at` with another digit beyond it, in the direction of `step`. */
function isListed(text: string, at: number, step: 1 | -1): boolean {
  return isDecimalMark(text.charCodeAt(at)) && classOf(text.charCodeAt(at + step)) === cls.digit;
}

function foldDigits(text: string, from: number, to: number): string {
  let out = '';
  for (let i = from; i < to; i++) out += foldCodePoint(text.charCodeAt(i));
  return out;
}

function readWord(text: string, from: number, emit: Emit): number {
  const n = text.length;
  let i = from;
  let word = '';
  while (i < n) {
    const code = text.codePointAt(i)!;
    const c = classOf(code);
    if (c === cls.letter || c === cls.digit)
      if (code === 0x306 && word.endsWith('и'))
        // A decomposed й is one letter; other combining marks are accents and fold away.
        word = `${word.slice(0, -1)}й`;
      else word += foldCodePoint(code);
    else if (c !== cls.ignored) break;
    i += code > 0xffff ? 2 : 1;
  }
  const end = i;
  // Possessive: `Kim's` is `kim`. Any other apostrophe parts two words: `l'armée`, `O'Brien`.
  if (
    classOf(text.charCodeAt(i)) === cls.joiner &&
    (text.charCodeAt(i + 1) | 32) === 0x73 &&
    (i + 2 >= n || classOf(text.charCodeAt(i + 2)) !== cls.letter)
  )
    i += 2;
  if (word) emit(stem(word.slice(0, LONGEST)), from, end, 'word');
  return i;
}
