import { canonicalUrl } from '../articles/canonical-url.ts';
import { type SlotEnd, whyShown } from '../deliveries/why-shown.ts';
import type { Article } from '../model/article.ts';
import type { Destination } from '../model/schedule.ts';
import type { Scope } from '../model/scope.ts';
import type { Store, StoredVerdict, StoryWithMembers } from '../store/store.ts';

/** Everything there is to say of a stored article. */
export interface ArticleExplained {
  article: Article;
  /** One for each topic that has judged its present revision. */
  verdicts: StoredVerdict[];
  story: StoryWithMembers | null;
  /** The earlier report it repeats. */
  duplicateOf: Article | null;
  ends: SlotEnd[];
}

/** Looks an article up by address, as given or without what trackers added. */
export async function findArticle(store: Store, url: string): Promise<Article | null> {
  const canonical = canonicalUrl(url);
  return (await store.articles.byUrl(url)) ?? (canonical ? await store.articles.byUrl(canonical) : null);
}

export async function explainArticle(
  store: Store,
  article: Article,
  destinations: readonly Destination[],
  now: number,
): Promise<ArticleExplained> {
  const [verdicts, story] = await Promise.all([
    store.verdicts.of(article.id),
    store.stories.ofArticle(article.id),
  ]);
  const member = story?.members.find((m) => m.articleId === article.id);
  const duplicateOf =
    member && member.originId !== article.id ? await store.articles.get(member.originId) : null;
  const relevant = verdicts.filter((verdict) => verdict.relevant).map((verdict) => verdict.topic);
  const ends: SlotEnd[] = [];
  if (story && relevant.length)
    for (const destination of destinations)
      ends.push(...(await whyShown(store, story, destination, relevant, member?.joinedAt ?? 0, now)));
  return { article, verdicts, story, duplicateOf, ends };
}

/** Whether an audience may see an article: what it may not see does not exist for it. */
export function isVisibleTo(article: Article, audience: readonly Scope[]): boolean {
  return article.scopes.some((own) => audience.includes(own));
}
