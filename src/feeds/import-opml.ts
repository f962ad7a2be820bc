import type { FeedProblem } from '../model/feed.ts';
import type { Scope } from '../model/scope.ts';
import type { HttpClient } from '../net/http-client.ts';
import { HttpProblem } from '../net/http-problem.ts';
import type { Store } from '../store/store.ts';
import { addFeed } from './add-feed.ts';
import { readOpml } from './opml.ts';

export interface ImportLine {
  /** The entry as it stands in the list. */
  text: string;
  outcome: 'added' | 'duplicate' | 'invalid';
  reason: string | null;
}

/** Feeds one import may add. */
const MOST = 500;
const MOST_BYTES = 2 ** 20;

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
  check: (url: string) => string | null = () => null,
): Promise<ImportLine[]> {
  const { feeds, invalid } = readOpml(bytes);
  const lines: ImportLine[] = invalid.map(({ text, reason }) => ({ text, outcome: 'invalid', reason }));
  for (const [index, { url, title, page, language }] of feeds.entries()) {
    const text = title ?? url;
    const refused = index < MOST ? check(url) : `only ${MOST} feeds are added at once`;
    if (refused !== null) {
      lines.push({ text, outcome: 'invalid', reason: refused });
      continue;
    }
    // Spread over some minutes: a list of hundreds is no stampede.
    const start = now + index * 1_000;
    const { added } = await addFeed(store, { url, scope, title, link: page, language }, start);
    lines.push({ text, outcome: added ? 'added' : 'duplicate', reason: added ? null : 'it is read already' });
  }
  return lines;
}
