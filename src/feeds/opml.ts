import type { Opml } from 'feedsmith';
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

export interface OpmlList {
  feeds: OpmlFeed[];
  /** Entries that name no address that can be fetched, as they stand. */
  invalid: { text: string; reason: string }[];
}

/** Reads OPML that other readers wrote, broken ones too. @throws Error where it is no OPML at all */
export function readOpml(bytes: Uint8Array): OpmlList {
  const { root } = readXml(decodeFeed(bytes).text);
  const body = root.name === 'opml' ? (root.children.find(({ name }) => name === 'body') ?? root) : null;
  if (!body) throw new Error('this is no OPML: its first element is not <opml>');
  const list: OpmlList = { feeds: [], invalid: [] };
  for (const outline of body.children) readOutline(outline, [], list);
  return list;
}

function readOutline(outline: XmlElement, folders: string[], list: OpmlList): void {
  if (outline.name !== 'outline') return;
  const { text, title, xmlurl, url, htmlurl, language } = outline.attributes;
  const label = (title || text || '').trim();
  const address = (xmlurl ?? (outline.attributes.type === 'rss' ? url : undefined))?.trim();
  if (address !== undefined) {
    const parsed = URL.parse(
      address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'),
    );
    if (parsed && /^https?:$/.test(parsed.protocol))
      list.feeds.push({
        url: parsed.href,
        title: label === '' || label === address ? null : label,
        page: htmlurl?.trim() || null,
        language: language?.trim().toLowerCase().split('-')[0] || null,
        folders,
      });
    else
      list.invalid.push({
        text: label || address || '(empty)',
        reason: `“${address}” is no http or https address`,
      });
  } else if (!outline.children.length)
    list.invalid.push({ text: label || '(empty)', reason: 'it names no feed (xmlUrl is missing)' });
  for (const child of outline.children) readOutline(child, label ? [...folders, label] : folders, list);
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
