import { decodeHTML } from 'entities';
import { ODD_CHARACTER } from './odd-characters.ts';

/** Elements whose content is no text for people. */
const HIDDEN = new Set([
  'script',
  'style',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'template',
  'form',
  'button',
  'select',
  'head',
  'audio',
  'video',
  'canvas',
]);
const BLOCKS = new Set([
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'dl',
  'table',
  'blockquote',
  'pre',
  'section',
  'article',
  'header',
  'footer',
  'aside',
  'main',
  'nav',
  'figure',
  'figcaption',
  'address',
  'hr',
  'center',
]);
const LINES = new Set(['li', 'tr', 'dt', 'dd', 'caption', 'option']);
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'big',
  'body',
  'br',
  'cite',
  'code',
  'del',
  'em',
  'font',
  'html',
  'i',
  'img',
  'ins',
  'kbd',
  'label',
  'mark',
  'o:p',
  'picture',
  'q',
  'rp',
  'rt',
  'ruby',
  's',
  'samp',
  'small',
  'source',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'time',
  'tt',
  'u',
  'var',
  'wbr',
  'link',
  'meta',
  'title',
  'input',
  'embed',
  'param',
  'xhtml:div',
  'xhtml:p',
]);

/** The part of windows-1252 that writers mean when they use the C1 control characters. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text a person would read in a piece of HTML, paragraphs split by a blank line, line breaks kept. A `<` that
 * begins no tag of HTML is text.
 * @param clean known to hold no odd characters, save as references; see `hasOddCharacters`
 */
export function plainText(html: string, clean = false): string {
  if (!html.includes('<')) {
    const text = decode(html);
    return tidy(text, clean && !decodedOdd);
  }
  let out = '';
  /** What stands between the text so far and the next: nothing, a line break, a paragraph. */
  let gap = 0;
  /** A blank does, where no line break does. */
  let blank = false;
  let hidden: string | null = null;
  /** Something needs a closer look at the end. */
  let odd = false;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const stop = open < 0 ? html.length : open;
    if (hidden === null && stop > at) add(html.slice(at, stop));
    if (open < 0) break;
    const tag = readTag(html, open);
    if (!tag) {
      if (hidden === null) add('<');
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (hidden !== null) {
      if (tag.closing && tag.name === hidden) hidden = null;
    } else if (HIDDEN.has(tag.name)) {
      if (!tag.closing && !tag.empty) hidden = tag.name;
    } else if (BLOCKS.has(tag.name)) gap = 2;
    else if (tag.name === 'br') gap = Math.min(gap + 1, 2);
    else if (LINES.has(tag.name)) gap ||= 1;
    else if (tag.name === 'td' || tag.name === 'th') blank = true;
  }
  return odd ? tidy(out) : out;

  function add(raw: string): void {
    let messy = raw.includes('\n') || isUntidy(raw, clean);
    let line = decode(raw);
    messy ||= decodedOdd;
    if (messy) {
      line = line.replace(/\s+/g, ' ');
      odd ||= (!clean || decodedOdd) && ODD_CHARACTER.test(line);
    }
    if (line === ' ') blank = true;
    if (line === '' || line === ' ') return;
    // To look at the ends of a string that was put together would copy it.
    const ends = messy ? line : raw;
    const before = ends.startsWith(' ');
    const behind = ends.endsWith(' ');
    if (before || behind) line = line.slice(before ? 1 : 0, behind ? -1 : undefined);
    if (out !== '') out += gap === 2 ? '\n\n' : gap === 1 ? '\n' : before || blank ? ' ' : '';
    out += line;
    gap = 0;
    blank = behind;
  }
}

/** A title: one line, without marks. */
export function plainLine(html: string, clean = false): string {
  const text = plainText(html, clean);
  return text.includes('\n') ? text.replace(/\s+/g, ' ') : text;
}

