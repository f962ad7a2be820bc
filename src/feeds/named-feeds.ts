import { decodeHTMLAttribute } from 'entities';

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)\b|^application\/json\b/;
const FEED_ADDRESS = /(?:^|[/.?=])(?:rss|feed|feeds|atom)(?:$|[/.?&=]|\d)|\.(?:rss|rdf|atom)$/i;
/** Links of the page's text that are looked at, and characters of one tag. */
const MOST_LINKS = 20;
const LONGEST_TAG = 4_000;
const TAG = /<(base|link|a)\s([^<>]*)>/gi;
const ATTRIBUTE = /(?<![\w:-])([a-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi;

/**
 * The feeds that a page names: `<link rel="alternate">` with a feed's type, else links whose address looks like a
 * feed's; those of comments last. Reads tags and builds no tree: a page of nested elements holds up nobody.
 */
export function namedFeeds(html: string, pageUrl: string): string[] {
  const page = without(without(html, /<!--/g, /-->/g), /<script/gi, /<\/script/gi);
  let base: string | undefined;
  const links: string[] = [];
  const anchors: string[] = [];
  for (const [, name, attributes] of page.matchAll(TAG)) {
    if (attributes!.length > LONGEST_TAG) continue;
    const { href, rel, type } = readAttributes(attributes!);
    if (href === undefined) continue;
    const tag = name!.toLowerCase();
    if (tag === 'base') base ??= href;
    else if (tag === 'a') {
      if (anchors.length < MOST_LINKS && FEED_ADDRESS.test(href)) anchors.push(href);
    } else if (
      /(?:^|\s)alternate(?:\s|$)/i.test(rel ?? '') &&
      FEED_TYPE.test((type ?? '').trim().toLowerCase())
    )
      links.push(href);
  }
  const from = URL.parse(base ?? pageUrl, pageUrl)?.href ?? pageUrl;
  const urls = (links.length ? links : anchors).flatMap((href) => {
    const url = URL.parse(href, from);
    return url && /^https?:$/.test(url.protocol) ? url.href : [];
  });
  const isAside = (url: string) => /comment|kommentar|комментар/i.test(url);
  return [...new Set(urls)].sort((a, b) => Number(isAside(a)) - Number(isAside(b)));
}

function readAttributes(text: string): Record<string, string | undefined> {
  const found: Record<string, string> = {};
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE))
    found[name!.toLowerCase()] ??= decodeHTMLAttribute(double ?? single ?? bare ?? '');
  return found;
}

/** The text without what stands between the two marks; one that is not closed takes the rest. */
function without(text: string, open: RegExp, close: RegExp): string {
  let kept = '';
  let at = 0;
  for (;;) {
    open.lastIndex = at;
    const start = open.exec(text)?.index;
    if (start === undefined) return kept + text.slice(at);
    kept += text.slice(at, start);
    close.lastIndex = start;
    if (!close.test(text)) return kept;
    at = close.lastIndex;
  }
}
