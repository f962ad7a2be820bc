import weights from './cross-weights.json' with { type: 'json' };
import type { LiveArticle, LiveStory, StoryIndex } from './story-index.ts';

/** Members of a large story that are compared one by one: the newest. */
const COMPARED = 16;

/** How two articles in two languages stand to each other, in the order of the fitted weights. */
export const CROSS_FEATURES = [
  /** Entities in common: by weight, as a share of both (Dice), and how telling they are. */
  'entities',
  'entitiesShared',
  /** Concepts in common, likewise. */
  'concepts',
  'conceptsShared',
  /** Share of what the title is about that the other names anywhere: mean and smaller of both directions. */
  'titles',
  'titlesMin',
  /** Concepts of both titles in common. */
  'title',
  /** Figures in common, saturating; and counts of one thing that differ. */
  'figures',
  'figuresApart',
  /** Parties that one title names and the other report does not, saturating: who spoke or acted is another. */
  'partiesMissed',
  /** Days in common; and both naming days but none in common. */
  'days',
  'daysApart',
  /** Logarithm of 1 + hours between them. */
  'gap',
  /** The intercept. */
  'one',
] as const;

/** Terms of an article that mean the same in every language, by kind, with their weights. */
type Sides = Record<'e' | 'c' | 't' | 'p' | 'q' | 'f' | 'd', Map<string, number>>;

function sidesOf(article: LiveArticle, index: StoryIndex): Sides {
  const [e, c, t, p, q, f, d] = Array.from({ length: 7 }, () => new Map<string, number>());
  const sides = { e, c, t, p, q, f, d } as Sides;
  for (let i = article.textTerms; i < article.terms.length; i++) {
    const term = article.terms[i]!;
    const text = index.textOf(term);
    sides[text[0] as keyof Sides].set(text.slice(2), index.idf(term));
  }
  return sides;
}

const total = (weights: ReadonlyMap<string, number>) =>
  weights.values().reduce((sum, weight) => sum + weight, 0);

function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [term, weight] of a) if (b.has(term)) sum += weight;
  return sum;
}

const lacking = (named: ReadonlyMap<string, number>, there: ReadonlyMap<string, number>) =>
  [...named.keys()].filter((party) => !there.has(party)).length;

const dice = (both: number, a: number, b: number) => (a + b ? (2 * both) / (a + b) : 0);

export function crossLikeness(a: LiveArticle, b: LiveArticle, index: StoryIndex): Float64Array {
  const left = sidesOf(a, index);
  const right = sidesOf(b, index);
  const entities = shared(left.e, right.e);
  const concepts = shared(left.c, right.c);
  const there = left.t.size ? shared(left.t, right.c) / total(left.t) : 0;
  const back = right.t.size ? shared(right.t, left.c) / total(right.t) : 0;
  const figures = [...left.f.keys()].filter((figure) => right.f.has(figure)).length;
  const missed = lacking(left.q, right.p) + lacking(right.q, left.p);
  const days = [...left.d.keys()].filter((day) => right.d.has(day)).length;
  return Float64Array.of(
    dice(entities, total(left.e), total(right.e)),
    entities / (entities + 8),
    dice(concepts, total(left.c), total(right.c)),
    concepts / (concepts + 8),
    (there + back) / 2,
    Math.min(there, back),
    dice(shared(left.t, right.t), total(left.t), total(right.t)),
    figures / (figures + 1),
    !figures && sameThings(left.f, right.f) ? 1 : 0,
    missed / (missed + 1),
    days ? 1 : 0,
    !days && left.d.size && right.d.size ? 1 : 0,
    Math.log1p(Math.abs(a.published - b.published) / 3_600_000),
    1,
  );
}

/** Whether both count one thing. */
function sameThings(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  const things = (figures: ReadonlyMap<string, number>) =>
    new Set([...figures.keys()].flatMap((figure) => figure.split(' ').slice(1)));
  return !things(a).isDisjointFrom(things(b));
}

const FITTED = Float64Array.from(CROSS_FEATURES, (name) => (weights as Record<string, number>)[name] ?? 0);

/** Log-odds that two articles in two languages tell one event. */
export function pairOdds(a: LiveArticle, b: LiveArticle, index: StoryIndex): number {
  const features = crossLikeness(a, b, index);
  let odds = 0;
  for (let i = 0; i < features.length; i++) odds += FITTED[i]! * features[i]!;
  return odds;
}

/**
 * Log-odds that an article belongs to a story, by its members in other languages: their mean, since one event in many
 * words agrees with all of them, and another event of the same people now and then with one.
 */
export function crossOdds(
  article: LiveArticle,
  story: LiveStory,
  index: StoryIndex,
  foreignOnly: boolean,
): number {
  let sum = 0;
  let compared = 0;
  for (const member of story.members.slice(-COMPARED)) {
    if (foreignOnly && member.language === article.language) continue;
    sum += pairOdds(article, member, index);
    compared++;
  }
  return compared ? sum / compared : Number.NEGATIVE_INFINITY;
}
