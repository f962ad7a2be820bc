import type { RawEntry, RawFeed, RawLink, RawText } from './raw-feed.ts';
import { NO_ATTRIBUTES, type XmlDocument, type XmlElement } from './read-xml.ts';

/** RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0 and CDF out of an element tree; null where it is none of them. */
export function readXmlFeed({ root, source }: XmlDocument): RawFeed | null {
  const named = (elements: readonly XmlElement[], name: string) =>
    elements.filter((element) => element.name === name);
  const markup = (element: XmlElement) => source.slice(element.innerStart, element.innerEnd);
  const { children } = root;
  const [channel] = named(children, 'channel');
  switch (root.name) {
    case 'feed':
      return toFeed(root, named(children, 'entry'), markup);
    case 'entry':
      return { ...toFeed(root, [root], markup), links: [] };
    case 'rdf:rdf':
    case 'rdf':
      return toFeed(channel ?? root, named([...children, ...(channel?.children ?? [])], 'item'), markup);
    // CDF, or an RSS channel that was robbed of its root.
    case 'channel':
      return toFeed(root, named(children, 'item'), markup);
  }
  if (root.name !== 'rss' && !channel) return null;
  // Items beside the channel, in a channel each, or in a list occur.
  const outer = [...children, ...named(children, 'channel').flatMap((one) => one.children)];
  const items = outer.flatMap((one) => (one.name === 'items' ? one.children : one));
  return toFeed(channel ?? root, named(items, 'item'), markup);
}

type Markup = (element: XmlElement) => string;

/** A channel and its items, in the names that `readXml` gives them. @param markup what stands inside an element, as written */
export function toFeed(channel: XmlElement, items: readonly XmlElement[], markup: Markup): RawFeed {
  const found = byName(channel);
  return {
    titles: texts(found, TITLES, markup),
    links: links(channel, found),
    language: first(found, ['language', 'dc:language']) ?? channel.language,
    base: channel.base,
    // RFC 4287, 4.2.1. The author of an RSS channel is a text, and looks after the channel.
    authors: (found.get('author') ?? []).filter(({ children }) => children.length > 0).map(personName),
    // `<item/>` says nothing, and thousands of them would be thousands of entries.
    entries: items.filter(saysSomething).map((item) => toEntry(item, markup)),
    ttl: first(found, ['ttl']),
    updatePeriod: first(found, ['sy:updateperiod']),
    updateFrequency: first(found, ['sy:updatefrequency']),
    skipHours: (found.get('skiphours')?.[0]?.children ?? []).map(({ text }) => text.trim()),
    skipDays: (found.get('skipdays')?.[0]?.children ?? []).map(({ text }) => text.trim()),
  };
}

const TITLES = ['title', 'dc:title', 'media:title'];
const CONTENTS = ['content:encoded', 'content', 'atom:content', 'xhtml:body', 'body', 'fullitem'];
const SUMMARIES = [
  'description',
  'summary',
  'abstract',
  'atom:summary',
  'dc:description',
  'itunes:summary',
  'media:description',
];
const PUBLISHED = [
  'pubdate',
  'published',
  'issued',
  'dcterms:issued',
  'dc:date',
  'created',
  'dcterms:created',
  'dcterms:available',
  'date',
  'atom:published',
];
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'atom:updated', 'lastbuilddate'];
const AUTHORS = ['author', 'dc:creator', 'dc:contributor', 'atom:author', 'itunes:author'];
const CATEGORIES = ['category', 'atom:category', 'dc:subject', 'media:category'];

function toEntry(item: XmlElement, markup: Markup): RawEntry {
  const found = byName(item);
  const guid = found.get('guid')?.[0] ?? found.get('id')?.[0] ?? found.get('atom:id')?.[0];
  const updated = times(found, UPDATED);
  if (item.attributes.lastmod) updated.push(item.attributes.lastmod);
  const authors = collect(found, AUTHORS, nameOf);
  // An entry that was copied from another feed carries that feed's author.
  const origin = authors.length ? undefined : found.get('source')?.[0];
  return {
    id: guid?.text.trim() || item.attributes['rdf:about']?.trim() || null,
    idIsLink: guid?.name === 'guid' && guid.attributes.ispermalink?.trim().toLowerCase() !== 'false',
    links: links(item, found),
    titles: texts(found, TITLES, markup),
    contents: texts(found, CONTENTS, markup),
    summaries: texts(found, SUMMARIES, markup),
    published: times(found, PUBLISHED),
    updated,
    authors: origin?.children.length ? collect(byName(origin), AUTHORS, nameOf) : authors,
    categories: collect(
      found,
      CATEGORIES,
      ({ text, attributes }) => text.trim() || attributes.label || attributes.term || '',
    ),
    thumbnails: thumbnails(found),
    source: sourceOf(found.get('source')?.[0]),
    language: first(found, ['dc:language', 'language']) ?? item.language,
    base: item.base,
  };
}

function saysSomething({ children, attributes }: XmlElement): boolean {
  return children.length > 0 || attributes !== NO_ATTRIBUTES;
}

type Found = ReadonlyMap<string, XmlElement[]>;

function byName(parent: XmlElement): Found {
  const found = new Map<string, XmlElement[]>();
  for (const child of parent.children) {
    const same = found.get(child.name);
    if (same) same.push(child);
    else found.set(child.name, [child]);
  }
  return found;
}

