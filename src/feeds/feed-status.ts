import type { Feed, FeedProblem } from '../model/feed.ts';

export type FeedState = 'new' | 'ok' | 'silent' | 'failing' | 'gone';

export interface FeedStatus {
  state: FeedState;
  lastSuccessAt: number | null;
  newestEntryAt: number | null;
  problem: FeedProblem | null;
}

/** How a feed is doing, worst first: gone for good, failing, silent beyond its rhythm. */
export function feedStatus({ poll }: Pick<Feed, 'poll'>): FeedStatus {
  const { lastSuccessAt, newestEntryAt, lastError } = poll;
  const problem = poll.failures > 0 || poll.goneAt !== null ? lastError : null;
  const state =
    poll.goneAt !== null
      ? 'gone'
      : poll.failures > 0
        ? 'failing'
        : lastSuccessAt === null
          ? 'new'
          : poll.silentSince !== null
            ? 'silent'
            : 'ok';
  return { state, lastSuccessAt, newestEntryAt, problem };
}
