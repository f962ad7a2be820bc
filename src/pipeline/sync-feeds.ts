import type { FeedsFile } from '../config/schema.ts';
import type { Store } from '../store/store.ts';

/** First polls are spread over this time, so that a start is no stampede. */
const SPREAD_MS = 30_000;

/**
 * Brings the store's instance feeds in line with the configuration: new ones are added, changed ones updated,
 * and those that are no longer listed removed. Feeds that people added in chat stay as they are.
 */
export async function syncFeeds(
  store: Store,
  outlets: FeedsFile['outlets'],
  now: number,
  random: () => number,
): Promise<{ added: number; removed: number }> {
  const known = new Map((await store.feeds.list(['instance'])).map((feed) => [feed.url, feed]));
  let added = 0;
  for (const { feeds, ...rest } of outlets) {
    const outlet = await store.outlets.save({
      ...rest,
      domain: domainOf(feeds[0]!.url),
      language: feeds[0]!.language,
    });
    for (const { url, language, title, fullText } of feeds) {
      const before = known.get(url);
      known.delete(url);
      const wanted = { language, fullText, outletId: outlet.id, ...(title ? { title } : {}) };
      if (before) await store.feeds.update(before.id, wanted);
      else {
        const nextPollAt = now + Math.floor(random() * SPREAD_MS);
        await store.feeds.add({
          url,
          scope: 'instance',
          title: title ?? null,
          nextPollAt,
          language,
          fullText,
          outletId: outlet.id,
        });
        added++;
      }
    }
  }
  for (const feed of known.values()) await store.feeds.remove(feed.id);
  return { added, removed: known.size };
}

function domainOf(url: string): string {
  return new URL(url).hostname.replace(/^(www|rss|feeds)\./, '');
}
