import { decodeHTML } from 'entities';
import { ODD_CHARACTER } from './odd-characters.ts';

/** One element. Names are lower case, with the customary prefix of their namespace whatever the document calls it. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  /** Decoded text that stands directly in it, CDATA included. */
  text: string;
  /** Offsets of what stands between its tags in the source. */
  innerStart: number;
  innerEnd: number;
  /** `xml:base` in force, resolved as far as the document allows; null where none was given. */
  base: string | null;
  /** `xml:lang` in force. */
  language: string | null;
}

export interface XmlDocument {
  root: XmlElement;
  source: string;
  /** What is wrong with it, each kind once. */
  faults: string[];
  /** A reference in it stood for one; see `hasOddCharacters`. */
  namesOddCharacters: boolean;
}

/** Deeper elements are not kept: no feed needs them, and a nest of millions would need the memory. */
const MAX_DEPTH = 200;
const MAX_ELEMENTS = 600_000;

const FEED_ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'rdf']);
const ROOT_NAME = /^(?:[\w-]+:)?(?:rss|feed|rdf)$/i;
const CONTAINERS = new Set(['item', 'entry', 'channel', 'feed']);
/** Elements of entries that hold characters only. */
const PLAIN_FIELDS = new Set([
  'title',
  'link',
  'guid',
  'pubdate',
  'dc:date',
  'published',
  'updated',
  'id',
  'dc:creator',
]);
const TEXTS = new Set(['description', 'summary', 'content', 'content:encoded']);
/** Elements of entries that no text in HTML has. */
const FIELDS = new Set([
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'published',
  'updated',
  'description',
  'content:encoded',
  'category',
  'author',
]);

/** The five of XML: by far the most. */
const XML_REFERENCES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Prefix that people expect for a namespace; '' for the formats' own elements. */
const PREFIXES: Record<string, string> = {
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/elements/1.0/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://search.yahoo.com/mrss': 'media',
  'http://search.yahoo.com/mrss/': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/xml/1998/namespace': 'xml',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://channel.netscape.com/rdf/simple/0.9/': '',
  'http://my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'http://backend.userland.com/rss2': '',
  'http://backend.userland.com/rss': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
};

/** The customary prefix of a namespace, undefined where it has none. */
export function prefixOf(namespace: string): string | undefined {
  return PREFIXES[namespace.trim().toLowerCase()];
}

/**
 * Reads XML that need not be well-formed, in one pass: bare ampersands, unquoted attributes, unclosed and crossed
 * elements, undeclared prefixes, named entities of HTML, junk before the root, a broken end. Entities that a
 * document declares are never expanded, and nothing outside the document is read.
 * @throws Error where there is no element at all or more than any feed has
 */
