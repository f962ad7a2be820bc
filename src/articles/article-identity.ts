import type { NewArticle } from '../model/article.ts';
import type { ParsedEntry } from '../model/feed.ts';
import { fold } from '../text/fold.ts';
import { isHomePage, leadsNowhere, urlKey } from './canonical-url.ts';

/** What makes entries of one document the same or not. */
interface Keys {
  url: string | null;
  guid: string | null;
  title: string;
  creditedTo: { name: string; domain: string | null } | null;
}

/** What an entry is known by; see `NewArticle`. */
type Identity = Required<Pick<NewArticle, 'identity' | 'otherIdentity' | 'titleKey' | 'creditedTo'>>;

/**
 * The identity of each entry of one document: its canonical URL where that tells the entries apart and is not the
 * front page, else its guid, else outlet, title and day. An aggregator's link that leads nowhere says nothing, and
 * the title and the outlet that it names stand in its place.
 */
export function identify(entries: readonly ParsedEntry[], outlet: string): Identity[] {
  const keys = entries.map(keysOf);
  const ambiguousUrls = ambiguous(keys, 'url', (a, b) => a.guid !== null && a.guid === b.guid);
  const ambiguousGuids = ambiguous(keys, 'guid', () => false);
  return keys.map(({ url, guid, title, creditedTo }, i): Identity => {
    const byGuid = guid !== null && !ambiguousGuids.has(guid) ? `guid:${outlet}:${guid}` : null;
    // A guid that is the address again, with a version perhaps, tells no more than that.
    const otherIdentity =
      url !== null && guid !== null && withoutQuery(guid) === withoutQuery(url) ? null : byGuid;
    const known = { otherIdentity, titleKey: title, creditedTo };
    if (creditedTo)
      return { ...known, identity: `title:${(creditedTo.domain ?? creditedTo.name).toLowerCase()}:${title}` };
    if (url !== null && !ambiguousUrls.has(url)) return { ...known, identity: `url:${url}` };
    if (byGuid !== null) return { ...known, identity: byGuid, otherIdentity: null };
    // Without a date there is no day to add: with the day of the poll it would be new every day.
    const day = entries[i]!.published?.slice(0, 10) ?? 'undated';
    return { ...known, identity: `hash:${outlet}:${title} ${day}` };
  });
}

function keysOf(entry: ParsedEntry): Keys {
  const url = entry.url === null ? null : urlKey(entry.url);
  // A guid that is an address changes like one.
  const address = entry.id === null ? null : urlKey(entry.id);
  const { title, creditedTo } =
    url !== null && leadsNowhere(url) ? creditOf(entry) : { title: entry.title, creditedTo: null };
  return {
    url: url === null || isHomePage(url) ? null : url,
    guid: address === null ? entry.id : isHomePage(address) ? null : address,
    title: titleKey(title ?? entry.text ?? ''),
    creditedTo,
  };
}

/** Aggregators write "Title - Outlet", and the outlet once more in `source`. */
function creditOf({ title, source }: ParsedEntry): Pick<Keys, 'creditedTo'> & { title: string | null } {
  const found = /^(.+) [-–—] ([^-–—]{1,80})$/su.exec(title?.slice(0, 500) ?? '');
  const suffix = ` - ${source?.name}`;
  const bare = source && title?.endsWith(suffix) ? title.slice(0, -suffix.length) : (found?.[1] ?? title);
  const name = source?.name ?? found?.[2]?.trim();
  if (!name) return { title, creditedTo: null };
  const domain = URL.parse(source?.url ?? '')?.hostname.replace(/^www\d?\./, '') || null;
  return { title: bare, creditedTo: { name, domain } };
}

function withoutQuery(key: string): string {
  return key.split(/[?#]/, 1)[0]!;
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
