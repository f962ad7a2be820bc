import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessCharset } from './guess-charset.ts';

export interface DecodedFeed {
  text: string;
  /** WHATWG name of the charset it was read in. */
  charset: string;
  warnings: string[];
}

/**
 * Bytes to text: byte order mark, then the charsets that the header and the XML declaration name, as far as the bytes
 * can be in them, then what the bytes look like. A server's default is often wrong and UTF-8 is hard to hit by
 * accident, so bytes that are valid UTF-8 are UTF-8 whatever is said of them.
 */
export function decodeFeed(bytes: Uint8Array, contentType?: string | null): DecodedFeed {
  const marked = byteOrderMark(bytes);
  if (marked) return read(bytes, marked, []);
  const wide = wideCharset(bytes);
  if (wide) return read(bytes, wide, []);
  // ISO-2022-JP is seven-bit, so ASCII by accident.
  const seven = bytes.includes(0x1b);
  if (isAscii(bytes) && !seven) return { text: ascii(bytes), charset: 'utf-8', warnings: [] };
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const declared = [
    /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1],
    /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']?([\w:.-]+)/i.exec(head)?.[1],
    /<meta[^>]+charset\s*=\s*["']?([\w:.-]+)/i.exec(head)?.[1],
  ].flatMap((label) => charsetOf(label) ?? []);
  if (isUtf8(bytes) && !seven) {
    const wrong = declared.find((charset) => charset !== 'utf-8');
    return read(bytes, 'utf-8', wrong ? [`declared as ${wrong}, but it is utf-8`] : []);
  }
  const warnings: string[] = [];
  const fitting = declared.filter((charset) => fits(bytes, charset));
  const guess = guessCharset(bytes);
  // Many bytes can be in several charsets: what is declared is believed where they do not look like another.
  const believed = fitting.filter((name) => {
    if (!guess.sure || sameCharset(name, guess.charset)) return true;
    return !guess.beats(name) && (!SINGLE_BYTE.test(name) || isLatin(name) === isLatin(guess.charset));
  });
  const charset =
    believed.find((name) => sameCharset(name, guess.charset)) ??
    believed[0] ??
    (utf8Mostly(bytes, declared) ? 'utf-8' : guess.charset);
  if (declared.length && !declared.includes(charset))
    warnings.push(`declared as ${declared[0]}, but read as ${charset}`);
  return read(bytes, charset, warnings);
}

const SINGLE_BYTE = /^(windows-|iso-8859|koi8|ibm|mac|x-mac)/;

/** GBK is a part of GB 18030. */
function sameCharset(a: string, b: string): boolean {
  return a === b || (a === 'gbk' && b === 'gb18030');
}

function isLatin(charset: string): boolean {
  return /^(windows-125[0247]|iso-8859-(1|2|3|4|9|10|13|14|15|16)|macintosh)$/.test(charset);
}

function read(bytes: Uint8Array, charset: string, warnings: string[]): DecodedFeed {
  const text = decodeAs(bytes, charset);
  if (text.includes('\ufffd')) warnings = [...warnings, `bytes that are not ${charset}`];
  return { text, charset, warnings };
}

/** WHATWG's decoder for EUC-KR lacks the extension of code page 949 that Korean sites use. */
function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset === 'euc-kr')
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 'cp949');
  if (/^utf-32/.test(charset)) return iconv.decode(Buffer.from(bytes), charset).replace(/^\ufeff/, '');
  return new TextDecoder(charset).decode(bytes);
}

/** Whether bytes can be in a charset; a broken character or two in a feed do not speak against it. */
function fits(bytes: Uint8Array, charset: string): boolean {
  if (charset === 'utf-8') return false;
  const text = decodeAs(bytes, charset);
  let broken = 0;
  let beyond = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) broken++;
    else if (code > 0x7f) beyond++;
  }
  return broken * 50 <= beyond;
}

/** A feed in UTF-8 with a byte or two of something else is still one. */
function utf8Mostly(bytes: Uint8Array, declared: readonly string[]): boolean {
  const text = new TextDecoder().decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  const beyond = text.match(/[^\u0000-\u007f\ufffd]/g)?.length ?? 0;
  return broken * (declared.includes('utf-8') ? 4 : 20) <= beyond;
}

/** The WHATWG name of a label, null where nobody knows it. */
function charsetOf(label: string | undefined): string | null {
  if (!label) return null;
  if (label.toLowerCase() === 'utf-8') return 'utf-8';
  const alias = label
    .toLowerCase()
    .replace(/^x-/, '')
    .replace(/^(ms949|cp949|ks_c_5601|uhc|ksc5601).*$/, 'euc-kr');
  for (const name of [
    label,
    alias,
    alias.replace(/^cp-?(125\d)$/, 'windows-$1').replace(/^(win|ansi)-?(125\d)$/, 'windows-$2'),
  ]) {
    try {
      const { encoding } = new TextDecoder(name);
      return encoding;
    } catch {}
  }
  return /^utf-?32/i.test(label) ? 'utf-32' : null;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return null;
}

/** UTF-16 and UTF-32 without a mark: the zero bytes of the first `<` tell. */
function wideCharset(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return 'utf-32be';
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  return null;
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
