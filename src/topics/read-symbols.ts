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
  // A boundary at each side of each character, and one at the start, is the most there can be.
  const room = text.length * 2 + 3;
  const out = into && into.codes.length >= room ? into : allocate(into ? room * 2 : room);
  const { codes, starts, ends } = out;
  const n = text.length;
  let at = 1;
  codes[0] = BOUNDARY;
  starts[0] = ends[0] = 0;
  for (let i = 0; i < n; ) {
    const code = text.charCodeAt(i);
    const kind = scriptOf(code);
    let end = i + 1;
    if (kind === script.none || kind === script.word) {
      if (codes[at - 1] !== BOUNDARY) {
        codes[at] = BOUNDARY;
        starts[at] = i;
        ends[at++] = i;
      }
      if (kind === script.word) {
        end = wordEnd(text, i);
        const word = stemOf(text.slice(i, end));
        for (let k = 0; k < word.length; k++) {
          codes[at] = word.charCodeAt(k);
          starts[at] = i;
          ends[at++] = end;
        }
        codes[at] = BOUNDARY;
        starts[at] = end;
        ends[at++] = end;
      }
    } else {
      codes[at] = code < 0xf900 ? code : foldCodePoint(code).charCodeAt(0);
      starts[at] = i;
      ends[at++] = end;
    }
    i = end;
  }
  if (codes[at - 1] !== BOUNDARY) {
    codes[at] = BOUNDARY;
    starts[at] = n;
    ends[at++] = n;
  }
  out.length = at;
  return out;
}

function allocate(size: number): Symbols {
  return {
    codes: new Uint16Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    length: 0,
  };
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
  // A stem longer than its word (folding can lengthen it) would not fit the buffers.
  const result = stem(folded).slice(0, raw.length);
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
