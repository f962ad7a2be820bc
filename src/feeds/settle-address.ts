import type { Feed, PollState } from '../model/feed.ts';
import type { Store } from '../store/store.ts';
import { isAdopted } from './fetch-feed.ts';

/** Failures in a row after which a feed that has moved is looked for at the address of the list again. */
const LOST_AFTER = 3;

/**
 * Writes down where a feed lives after a poll: a permanent redirect seen several times becomes its address; a new
 * address that has nothing, or has failed for long, gives way to the one that was added. Where another feed of the same
 * audience has the address already, the feed stays in the list as it was and is asked by way of its redirect.
 * @returns the poll state that fits
 */
export async function settleAddress(
  { feeds }: Pick<Store, 'feeds'>,
  feed: Feed,
  poll: PollState,
): Promise<PollState> {
  const listed = feed.movedFrom ?? feed.url;
  if (isAdopted(poll.redirect)) {
    const { url } = poll.redirect;
    const moved = await feeds.relocate(feed.id, url, url === listed ? null : listed);
    return moved ? { ...poll, redirect: null } : poll;
  }
  const status = poll.failures ? poll.lastError?.status : undefined;
  const isLost = status === 404 || status === 410 || poll.failures >= LOST_AFTER;
  if (feed.movedFrom !== null && isLost && (await feeds.relocate(feed.id, feed.movedFrom, null)))
    return { ...poll, redirect: null, etag: null, lastModified: null, goneAt: null };
  return poll;
}