export function readXml(source: string): XmlDocument {
  const top = element('', NO_ATTRIBUTES, 0, null, null);
  const stack: XmlElement[] = [top];
  /** The names of the open elements as the document writes them. */
  const written: string[] = [''];
  const faults = new Set<string>();
  const prefixes = new Map<string, string>();
  /** The default namespace makes names of these prefixes; '' for the formats' own. */
  const defaults: string[] = [''];
  let names = new Map<string, string>();
  /** Closing marks that do not come any more. */
  const missing = new Set<string>();
  let count = 0;
  let namesOddCharacters = false;
  let at = 0;

  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open < 0) {
      addText(at, source.length);
      break;
    }
    if (open > at) addText(at, open);
    const next = source.charCodeAt(open + 1);
    if (next === 33 /* ! */) at = readDeclaration(open);
    else if (next === 63 /* ? */) at = after('>', open, open + 2);
    else if (next === 47 /* / */) at = readClose(open);
    else if (isNameStart(next)) at = readOpen(open);
    else {
      faults.add('a bare <');
      stack.at(-1)!.text += '<';
      at = open + 1;
    }
  }
  const root =
    top.children.find(({ name }) => FEED_ROOTS.has(name)) ??
    top.children.find(({ children }) => children.length > 0) ??
    top.children[0];
  if (!root) throw new Error('there is no element in it');
  if (stack.length > 1) faults.add('it breaks off before its end');
  while (stack.length > 1) stack.pop()!.innerEnd = source.length;
  return { root, source, faults: [...faults], namesOddCharacters };

  function addText(from: number, to: number): void {
    const parent = stack.at(-1)!;
    const raw = source.slice(from, to);
    // Indentation between elements is most of the text of a feed.
    if (parent.children.length > 0 && raw.trim() === '') return;
    parent.text += raw.includes('&') ? decodeReferences(raw) : raw;
  }

  /** Decodes named and numeric references; a bare ampersand stays one. */
  function decodeReferences(raw: string): string {
    if (/&(?!#?\w+;)/.test(raw)) faults.add('a bare &');
    // Only references that are closed: `&copy=1` in an address is no ©.
    return raw.replace(/&#?\w{1,32};/g, (reference) => {
      const known = XML_REFERENCES[reference];
      if (known !== undefined) return known;
      const decoded = decodeHTML(reference);
      namesOddCharacters ||= ODD_CHARACTER.test(decoded);
      return decoded;
    });
  }

  function after(mark: string, open: number, from: number): number {
    // Looked for to the end once, not for every open comment.
    const end = missing.has(mark) ? -1 : source.indexOf(mark, from);
    if (end >= 0) return end + mark.length;
    missing.add(mark);
    faults.add('it breaks off before its end');
    // What was never closed hides the rest, unless something that is a tag follows it.
    const tag = source.indexOf('<', open + 1);
    return tag < 0 ? source.length : tag;
  }

  function readDeclaration(open: number): number {
    if (source.startsWith('<!--', open)) return after('-->', open, open + 4);
    if (source.startsWith('<![CDATA[', open)) {
      const end = missing.has(']]>') ? -1 : source.indexOf(']]>', open + 9);
      if (end < 0) {
        missing.add(']]>');
        faults.add('it breaks off before its end');
      }
      const text = source.slice(open + 9, end < 0 ? source.length : end);
      const own = endOfElement(text);
      if (own >= 0) faults.add('CDATA that is not closed');
      stack.at(-1)!.text += own < 0 ? text : text.slice(0, own);
      if (own >= 0) return open + 9 + own;
      return end < 0 ? source.length : end + 3;
    }
    const subset = source.indexOf('[', open);
    const end = source.indexOf('>', open);
    if (subset < 0 || end < 0 || subset > end) return after('>', open, open);
    faults.add('a document type of its own, which is not read');
    const close = /\]\s*>/g;
    close.lastIndex = subset;
    const found = close.exec(source);
    return found ? close.lastIndex : end + 1;
  }

  /** Where the open element ends inside its own CDATA: that was not closed. A text about elements has their starts too. */
  function endOfElement(text: string): number {
    const name = written.at(-1)!;
    const end = name === '' ? -1 : text.indexOf(`</${name}>`);
    return end < 0 || text.lastIndexOf(`<${name}`, end) >= 0 ? -1 : end;
  }

  function readClose(open: number): number {
    const end = source.indexOf('>', open);
    const stop = end < 0 ? source.length : end;
    const name = canonical(source.slice(open + 2, stop).trim(), false);
    let depth = stack.length - 1;
    while (depth > 0 && stack[depth]!.name !== name) depth--;
    if (depth === 0) faults.add('an end tag without its start');
    else {
      if (depth < stack.length - 1) faults.add('elements that cross or are not closed');
      while (stack.length > depth) pop(open);
    }
    return stop + 1;
  }

  function readOpen(open: number): number {
    let i = open + 1;
    while (i < source.length && !isNameEnd(source.charCodeAt(i))) i++;
    const rawName = source.slice(open + 1, i);
    let attributes = NO_ATTRIBUTES as Record<string, string>;
    let closed = false;
    if (source.charCodeAt(i) === 62 /* > */) i++;
    else {
      for (;;) {
        while (isSpace(source.charCodeAt(i))) i++;
        const code = source.charCodeAt(i);
        if (i >= source.length) {
          faults.add('it breaks off before its end');
          break;
        }
        if (code === 62) {
          i++;
          break;
        }
        if (code === 47) {
          closed = source.charCodeAt(i + 1) === 62;
          i++;
          continue;
        }
        if (code === 60 /* the next tag begins before this one ended */) {
          faults.add('a tag that is not closed');
          break;
        }
        if (attributes === NO_ATTRIBUTES) attributes = {};
        i = readAttribute(i, attributes);
      }
    }
    // Millions of elements at 8 MB are an attack on the memory.
    if (++count > MAX_ELEMENTS) throw new Error(`there are more than ${MAX_ELEMENTS} elements in it`);
    if (stack.length > 1 && ROOT_NAME.test(rawName)) leaveJunk(open);
    declareNamespaces(attributes);
    const name = canonical(rawName, true, attributes.xmlns);
    if (name === 'item' || name === 'entry') closeOpenEntry(open);
    else closeOpenField(name, open);
    const parent = stack.at(-1)!;
    const base = attributes['xml:base'];
    const child = element(
      name,
      attributes,
      i,
      base === undefined ? parent.base : resolveBase(base, parent.base),
      attributes['xml:lang'] ?? parent.language,
    );
    child.innerEnd = i;
    if (stack.length <= MAX_DEPTH) addChild(parent, child);
    else {
      faults.add(`elements deeper than ${MAX_DEPTH}`);
      return i;
    }
    if (!closed) {
      stack.push(child);
      written.push(rawName);
      const space = attributes.xmlns === undefined ? undefined : prefixOf(attributes.xmlns);
      defaults.push(attributes.xmlns === undefined ? defaults.at(-1)! : rootAtom(space) ? '' : (space ?? ''));
      if (attributes.xmlns !== undefined) names = new Map();
    }
    return i;
  }

  function readAttribute(from: number, attributes: Record<string, string>): number {
    let i = from;
    while (i < source.length && !isNameEnd(source.charCodeAt(i)) && source.charCodeAt(i) !== 61) i++;
    const rawName = source.slice(from, i);
    while (isSpace(source.charCodeAt(i))) i++;
    if (source.charCodeAt(i) !== 61) {
      faults.add('an attribute without a value');
      return Math.max(i, from + 1);
    }
    i++;
    while (isSpace(source.charCodeAt(i))) i++;
    const quote = source.charCodeAt(i);
    let value: string;
    if (quote === 34 || quote === 39) {
      const end = source.indexOf(quote === 34 ? '"' : "'", i + 1);
      const stop = end < 0 ? source.length : end;
      value = source.slice(i + 1, stop);
      i = stop + 1;
    } else {
      const start = i;
      while (i < source.length && !isSpace(source.charCodeAt(i)) && source.charCodeAt(i) !== 62) i++;
      // `<a href=x/>`: the slash ends the tag.
      if (source.charCodeAt(i) === 62 && source.charCodeAt(i - 1) === 47) i--;
      value = source.slice(start, i);
      faults.add('an attribute without quotes');
    }
    attributes[rawName.toLowerCase()] ??= value.includes('&') ? decodeReferences(value) : value;
    return i;
  }

  function declareNamespaces(attributes: Record<string, string>): void {
    for (const key in attributes) {
      if (!key.startsWith('xmlns:')) continue;
      const prefix = prefixOf(attributes[key]!);
      if (prefix !== undefined) prefixes.set(key.slice(6), prefix);
      names = new Map();
    }
  }

  /** The customary name: `rss:title` is `title`, `d:date` is `dc:date` where `d` is Dublin Core. */
  function canonical(rawName: string, opening: boolean, xmlns?: string): string {
    const known = xmlns === undefined ? names.get(rawName) : undefined;
    if (known !== undefined) return known;
    const lower = rawName.toLowerCase();
    const colon = lower.indexOf(':');
    const local = colon < 0 ? lower : lower.slice(colon + 1);
    const given = colon < 0 ? null : lower.slice(0, colon);
    const own = xmlns === undefined ? undefined : prefixOf(xmlns);
    let prefix: string;
    if (given === null) prefix = xmlns === undefined ? defaults.at(-1)! : rootAtom(own) ? '' : (own ?? '');
    else prefix = prefixes.get(given) ?? (given === 'rss' ? '' : given);
    // A document that is Atom throughout needs no prefix, whatever it writes.
    if (rootAtom(prefix)) prefix = '';
    const name = prefix === '' ? local : `${prefix}:${local}`;
    if (opening && xmlns === undefined) names.set(rawName, name);
    return name;
  }

  /** An Atom default namespace makes an element plain, save inside a feed of another kind. */
  function rootAtom(space: string | undefined): boolean {
    return space === 'atom' && (stack.length === 1 || isAtom());
  }

  function isAtom(): boolean {
    const root = top.children.at(-1);
    return root?.name === 'feed' || root?.name === 'entry';
  }

  /** Warnings and pieces of pages stand before some feeds, not always with all of their elements closed. */
  function leaveJunk(open: number): void {
    if (stack.some(({ name }) => FEED_ROOTS.has(name) || name === 'channel')) return;
    faults.add('other elements before the feed');
    while (stack.length > 1) pop(open);
  }

  /** An entry inside an entry means that the first was not closed, save where it is the content of the first. */
  function closeOpenEntry(open: number): void {
    const depth = stack.findIndex(({ name }) => name === 'item' || name === 'entry');
    if (depth < 1 || stack[depth + 1]?.name === 'content') return;
    faults.add('elements that cross or are not closed');
    while (stack.length > depth) pop(open);
  }

  /** A field inside a field that holds no elements means that the first was not closed. */
  function closeOpenField(name: string, open: number): void {
    let depth = stack.length - 1;
    if (CONTAINERS.has(stack[depth]!.name)) return;
    if (stack[depth]!.name === 'link' || stack[depth]!.name === 'atom:link') {
      if (!stack[depth]!.attributes.href) faults.add('elements that cross or are not closed');
      pop(open);
      depth--;
    }
    if (!FIELDS.has(name) && !PLAIN_FIELDS.has(name)) return;
    while (depth > 1 && !CONTAINERS.has(stack[depth - 1]!.name)) depth--;
    const field = stack[depth]!.name;
    // Texts may hold elements of HTML, of which `title` and `link` are two.
    const unclosed = PLAIN_FIELDS.has(field) || (TEXTS.has(field) && FIELDS.has(name));
    if (depth < 2 || !unclosed) return;
    faults.add('elements that cross or are not closed');
    while (stack.length > depth) pop(open);
  }

  function pop(end: number): void {
    const closing = stack.pop()!;
    closing.innerEnd = end;
    written.pop();
    if (closing.attributes.xmlns !== undefined) names = new Map();
    defaults.pop();
  }
}

/** Most elements have neither; one of each is enough for them all. */
export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
export const NO_CHILDREN: readonly XmlElement[] = Object.freeze([]);

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  innerStart: number,
  base: string | null,
  language: string | null,
): XmlElement {
  return {
    name,
    attributes,
    children: NO_CHILDREN,
    text: '',
    innerStart,
    innerEnd: innerStart,
    base,
    language,
  };
}

export function addChild(parent: XmlElement, child: XmlElement): void {
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else (parent.children as XmlElement[]).push(child);
}

function resolveBase(base: string, parent: string | null): string | null {
  if (URL.canParse(base)) return base;
  if (parent !== null && URL.canParse(base, parent)) return new URL(base, parent).href;
  return parent === null ? base : parent;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

function isNameStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58 || code > 0xbf
  );
}

function isNameEnd(code: number): boolean {
  return code === 62 || code === 47 || code === 60 || code === 61 || isSpace(code);
}
