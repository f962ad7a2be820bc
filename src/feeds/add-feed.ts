import type { Feed } from '../model/feed.ts';
import type { Outlet } from '../model/outlet.ts';
import type { Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';

export interface FeedToAdd {
  url: string;
  scope: Scope;
  /** What the feed calls itself. */
  title: string | null;
  /** The site's page. */
  link: string | null;
  language: string | null;
}

/** Adds a feed that a person named. Its outlet is the one known by its domain, else a new one of the lowest tier. */
export async function addFeed(
  store: Pick<Store, 'feeds' | 'outlets'>,
  { url, scope, title, link, language }: FeedToAdd,
  now: number,
): Promise<{ feed: Feed; added: boolean }> {
  const domain = domainOf(link ?? url) ?? domainOf(url)!;
  const outlets = await store.outlets.list();
  const outlet =
    outlets.find((known) => known.domain === domain) ??
    (await newOutlet(store, outlets, domain, title, language));
  return store.feeds.add({
    url,
    scope,
    outletId: outlet.id,
    title,
    language,
    fullText: 'never',
    nextPollAt: now,
  });
}

/** A slug that nobody has: saving under a known one would rename that outlet. */
function newOutlet(
  store: Pick<Store, 'outlets'>,
  outlets: readonly Outlet[],
  domain: string,
  title: string | null,
  language: string | null,
): Promise<Outlet> {
  const taken = new Set(outlets.map(({ slug }) => slug));
  const stem = domain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'outlet';
  let slug = stem;
  for (let n = 2; taken.has(slug); n++) slug = `${stem}-${n}`;
  return store.outlets.save({
    slug,
    name: (title ?? domain).slice(0, 80),
    domain,
    country: null,
    language: language ?? 'und',
    tier: 3,
    stateMedia: false,
    paywalled: false,
  });
}

function domainOf(url: string): string | null {
  return URL.parse(url)?.hostname.replace(/^(?:www|rss|feeds?|m)\./, '') || null;
}
