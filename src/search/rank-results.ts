import type { SearchCandidate } from '../store/store.ts';
import { findHits } from './find-hits.ts';
import type { QueryNode } from './query.ts';

/** A story with the articles of it that were found, the best first; an article of no story stands alone. */
export interface RankedStory {
  storyId: number | null;
  /** Higher is better; for comparing within one search. */
  score: number;
  articleIds: number[];
}

/** Age, ms, at which an article counts half as much as a fresh one. */
const HALF_LIFE = 14 * 86_400_000;
/** What a query's words in the headline are worth beside those that stand in the text only. */
const TITLE = 2;
/** A story that many report matters more; its tenth report less than its second. */
const BREADTH = 0.25;

/**
 * Orders what was found: words in the headline before words in the text, news before archive, agencies and
 * papers of record before the rest, a story of many reports before a single one. Ties go to the newer article.
 */
export function rankResults(
  candidates: readonly SearchCandidate[],
  root: QueryNode,
  now: number,
): RankedStory[] {
  const scored = candidates.map((candidate) => ({ candidate, score: scoreArticle(candidate, root, now) }));
  scored.sort((a, b) => b.score - a.score || b.candidate.id - a.candidate.id);
  const stories = new Map<string, RankedStory>();
  for (const { candidate, score } of scored) {
    const key = candidate.storyId === null ? `article ${candidate.id}` : `story ${candidate.storyId}`;
    const known = stories.get(key);
    if (known) known.articleIds.push(candidate.id);
    else stories.set(key, { storyId: candidate.storyId, score, articleIds: [candidate.id] });
  }
  for (const story of stories.values()) story.score *= 1 + BREADTH * Math.log2(story.articleIds.length);
  return [...stories.values()].sort(
    (a, b) => b.score - a.score || Math.max(...b.articleIds) - Math.max(...a.articleIds),
  );
}

function scoreArticle({ title, published, tier }: SearchCandidate, root: QueryNode, now: number): number {
  const inTitle = new Set(findHits(root, { title, text: '' }).map((hit) => hit.word)).size;
  const age = Math.max(0, now - published);
  return (1 + TITLE * Math.min(inTitle, 3)) * 0.5 ** (age / HALF_LIFE) * (1.3 - 0.1 * tier);
}