/** Text that is no HTML: its blank lines are paragraphs, and its `<` and `&` stand for themselves. */
export function tidy(text: string, clean = false): string {
  const trimmed = text.trim();
  // Most texts are in order, and one look is cheaper than many replacements.
  if (!isUntidy(trimmed, clean)) return trimmed;
  return withoutControls(trimmed)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether there are signs to take out, or blanks or too many line ends in a row. */
function isUntidy(text: string, clean: boolean): boolean {
  if (text.includes('  ')) return true;
  if (clean ? text.includes('\t') || text.includes('\r') : ODD_CHARACTER.test(text)) return true;
  return text.includes('\n') && (text.includes(' \n') || text.includes('\n ') || text.includes('\n\n\n'));
}

/** decodeHTML tries thousands of names: what people write most is looked up first. */
const FREQUENT: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  middot: '·',
};

const REFERENCE = /&(?:[a-z]+\d*|#x?[\da-f]+);?/iy;

/** A reference in the text that was decoded last stood for an odd character or for space. */
let decodedOdd = false;

function decode(raw: string): string {
  decodedOdd = false;
  let at = raw.indexOf('&');
  if (at < 0) return raw;
  let out = '';
  let from = 0;
  for (; at >= 0; at = raw.indexOf('&', at + 1)) {
    REFERENCE.lastIndex = at;
    const reference = REFERENCE.exec(raw)?.[0];
    if (reference === undefined) continue;
    const decoded = decodeReference(reference);
    decodedOdd ||= decoded === ' ' || decoded === '\n' || ODD_CHARACTER.test(decoded);
    out += raw.slice(from, at) + decoded;
    from = at + reference.length;
  }
  return from === 0 ? raw : out + raw.slice(from);
}

function decodeReference(reference: string): string {
  const closed = reference.endsWith(';');
  const known = closed ? FREQUENT[reference.slice(1, -1)] : undefined;
  if (known !== undefined) return known;
  const code = closed && /^&#\d{3,5};$/.test(reference) ? Number(reference.slice(2, -1)) : 0;
  // Below are characters that stand for others, above and at surrogates what is none.
  return code >= 0xa0 && code < 0xd800 ? String.fromCharCode(code) : decodeHTML(reference);
}

/** C1 controls become the signs that were meant; other controls go. */
function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0080-\u009f]/g, (char) => C1[char.charCodeAt(0) - 0x80]!)
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g, '');
}

interface Tag {
  name: string;
  closing: boolean;
  empty: boolean;
  end: number;
}

const TAG = /<(\/?)([a-z][a-z0-9]*(?::[a-z]+)?)(?=[\s/>])/iy;

/** The tag or comment at `open`; null where a `<` is just a sign. */
function readTag(html: string, open: number): Tag | null {
  const next = html.charCodeAt(open + 1);
  if (next === 33 || next === 63) {
    const comment = html.startsWith('<!--', open);
    const cdata = html.startsWith('<![CDATA[', open);
    // What CDATA holds is text.
    if (cdata) return { name: '!', closing: false, empty: true, end: open + 9 };
    const end = html.indexOf(comment ? '-->' : '>', open + 2);
    return { name: '!', closing: false, empty: true, end: end < 0 ? html.length : end + (comment ? 3 : 1) };
  }
  TAG.lastIndex = open;
  const found = TAG.exec(html);
  if (!found) return null;
  const name = found[2]!.toLowerCase().replace(/^x?html:/, '');
  if (!BLOCKS.has(name) && !LINES.has(name) && !INLINE.has(name) && !HIDDEN.has(name)) {
    // An element nobody knows, where it looks like one: "a <b or c" does not.
    if (!/^[^<>]{0,200}>/.test(html.slice(TAG.lastIndex, TAG.lastIndex + 201))) return null;
  }
  let i = TAG.lastIndex;
  let quote = 0;
  const limit = Math.min(html.length, i + 20_000);
  for (; i < limit; i++) {
    const code = html.charCodeAt(i);
    if (quote) {
      if (code === quote) quote = 0;
    } else if (code === 62) break;
    else if ((code === 34 || code === 39) && html.charCodeAt(i - 1) === 61) quote = code;
  }
  // A quote that never ends, or a tag that is cut off: it ends at the next >, or with the text.
  if (i >= limit) {
    const end = html.indexOf('>', TAG.lastIndex);
    i = end < 0 ? html.length : end;
  }
  return {
    name,
    closing: found[1] === '/',
    empty: html.charCodeAt(i - 1) === 47,
    end: Math.min(html.length, i + 1),
  };
}
