import type { Article, ArticleContent } from '../model/article.ts';
import type { StoryMember } from '../model/story.ts';
import type { Kind, Verdict } from '../model/topic.ts';

/** One member of a story as ranking, comparing and rendering read it: the article with what was made of it. */
export interface StoryReport extends ArticleContent {
  articleId: number;
  revision: number;
  originId: number;
  /** Ingest time, ms UTC. */
  joinedAt: number;
  kind: Kind;
  /** 0 to 1. */
  relevance: number;
  /** Entity slugs. */
  entities: string[];
}

/** Joins what the store holds of one member; without a verdict it is a report of unknown relevance. */
export function storyReport(
  article: Article,
  member: Pick<StoryMember, 'originId' | 'joinedAt'>,
  verdict: Pick<Verdict, 'kind' | 'score' | 'entities'> | null,
): StoryReport {
  return {
    articleId: article.id,
    revision: article.revision,
    url: article.url,
    title: article.title,
    text: article.text,
    language: article.language,
    published: article.published,
    outlet: article.outlet,
    originId: member.originId,
    joinedAt: member.joinedAt,
    kind: verdict?.kind ?? 'report',
    relevance: verdict?.score ?? 0,
    entities: verdict?.entities ?? [],
  };
}

/** How many reports have told it first-hand: equal origins are one. */
export function countOrigins(reports: readonly Pick<StoryReport, 'originId'>[]): number {
  return new Set(reports.map((report) => report.originId)).size;
}

/** The country whose state media alone carry the story, null where anybody else does. */
export function onlyStateMedia(reports: readonly Pick<StoryReport, 'outlet'>[]): string | null {
  const country = reports[0]?.outlet.country ?? null;
  if (country === null) return null;
  return reports.every(({ outlet }) => outlet.stateMedia && outlet.country === country) ? country : null;
}
