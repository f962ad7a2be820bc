import { resemblance } from '../text/signatures.ts';
import { crossLikeness, pairOdds } from './cross-similarity.ts';
import type { LiveArticle, LiveStory, StoryIndex } from './story-index.ts';
import weights from './topic-weights.json' with { type: 'json' };

/**
 * How two articles of a topic in one language stand to each other, in the order of the fitted weights. Terms weigh by
 * how few live stories of the topic have them: who the topic is about says nothing of which event it is.
 */
export const TOPIC_FEATURES = [
  /** Cosine of the terms, and share of the weight of the smaller one that is found in the other, mean of the two. */
  'words',
  /** Share of a title's weight that stands anywhere in the other, mean of both directions. */
  'headline',
  /** What needs no language, see cross-similarity.ts. */
  'entities',
  'concepts',
  'titles',
  'figures',
  'figuresApart',
  'partiesMissed',
  'gap',
  /** The intercept. */
  'one',
] as const;

const CROSS = { entities: 0, concepts: 2, titles: 4, figures: 7, figuresApart: 8, partiesMissed: 9, gap: 12 };

export function topicLikeness(a: LiveArticle, b: LiveArticle, index: StoryIndex): Float64Array {
  const { mark } = index.scratch();
  for (let i = 0; i < a.textTerms; i++) mark[a.terms[i]!] = 1;
  let dot = 0;
  let both = 0;
  const back = sumOf(b, index, (term, idf) => {
    if (!mark[term]) return false;
    both += idf;
    dot += idf * idf;
    return true;
  });
  for (let i = 0; i < a.textTerms; i++) mark[a.terms[i]!] = 0;
  for (let i = 0; i < b.textTerms; i++) mark[b.terms[i]!] = 1;
  const there = sumOf(a, index, (term) => mark[term] === 1);
  for (let i = 0; i < b.textTerms; i++) mark[b.terms[i]!] = 0;
  const cross = crossLikeness(a, b, index);
  return Float64Array.of(
    (ratio(dot, Math.sqrt(there.squares * back.squares)) + ratio(both, Math.min(there.total, back.total))) /
      2,
    (there.headline + back.headline) / 2,
    cross[CROSS.entities]!,
    cross[CROSS.concepts]!,
    cross[CROSS.titles]!,
    cross[CROSS.figures]!,
    cross[CROSS.figuresApart]!,
    cross[CROSS.partiesMissed]!,
    cross[CROSS.gap]!,
    1,
  );
}

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

function sumOf(
  { terms, textTerms, titleTerms }: LiveArticle,
  index: StoryIndex,
  has: (term: number, idf: number) => boolean,
) {
  let total = 0;
  let squares = 0;
  let title = 0;
  let titleFound = 0;
  for (let i = 0; i < textTerms; i++) {
    const term = terms[i]!;
    const idf = index.topicIdf(term);
    const found = has(term, idf) ? idf : 0;
    total += idf;
    squares += idf * idf;
    if (i >= titleTerms) continue;
    title += idf;
    titleFound += found;
  }
  return { total, squares, headline: ratio(titleFound, title) };
}

const FITTED = Float64Array.from(TOPIC_FEATURES, (name) => (weights as Record<string, number>)[name] ?? 0);

/** Log-odds that two articles of a topic in one language tell one event. */
export function topicOdds(a: LiveArticle, b: LiveArticle, index: StoryIndex): number {
  const features = topicLikeness(a, b, index);
  let odds = 0;
  for (let i = 0; i < features.length; i++) odds += FITTED[i]! * features[i]!;
  return odds;
}

/** Share of the shorter one's shingles in the other, from their resemblance and how long they are. */
function contained(a: LiveArticle, b: LiveArticle): number {
  if (!a.signature || !b.signature) return 0;
  const same = resemblance(a.signature, b.signature);
  return Math.min(
    1,
    (same * (a.textTerms + b.textTerms)) / ((1 + same) * Math.min(a.textTerms, b.textTerms)),
  );
}

/** From this share of equal shingles one is a retelling of the other, whatever else is in it. */
const RETOLD = 0.5;
/** Log-odds of a retelling. */
const SURELY = 4;
/** Members of a large story that are compared one by one: the newest. */
const COMPARED = 16;
/** However alike or unlike one member is, it says no more than this. */
const MOST = 5;
/** Log-odds taken off where one is a view, a comment or an analysis, and the other a report. */
const VIEW = 3;
/** Log-odds below which a story is not joined: a false join hides an event, a missed one shows it twice. */
const CAUTION = 0.4;

/**
 * Log-odds that an article belongs to a story of its topic: between what the member most like it says and what all say
 * on average, since a story moves on and another event of the same people now and then is like one report of it.
 */
export function memberOdds(article: LiveArticle, story: LiveStory, index: StoryIndex): number {
  let sum = 0;
  let best = -MOST;
  const members = story.members.slice(-COMPARED);
  for (const member of members) {
    const kin = member.language === article.language;
    if (kin && contained(article, member) >= RETOLD) return SURELY;
    let odds = kin ? topicOdds(article, member, index) : pairOdds(article, member, index);
    if (article.view !== member.view) odds -= VIEW;
    odds = Math.max(-MOST, Math.min(MOST, odds));
    best = Math.max(best, odds);
    sum += odds;
  }
  return (best + sum / members.length) / 2 - CAUTION;
}
