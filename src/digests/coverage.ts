import type { Coverage } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import type { OutletRef } from '../model/outlet.ts';

type CoveredFeed = Pick<Feed, 'outlet' | 'language' | 'title' | 'poll'> & { outletId: number };

/**
 * What was read for a window: the line that keeps a quiet day and a broken one apart.
 * @param since start of the window: a feed was read if it answered after it
 */
export function coverageOf(
  feeds: readonly CoveredFeed[],
  since: number,
): Omit<Coverage, 'articles' | 'stories'> {
  const names = feedNames(feeds);
  const wasRead = (feed: CoveredFeed) => feed.poll.lastSuccessAt !== null && feed.poll.lastSuccessAt > since;
  const failing = feeds.filter((feed) => !wasRead(feed) && feed.poll.lastPolledAt !== null);
  const silent = feeds
    .filter((feed) => wasRead(feed) && feed.poll.silentSince !== null)
    .sort((a, b) => a.poll.silentSince! - b.poll.silentSince!);
  return {
    feedsRead: feeds.filter(wasRead).length,
    feedsTotal: feeds.length,
    silent: silent.map((feed) => names.get(feed)!),
    failing: failing.map((feed) => ({
      name: names.get(feed)!,
      reason: feed.poll.lastError?.message ?? 'no answer yet',
    })),
  };
}

/** An outlet with one feed goes by its name, one with several by name and language or title. */
function feedNames(feeds: readonly CoveredFeed[]): Map<CoveredFeed, string> {
  const byOutlet = Map.groupBy(feeds, (feed) => feed.outletId);
  return new Map(feeds.map((feed) => [feed, nameOf(feed, feed.outlet, byOutlet.get(feed.outletId)!)]));
}

function nameOf(feed: CoveredFeed, outlet: OutletRef, siblings: readonly CoveredFeed[]): string {
  if (siblings.length === 1) return outlet.name;
  const sameLanguage = siblings.filter((other) => other.language === feed.language).length > 1;
  return [outlet.name, feed.language, sameLanguage ? feed.title : null].filter(Boolean).join(' ');
}
