import { resemblance } from '../text/signatures.ts';
import { IN_TITLE, NAME, NUMBER } from './article-terms.ts';
import weights from './similarity-weights.json' with { type: 'json' };
import type { LiveArticle, LiveStory, StoryIndex } from './story-index.ts';

/** Members of a large story that are compared one by one: the newest, since a story moves on. */
const COMPARED = 16;

/** A copy has at least this cosine: below it signatures need not be compared. */
const COPY_FROM = 0.3;

/** How an article stands to a story, in the order of the fitted weights; `short:` ones count for articles of few words. */
const BASE = [
  /** Cosine with the member most like it. */
  'best',
  /** Mean cosine with the three members most like it. */
  'top',
  /** Cosine of the titles most alike. */
  'title',
  /** Share of its weight found in the story, each term by the share of members that have it. */
  'profile',
  /** Share of its weight found anywhere in the story. */
  'cover',
  /** Shared terms that few stories have, saturating. */
  'rare',
  /** Near-equal text with some member. */
  'copy',
  /** Logarithm of 1 + hours to the member nearest in time. */
  'gap',
  /** Logarithm of 1 + articles ingested since the newest member: reports of one event come in bursts. */
  'lag',
  /** Logarithm of the number of members. */
  'size',
  /** Numbers of the two, the article's and the most alike member's: shared share, and both having some but sharing none. */
  'numbers',
  'clash',
  /** Share of the title's weight that stands anywhere in the other, mean and smaller of both directions. */
  'headline',
  'headlineMin',
  /** The same of names, and of the numbers of the title. */
  'names',
  'namesMin',
  'titleNumbersMissed',
  /** The intercept. */
  'one',
] as const;
export const FEATURES: readonly string[] = [
  ...BASE,
  ...BASE.map((name) => `short:${name}`),
  ...BASE.map((name) => `headless:${name}`),
];

/** Term weights of the article that is looked at, spread out by term id. */
export class Query {
  readonly article: LiveArticle;
  readonly weight: Float64Array;
  readonly inTitle: Uint8Array;
  norm = 0;
  titleNorm = 0;
  total = 0;

  /** One query of an index at a time: it borrows the index's scratch until `clear`. */
  constructor(article: LiveArticle, index: StoryIndex) {
    this.article = article;
    const scratch = index.scratch();
    this.weight = scratch.weight;
    this.inTitle = scratch.inTitle;
    for (let i = 0; i < article.textTerms; i++) {
      const term = article.terms[i]!;
      const idf = index.idf(term);
      const w = article.weights[i]! * idf;
      this.weight[term] = w;
      this.norm += w * w;
      this.total += w;
      if (i < article.titleTerms) {
        this.inTitle[term] = 1;
        this.titleNorm += idf * idf;
      }
    }
    this.norm = Math.sqrt(this.norm);
    this.titleNorm = Math.sqrt(this.titleNorm);
  }

  clear(): void {
    for (const term of this.article.terms) {
      this.weight[term] = 0;
      this.inTitle[term] = 0;
    }
  }
}

