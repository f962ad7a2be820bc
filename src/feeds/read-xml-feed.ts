import type { RawEntry, RawFeed, RawLink, RawText } from './raw-feed.ts';
import type { XmlDocument, XmlElement } from './read-xml.ts';

/** RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0 and CDF out of an element tree; null where it is none of them. */
export function readXmlFeed({ root, source }: XmlDocument): RawFeed | null {
  const reader = new FeedReader(source);
  if (root.name === 'feed') return reader.feed(root, root.children.filter(isNamed('entry')));
  if (root.name === 'entry') return reader.feed(root, [root]);
  if (root.name === 'rdf:rdf' || root.name === 'rdf') {
    const channel = child(root, 'channel');
    const items = [...root.children, ...(channel?.children ?? [])].filter(isNamed('item'));
    return reader.feed(channel ?? root, items);
  }
  // CDF, or an RSS channel that was robbed of its root.
  if (root.name === 'channel') {
    return reader.feed(root, root.children.filter(isNamed('item')));
  }
  if (root.name === 'rss' || root.children.some(isNamed('channel'))) {
    const channel = child(root, 'channel') ?? root;
    // Items beside the channel, or in a channel each, occur.
    const items = [...root.children, ...root.children.filter(isNamed('channel')).flatMap((c) => c.children)];
    return reader.feed(channel, items.filter(isNamed('item')));
  }
  return null;
}

class FeedReader {
  readonly #source: string;
  constructor(source: string) {
    this.#source = source;
  }

  feed(channel: XmlElement, items: XmlElement[]): RawFeed {
    return {
      titles: this.#texts(channel, ['title', 'dc:title']),
      links: channel === items[0] ? [] : links(channel),
      language: first(channel, ['language', 'dc:language']) ?? channel.language,
      base: channel.base,
      entries: items.map((item) => this.#entry(item)),
      ttl: first(channel, ['ttl']),
      updatePeriod: first(channel, ['sy:updateperiod']),
      updateFrequency: first(channel, ['sy:updatefrequency']),
      skipHours: (child(channel, 'skiphours')?.children ?? []).map(({ text }) => text.trim()),
      skipDays: (child(channel, 'skipdays')?.children ?? []).map(({ text }) => text.trim()),
    };
  }

  #entry(item: XmlElement): RawEntry {
    const guid = child(item, 'guid') ?? child(item, 'id') ?? child(item, 'atom:id');
    const about = item.attributes['rdf:about'];
    return {
      id: (guid ? guid.text.trim() : '') || about?.trim() || null,
      idIsLink: guid?.name === 'guid' && guid.attributes.ispermalink?.trim().toLowerCase() !== 'false',
      links: links(item),
      titles: this.#texts(item, ['title', 'dc:title', 'media:title']),
      contents: this.#texts(item, [
        'content:encoded',
        'content',
        'atom:content',
        'xhtml:body',
        'body',
        'fullitem',
      ]),
      summaries: this.#texts(item, [
        'description',
        'summary',
        'abstract',
        'atom:summary',
        'dc:description',
        'itunes:summary',
        'media:description',
      ]),
      published: times(item, [
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
      ]),
      updated: [
        ...times(item, ['updated', 'modified', 'dcterms:modified', 'atom:updated', 'lastbuilddate']),
        ...(item.attributes.lastmod ? [item.attributes.lastmod] : []),
      ],
      authors: authors(item),
      categories: categories(item),
      thumbnails: thumbnails(item),
      language: first(item, ['dc:language', 'language']) ?? item.language,
      base: item.base,
    };
  }

  #texts(parent: XmlElement, names: string[]): RawText[] {
    return names.flatMap((name) => parent.children.filter(isNamed(name)).map((found) => this.#text(found)));
  }

  #text(found: XmlElement): RawText {
    const type = (found.attributes.type ?? '').trim().toLowerCase();
    const mode = (found.attributes.mode ?? '').trim().toLowerCase();
    if (mode === 'base64' || found.attributes.encoding === 'base64' || isBinary(type))
      return { value: fromBase64(found.text), kind: 'unknown' };
    // Elements that stand inside are markup, whatever the type says.
    if (found.children.length > 0)
      return { value: this.#source.slice(found.innerStart, found.innerEnd), kind: 'html' };
    if (type.endsWith('html')) return { value: found.text, kind: 'html' };
    // Atom 0.3 escapes HTML without saying so, and so do many writers of Atom 1.0.
    if ((type === 'text' || type === 'text/plain') && mode !== 'escaped')
      return { value: found.text, kind: 'text' };
    return { value: found.text, kind: 'unknown' };
  }
}

