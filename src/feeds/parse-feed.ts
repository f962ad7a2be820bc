import type { FeedProblem, ParsedFeed } from '../model/feed.ts';
import { decodeFeed } from './decode-feed.ts';
import { finishFeed } from './finish-feed.ts';
import { hasOddCharacters } from './odd-characters.ts';
import { isOpml } from './opml.ts';
import type { RawFeed } from './raw-feed.ts';
import { readJsonFeed } from './read-json-feed.ts';
import { isOrdinary, readOrdinaryFeed } from './read-ordinary-feed.ts';
import { readXml } from './read-xml.ts';
import { readXmlFeed } from './read-xml-feed.ts';

export interface FeedSource {
  /** Where the document came from: relative links are resolved against it. */
  url?: string | null;
  contentType?: string | null;
}

export type ParseResult = { feed: ParsedFeed; problem: null } | { feed: null; problem: FeedProblem };

/** Characters up to which rss-parser reads: our own reader takes a sixth of its time, which tells on feeds of a day's news. */
const ORDINARY_SIZE = 8 * 1024;

/** A feed document in any format and state. Never throws: what cannot be read is a problem in words. */
export async function parseFeed(bytes: Uint8Array, source: FeedSource = {}): Promise<ParseResult> {
  if (!bytes.length) return problem('not-a-feed', 'the document is empty');
  const { text, charset, warnings } = decodeFeed(bytes, source.contentType);
  try {
    const raw = await readRaw(text, warnings, () => charset === 'utf-8' && !hasOddCharacters(bytes));
    if (!raw) return problem('not-a-feed', describe(text, warnings));
    return { feed: finishFeed(raw, source.url ?? null, warnings), problem: null };
  } catch (error) {
    if (looksLikeHtml(text)) return problem('not-a-feed', describe(text, warnings));
    return problem('unparsable', `the document cannot be read: ${(error as Error).message}`);
  }
}

/** rss-parser where it does all there is to do, else our own reader, which takes whatever can be taken. */
async function readRaw(text: string, warnings: string[], isClean: () => boolean): Promise<RawFeed | null> {
  if (/^\s*[{[]/.test(text)) return readJsonFeed(text);
  if (text.length <= ORDINARY_SIZE && isOrdinary(text)) {
    try {
      return await readOrdinaryFeed(text);
    } catch {
      // It is not as ordinary as it looks.
    }
  }
  const document = readXml(text);
  warnings.push(...document.faults);
  const feed = readXmlFeed(document);
  return feed && { ...feed, clean: !document.namesOddCharacters && isClean() };
}

function problem(code: FeedProblem['code'], message: string): ParseResult {
  return { feed: null, problem: { code, message } };
}

function looksLikeHtml(text: string): boolean {
  const start = startOfMarkup(text);
  return /^<(?:!doctype html|html|head|body)\b/i.test(text.slice(start, start + 20));
}

/** Where space and comments at the beginning end. */
function startOfMarkup(text: string): number {
  const space = /\s*/y;
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : -1;
    if (end < 0) return at;
    at = end + 3;
  }
}

/** What stands there instead of a feed. */
function describe(text: string, warnings: string[]): string {
  if (isOpml(text)) return 'it is an OPML list of feeds, not a feed';
  if (!looksLikeHtml(text)) return warnings.length ? `it is no feed (${warnings[0]})` : 'it is no feed';
  const title = /<title[^<>]*>([^<]{1,120})/i.exec(text)?.[1]?.trim().replace(/\s+/g, ' ');
  return `it is a web page${title ? ` (“${title}”)` : ''}, not a feed`;
}
