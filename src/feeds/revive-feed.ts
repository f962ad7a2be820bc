import type { Feed } from '../model/feed.ts';
import type { Store } from '../store/store.ts';

/** Takes up a feed again that was given up as gone: a person says so. @returns whether it had been given up */
export async function reviveFeed({ feeds }: Pick<Store, 'feeds'>, feed: Feed, now: number): Promise<boolean> {
  if (feed.poll.goneAt === null) return false;
  await feeds.finishPoll(feed.id, {
    ...feed.poll,
    goneAt: null,
    failures: 0,
    lastError: null,
    nextPollAt: now,
  });
  return true;
}
