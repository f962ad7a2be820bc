import type { StoryTerms, TermStatistics } from './term-statistics.ts';

/** One number for each of `termFeatures`; fitted by `scripts/fit-summaries.ts`. */
export interface TermWeights {
  single: readonly number[];
  pairs: readonly number[];
}

/** For each term by its number: how likely a person's summary of the story has it at least once, twice, … */
export interface ExpectedTerms {
  single: number[][];
  pairs: number[][];
}

/** A term is worth nothing when it is said more often than this. */
export const MOST_TIMES = { single: 8, pairs: 2 };

/**
 * What the chance depends on: how often, in how many documents, how early; each apart for function words, for half
 * pairs, and for the k-th time.
 */
export function termFeatures(
  s: TermStatistics,
  story: StoryTerms,
  kind: keyof TermWeights,
  time: number,
): number[] {
  const times = Math.log(s.times);
  const base = [
    1,
    times,
    Math.log(s.sentences),
    times / Math.log(story.sentences + 2),
    Math.log(s.documents),
    s.documents / story.documents,
    1 / Math.sqrt(s.first + 1),
    s.first === 0 ? 1 : 0,
    s.firstWeight / story.documents,
    Math.log(1 + s.weight),
    s.hasNumber ? 1 : 0,
    s.length / 10,
    s.sentences / story.sentences,
  ];
  const isFunction = s.functionWords === (kind === 'pairs' ? 2 : 1) ? 1 : 0;
  const isHalf = kind === 'pairs' && s.functionWords === 1 ? 1 : 0;
  const again = Math.log(time);
  const isAgain = time > 1 ? 1 : 0;
  return [
    ...base,
    ...base.map((x) => x * isFunction),
    ...(kind === 'pairs' ? base.map((x) => x * isHalf) : []),
    again,
    again * isFunction,
    again * times,
    again * times * isFunction,
    isAgain,
    isAgain * isFunction,
  ];
}

/** Logistic regression over `termFeatures`. */
export function expectTerms(story: StoryTerms, weights: TermWeights): ExpectedTerms {
  return { single: expectKind(story, weights, 'single'), pairs: expectKind(story, weights, 'pairs') };
}

function expectKind(story: StoryTerms, weights: TermWeights, kind: keyof TermWeights): number[][] {
  return story[kind].statistics.map((statistics) => {
    const chances: number[] = [];
    for (let time = 1; time <= Math.min(statistics.times, MOST_TIMES[kind]); time++) {
      const row = termFeatures(statistics, story, kind, time);
      let z = 0;
      for (let i = 0; i < row.length; i++) z += row[i]! * weights[kind][i]!;
      chances.push(1 / (1 + Math.exp(-z)));
    }
    return chances;
  });
}
