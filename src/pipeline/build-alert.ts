import { buildStoryDigest } from '../digests/build-digest.ts';
import { collectStories } from '../digests/collect-stories.ts';
import { rememberStory } from '../digests/compose-story.ts';
import type { Shown } from '../model/delivery.ts';
import type { Digest } from '../model/digest.ts';
import type { Destination } from '../model/schedule.ts';
import type { Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { parseQuery } from '../search/parse-query.ts';
import { QueryError } from '../search/query.ts';
import type { Store } from '../store/store.ts';
import { storyChanges } from '../stories/story-changes.ts';
import type { StoryAlert } from '../subscriptions/plan-alerts.ts';
import type { AlertDeps } from './alert-deps.ts';

/** An alert's window reaches back so far, ms. */
const WINDOW_MS = 6 * 3_600_000;

/** The alert of one story, or null where the destination has nothing new to learn from it. */
export async function buildAlert(
  { store, topics, summarizer }: AlertDeps,
  story: StoryAlert,
  destination: Destination,
  now: number,
  signal?: AbortSignal,
): Promise<Digest | null> {
  const { scope } = story.matches[0]!.subscription;
  const seen = {
    scope,
    topics: topics.map((topic) => topic.slug),
    anyTopic: story.matches.some(({ subscription }) => seesAll(subscription)),
  };
  const [present] = await collectStories(store, [story.storyId], { ...seen, until: now });
  if (!present || present.muted) return null;
  const [before = null] = await store.deliveries.shown(destination.id, [story.storyId]);
  const wanted = [];
  for (const match of story.matches) {
    const { subscription } = match;
    const known = before ?? (await knownToFollower(store, subscription, seen));
    const { badge } = storyChanges(known, present.reports);
    if (badge === 'NEW' || (badge !== 'UNCHANGED' && subscription.updates)) wanted.push(match);
  }
  if (!wanted.length) return null;
  return buildStoryDigest(
    story.storyId,
    {
      ...seen,
      destinationId: destination.id,
      languages: destination.languages,
      zone: destination.zone,
      topics: [...topics],
      sentences: 2,
      window: { since: now - WINDOW_MS, until: now },
      at: now,
      late: false,
      matches: wanted.map(({ subscription, words }) => ({
        subscriptionId: subscription.id,
        query: subscription.query,
        ...(subscription.storyId === null ? {} : { storyId: subscription.storyId }),
        words,
      })),
    },
    { store, summarizer, signal },
  );
}

function seesAll({ query }: Subscription): boolean {
  const parsed = parseQuery(query);
  return !(parsed instanceof QueryError) && parsed.anyTopic;
}

/** Who follows a story has read it by then: what it said at that moment is known to them, though it was not shown here. */
async function knownToFollower(
  store: Store,
  { storyId, createdAt, destinationId }: Subscription,
  seen: { scope: Scope; topics: string[]; anyTopic: boolean },
): Promise<Shown | null> {
  if (storyId === null) return null;
  const [then] = await collectStories(store, [storyId], { ...seen, until: createdAt });
  if (!then) return null;
  return { ...rememberStory(then, null, []), destinationId, at: createdAt, via: 'alert', message: null };
}
