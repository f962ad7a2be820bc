import type { Opml } from 'feedsmith';
import type { NoFeed, OpmlFault } from '../model/feed.ts';
import { decodeFeed } from './decode-feed.ts';
import { readXml, type XmlElement } from './read-xml.ts';

/** One feed of a list that people carry from reader to reader. */
export interface OpmlFeed {
  url: string;
  title: string | null;
  /** The site's page. */
  page: string | null;
  language: string | null;
  /** Folders from the outside in. */
  folders: string[];
}

/** An entry as it stands in the list: a feed, or the reason why it is none. */
type OpmlEntry = { text: string } & (
  | { feed: OpmlFeed; reason: null }
  | { feed: null; reason: NoFeed; address: string }
);

export interface OpmlList {
  /** In the order of the document. */
  entries: OpmlEntry[];
  faults: OpmlFault[];
}

/** Reads OPML that other readers wrote, broken ones too. @throws Error where it is no OPML at all */
export function readOpml(bytes: Uint8Array): OpmlList {
  const { text } = decodeFeed(bytes);
  // An address that breaks off is another address, so a tag without its end is left out.
  const { root } = readXml(text.slice(0, text.lastIndexOf('>') + 1));
  if (root.name !== 'opml') throw new Error('this is no OPML: its first element is not <opml>');
  const bodies = root.children.filter(({ name }) => name === 'body');
  const list: OpmlList = { entries: [], faults: [] };
  for (const body of bodies.length ? bodies : [root])
    for (const outline of body.children) readOutline(outline, [], list);
  if (!/<\/opml\s*>\s*(?:<!--[\s\S]*-->\s*)?$/i.test(text.slice(-10_000))) list.faults.push('truncated');
  if (bodies.length > 1) list.faults.push('second-body');
  if (!list.entries.length) list.faults.push('empty');
  return list;
}

/** Whether a document is such a list, by its first element. */
export function isOpml(text: string): boolean {
  return /^\s*(?:<\?[^<>]*>\s*)?<opml\b/i.test(text.slice(0, 1_000));
}

function readOutline(outline: XmlElement, folders: string[], list: OpmlList): void {
  if (outline.name !== 'outline') return;
  const { text, title, xmlurl, url, htmlurl, language } = outline.attributes;
  const label = (title || text || '').trim();
  // Some readers write the attribute into folders too, with nothing in it.
  const address = (xmlurl?.trim() || (outline.attributes.type === 'rss' ? url?.trim() : '')) ?? '';
  const say = label || address || '(empty)';
  if (address !== '') {
    const href = feedAddress(address);
    if (href === null) list.entries.push({ text: say, feed: null, reason: 'bad-address', address });
    else
      list.entries.push({
        text: say,
        reason: null,
        feed: {
          url: href,
          title: label === '' || label === address ? null : label,
          page: htmlurl?.trim() || null,
          language: language?.trim().toLowerCase().split('-')[0] || null,
          folders,
        },
      });
  } else if (!outline.children.length)
    list.entries.push({ text: say, feed: null, reason: 'no-address', address });
  for (const child of outline.children) readOutline(child, label ? [...folders, label] : folders, list);
}

/** The address as it is fetched; `feed:` before it, with or without slashes, says only that it is a feed. */
function feedAddress(address: string): string | null {
  const plain = address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:(?:\/\/)?/i, 'http://');
  const url = URL.parse(plain);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** OPML 2.0 that other readers accept: one folder for each outlet. */
export async function writeOpml(title: string, feeds: readonly OpmlFeed[], now: number): Promise<string> {
  const { generateOpml } = await import('feedsmith');
  const folders = Map.groupBy(feeds, ({ folders: [folder] }) => folder ?? '');
  const outlines = [...folders].flatMap(([folder, members]): Outline[] => {
    const entries = members.map(outlineOf);
    return folder ? [{ text: folder, title: folder, outlines: entries }] : entries;
  });
  return generateOpml({ head: { title, dateCreated: new Date(now) }, body: { outlines } });
}

type Outline = Opml.Outline<Date, []>;

function outlineOf({ url, title, page, language }: OpmlFeed): Outline {
  const name = title ?? url;
  return {
    text: name,
    title: name,
    type: 'rss',
    xmlUrl: url,
    ...(page ? { htmlUrl: page } : {}),
    ...(language ? { language } : {}),
  };
}
