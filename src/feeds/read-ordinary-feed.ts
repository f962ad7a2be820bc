import Parser from 'rss-parser';
import type { RawEntry, RawFeed, RawLink, RawText } from './raw-feed.ts';
import { prefixOf } from './read-xml.ts';

/** What xml2js makes of an element: its text, or an object where it has attributes or children. */
type Node = string | { _?: string; $?: Record<string, string>; [child: string]: unknown };
type Found = Record<string, Node[] | undefined>;

const ITEM = [
  'title',
  'dc:title',
  'media:title',
  'link',
  'atom:link',
  'feedburner:origLink',
  'url',
  'guid',
  'id',
  'content:encoded',
  'content',
  'description',
  'summary',
  'dc:description',
  'itunes:summary',
  'media:description',
  'pubDate',
  'published',
  'issued',
  'dcterms:issued',
  'dc:date',
  'created',
  'dcterms:created',
  'dcterms:available',
  'date',
  'updated',
  'modified',
  'dcterms:modified',
  'author',
  'dc:creator',
  'dc:contributor',
  'itunes:author',
  'category',
  'dc:subject',
  'media:category',
  'media:thumbnail',
  'media:content',
  'media:group',
  'enclosure',
  'itunes:image',
  'dc:language',
  'language',
] as const;
const CHANNEL = [
  'title',
  'dc:title',
  'link',
  'atom:link',
  'language',
  'dc:language',
  'ttl',
  'sy:updatePeriod',
  'sy:updateFrequency',
  'skipHours',
  'skipDays',
] as const;

const raw = (name: string) => [name, `raw ${name}`, { keepArray: true }] as const;
const parser = new Parser<Record<string, Node[]>, Record<string, Node[]>>({
  customFields: { item: ITEM.map(raw) as never, feed: CHANNEL.map(raw) as never },
});

/**
 * What rss-parser is known to lose or to read otherwise: document types, references by name, bases, XHTML, inherited
 * languages, roots besides RSS 2.0 and Atom 1.0, elements of other writers.
 */
const BEYOND =
  /<!(?:DOCTYPE|ENTITY)|\bxml:(?:base|lang)\s*=|<(?:title|summary|content|description)\b[^>]*\b(?:type\s*=\s*["'](?!text["']|html["'])|mode\s*=|encoding\s*=)|<(?:\w+:)?(?:body|div|abstract|fullitem)[\s>]|<(?:atom:(?:content|summary|author|category|published|updated|id)|[a-z]+:(?:item|entry|channel|rss|feed))[\s>]/;
