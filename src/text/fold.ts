const cache = new Map<number, string>();

/**
 * Folds case, width, accents and compatibility forms of one code point, so that offsets in the original
 * stay known. `й` stays itself, `ё` becomes `е`; Hangul syllables stay whole.
 */
export function foldCodePoint(code: number): string {
  if (code < 0x80)
    return code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : String.fromCharCode(code);
  const known = cache.get(code);
  if (known !== undefined) return known;
  const char = String.fromCodePoint(code);
  let folded = char.normalize('NFKC').toLowerCase();
  const isHangul = code >= 0xac00 && code <= 0xd7a3;
  const isKana = code >= 0x3040 && code <= 0x30ff;
  if (!isHangul && !isKana && folded !== 'й') folded = folded.normalize('NFD').replace(/\p{M}+/gu, '');
  cache.set(code, folded);
  return folded;
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
