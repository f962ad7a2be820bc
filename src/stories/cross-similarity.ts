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

/** Ids of an article's terms that mean the same in every language, by kind. */
interface Sides {
  entities: number[];
  concepts: number[];
  /** Concepts of the title: the ids of what they are in the title, and anywhere. */
  titles: number[];
  titleConcepts: number[];
  parties: number[];
  titleParties: number[];
  figures: number[];
  /** What its figures count. */
  things: ReadonlySet<string>;
  days: number[];
}

/** Read once an article: it is compared with many. */
const read = new WeakMap<LiveArticle, Sides>();

function sidesOf(article: LiveArticle, index: StoryIndex): Sides {
  const known = read.get(article);
  if (known) return known;
  const ids = new Map<string, number>();
  for (let i = article.textTerms; i < article.terms.length; i++)
    ids.set(index.textOf(article.terms[i]!), article.terms[i]!);
  const names = (kind: string) =>
    [...ids.keys()].filter((term) => term.startsWith(`${kind}:`)).map((term) => term.slice(2));
  const of = (kind: string, among = kind) => names(among).map((name) => ids.get(`${kind}:${name}`)!);
  const sides = {
    entities: of('e'),
    concepts: of('c'),
    titles: of('t'),
    titleConcepts: of('c', 't'),
    parties: of('p'),
    titleParties: of('p', 'q'),
    figures: of('f'),
    things: new Set(names('f').flatMap((figure) => figure.split(' ').slice(1))),
    days: of('d'),
  };
  read.set(article, sides);
  return sides;
}

const dice = (both: number, a: number, b: number) => (a + b ? (2 * both) / (a + b) : 0);

export function crossLikeness(a: LiveArticle, b: LiveArticle, index: StoryIndex): Float64Array {
  const left = sidesOf(a, index);
  const right = sidesOf(b, index);
  const total = (terms: readonly number[]) => {
    let sum = 0;
    for (const term of terms) sum += index.idf(term);
    return sum;
  };
  /** Weight of the terms of which the same place in `as` is among the others. */
  const shared = (terms: readonly number[], others: readonly number[], as = terms) => {
    let sum = 0;
    for (let i = 0; i < terms.length; i++) if (others.includes(as[i]!)) sum += index.idf(terms[i]!);
    return sum;
  };
  const entities = shared(left.entities, right.entities);
  const concepts = shared(left.concepts, right.concepts);
  const [leftTitle, rightTitle] = [total(left.titles), total(right.titles)];
  const there = leftTitle ? shared(left.titles, right.concepts, left.titleConcepts) / leftTitle : 0;
  const back = rightTitle ? shared(right.titles, left.concepts, right.titleConcepts) / rightTitle : 0;
  const figures = common(left.figures, right.figures);
  const days = common(left.days, right.days);
  const missed =
    left.titleParties.length -
    common(left.titleParties, right.parties) +
    right.titleParties.length -
    common(right.titleParties, left.parties);
  return Float64Array.of(
    dice(entities, total(left.entities), total(right.entities)),
    entities / (entities + 8),
    dice(concepts, total(left.concepts), total(right.concepts)),
    concepts / (concepts + 8),
    (there + back) / 2,
    Math.min(there, back),
    dice(shared(left.titles, right.titles), leftTitle, rightTitle),
    figures / (figures + 1),
    !figures && !left.things.isDisjointFrom(right.things) ? 1 : 0,
    missed / (missed + 1),
    days ? 1 : 0,
    !days && left.days.length && right.days.length ? 1 : 0,
    Math.log1p(Math.abs(a.published - b.published) / 3_600_000),
    1,
  );
}

function common(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  for (const term of a) if (b.includes(term)) count++;
  return count;
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
