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

/** What the chance of a term depends on: how often, in how many documents and how early it stands. */
function baseFeatures(s: TermStatistics, story: StoryTerms, out: Float64Array): void {
  const times = Math.log(s.times);
  out[0] = 1;
  out[1] = times;
  out[2] = Math.log(s.sentences);
  out[3] = times / Math.log(story.sentences + 2);
  out[4] = Math.log(s.documents);
  out[5] = s.documents / story.documents;
  out[6] = 1 / Math.sqrt(s.first + 1);
  out[7] = s.first === 0 ? 1 : 0;
  out[8] = s.firstWeight / story.documents;
  out[9] = Math.log(1 + s.weight);
  out[10] = s.hasNumber ? 1 : 0;
  out[11] = s.length / 10;
  out[12] = s.sentences / story.sentences;
}

const BASE = 13;
/** Groups of weights in a row: for every term, then what function words add, then pairs with one function word. */
const GROUPS = { single: 2, pairs: 3 };

/** 0 a content term, 1 a function word or a pair of them, 2 a pair with one. */
function groupOf(s: TermStatistics, kind: keyof TermWeights): 0 | 1 | 2 {
  if (s.functionWords === (kind === 'pairs' ? 2 : 1)) return 1;
  return s.functionWords ? 2 : 0;
}

/** One row of the regression, as the fit reads it. */
export function termFeatures(
  s: TermStatistics,
  story: StoryTerms,
  kind: keyof TermWeights,
  time: number,
): number[] {
  const base = new Float64Array(BASE);
  baseFeatures(s, story, base);
  const row = new Array<number>(GROUPS[kind] * BASE).fill(0);
  const group = groupOf(s, kind);
  base.forEach((x, i) => {
    row[i] = x;
    if (group) row[group * BASE + i] = x;
  });
  const f = group === 1 ? 1 : 0;
  const again = Math.log(time);
  const isAgain = time > 1 ? 1 : 0;
  return [...row, again, again * f, again * base[1]!, again * base[1]! * f, isAgain, isAgain * f];
}

/** Logistic regression over `termFeatures`. */
export function expectTerms(story: StoryTerms, weights: TermWeights): ExpectedTerms {
  return { single: expectKind(story, weights, 'single'), pairs: expectKind(story, weights, 'pairs') };
}

/** The same as the product of `termFeatures` and the weights, without building the rows. */
function expectKind(story: StoryTerms, all: TermWeights, kind: keyof TermWeights): number[][] {
  const weights = all[kind];
  const later = weights.slice(GROUPS[kind] * BASE);
  const base = new Float64Array(BASE);
  return story[kind].statistics.map((s) => {
    baseFeatures(s, story, base);
    const group = groupOf(s, kind);
    let z = 0;
    for (let i = 0; i < BASE; i++) z += base[i]! * (weights[i]! + (group ? weights[group * BASE + i]! : 0));
    const chances = [logistic(z)];
    const f = group === 1 ? 1 : 0;
    const slope = later[0]! + f * later[1]! + base[1]! * (later[2]! + f * later[3]!);
    const step = later[4]! + f * later[5]!;
    for (let time = 2; time <= Math.min(s.times, MOST_TIMES[kind]); time++)
      chances.push(logistic(z + Math.log(time) * slope + step));
    return chances;
  });
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
