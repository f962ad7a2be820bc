import Parser from 'rss-parser';
import { isWellFormed } from './is-well-formed.ts';
import type { RawFeed } from './raw-feed.ts';
import { addChild, NO_ATTRIBUTES, NO_CHILDREN, prefixOf, type XmlElement } from './read-xml.ts';
import { toFeed } from './read-xml-feed.ts';

/** What xml2js makes of an element: its text, or an object with `_` for text, `$` for attributes, and its children. */
type Node = string | { [child: string]: Node[] | string | Record<string, string> | undefined };

const CHANNEL = [
  'title',
  'dc:title',
  'link',
  'atom:link',
  'author',
  'language',
  'dc:language',
  'ttl',
  'sy:updatePeriod',
  'sy:updateFrequency',
  'skipHours',
  'skipDays',
];
const KEPT = 'kept ';

/**
 * rss-parser without its choice of an entry's fields: that loses dates, links and attributes, throws a whole Atom feed
 * away for one bad date, and makes snippets that nobody reads.
 */
class EntryParser extends Parser<Record<string, Node[]>, Record<string, Node>> {
  parseItemRss(item: Node): Node {
    return item;
  }
  parseItemAtom(entry: Node): Node {
    return entry;
  }
}

const parser = new EntryParser({
  customFields: { feed: CHANNEL.map((name) => [name, KEPT + name, { keepArray: true }]) as never },
});

/** What rss-parser is known to lose or to read otherwise: XHTML, other types of content, elements of other writers. */
const BEYOND =
  /^(?:xhtml:.*|body|abstract|fullitem|atom:(?:content|summary|author|category|published|updated|id))$/;
const TEXTS = new Set(['title', 'summary', 'content', 'description']);
const OTHER_TYPE = /\s(?:type\s*=\s*["'](?!text["']|html["'])|mode\s*=|encoding\s*=)/;
/** Namespaces of single elements, and what is inherited. */
const INHERITED = /\s(?:xmlns|xml:base|xml:lang)\b/;

/** Whether rss-parser reads all of an element; of the root, `isOrdinary` asks. */
function isOrdinaryTag(name: string, tag: string): boolean {
  if (BEYOND.test(name)) return false;
  if (tag.length <= name.length + 3 || name === 'rss' || name === 'feed') return true;
  return !INHERITED.test(tag) && !(TEXTS.has(name) && OTHER_TYPE.test(tag));
}

const ROOT =
  /<rss\b[^<>]*\bversion\s*=\s*["']2[^<>]*>|<feed\b[^<>]*\bxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2005\/Atom["'][^<>]*>/;

/** Whether rss-parser reads all of a document, as far as can be told without reading it. */
export function isOrdinary(source: string): boolean {
  const root = ROOT.exec(source.slice(0, 4_000));
  if (!root) return false;
  if (/xml:(?:base|lang)/.test(root[0]) || /<!(?:DOCTYPE|ENTITY)/i.test(source.slice(0, root.index)))
    return false;
  if (hasOddReferences(source) || !isWellFormed(source, isOrdinaryTag)) return false;
  // Prefixes must be the customary ones: rss-parser goes by the letters.
  for (const [, prefix, namespace] of root[0].matchAll(/\bxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']/g)) {
    const known = prefixOf(namespace!);
    if (
      prefix === undefined
        ? known && !(known === 'atom' && root[0].startsWith('<feed'))
        : (known ?? prefix) !== prefix
    )
      return false;
  }
  return true;
}

/** Any reference but the five of XML and numbers, outside of CDATA as far as a search can tell. */
function hasOddReferences(source: string): boolean {
  for (let at = source.indexOf('&'); at >= 0; at = source.indexOf('&', at + 1)) {
    const next = source.charCodeAt(at + 1);
    if (next === 35 /* # */) continue;
    if (/^(?:amp|lt|gt|quot|apos);/.test(source.slice(at + 1, at + 6))) continue;
    const cdata = source.lastIndexOf('<![CDATA[', at);
    if (cdata < 0 || source.lastIndexOf(']]>', at) > cdata) return true;
    // On to the end of this CDATA.
    const end = source.indexOf(']]>', at);
    if (end < 0) return true;
    at = end;
  }
  return false;
}

/** @throws where rss-parser refuses the document, loses entries, or finds markup where text should be */
export async function readOrdinaryFeed(source: string): Promise<RawFeed> {
  const feed = await parser.parseString(source);
  // Entries that stand where rss-parser does not look.
  const tags = source.match(/<(?:item|entry)[\s>]/g)?.length ?? 0;
  if (feed.items.length < tags) throw new Error('entries were lost');
  const channel: Record<string, Node[]> = {};
  for (const [key, nodes] of Object.entries(feed as Record<string, unknown>))
    if (key.startsWith(KEPT)) channel[key.slice(KEPT.length)] = nodes as Node[];
  return toFeed(
    toElement('channel', channel),
    feed.items.map((item) => toElement('item', item as Node)),
    () => {
      throw new Error('markup where text should be');
    },
  );
}

function toElement(name: string, node: Node): XmlElement {
  const element: XmlElement = {
    name,
    attributes: NO_ATTRIBUTES,
    children: NO_CHILDREN,
    text: '',
    innerStart: 0,
    innerEnd: 0,
    base: null,
    language: null,
  };
  if (typeof node === 'string') {
    element.text = node;
    return element;
  }
  for (const key in node) {
    const value = node[key];
    if (typeof value === 'string') element.text = value;
    else if (Array.isArray(value)) {
      const child = key.toLowerCase();
      for (const one of value) addChild(element, toElement(child, one));
    } else if (value) {
      const attributes: Record<string, string> = {};
      for (const attribute in value) attributes[attribute.toLowerCase()] = value[attribute]!;
      element.attributes = attributes;
    }
  }
  return element;
}
