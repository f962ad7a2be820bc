import { fill, formatNumber } from '../locale/labels.ts';
import { nothingWords } from '../locale/nothing-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import { audienceOf } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import { parseQuery } from '../search/parse-query.ts';
import { QueryError } from '../search/query.ts';
import { restrictQuery } from '../search/restrict-query.ts';
import { searchArticles } from '../search/search-articles.ts';
import { measureBreadth, WEEK } from '../subscriptions/manage-subscriptions.ts';
import type { CommandContext, Reply } from './command.ts';
import { describeSubscription } from './describe-subscription.ts';
import { nothingForQuery } from './nothing-found.ts';
import { refuse, say, text, weave } from './say.ts';
import { showFound } from './show-found.ts';
import { type SubscriptionDeps, topicsOf } from './subscription-deps.ts';

/** What a subscription would have brought last week; where that is nothing, the nearest that would have. */
export async function testSubscription(
  deps: SubscriptionDeps,
  subscription: Subscription,
  { actor, now }: CommandContext,
): Promise<Reply> {
  const { store } = deps;
  const words = subscriptionWords(actor.locale);
  const asked = parseQuery(subscription.query);
  if (subscription.storyId !== null || asked instanceof QueryError)
    return refuse(actor, [describeSubscription(subscription, actor.locale, deps.topics)]);
  const { scope } = subscription;
  const topics = await topicsOf(deps, { scope });
  const query = { ...asked, root: restrictQuery(asked, subscription) };
  const { matched, seen } = await measureBreadth(store, query, { scope, topics, now });
  const seeker = { store, actor, scopes: audienceOf(scope), topics, now };
  if (!matched)
    return say(actor, [
      text(...weave(nothingWords(actor.locale).nothingLastWeek, { a: { code: subscription.query } })),
      ...(await nothingForQuery(
        seeker,
        asked,
        (nearer) => ({
          call: { path: 'subscribe', options: { id: subscription.id, query: nearer } },
          form: true,
        }),
        { since: now - WEEK, languages: subscription.languages, themes: subscription.themes },
      )),
    ]);
  const results = await searchArticles(store, query, seeker, { size: 5, since: now - WEEK });
  const title = fill(words.testFound, {
    a: formatNumber(actor.locale, matched),
    b: formatNumber(actor.locale, seen),
  });
  return say(actor, [text(title), showFound(results.stories, actor.locale)]);
}
