import type { Article } from '../model/article.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Store, StoryWithMembers } from '../store/store.ts';
import { type StoryReport, storyReport } from '../stories/story-report.ts';

/** A story as one audience may see it, for one topic. */
export interface VisibleStory {
  storyId: number;
  revision: number;
  /** By the operator, or by this scope for itself. */
  muted: boolean;
  topic: string;
  /** Relevant members (all, where `anyTopic` was asked for) that the audience may see, in join order. */
  reports: StoryReport[];
  articles: Map<number, Article>;
  /** Theme slugs, the most frequent first. */
  themes: string[];
  /** At least one visible report of the window is no backfill: only then may it be posted. */
  fresh: boolean;
}

/** Who looks: the scope whose settings hold, and whose articles it sees where they are more than its own. */
export interface Viewer {
  scope: Scope;
  scopes?: readonly Scope[];
}

/** Stories with something new in the ingest window `(since, until]`. */
export async function collectActive(
  store: Store,
  request: Viewer & { topics: string[]; since: number; until: number },
): Promise<VisibleStory[]> {
  const active = await store.stories.active(request.since, request.until);
  const found: VisibleStory[] = [];
  for (const topic of request.topics) found.push(...(await viewStories(store, active, topic, request)));
  return firstOfEach(found);
}

/** These stories whatever their age: for alerts and for what a person asks. */
export async function collectStories(
  store: Store,
  ids: number[],
  request: Viewer & { topics: string[]; until: number; anyTopic?: boolean },
): Promise<VisibleStory[]> {
  const stories = await store.stories.getMany(ids);
  const found: VisibleStory[] = [];
  for (const topic of request.topics)
    found.push(
      ...(await viewStories(store, stories, topic, { ...request, since: Number.NEGATIVE_INFINITY })),
    );
  return firstOfEach(found);
}

async function viewStories(
  store: Store,
  stories: StoryWithMembers[],
  topic: string,
  {
    scope,
    scopes = audienceOf(scope),
    since,
    until,
    anyTopic = false,
  }: Viewer & { since: number; until: number; anyTopic?: boolean },
): Promise<VisibleStory[]> {
  const ids = stories.flatMap((story) => story.members.map((member) => member.articleId));
  const pausedFeeds = (await store.settings.get(scope))?.pausedFeeds ?? [];
  const [articles, verdicts, hidden, muted] = await Promise.all([
    store.articles.getMany(ids),
    store.verdicts.ofMany(ids, topic),
    store.articles.onlyFrom(ids, pausedFeeds),
    store.stories.mutedFor(
      scope,
      stories.map(({ id }) => id),
    ),
  ]);
  const audience = new Set<Scope>(scopes);
  const isHidden = new Set(hidden);
  const isMuted = new Set(muted);
  const articleById = new Map(articles.map((article) => [article.id, article]));
  const verdictById = new Map(verdicts.map((verdict) => [verdict.articleId, verdict]));

  return stories.flatMap((story) => {
    const members = story.members.flatMap((member) => {
      const article = articleById.get(member.articleId);
      const verdict = verdictById.get(member.articleId);
      if (!article || !verdict || member.joinedAt > until || isHidden.has(article.id)) return [];
      if (!verdict.relevant && !anyTopic) return [];
      return article.scopes.some((s) => audience.has(s)) ? [{ member, article, verdict }] : [];
    });
    if (!members.length) return [];
    const themes = new Map<string, number>();
    for (const { verdict } of members)
      for (const [place, theme] of verdict.themes.entries())
        themes.set(theme, (themes.get(theme) ?? 0) + 1 / (1 + place));
    return {
      storyId: story.id,
      revision: story.revision,
      muted: story.muted || isMuted.has(story.id),
      topic,
      reports: members.map(({ article, member, verdict }) => storyReport(article, member, verdict)),
      articles: new Map(members.map(({ article }) => [article.id, article])),
      themes: [...themes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([theme]) => theme),
      fresh: members.some(({ article, member }) => !article.backfill && member.joinedAt > since),
    };
  });
}

/** A story that two topics want stands under the first. */
function firstOfEach(stories: VisibleStory[]): VisibleStory[] {
  const seen = new Set<number>();
  return stories.filter((story) => !seen.has(story.storyId) && seen.add(story.storyId));
}
