import type { Article } from '../model/article.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { PendingAlert, Subscription } from '../model/subscription.ts';
import { findHits, showHits } from '../search/find-hits.ts';
import { parseQuery } from '../search/parse-query.ts';
import { type Query, QueryError } from '../search/query.ts';
import type { Store } from '../store/store.ts';
import { createMatcher } from '../subscriptions/match-subscriptions.ts';
import { alertDueAt } from '../subscriptions/plan-alerts.ts';
import type { ProcessedArticle } from './process-articles.ts';

/** Articles from which the matcher learns what is rare, before it takes up the subscriptions. */
const LEARNED = 2_000;
/** Words kept of one match: an alert shows a few. */
const WORDS_KEPT = 5;

export interface AlertQueue {
  /**
   * Matches a batch against all subscriptions and stores what they want, in the transaction of the batch:
   * alerts are queued with it or not at all.
   */
  queue(store: Store, processed: readonly ProcessedArticle[], now: number): Promise<void>;
}

/** Holds all subscriptions in memory, kept up to date by the store's version counter. */
export function createAlertQueue(): AlertQueue {
  const subscriptions = new Map<number, { subscription: Subscription; query: Query | null }>();
  /** Subscription id → the story it follows. */
  const followers = new Map<number, number>();
  // Few articles are relevant to a topic, and most subscriptions see only those.
  const ofTopics = createMatcher();
  const ofAny = createMatcher();
  let version = -1;

  async function update(store: Store): Promise<void> {
    if (version < 0) {
      const last = await store.articles.lastSequence();
      for (const article of await store.articles.since(Math.max(0, last - LEARNED), LEARNED)) {
        ofTopics.learn(article);
        ofAny.learn(article);
      }
    } else if ((await store.subscriptions.version()) === version) return;
    const changes = await store.subscriptions.changedSince(version);
    for (const id of changes.removed) drop(id);
    for (const subscription of changes.changed) {
      drop(subscription.id);
      if (!subscription.paused) take(subscription);
    }
    version = changes.version;
  }

  function drop(id: number): void {
    const known = subscriptions.get(id);
    if (!known) return;
    subscriptions.delete(id);
    followers.delete(id);
    ofTopics.remove(id);
    ofAny.remove(id);
  }

  function take(subscription: Subscription): void {
    const { id, storyId, languages, themes } = subscription;
    if (storyId !== null) {
      followers.set(id, storyId);
      subscriptions.set(id, { subscription, query: null });
      return;
    }
    const query = parseQuery(subscription.query);
    // Checked when it was saved; a query that a later grammar refuses stays listed and matches nothing.
    if (query instanceof QueryError) return;
    subscriptions.set(id, { subscription, query });
    const matcher = query.anyTopic ? ofAny : ofTopics;
    matcher.add({ id, query, topics: null, languages, themes });
  }

  return {
    async queue(store, processed, now) {
      await update(store);
      if (!subscriptions.size) return;
      const topicsOf = await scopeTopics(store);
      const followed = await followersByStory(store, followers);
      const alerts: Omit<PendingAlert, 'id'>[] = [];
      for (const { article, verdicts, storyId } of processed) {
        if (article.backfill) continue;
        const relevant = new Set(verdicts.filter((v) => v.relevant).map((v) => v.topic));
        const ids = ofAny.match(article, verdicts);
        if (relevant.size) ids.push(...ofTopics.match(article, verdicts));
        const wanted = ids.filter((id) => {
          const { subscription, query } = subscriptions.get(id)!;
          if (!maySee(subscription.scope, article)) return false;
          const topics = topicsOf.get(subscription.scope) ?? [];
          return query!.anyTopic || !topics.length || topics.some((topic) => relevant.has(topic));
        });
        if (storyId !== null)
          for (const id of followed.get(storyId) ?? [])
            if (maySee(subscriptions.get(id)!.subscription.scope, article)) wanted.push(id);
        if (!wanted.length) continue;
        // A revision that no topic wants has left its story: told anew, it would be told twice.
        if (storyId === null && article.revision > 1) continue;
        const story = storyId ?? (await ownStory(store, article, now));
        for (const id of wanted) {
          const { subscription, query } = subscriptions.get(id)!;
          const hits = query ? findHits(query.root, article) : [];
          alerts.push({
            subscriptionId: id,
            destinationId: subscription.destinationId,
            articleId: article.id,
            storyId: story,
            words: showHits(hits, article.text, WORDS_KEPT),
            dueAt: alertDueAt(subscription, now),
          });
        }
      }
      await store.subscriptions.queueAlerts(alerts);
    },
  };
}

function maySee(scope: Scope, article: Article): boolean {
  const audience = audienceOf(scope);
  return article.scopes.some((s) => audience.includes(s));
}

/** Topics that a server or workspace has chosen; none chosen means all. */
async function scopeTopics(store: Store): Promise<Map<Scope, string[]>> {
  return new Map((await store.settings.list()).map(({ scope, topics }) => [scope, topics]));
}

/** A story that was merged into another is followed there. */
async function followersByStory(
  store: Store,
  followers: ReadonlyMap<number, number>,
): Promise<Map<number, number[]>> {
  const present = new Map<number, number>();
  for (const id of new Set(followers.values())) present.set(id, (await store.stories.get(id))?.id ?? id);
  const byStory = new Map<number, number[]>();
  for (const [subscription, storyId] of followers) {
    const id = present.get(storyId)!;
    byStory.set(id, [...(byStory.get(id) ?? []), subscription]);
  }
  return byStory;
}

/** An article that no topic wants is in no story; what `topic:any` alerts of is one all the same. */
async function ownStory(store: Store, article: Article, now: number): Promise<number> {
  const known = await store.stories.ofArticle(article.id);
  if (known) return known.id;
  const id = await store.stories.nextId();
  await store.stories.create({ id, at: now });
  await store.stories.join(
    { storyId: id, articleId: article.id, originId: article.id, joinedAt: now },
    'subscription',
  );
  return id;
}