export function likeness(query: Query, story: LiveStory, index: StoryIndex): Float64Array {
  const { article, weight, inTitle } = query;
  let best = 0;
  let second = 0;
  let third = 0;
  let title = 0;
  let copy = 0;
  let nearest = story.members.at(-1)!;
  let gap = Number.POSITIVE_INFINITY;
  const from = Math.max(0, story.members.length - COMPARED);
  for (let m = from; m < story.members.length; m++) {
    const member = story.members[m]!;
    let dot = 0;
    let norm = 0;
    let titleDot = 0;
    let titleNorm = 0;
    const { terms, weights: counts, titleTerms } = member;
    for (let i = 0; i < member.textTerms; i++) {
      const term = terms[i]!;
      const idf = index.idf(term);
      const w = counts[i]! * idf;
      norm += w * w;
      const q = weight[term]!;
      if (q) dot += w * q;
      if (i < titleTerms) {
        titleNorm += idf * idf;
        if (inTitle[term]) titleDot += idf * idf;
      }
    }
    const cosine = norm && query.norm ? dot / (Math.sqrt(norm) * query.norm) : 0;
    if (cosine > best) {
      third = second;
      second = best;
      best = cosine;
      nearest = member;
    } else if (cosine > second) {
      third = second;
      second = cosine;
    } else if (cosine > third) third = cosine;
    if (titleNorm && query.titleNorm)
      title = Math.max(title, titleDot / (Math.sqrt(titleNorm) * query.titleNorm));
    if (cosine > COPY_FROM && article.signature && member.signature)
      copy = Math.max(copy, resemblance(article.signature, member.signature));
    gap = Math.min(gap, Math.abs(member.published - article.published));
  }
  let profile = 0;
  let cover = 0;
  let rare = 0;
  const count = (term: number, share: number) => {
    const w = weight[term]!;
    profile += w * share;
    cover += w;
    if (index.liveFrequency(term) <= 3) rare++;
  };
  const only = story.members.length === 1 ? story.members[0]! : null;
  if (only) {
    for (let i = 0; i < only.textTerms; i++) if (weight[only.terms[i]!]!) count(only.terms[i]!, 1);
  } else
    for (let i = 0; i < article.textTerms; i++) {
      const share = index.share(story, article.terms[i]!);
      if (share) count(article.terms[i]!, share);
    }
  const sharedNumbers = article.numbers.filter((n) => nearest.numbers.includes(n)).length;
  const possible = Math.min(article.numbers.length, nearest.numbers.length);
  const values = [
    best,
    (best + second + third) / Math.min(3, story.members.length - from),
    title,
    query.total ? profile / query.total : 0,
    query.total ? cover / query.total : 0,
    rare / (rare + 2),
    copy,
    Math.log1p(gap / 3_600_000),
    Math.log1p(article.id - story.members.at(-1)!.id),
    Math.log(story.members.length),
    possible ? sharedNumbers / possible : 0,
    possible && !sharedNumbers ? 1 : 0,
    ...mutual(query, nearest, index),
    1,
  ];
  const short = 1 / (1 + Math.exp((article.textTerms - 45) / 8));
  const out = new Float64Array(FEATURES.length);
  for (let i = 0; i < values.length; i++) {
    out[i] = values[i]!;
    out[BASE.length + i] = values[i]! * short;
    if (article.headless) out[2 * BASE.length + i] = values[i]!;
  }
  return out;
}

/** How far what the one article is about stands in the other. */
function mutual({ article, weight }: Query, other: LiveArticle, index: StoryIndex): number[] {
  const { mark } = index.scratch();
  for (const term of other.terms) mark[term] = 1;
  const there = covered(article, (term) => mark[term] === 1, index);
  for (const term of other.terms) mark[term] = 0;
  const back = covered(other, (term) => weight[term]! > 0, index);
  return [
    (there.title + back.title) / 2,
    Math.min(there.title, back.title),
    (there.names + back.names) / 2,
    Math.min(there.names, back.names),
    there.numbersMissed + back.numbersMissed,
  ];
}

function covered(article: LiveArticle, has: (term: number) => boolean, index: StoryIndex) {
  let title = 0;
  let titleFound = 0;
  let names = 0;
  let namesFound = 0;
  let numbers = 0;
  let numbersFound = 0;
  for (let i = 0; i < article.terms.length; i++) {
    const flag = article.flags[i]!;
    if (!flag) continue;
    const term = article.terms[i]!;
    const idf = index.idf(term);
    const found = has(term) ? 1 : 0;
    if (flag & IN_TITLE) {
      title += idf;
      titleFound += found * idf;
      if (flag & NUMBER) {
        numbers++;
        numbersFound += found;
      }
    }
    if (flag & NAME) {
      names += idf;
      namesFound += found * idf;
    }
  }
  return {
    title: title ? titleFound / title : 0,
    names: names ? namesFound / names : 0.3,
    numbersMissed: numbers ? 1 - numbersFound / numbers : 0,
  };
}

const FITTED: Float64Array = Float64Array.from(
  FEATURES,
  (name) => (weights as Record<string, number>)[name] ?? 0,
);

/** Log-odds that an article belongs to a story. */
export function oddsOf(features: Float64Array, fitted = FITTED): number {
  let odds = 0;
  for (let i = 0; i < features.length; i++) odds += fitted[i]! * features[i]!;
  return odds;
}

export const probability = (odds: number): number => 1 / (1 + Math.exp(-odds));