/** RFC 4287, 4.1.3.3: content of a type that is neither text nor XML is in base64. */
function isBinary(type: string): boolean {
  return type !== '' && type.includes('/') && !/^text\/|xml|html/.test(type);
}

function fromBase64(text: string): string {
  const decoded = Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8');
  return decoded.includes('\ufffd') ? '' : decoded;
}

function isNamed(name: string): (element: XmlElement) => boolean {
  return (element) => element.name === name;
}

function child(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find(isNamed(name));
}

function all(parent: XmlElement, names: string[]): string[] {
  return names
    .flatMap((name) =>
      parent.children
        .filter(isNamed(name))
        .map((found) => found.text.trim() || (found.attributes.value ?? '').trim()),
    )
    .filter(Boolean);
}

/** Where a writer repeats an element the last one counts, as in other readers. */
function times(parent: XmlElement, names: string[]): string[] {
  return names.flatMap((name) => all(parent, [name]).reverse());
}

function first(parent: XmlElement, names: string[]): string | null {
  return all(parent, names)[0] ?? null;
}

function links(parent: XmlElement): RawLink[] {
  const found: RawLink[] = [];
  const add = (element: XmlElement, href: string | undefined, rel: string) => {
    if (href?.trim())
      found.push({
        href: href.trim(),
        rel,
        type: (element.attributes.type ?? '').toLowerCase(),
        base: element.base,
      });
  };
  // CDF has addresses in attributes.
  add(parent, parent.attributes.href, 'alternate');
  for (const element of parent.children) {
    const { href } = element.attributes;
    const rel = (element.attributes.rel ?? 'alternate').toLowerCase();
    if (element.name === 'link')
      add(element, element.text.trim() || href || element.attributes['rdf:resource'], rel);
    else if (element.name === 'a') add(element, href, 'url');
    else if (element.name === 'atom:link') add(element, href, rel === 'alternate' ? 'atom-alternate' : rel);
    else if (element.name === 'feedburner:origlink') add(element, element.text, 'original');
    else if (element.name === 'url') add(element, element.text, 'url');
  }
  return found;
}

function authors(item: XmlElement): string[] {
  const names = ['author', 'dc:creator', 'dc:contributor', 'atom:author', 'itunes:author'];
  return names.flatMap((name) =>
    item.children.filter(isNamed(name)).map((found) => {
      const person = child(found, 'name') ?? child(found, 'atom:name') ?? child(found, 'email');
      return person ? person.text : found.text;
    }),
  );
}

function categories(item: XmlElement): string[] {
  return item.children.flatMap((found) => {
    if (found.name === 'dc:subject' || found.name === 'media:category') return [found.text];
    if (found.name !== 'category' && found.name !== 'atom:category') return [];
    return [found.text.trim() || found.attributes.label || found.attributes.term || ''];
  });
}

/** Smaller pictures that stand for the entry, the publisher's own choice first. */
function thumbnails(item: XmlElement): string[] {
  const media = item.children.flatMap((element) =>
    element.name === 'media:group' ? element.children : [element],
  );
  const deep = media.flatMap((element) =>
    element.name === 'media:content' ? [element, ...element.children] : [element],
  );
  const isImage = ({ attributes: { type, medium, url } }: XmlElement) =>
    medium === 'image' ||
    type?.startsWith('image/') ||
    (!type && !medium && /\.(jpe?g|png|webp|gif)(\?|$)/i.test(url ?? ''));
  return [
    ...deep.filter(isNamed('media:thumbnail')).map(({ attributes, text }) => attributes.url ?? text),
    ...deep
      .filter(({ name }) => name === 'media:content')
      .filter(isImage)
      .map(({ attributes }) => attributes.url),
    ...item.children
      .filter(isNamed('enclosure'))
      .filter(isImage)
      .map(({ attributes }) => attributes.url),
    ...item.children.filter(isNamed('itunes:image')).map(({ attributes }) => attributes.href),
  ].filter((url): url is string => Boolean(url));
}
