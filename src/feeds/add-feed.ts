import type { Feed } from '../model/feed.ts';
import type { Outlet } from '../model/outlet.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { isAdopted } from './fetch-feed.ts';
import { reviveFeed } from './revive-feed.ts';

export interface FeedToAdd {
  url: string;
  /** What the feed calls itself. */
  title: string | null;
  /** The site's page. */
  link: string | null;
  language: string | null;
  fullText?: Feed['fullText'];
}

export interface AddedFeed {
  feed: Feed;
  /** Read already by this audience, or taken up again after it had been given up as gone. */
  outcome: 'added' | 'known' | 'revived';
}

export interface FeedAdder {
  /** The feed that this audience has already under an address, its former one, or the one it has moved to. */
  find(url: string): Feed | undefined;
  /** Adds a feed that a person named. Its outlet is the one known by its domain, else a new one of the lowest tier. */
  add(feed: FeedToAdd, now: number): Promise<AddedFeed>;
}

/** Adds feeds for one audience, whose feeds and outlets are looked up once. */
export async function createFeedAdder(
  store: Pick<Store, 'feeds' | 'outlets'>,
  scope: Scope,
): Promise<FeedAdder> {
  const outlets = await store.outlets.list();
  const known = new Map<string, Feed>();
  for (const feed of await store.feeds.list(audienceOf(scope))) remember(feed);
  const find = (url: string) => known.get(normalize(url));

  return {
    find,
    async add({ url, title, link, language, fullText }, now) {
      const before = find(url);
      if (before) {
        // What is asked for a feed of the configuration stands in the configuration.
        if (fullText !== undefined && before.scope === scope)
          await store.feeds.update(before.id, { fullText });
        const revived = await reviveFeed(store, before, now);
        return { feed: before, outcome: revived ? 'revived' : 'known' };
      }
      const domain = domainOf(link ?? url) ?? domainOf(url)!;
      const outlet =
        outlets.find((other) => other.domain === domain) ?? (await newOutlet(domain, title, language));
      const { feed, added } = await store.feeds.add({
        ...{ url, scope, outletId: outlet.id, title, language },
        fullText: fullText ?? 'never',
        nextPollAt: now,
      });
      remember(feed);
      return { feed, outcome: added ? 'added' : 'known' };
    },
  };

  function remember(feed: Feed): void {
    const { redirect } = feed.poll;
    for (const url of [feed.url, feed.movedFrom, isAdopted(redirect) ? redirect.url : null])
      if (url !== null) known.set(normalize(url), feed);
  }

  /** A slug that nobody has: saving under a known one would rename that outlet. */
  async function newOutlet(domain: string, title: string | null, language: string | null): Promise<Outlet> {
    const taken = new Set(outlets.map(({ slug }) => slug));
    const stem = domain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'outlet';
    let slug = stem;
    for (let n = 2; taken.has(slug); n++) slug = `${stem}-${n}`;
    const outlet = await store.outlets.save({
      slug,
      name: (title ?? domain).slice(0, 80),
      domain,
      country: null,
      language: language ?? 'und',
      tier: 3,
      stateMedia: false,
      paywalled: false,
    });
    outlets.push(outlet);
    return outlet;
  }
}

function normalize(url: string): string {
  return URL.parse(url)?.href ?? url;
}

function domainOf(url: string): string | null {
  return URL.parse(url)?.hostname.replace(/^(?:www|rss|feeds?|m)\./, '') || null;
}
