import type { ParsedEntry } from '../model/feed.ts';
import { fold } from '../text/fold.ts';
import { isHomePage, urlKey } from './canonical-url.ts';

/** What makes entries of one document the same or not. */
interface Keys {
  url: string | null;
  guid: string | null;
  title: string;
}

/**
 * The identity of each entry of one document: its canonical URL where that tells the entries apart and is not the
 * front page, else its guid, else outlet, title and day.
 */
export function identify(entries: readonly ParsedEntry[], outlet: string): string[] {
  const keys = entries.map((entry): Keys => {
    const url = entry.url === null ? null : urlKey(entry.url);
    // A guid that is an address changes like one.
    const address = entry.id === null ? null : urlKey(entry.id);
    return {
      url: url === null || isHomePage(url) ? null : url,
      guid: address === null ? entry.id : isHomePage(address) ? null : address,
      title: titleKey(entry.title ?? entry.text ?? ''),
    };
  });
  const ambiguousUrls = ambiguous(keys, 'url', (a, b) => a.guid !== null && a.guid === b.guid);
  const ambiguousGuids = ambiguous(keys, 'guid', () => false);
  return keys.map(({ url, guid, title }, i) => {
    if (url !== null && !ambiguousUrls.has(url)) return `url:${url}`;
    if (guid !== null && !ambiguousGuids.has(guid)) return `guid:${outlet}:${guid}`;
    // Without a date there is no day to add: with the day of the poll it would be new every day.
    const day = entries[i]!.published?.slice(0, 10) ?? 'undated';
    return `hash:${outlet}:${title} ${day}`;
  });
}

/** Values that different entries share. A document that carries one entry twice makes nothing ambiguous. */
function ambiguous(
  keys: readonly Keys[],
  by: 'url' | 'guid',
  same: (a: Keys, b: Keys) => boolean,
): Set<string> {
  const first = new Map<string, Keys>();
  const found = new Set<string>();
  for (const key of keys) {
    const value = key[by];
    if (value === null) continue;
    const before = first.get(value);
    if (!before) first.set(value, key);
    else if (before.title !== key.title && !same(before, key)) found.add(value);
  }
  return found;
}

/** A title without what editors touch: case, accents, spaces, punctuation. */
function titleKey(title: string): string {
  return fold(title.slice(0, 300))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
