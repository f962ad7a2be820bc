import type { StoryEdit, StoryMember } from '../model/story.ts';
import { CannotLink } from './cannot-link.ts';
import { commonness } from './common-terms.ts';
import { crossOdds } from './cross-similarity.ts';
import { findOrigin } from './find-origins.ts';
import { emptyStory, type GroupedArticle, readArticle } from './live-article.ts';
import { likeness, oddsOf, probability, Query } from './similarity.ts';
import { type LiveArticle, type LiveStory, StoryIndex } from './story-index.ts';
import { memberOdds } from './topic-similarity.ts';

export interface Assignment {
  storyId: number;
  /** The article that first reported what this one repeats; its own id where it is original. */
  originId: number;
  /** Stories that turned out to be one, in the order to carry out. */
  merged: { from: number; into: number }[];
  /** Members of merged stories whose origin turned out to be another, as they are to be stored after the merges. */
  reattributed: StoryMember[];
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
  /** @param allocate gives the id of a new story, growing; called only when one is opened. */
  assign(article: GroupedArticle, allocate: () => number): Assignment;
  /** Puts a stored member back after a restart, in ingest order. */
  restore(article: GroupedArticle, storyId: number, originId: number): void;
  /** A new revision of an assigned article: it stays where it is and is compared by its new words. */
  revise(article: GroupedArticle): void;
  remove(articleId: number): void;
  /** Live stories and articles, for the metrics. */
  size(): { stories: number; articles: number };
}

const WINDOW_MS = 10 * 86_400_000;
/** Stories that are looked at closely for each article. */
const CANDIDATES = 8;
/** Entries of posting lists that are read to find them. */
const POSTINGS = 1000;
const JOIN = 0.5;
/** Entities from which an article is of a topic, and what it says in no language counts as much as its words. */
const TOPICAL = 2;
/** Two stories are one where their members, on average, would join the other as surely as this. */
const MERGE = 0.6;
/** Members of the smaller story that are asked. */
const ASKED = 6;

export function createGrouper(options: GrouperOptions = {}): Grouper {
  const windowMs = options.windowMs ?? WINDOW_MS;
  const cannotLink = new CannotLink(options.edits ?? []);
  const index = new StoryIndex(commonness);
  /** Articles in ingest order, the expired ones before `live`. */
  const queue: LiveArticle[] = [];
  let live = 0;

  function expire(now: number): void {
    while (live < queue.length && queue[live]!.ingestedAt < now - windowMs) {
      const article = queue[live++]!;
      if (index.articles.get(article.id) === article) index.remove(article);
    }
    if (live > 1024 && live * 2 > queue.length) {
      queue.splice(0, live);
      live = 0;
    }
  }

  function place(article: LiveArticle, story: LiveStory): void {
    article.story = story;
    index.add(article);
    queue.push(article);
  }

  /** Stories that an article may belong to, the surest first. */
  function rate(article: LiveArticle): { story: LiveStory; score: number }[] {
    const words = article.terms.subarray(0, article.textTerms);
    const found = new Set(index.candidates(words, CANDIDATES, POSTINGS));
    if (index.isMultilingual)
      for (const story of index.candidates(article.terms.subarray(article.textTerms), CANDIDATES, POSTINGS))
        found.add(story);
    const query = new Query(article, index);
    const rated = [...found].map((story) => ({ story, score: score(query, story) }));
    query.clear();
    return rated.sort((a, b) => b.score - a.score || a.story.id - b.story.id);
  }

  /**
   * How surely the article of a query belongs to a story: inside a topic by its members one by one, else by its words
   * where a member shares its language and by what needs no language where none does.
   */
  function score(query: Query, story: LiveStory): number {
    const { article } = query;
    if (article.entities >= TOPICAL) return probability(memberOdds(article, story, index));
    const kin = story.members.some((member) => member.language === article.language);
    if (!kin) return probability(crossOdds(article, story, index, true));
    return probability(oddsOf(likeness(query, story, index), options.weights));
  }

  /** Merges the article's story with the others it might as well have joined, where their members agree. */
  function mergeAround(home: LiveStory, others: readonly LiveStory[]): Assignment['merged'] {
    const merged: Assignment['merged'] = [];
    let story = home;
    for (const other of others) {
      const [from, into] = direction(story, other);
      if (!from || agreement(from, into) < MERGE) continue;
      const moved = [...from.members];
      for (const member of moved) index.move(member, into);
      merged.push({ from: from.id, into: into.id });
      story = into;
    }
    return merged;
  }

  /** Finds the origins of a merged story anew, in ingest order: each half knew only its own reports. */
  function reattribute(story: LiveStory): StoryMember[] {
    const changed: StoryMember[] = [];
    story.members.forEach((member, i) => {
      const originId = findOrigin(member, story.members.slice(0, i));
      if (originId === member.originId) return;
      member.originId = originId;
      changed.push({ storyId: story.id, articleId: member.id, originId, joinedAt: member.ingestedAt });
    });
    return changed;
  }

  /** The older story stays, unless a person holds the younger one; null where they must stay apart. */
  function direction(a: LiveStory, b: LiveStory): [from: LiveStory, into: LiveStory] | [null, null] {
    if (cannotLink.isApart(a.id, b.id)) return [null, null];
    const [younger, older] = a.id > b.id ? [a, b] : [b, a];
    if (!cannotLink.isHeld(younger.id)) return [younger, older];
    return cannotLink.isHeld(older.id) ? [null, null] : [older, younger];
  }

  function agreement(a: LiveStory, b: LiveStory): number {
    const [small, large] = a.members.length > b.members.length ? [b, a] : [a, b];
    const asked = small.members.slice(-ASKED);
    let sum = 0;
    for (const member of asked) {
      const query = new Query(member, index);
      sum += score(query, large);
      query.clear();
    }
    return sum / asked.length;
  }

  return {
    assign(input, allocate) {
      expire(input.ingestedAt);
      const article = readArticle(input, index) as LiveArticle;
      const likely = rate(article).filter(({ score }) => score >= JOIN);
      const story = likely[0]?.story ?? emptyStory(allocate());
      article.originId = findOrigin(article, story.members);
      place(article, story);
      const merged = mergeAround(
        story,
        likely.slice(1).map((other) => other.story),
      );
      const reattributed = merged.length ? reattribute(article.story) : [];
      return { storyId: story.id, originId: article.originId, merged, reattributed };
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
      const { ingestedAt, originId, story } = old;
      const revised = { ...readArticle(input, index), ingestedAt, originId, story };
      index.replace(old, revised);
      queue[queue.indexOf(old, live)] = revised;
    },
    remove(articleId) {
      const article = index.articles.get(articleId);
      if (article) index.remove(article);
    },
    size: () => ({ stories: index.stories.size, articles: index.articles.size }),
  };
}
