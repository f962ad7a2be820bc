import type { FeedProblem, NoFeed, OpmlFault } from '../model/feed.ts';
import type { Scope } from '../model/scope.ts';
import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';
import type { Store } from '../store/store.ts';
import { createFeedAdder } from './add-feed.ts';
import { readOpml } from './opml.ts';

export interface ImportLine {
  /** The entry as it stands in the list. */
  text: string;
  /** Its address, null where it has none that can be read. */
  url: string | null;
  outcome: 'added' | 'duplicate' | 'invalid';
  reason: string | null;
}

export interface Import {
  /** In the order of the list. */
  lines: ImportLine[];
  /** What is wrong with the list as a whole. */
  faults: OpmlFault[];
}

export interface ImportRules {
  /** Why an address is not read, in words; null where it may be. */
  check(url: string): string | null;
  /** Feeds that may be added; any number where omitted. */
  room?: number;
  /** Why no more are added, in words. */
  full?: string;
  /** Why a feed is not added again, in words. */
  known?: string;
  /** Why an entry is no feed, in words; {a} is its address. */
  noFeed?: Record<NoFeed, string>;
}

const NO_FEED: Record<NoFeed, string> = {
  'no-address': 'it names no feed (xmlUrl is missing)',
  'bad-address': '“{a}” is no http or https address',
};
const MOST_BYTES = 2 ** 20;
/** Between the first polls of what a list adds: hundreds are no stampede. */
const PACE_MS = 1_000;

/** The list at an address that a person gave, or why there is none. */
export async function fetchOpml(
  url: string,
  client: HttpClient,
  signal?: AbortSignal,
): Promise<{ bytes: Uint8Array } | { problem: FeedProblem['code'] }> {
  try {
    const options = { maxBytes: MOST_BYTES, ...(signal ? { signal } : {}) };
    const { status, body } = await client.fetchBytes(url, options);
    return status < 300 ? { bytes: body } : { problem: 'http-status' };
  } catch (error) {
    if (error instanceof HttpProblem) return { problem: error.code };
    throw error;
  }
}

/** Adds the feeds of an OPML list; one bad entry stops nothing. @throws Error where it is no OPML at all */
export async function importOpml(
  store: Pick<Store, 'feeds' | 'outlets'>,
  bytes: Uint8Array,
  scope: Scope,
  now: number,
  rules: ImportRules,
): Promise<Import> {
  const { check, room = Number.POSITIVE_INFINITY, full = '', known = 'it is read already' } = rules;
  const { noFeed = NO_FEED } = rules;
  const { entries, faults } = readOpml(bytes);
  const adder = await createFeedAdder(store, scope);
  const lines: ImportLine[] = [];
  let added = 0;
  for (const entry of entries) {
    if (!entry.feed) {
      const reason = noFeed[entry.reason].replace('{a}', () => entry.address);
      lines.push({ text: entry.text, url: null, outcome: 'invalid', reason });
      continue;
    }
    const { url, title, page, language } = entry.feed;
    const line = (outcome: ImportLine['outcome'], why: string | null) =>
      lines.push({ text: title ?? url, url, outcome, reason: why });
    // What is known already takes no room.
    if (adder.find(url)) {
      line('duplicate', known);
      continue;
    }
    const refused = check(url) ?? (added < room ? null : full);
    if (refused !== null) {
      line('invalid', refused);
      continue;
    }
    const { outcome } = await adder.add({ url, title, link: page, language }, now + added * PACE_MS);
    if (outcome === 'added') added++;
    line(outcome === 'added' ? 'added' : 'duplicate', outcome === 'added' ? null : known);
  }
  return { lines, faults };
}
