import type { FeedsFile } from '../config/schema.ts';
import type { Store } from '../store/store.ts';
import { spreadPolls } from './spread-polls.ts';

/**
 * Brings the store's instance feeds in line with the configuration: new ones are added, changed ones updated,
 * and those that are no longer listed removed. Feeds that people added in chat stay as they are.
 * @param spreadMs the longest time over which first polls are spread; 0 for all at once
 */
export async function syncFeeds(
  store: Store,
  outlets: FeedsFile['outlets'],
  now: number,
  spreadMs: number,
): Promise<{ added: number; removed: number }> {
  const known = await store.feeds.list(['instance']);
  const unlisted = new Set(known.map(({ id }) => id));
  // One that has moved since it was listed is still the one that was listed.
  const byUrl = new Map([
    ...known.map((feed) => [feed.url, feed] as const),
    ...known.map((feed) => [feed.movedFrom ?? feed.url, feed] as const),
  ]);
  const count = outlets.flatMap(({ feeds }) => feeds).filter(({ url }) => !byUrl.has(url)).length;
  const turns = spreadPolls(count, now, spreadMs);
  let added = 0;
  for (const { feeds, ...rest } of outlets) {
    const outlet = await store.outlets.save({
      ...rest,
      domain: domainOf(feeds[0]!.url),
      language: feeds[0]!.language,
    });
    for (const { url, language, title, fullText } of feeds) {
      const before = byUrl.get(url);
      const wanted = { language, fullText, outletId: outlet.id, ...(title ? { title } : {}) };
      if (before) {
        unlisted.delete(before.id);
        await store.feeds.update(before.id, wanted);
        // The operator has written down where it lives now.
        if (before.movedFrom !== null && url === before.url) await store.feeds.relocate(before.id, url, null);
      } else
        await store.feeds.add({
          url,
          scope: 'instance',
          title: title ?? null,
          nextPollAt: turns[added++]!,
          language,
          fullText,
          outletId: outlet.id,
        });
    }
  }
  for (const id of unlisted) await store.feeds.remove(id);
  return { added, removed: unlisted.size };
}

function domainOf(url: string): string {
  return new URL(url).hostname.replace(/^(www|rss|feeds)\./, '');
}