const ROOT =
  /<rss\b[^>]*\bversion\s*=\s*["']2|<feed\b[^>]*\bxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2005\/Atom["']/;

/** Whether rss-parser reads all of a document, as far as can be told without reading it. */
export function isOrdinary(source: string): boolean {
  const head = source.slice(0, 4_000);
  if (!ROOT.test(head) || BEYOND.test(source) || hasOddReferences(source)) return false;
  // Prefixes must be the customary ones: rss-parser goes by the letters.
  for (const [, prefix, namespace] of source.matchAll(/\bxmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']/g)) {
    const known = prefixOf(namespace!);
    if (
      prefix === undefined
        ? known !== undefined && known !== '' && known !== 'atom'
        : (known ?? prefix) !== prefix
    )
      return false;
    if (prefix === undefined && known === 'atom' && !/<feed\b/.test(head)) return false;
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

/** @throws where rss-parser refuses the document or finds markup where text should be */
export async function readOrdinaryFeed(source: string): Promise<RawFeed> {
  const feed = await parser.parseString(source);
  // Entries that stand where rss-parser does not look.
  const tags = source.match(/<(?:item|entry)[\s>]/g)?.length ?? 0;
  if (feed.items.length < tags) throw new Error('entries were lost');
  const channel = unwrap(feed as unknown as Record<string, Node[]>);
  return {
    titles: texts(channel, ['title', 'dc:title']),
    links: links(channel),
    language: first(channel, ['language', 'dc:language']),
    base: null,
    entries: feed.items.map((item) => readEntry(unwrap(item as unknown as Record<string, Node[]>))),
    ttl: first(channel, ['ttl']),
    updatePeriod: first(channel, ['sy:updatePeriod']),
    updateFrequency: first(channel, ['sy:updateFrequency']),
    skipHours: children(channel.skipHours, 'hour'),
    skipDays: children(channel.skipDays, 'day'),
  };
}

function readEntry(item: Found): RawEntry {
  const guid = item.guid?.[0] ?? item.id?.[0];
  return {
    id: (guid !== undefined && textOf(guid).trim()) || null,
    idIsLink: item.guid !== undefined && attribute(guid, 'isPermaLink')?.trim().toLowerCase() !== 'false',
    links: links(item),
    titles: texts(item, ['title', 'dc:title', 'media:title']),
    contents: texts(item, ['content:encoded', 'content']),
    summaries: texts(item, [
      'description',
      'summary',
      'dc:description',
      'itunes:summary',
      'media:description',
    ]),
    published: times(item, [
      'pubDate',
      'published',
      'issued',
      'dcterms:issued',
      'dc:date',
      'created',
      'dcterms:created',
      'dcterms:available',
      'date',
    ]),
    updated: times(item, ['updated', 'modified', 'dcterms:modified']),
    authors: authors(item),
    categories: categories(item),
    thumbnails: thumbnails(item),
    language: first(item, ['dc:language', 'language']),
    base: null,
  };
}

function unwrap(found: Record<string, Node[]>): Found {
  const own: Found = {};
  for (const key in found) if (key.startsWith('raw ')) own[key.slice(4)] = found[key];
  return own;
}

function texts(found: Found, names: string[]): RawText[] {
  return names.flatMap((name) =>
    (found[name] ?? []).map((node): RawText => {
      const type = attribute(node, 'type')?.trim().toLowerCase() ?? '';
      const kind = type.endsWith('html')
        ? 'html'
        : type === 'text' || type === 'text/plain'
          ? 'text'
          : 'unknown';
      return { value: textOf(node), kind };
    }),
  );
}

/** @throws where elements stand inside: their markup is lost here */
function textOf(node: Node): string {
  if (typeof node === 'string') return node;
  for (const key in node) if (key !== '_' && key !== '$') throw new Error('markup where text should be');
  return node._ ?? '';
}

function attribute(node: Node | undefined, name: string): string | undefined {
  return typeof node === 'object' ? node.$?.[name] : undefined;
}

function all(found: Found, names: string[]): string[] {
  return names
    .flatMap((name) =>
      (found[name] ?? []).map((node) => textOf(node).trim() || (attribute(node, 'value') ?? '').trim()),
    )
    .filter(Boolean);
}

function times(found: Found, names: string[]): string[] {
  return names.flatMap((name) => all(found, [name]).reverse());
}

function first(found: Found, names: string[]): string | null {
  return all(found, names)[0] ?? null;
}

function children(nodes: Node[] | undefined, name: string): string[] {
  const [node] = nodes ?? [];
  const inner = typeof node === 'object' ? (node[name] as Node[] | undefined) : undefined;
  return (inner ?? []).map((child) => textOf(child).trim());
}

function links(found: Found): RawLink[] {
  const own: RawLink[] = [];
  const add = (node: Node, href: string | undefined, rel: string) => {
    if (href?.trim())
      own.push({ href: href.trim(), rel, type: (attribute(node, 'type') ?? '').toLowerCase(), base: null });
  };
  const rel = (node: Node) => (attribute(node, 'rel') ?? 'alternate').toLowerCase();
  for (const node of found.link ?? []) add(node, textOf(node).trim() || attribute(node, 'href'), rel(node));
  for (const node of found['atom:link'] ?? [])
    add(node, attribute(node, 'href'), rel(node) === 'alternate' ? 'atom-alternate' : rel(node));
  for (const node of found['feedburner:origLink'] ?? []) add(node, textOf(node), 'original');
  for (const node of found.url ?? []) add(node, textOf(node), 'url');
  return own;
}

function authors(item: Found): string[] {
  return ['author', 'dc:creator', 'dc:contributor', 'itunes:author'].flatMap((name) =>
    (item[name] ?? []).map((node) => {
      const person =
        typeof node === 'object' ? ((node.name ?? node.email) as Node[] | undefined)?.[0] : undefined;
      return textOf(person ?? node);
    }),
  );
}

function categories(item: Found): string[] {
  const named = (item.category ?? []).map(
    (node) => textOf(node).trim() || attribute(node, 'label') || attribute(node, 'term') || '',
  );
  return [...named, ...['dc:subject', 'media:category'].flatMap((name) => (item[name] ?? []).map(textOf))];
}

function thumbnails(item: Found): string[] {
  const inside = (nodes: Node[], name: string) =>
    nodes.flatMap((node) => (typeof node === 'object' ? ((node[name] as Node[] | undefined) ?? []) : []));
  const groups = item['media:group'] ?? [];
  const contents = [...(item['media:content'] ?? []), ...inside(groups, 'media:content')];
  const named = [
    ...(item['media:thumbnail'] ?? []),
    ...inside(groups, 'media:thumbnail'),
    ...inside(contents, 'media:thumbnail'),
  ];
  const isImage = (node: Node) => {
    const [type, medium, url] = ['type', 'medium', 'url'].map((name) => attribute(node, name));
    return (
      medium === 'image' ||
      type?.startsWith('image/') ||
      (!type && !medium && /\.(jpe?g|png|webp|gif)(\?|$)/i.test(url ?? ''))
    );
  };
  return [
    ...named.map((node) => attribute(node, 'url')),
    ...contents.filter(isImage).map((node) => attribute(node, 'url')),
    ...(item.enclosure ?? []).filter(isImage).map((node) => attribute(node, 'url')),
    ...(item['itunes:image'] ?? []).map((node) => attribute(node, 'href')),
  ].filter((url): url is string => Boolean(url));
}
