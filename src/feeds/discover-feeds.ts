import type { FeedProblem, ParsedFeed } from '../model/feed.ts';
import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';
import { decodeFeed } from './decode-feed.ts';
import type { FeedParser } from './feed-parser.ts';
import { ACCEPT, describeStatus } from './fetch-feed.ts';
import { namedFeeds } from './named-feeds.ts';
import { isOpml } from './opml.ts';

export interface DiscoveredFeed {
  url: string;
  feed: ParsedFeed;
}

export interface Discovery {
  /** Feeds that were read, the page's own order, those that look like comments last. */
  found: DiscoveredFeed[];
  /** Why there is none, in words. */
  problem: FeedProblem | null;
}

export interface DiscoverDeps {
  client: HttpClient;
  parser: FeedParser;
}

/** Addresses that are tried where a page names no feed. */
const USUAL = ['/feed/', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json'];
/** Feeds of one page that are read. */
const MOST = 6;
const PAGE_BYTES = 2 * 2 ** 20;

/** The feeds behind an address that a person gave: the feed itself, or those of the page. Never throws but for `signal`. */
export async function discoverFeeds(
  url: string,
  deps: DiscoverDeps,
  signal?: AbortSignal,
): Promise<Discovery> {
  const first = await read(typedAddress(url), deps, signal);
  if ('feed' in first) return { found: [first], problem: null };
  if (!first.page) return { found: [], problem: first.problem };
  const named = namedFeeds(first.page.html, first.page.url);
  const origin = new URL(first.page.url).origin;
  const candidates = named.length ? named : USUAL.map((path) => origin + path);
  const found: DiscoveredFeed[] = [];
  for (const candidate of candidates.slice(0, MOST + 1)) {
    const answer = await read(candidate, deps, signal);
    if ('feed' in answer && !found.some((other) => other.url === answer.url)) found.push(answer);
    // One usual address that works is enough.
    if (found.length && !named.length) break;
  }
  if (found.length) return { found, problem: null };
  return {
    found,
    problem: {
      code: 'not-a-feed',
      message: named.length
        ? 'the page names feeds, but none of them can be read'
        : 'this is a web page that names no feed, and there is none at the usual addresses',
    },
  };
}

/** What a person typed as the address it stands for: where no scheme is named, it is https. Of `example.org:8080` the first half is none. */
export function typedAddress(typed: string): string {
  const address = typed.trim();
  return /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address) ? address : `https://${address}`;
}

type Answer = DiscoveredFeed | { problem: FeedProblem; page: { html: string; url: string } | null };

async function read(url: string, { client, parser }: DiscoverDeps, signal?: AbortSignal): Promise<Answer> {
  try {
    const answer = await client.fetchBytes(url, { headers: { accept: ACCEPT }, deadlineMs: 15_000, signal });
    const { status, finalUrl, permanentUrl, body } = answer;
    if (status !== 200)
      return { problem: { code: 'http-status', status, message: describeStatus(status) }, page: null };
    const contentType = String(answer.headers['content-type'] ?? '');
    const { feed, problem } = await parser.parse(body, { url: finalUrl, contentType });
    // A temporary redirect leads elsewhere tomorrow: what is kept is the address that was asked.
    if (feed) return { url: permanentUrl ?? new URL(url).href, feed };
    const isPage = problem.code === 'not-a-feed' && body.length <= PAGE_BYTES;
    const html = isPage ? decodeFeed(body, contentType).text : '';
    const hasTags = /<(?:html|head|body|link|title)\b/i.test(html) && !isOpml(html);
    return { problem, page: hasTags ? { html, url: finalUrl } : null };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { problem: { code: error.code, message: error.message }, page: null };
  }
}
