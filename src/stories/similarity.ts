import { resemblance } from '../text/signatures.ts';
import type { LiveArticle, LiveStory, StoryIndex } from './story-index.ts';

/** Members of a large story that are compared one by one: the newest, since a story moves on. */
const COMPARED = 24;

/** How an article stands to a story; what the fitted weights are multiplied with. */
export interface Likeness {
  /** Cosine with the member most like it. */
  best: number;
  /** Mean cosine with the three members most like it. */
  top: number;
  /** Cosine of the titles most alike. */
  title: number;
  /** Share of its weight found in the story, each term by the share of members that have it. */
  profile: number;
  /** Share of its weight found anywhere in the story. */
  cover: number;
  /** Shared terms that few stories have, saturating. */
  rare: number;
  /** Near-equal text with some member. */
  copy: number;
  /** Natural logarithm of 1 + hours to the member nearest in time. */
  gap: number;
  /** Logarithm of the number of members. */
  size: number;
}

/** Term weights of the article that is looked at, spread out by term id. */
export class Query {
  readonly weight: Float64Array;
  readonly article: LiveArticle;
  norm = 0;
  titleNorm = 0;
  total = 0;
  constructor(article: LiveArticle, index: StoryIndex, scratch: Float64Array) {
    this.article = article;
    this.weight = scratch;
    for (let i = 0; i < article.terms.length; i++) {
      const term = article.terms[i]!;
      const idf = index.idf(term);
      const w = article.weights[i]! * idf;
      scratch[term] = w;
      this.norm += w * w;
      this.total += w;
      if (i < article.titleTerms) this.titleNorm += idf * idf;
    }
    this.norm = Math.sqrt(this.norm);
    this.titleNorm = Math.sqrt(this.titleNorm);
  }

  clear(): void {
    for (const term of this.article.terms) this.weight[term] = 0;
  }
}

export function likeness(query: Query, story: LiveStory, index: StoryIndex): Likeness {
  const { article, weight } = query;
  let best = 0;
  let second = 0;
  let third = 0;
  let title = 0;
  let copy = 0;
  let gap = Number.POSITIVE_INFINITY;
  const from = Math.max(0, story.members.length - COMPARED);
  for (let m = from; m < story.members.length; m++) {
    const member = story.members[m]!;
    let dot = 0;
    let norm = 0;
    let titleDot = 0;
    let titleNorm = 0;
    const { terms, weights, titleTerms } = member;
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i]!;
      const idf = index.idf(term);
      const w = weights[i]! * idf;
      norm += w * w;
      const q = weight[term]!;
      if (q) dot += w * q;
      if (i < titleTerms) {
        titleNorm += idf * idf;
        if (q && article.terms.indexOf(term) < article.titleTerms) titleDot += idf * idf;
      }
    }
    const cosine = norm ? dot / (Math.sqrt(norm) * query.norm) : 0;
    if (cosine > best) {
      third = second;
      second = best;
      best = cosine;
    } else if (cosine > second) {
      third = second;
      second = cosine;
    } else if (cosine > third) third = cosine;
    if (titleNorm && query.titleNorm)
      title = Math.max(title, titleDot / (Math.sqrt(titleNorm) * query.titleNorm));
    if (article.signature && member.signature)
      copy = Math.max(copy, resemblance(article.signature, member.signature));
    gap = Math.min(gap, Math.abs(member.published - article.published));
  }
  const compared = Math.min(3, story.members.length - from);
  let profile = 0;
  let cover = 0;
  let rare = 0;
  for (const term of article.terms) {
    const share = index.share(story, term);
    if (!share) continue;
    const w = weight[term]!;
    profile += w * share;
    cover += w;
    if (index.liveFrequency(term) <= 3) rare++;
  }
  return {
    best,
    top: (best + second + third) / compared,
    title,
    profile: profile / query.total,
    cover: cover / query.total,
    rare: rare / (rare + 2),
    copy,
    gap: Math.log1p(gap / 3_600_000),
    size: Math.log(story.members.length),
  };
}

/** Fitted by scripts/fit-stories.ts. */
const WEIGHTS: Record<keyof Likeness, number> & { bias: number } = {
  bias: -4.5,
  best: 6,
  top: 2,
  title: 2,
  profile: 3,
  cover: 1,
  rare: 1,
  copy: 6,
  gap: -0.3,
  size: 0,
};

/** Probability, 0 to 1, that an article belongs to a story. */
export function belongs(likeness: Likeness): number {
  let z = WEIGHTS.bias;
  for (const key of Object.keys(likeness) as (keyof Likeness)[]) z += WEIGHTS[key] * likeness[key];
  return 1 / (1 + Math.exp(-z));
}
