import type { Scope } from '../model/scope.ts';
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
