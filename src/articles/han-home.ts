/**
 * Where a Han character is written, by the national character sets: `ja` for those of JIS X 0208 that neither
 * GB 2312 nor Big5 has (円, 発, 戦), `zh` for those of the latter that JIS X 0208 has not (们, 这, 說), else null.
 */
export function hanHome(char: string): 'ja' | 'zh' | null {
  homes ??= readHomes();
  return homes.get(char) ?? null;
}

let homes: Map<string, 'ja' | 'zh'> | undefined;

function readHomes(): Map<string, 'ja' | 'zh'> {
  const japanese = decodeAll('shift_jis', [0x88, 0xea], [0x40, 0xfc]);
  const chinese = decodeAll('gbk', [0xb0, 0xf7], [0xa1, 0xfe]).union(
    decodeAll('big5', [0xa4, 0xf9], [0x40, 0xfe]),
  );
  const found = new Map<string, 'ja' | 'zh'>();
  for (const char of japanese.difference(chinese)) found.set(char, 'ja');
  for (const char of chinese.difference(japanese)) found.set(char, 'zh');
  return found;
}

/** Every Han character of two bytes in these ranges, both ends included. */
function decodeAll(charset: string, first: [number, number], second: [number, number]): Set<string> {
  const decoder = new TextDecoder(charset);
  const chars = new Set<string>();
  for (let a = first[0]; a <= first[1]; a++)
    for (let b = second[0]; b <= second[1]; b++) {
      const text = decoder.decode(Uint8Array.of(a, b));
      if (/^\p{sc=Han}$/u.test(text)) chars.add(text);
    }
  return chars;
}
