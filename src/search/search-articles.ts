import type { Article } from '../model/article.ts';
import type { Store } from '../store/store.ts';
import { findHits } from './find-hits.ts';
import { makeSnippet, mergeMarks, type Snippet } from './make-snippet.ts';
import type { Query } from './query.ts';
import { rankResults } from './rank-results.ts';
import { type SearchAudience, toSearchQuery } from './to-search-query.ts';

/** Ranking reads the newest so many; a search that finds more says so. */
const CANDIDATES = 500;
/** Articles of one story that are shown under it. */
const SHOWN = 3;

/** Where the next page begins: the same results in the same order, whatever came in since. */
export interface SearchCursor {
  /** The newest article when the search began. */
  maxId: number;
  /** ms UTC when the search began: ranking goes by age. */
  at: number;
  /** Stories shown so far. */
  offset: number;
}

export interface SearchResults {
  stories: FoundStory[];
  /** Articles found; `atLeast` where there are more than ranking reads. */
  total: number;
  atLeast: boolean;
  next: SearchCursor | null;
}

export interface FoundStory {
  storyId: number | null;
  articles: FoundArticle[];
  /** How many more of its articles were found. */
  more: number;
}

interface FoundArticle {
  article: Article;
  title: Snippet;
  snippet: Snippet;
}

/** One page of an archive search: the best stories, each with the articles of it that hold what was asked for. */
export async function searchArticles(
  store: Store,
  query: Query,
  audience: SearchAudience,
  page: {
    size: number;
    cursor?: SearchCursor;
    /** ms UTC: only what was read after it. */
    since?: number;
  },
): Promise<SearchResults> {
  const at = page.cursor?.at ?? audience.now;
  const asked = {
    ...toSearchQuery(query, { ...audience, now: at }),
    maxId: page.cursor?.maxId,
    ingestedAfter: page.since,
  };
  const found = await store.search.candidates(asked, CANDIDATES + 1);
  const atLeast = found.length > CANDIDATES;
  const candidates = found.slice(0, CANDIDATES);
  const ranked = rankResults(candidates, query.root, at);
  const offset = page.cursor?.offset ?? 0;
  const shown = ranked.slice(offset, offset + page.size);
  const articles = await articlesOf(
    store,
    shown.flatMap((story) => story.articleIds.slice(0, SHOWN)),
  );
  const end = offset + shown.length;
  return {
    stories: shown.map(({ storyId, articleIds }) => ({
      storyId,
      articles: articleIds
        .slice(0, SHOWN)
        .flatMap((id) => articles.get(id) ?? [])
        .map((article) => present(article, query)),
      more: Math.max(0, articleIds.length - SHOWN),
    })),
    total: candidates.length,
    atLeast,
    next: end < ranked.length ? { maxId: page.cursor?.maxId ?? candidates[0]!.id, at, offset: end } : null,
  };
}

async function articlesOf(store: Store, ids: number[]): Promise<Map<number, Article>> {
  return new Map((await store.articles.getMany(ids)).map((article) => [article.id, article]));
}

function present(article: Article, { root }: Query): FoundArticle {
  const hits = findHits(root, article);
  return {
    article,
    title: { text: article.title, marks: mergeMarks(hits.filter((hit) => hit.in === 'title')) },
    snippet: makeSnippet(article.text, hits),
  };
}
