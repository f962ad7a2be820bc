import type { StoryEdit } from '../model/story.ts';
import { commonness } from './common-terms.ts';
import { findOrigin } from './find-origins.ts';
import { emptyStory, type GroupedArticle, readArticle } from './live-article.ts';
import { belongs, likeness, Query } from './similarity.ts';
import { type LiveArticle, type LiveStory, StoryIndex } from './story-index.ts';

const DAY = 86_400_000;

export interface Assignment {
  storyId: number;
  /** The article that first reported what this one repeats; its own id where it is original. */
  originId: number;
  /** Stories that turned out to be one, in the order to carry out. */
  merged: { from: number; into: number }[];
}

export interface GrouperOptions {
  /** How long an article stays comparable after its ingest, ms; default 10 days. */
  windowMs?: number;
  /** What people said, oldest first. */
  edits?: readonly StoryEdit[];
  /** Weights to try instead of the fitted ones, in the order of FEATURES. */
  weights?: Float64Array;
}

/**
 * Streaming grouping: each article joins the live story it most likely belongs to, or opens one. Deterministic for
 * a given order; its state is a function of the live articles and their stories, so restoring them in ingest order
 * continues as if nothing had happened. Memory is bounded by the live window.
 */
export interface Grouper {
  /** @param allocate gives the id of a new story; called only when one is opened. */
  assign(article: GroupedArticle, allocate: () => number): Assignment;
  /** Puts a stored member back after a restart, in ingest order. */
  restore(article: GroupedArticle, storyId: number, originId: number): void;
  /** A new revision of an assigned article: it stays where it is and is compared by its new words. */
  revise(article: GroupedArticle): void;
  remove(articleId: number): void;
  /** Carries out what a person said, from now on; merges already carried out in the store are given as edits too. */
  edit(edit: StoryEdit): void;
  undo(edit: StoryEdit): void;
  /** A member's story was changed by a person. */
  moved(articleId: number, storyId: number): void;
  /** Live stories and articles, for the metrics. */
  size(): { stories: number; articles: number };
}

const JOIN = 0.5;
const CANDIDATES = 6;
const POSTINGS = 6000;

const scratchOf = (length: number) => ({ weight: new Float64Array(length), inTitle: new Uint8Array(length) });

export function createGrouper(options: GrouperOptions = {}): Grouper {
  const windowMs = options.windowMs ?? 10 * DAY;
  const index = new StoryIndex(commonness);
  const queue: LiveArticle[] = [];
  let expired = 0;
  let scratch = scratchOf(1 << 15);
  const apart = new Map<number, Set<number>>();

  const keepApart = (a: number, b: number): void => {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const set = apart.get(x) ?? new Set();
      set.add(y);
      apart.set(x, set);
    }
  };

  function expire(now: number): void {
    while (expired < queue.length && queue[expired]!.ingestedAt < now - windowMs) {
      const article = queue[expired++]!;
      if (index.articles.get(article.id) === article) index.remove(article);
    }
    if (expired > 1024 && expired * 2 > queue.length) {
      queue.splice(0, expired);
      expired = 0;
    }
  }

  function place(article: LiveArticle, story: LiveStory): void {
    article.story = story;
    index.add(article);
    queue.push(article);
  }

  function bestStory(article: LiveArticle): LiveStory | null {
    let best: LiveStory | null = null;
    let bestScore = JOIN;
    if (scratch.weight.length < index.capacity) scratch = scratchOf(index.capacity * 2);
    const query = new Query(article, index, scratch);
    for (const story of index.candidates(article.terms, CANDIDATES, POSTINGS)) {
      const score = belongs(likeness(query, story, index), options.weights);
      if (score > bestScore) {
        best = story;
        bestScore = score;
      }
    }
    query.clear();
    return best;
  }

  for (const edit of options.edits ?? []) if (edit.undoneAt === null) applyEdit(edit);

  function applyEdit(edit: StoryEdit): void {
    if (edit.kind === 'split' && edit.storyIds.length === 2) keepApart(edit.storyIds[0]!, edit.storyIds[1]!);
  }

  return {
    assign(input, allocate) {
      expire(input.ingestedAt);
      const article = readArticle(input, index) as LiveArticle;
      const story = bestStory(article) ?? emptyStory(allocate());
      article.originId = findOrigin(article, story.members);
      place(article, story);
      return { storyId: story.id, originId: article.originId, merged: [] };
    },
    restore(input, storyId, originId) {
      expire(input.ingestedAt);
      const article = readArticle(input, index) as LiveArticle;
      article.originId = originId;
      place(article, index.stories.get(storyId) ?? emptyStory(storyId));
    },
    revise(input) {
      const old = index.articles.get(input.id);
      if (!old) return;
      const fresh = readArticle(input, index);
      const replaced = {
        ...fresh,
        ingestedAt: old.ingestedAt,
        originId: old.originId,
        story: old.story,
      };
      index.replace(old, replaced);
      const at = queue.indexOf(old, expired);
      if (at >= 0) queue[at] = replaced;
    },
    remove(articleId) {
      const article = index.articles.get(articleId);
      if (article) index.remove(article);
    },
    edit: applyEdit,
    undo(edit) {
      if (edit.kind !== 'split' || edit.storyIds.length !== 2) return;
      const [a, b] = edit.storyIds as [number, number];
      apart.get(a)?.delete(b);
      apart.get(b)?.delete(a);
    },
    moved(articleId, storyId) {
      const article = index.articles.get(articleId);
      if (article && article.story.id !== storyId)
        index.move(article, index.stories.get(storyId) ?? emptyStory(storyId));
    },
    size: () => ({ stories: index.stories.size, articles: index.articles.size }),
  };
}
