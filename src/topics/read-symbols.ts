import { foldCodePoint } from '../text/fold.ts';
import { stem } from '../text/stem.ts';

/** Stands between words of spaced scripts; runs of anything else collapse into one. */
export const BOUNDARY = 0;

/** A text as the automaton reads it: stems of Latin and Cyrillic words, single characters of the other scripts. */
export interface Symbols {
  codes: Uint16Array;
  /** UTF-16 offsets in the text that each symbol stands for. */
  starts: Int32Array;
  ends: Int32Array;
  length: number;
}

export const script = { none: 0, word: 1, hangul: 2, han: 3, hiragana: 4, katakana: 5 } as const;
const LETTER = /[\p{L}\p{M}\p{Nd}]/u;
const scripts = new Uint8Array(0x10000).fill(255);

/** Which kind of writing a code unit belongs to: what makes a word differs by it. */
export function scriptOf(code: number): number {
  const known = scripts[code]!;
  if (known !== 255) return known;
  let found: number = script.none;
  if (code >= 0xac00 && code <= 0xd7a3) found = script.hangul;
  else if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || code === 0x3005)
    found = script.han;
  else if (code >= 0x3041 && code <= 0x309f) found = script.hiragana;
  else if (code >= 0x30a1 && code <= 0x30ff && code !== 0x30fb) found = script.katakana;
  else if (LETTER.test(String.fromCharCode(code))) found = script.word;
  scripts[code] = found;
  return found;
}

/** Reads a text into symbols; it begins and ends with a boundary. Reuses `into` where it is large enough. */
export function readSymbols(text: string, into?: Symbols): Symbols {
  const room = text.length * 2 + 3;
  const out = into && into.codes.length >= room ? into : allocate(room);
  out.length = 0;
  push(out, BOUNDARY, 0, 0);
  const n = text.length;
  for (let i = 0; i < n; ) {
    const kind = scriptOf(text.charCodeAt(i));
    if (kind === script.none) {
      if (out.codes[out.length - 1] !== BOUNDARY) push(out, BOUNDARY, i, i);
      i++;
    } else if (kind === script.word) {
      const end = wordEnd(text, i);
      if (out.codes[out.length - 1] !== BOUNDARY) push(out, BOUNDARY, i, i);
      const word = stemOf(text.slice(i, end));
      for (let k = 0; k < word.length; k++) push(out, word.charCodeAt(k), i, end);
      push(out, BOUNDARY, end, end);
      i = end;
    } else {
      const folded = foldCodePoint(text.charCodeAt(i));
      push(out, folded.charCodeAt(0), i, i + 1);
      i++;
    }
  }
  if (out.codes[out.length - 1] !== BOUNDARY) push(out, BOUNDARY, n, n);
  return out;
}

function allocate(room: number): Symbols {
  const size = Math.max(4096, room);
  return {
    codes: new Uint16Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    length: 0,
  };
}

function push(out: Symbols, code: number, start: number, end: number): void {
  const at = out.length++;
  out.codes[at] = code;
  out.starts[at] = start;
  out.ends[at] = end;
}

/** An apostrophe inside a word belongs to it: `Kim’s`. */
function wordEnd(text: string, from: number): number {
  let i = from + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (scriptOf(code) === script.word) continue;
    if ((code === 0x27 || code === 0x2019) && scriptOf(text.charCodeAt(i + 1)) === script.word) continue;
    break;
  }
  return i;
}

/** News repeats its words: most are found here, already folded and stemmed. */
const MEMORY = 50_000;
const memory = new Map<string, string>();

function stemOf(raw: string): string {
  const known = memory.get(raw);
  if (known !== undefined) return known;
  const folded = foldWord(raw);
  // A stem longer than its word would not fit the buffers.
  const result = stem(folded).slice(0, raw.length + 1);
  if (memory.size >= MEMORY) memory.clear();
  memory.set(raw, result);
  return result;
}

/** Folded form of a word, its apostrophes plain. */
export function foldWord(raw: string): string {
  let out = '';
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    out += code === 0x2019 ? "'" : foldCodePoint(code);
  }
  return out;
}