/** One value for each element of these names, in the order of the names. */
function collect<T>(found: Found, names: readonly string[], value: (element: XmlElement) => T): T[] {
  const values: T[] = [];
  for (const name of names) {
    const elements = found.get(name);
    if (elements) for (const element of elements) values.push(value(element));
  }
  return values;
}

function texts(found: Found, names: readonly string[], markup: Markup): RawText[] {
  return collect(found, names, (element) => toText(element, markup));
}

function toText(found: XmlElement, markup: Markup): RawText {
  const type = (found.attributes.type ?? '').trim().toLowerCase();
  const mode = (found.attributes.mode ?? '').trim().toLowerCase();
  if (mode === 'base64' || found.attributes.encoding === 'base64' || isBinary(type))
    return { value: fromBase64(found.text), kind: 'unknown' };
  // Elements that stand inside are markup, whatever the type says.
  if (found.children.length > 0) return { value: markup(found), kind: 'html' };
  if (type.endsWith('html')) return { value: found.text, kind: 'html' };
  // Atom 0.3 escapes HTML without saying so, and so do many writers of Atom 1.0.
  if ((type === 'text' || type === 'text/plain') && mode !== 'escaped')
    return { value: found.text, kind: 'text' };
  return { value: found.text, kind: 'unknown' };
}

/** RFC 4287, 4.1.3.3: content of a type that is neither text nor XML is in base64. */
function isBinary(type: string): boolean {
  return type.includes('/') && !/^text\/|xml|html/.test(type);
}

function fromBase64(text: string): string {
  const decoded = Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8');
  return decoded.includes('\ufffd') ? '' : decoded;
}

/** Where a writer repeats an element the last one counts, as in other readers. */
function times(found: Found, names: readonly string[]): string[] {
  const values: string[] = [];
  for (const name of names)
    for (const { text, attributes } of found.get(name)?.toReversed() ?? []) {
      const value = text.trim() || (attributes.value ?? '').trim();
      if (value) values.push(value);
    }
  return values;
}

function first(found: Found, names: readonly string[]): string | null {
  return collect(found, names, ({ text }) => text.trim()).find(Boolean) ?? null;
}

function links(parent: XmlElement, found: Found): RawLink[] {
  const own: RawLink[] = [];
  const add = (element: XmlElement, href: string | undefined, rel: string) => {
    const trimmed = href?.trim();
    if (trimmed)
      own.push({
        href: trimmed,
        rel,
        type: (element.attributes.type ?? '').toLowerCase(),
        base: element.base,
      });
  };
  const relOf = ({ attributes }: XmlElement) => (attributes.rel ?? 'alternate').toLowerCase();
  // CDF has addresses in attributes.
  add(parent, parent.attributes.href, 'alternate');
  for (const element of found.get('link') ?? [])
    add(
      element,
      element.text.trim() || element.attributes.href || element.attributes['rdf:resource'],
      relOf(element),
    );
  for (const element of found.get('atom:link') ?? []) {
    const rel = relOf(element);
    add(element, element.attributes.href, rel === 'alternate' ? 'atom-alternate' : rel);
  }
  for (const element of found.get('feedburner:origlink') ?? []) add(element, element.text, 'original');
  for (const element of found.get('url') ?? []) add(element, element.text, 'url');
  for (const element of found.get('a') ?? []) add(element, element.attributes.href, 'url');
  return own;
}

/** RSS; the `source` of Atom is a feed of its own. */
function sourceOf(source: XmlElement | undefined): RawEntry['source'] {
  const name = source?.text.trim();
  return source && name ? { name, url: source.attributes.url ?? null } : null;
}

function nameOf(author: XmlElement): string {
  return author.children.length ? personName(author) : author.text;
}

function personName(author: XmlElement): string {
  const found = byName(author);
  return first(found, ['name', 'atom:name', 'email']) ?? author.text;
}

/** Smaller pictures that stand for the entry, the publisher's own choice first. */
function thumbnails(found: Found): string[] {
  const groups = found.get('media:group') ?? [];
  const contents = [...(found.get('media:content') ?? []), ...inside(groups, 'media:content')];
  const named = [
    ...(found.get('media:thumbnail') ?? []),
    ...inside(groups, 'media:thumbnail'),
    ...inside(contents, 'media:thumbnail'),
  ];
  return [
    ...named.map(({ attributes, text }) => attributes.url ?? text),
    ...contents.filter(isImage).map(({ attributes }) => attributes.url),
    ...(found.get('enclosure') ?? []).filter(isImage).map(({ attributes }) => attributes.url),
    ...(found.get('itunes:image') ?? []).map(({ attributes }) => attributes.href),
  ].filter((url): url is string => Boolean(url));
}

function inside(parents: readonly XmlElement[], name: string): XmlElement[] {
  return parents.flatMap(({ children }) => children.filter((child) => child.name === name));
}

function isImage({ attributes: { type, medium, url } }: XmlElement): boolean {
  if (medium === 'image' || type?.startsWith('image/')) return true;
  return !type && !medium && /\.(?:jpe?g|png|webp|gif)(?:\?|$)/i.test(url ?? '');
}
