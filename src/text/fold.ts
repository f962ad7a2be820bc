/** Letters that Unicode does not decompose and that people type without their stroke. */
const STROKED: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** One slot for each code unit of the basic plane, filled as characters turn up. */
const folds: (string | undefined)[] = new Array(0x10000).fill(undefined);

/**
 * Folds case, width, accents and compatibility forms of one code point, so that offsets in the original
 * stay known. `й` stays itself, `ё` becomes `е`; Hangul syllables and kana stay whole.
 */
export function foldCodePoint(code: number): string {
  if (code > 0xffff) return foldChar(String.fromCodePoint(code));
  const known = folds[code];
  if (known !== undefined) return known;
  const folded = foldChar(String.fromCharCode(code));
  folds[code] = folded;
  return folded;
}

function foldChar(char: string): string {
  const plain = char.normalize('NFKC').toLowerCase();
  if (plain === 'й' || isWhole(plain.codePointAt(0)!)) return plain;
  const bare = plain.normalize('NFD').replace(/\p{M}+/gu, '');
  return STROKED[bare] ?? bare;
}

/** Hangul syllables, kana and the kana voicing marks: taking their parts off would change the sound. */
function isWhole(code: number): boolean {
  return (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3040 && code <= 0x30ff);
}

/** Folds a whole string as `foldCodePoint` does each of its characters. */
export function fold(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i)!;
    out += foldCodePoint(code);
    i += code > 0xffff ? 2 : 1;
  }
  return out;
}
