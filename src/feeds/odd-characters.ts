/** Controls, spaces besides the blank, lone surrogates and marks of the byte order: what text for people is cleared of. */
export const ODD_CHARACTER =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff\ufeff\ufffe\uffff]/;

const HIGH_BITS = 0x80808080 | 0;

/**
 * Whether a document in UTF-8 has any of these, tabs and carriage returns aside. Asked once of the bytes, four at a
 * time, which takes a small part of the time that it takes to ask it of each text.
 */
export function hasOddCharacters(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return isOddBetween(bytes, 0, bytes.length);
  // Words begin where their size divides the offset.
  const start = (4 - (bytes.byteOffset % 4)) % 4;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >> 2);
  if (isOddBetween(bytes, 0, start)) return true;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    // A high bit stays only over bytes below a blank, from delete on, or beyond ASCII.
    const unusual = (((word - 0x20202020) & ~word) | word | (word + 0x01010101)) & HIGH_BITS;
    if (unusual !== 0 && isOddBetween(bytes, start + i * 4, start + i * 4 + 4)) return true;
  }
  return isOddBetween(bytes, start + words.length * 4, bytes.length);
}

function isOddBetween(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte < 0x20) {
      if (byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return true;
    } else if (byte >= 0x7f && (byte < 0x80 || beginsOddCharacter(byte, bytes[i + 1]!, bytes[i + 2]!)))
      return true;
  }
  return false;
}

function beginsOddCharacter(a: number, b: number, c: number): boolean {
  switch (a) {
    case 0xc2:
      return b <= 0xa0;
    case 0xe1:
      return b === 0x9a && c === 0x80;
    case 0xe2:
      return (
        (b === 0x80 && (c <= 0x8a || c === 0xa8 || c === 0xa9 || c === 0xaf)) || (b === 0x81 && c === 0x9f)
      );
    case 0xe3:
      return b === 0x80 && c === 0x80;
    case 0xed:
      return b >= 0xa0;
    case 0xef:
      return (b === 0xbb && c === 0xbf) || (b === 0xbf && c >= 0xbe);
  }
  // Pairs of surrogates are looked at one by one.
  return a >= 0xf0;
}
