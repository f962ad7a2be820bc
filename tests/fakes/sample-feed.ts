import type { Feed } from '../../src/model/feed.ts';

/** A feed of the instance that has not been polled yet, as the store gives it. */
export function sampleFeed(url: string, now = 0): Feed {
  return {
    id: 1,
    url,
    movedFrom: null,
    scope: 'instance',
    outletId: 1,
    outlet: { slug: 'sample-wire', name: 'Sample Wire', tier: 1, stateMedia: false, paywalled: false },
    title: null,
    language: 'en',
    fullText: 'never',
    poll: {
      etag: null,
      lastModified: null,
      bodyHash: null,
      intervalMs: 900_000,
      nextPollAt: now,
      failures: 0,
      lastError: null,
      lastPolledAt: null,
      lastSuccessAt: null,
      newestEntryAt: null,
      silentSince: null,
      goneAt: null,
      redirect: null,
      habits: null,
    },
  };
}
