/**
 * Fits the weights of src/stories/similarity-weights.json: whether an article belongs to a story, as a logistic
 * regression over `likeness`. Folds are by story; what is printed is measured on the folds left out.
 *
 *     node scripts/fit-stories.ts          cross-validation only
 *     node scripts/fit-stories.ts write    then fits on everything and writes the weights
 */
import { writeFileSync } from 'node:fs';
import { commonness } from '../src/stories/common-terms.ts';
import { createGrouper } from '../src/stories/group-articles.ts';
import { emptyStory, type GroupedArticle, readArticle } from '../src/stories/live-article.ts';
import { FEATURES, likeness, Query } from '../src/stories/similarity.ts';
import { type LiveArticle, StoryIndex } from '../src/stories/story-index.ts';
import { clusterSets, type LabelledArticle } from './cluster-sets.ts';
import { type Example, fitLogistic } from './fit-logistic.ts';

const FOLDS = 5;
const ROUNDS = 3;
/** The intercept that is tuned on each set. */
const REGIMES = ['short:one', 'headless:one', 'one'];

const sets = clusterSets();
const measures = sets.map((set) => set.measure);

/** Streams a set with its true (or somebody's predicted) stories and records how each article stood to its candidates. */
function examplesOf(articles: readonly LabelledArticle[], placed: readonly number[] | null): Example[] {
  const index = new StoryIndex(commonness);
  const examples: Example[] = [];
  const goldOf = new Map<number, Map<string, number>>();
  const ids = new Map<string, number>();
  articles.forEach((article, i) => {
    const live = readArticle(article, index) as LiveArticle;
    const query = new Query(live, index);
    for (const story of index.candidates(live.terms.subarray(0, live.textTerms), 6, 6000)) {
      const golds = goldOf.get(story.id)!;
      if (/^p\d+$/.test(article.unit) && !golds.has(article.unit)) continue;
      const share = (golds.get(article.gold) ?? 0) / story.members.length;
      if (share > 0.3 && share < 0.7) continue;
      examples.push({ features: likeness(query, story, index), same: share > 0.5 ? 1 : 0, weight: 1 });
    }
    query.clear();
    const storyId = placed ? placed[i]! : (ids.get(article.gold) ?? ids.size + 1);
    ids.set(article.gold, ids.get(article.gold) ?? storyId);
    live.story = index.stories.get(storyId) ?? emptyStory(storyId);
    index.add(live);
    const golds = goldOf.get(storyId) ?? new Map<string, number>();
    golds.set(article.gold, (golds.get(article.gold) ?? 0) + 1);
    goldOf.set(storyId, golds);
  });
  return examples;
}

/** Story of each article as the grouper leaves it. */
export function group(articles: readonly GroupedArticle[], weights?: Float64Array): number[] {
  const grouper = createGrouper({ weights });
  let stories = 0;
  const into = new Map<number, number>();
  const assigned = articles.map((article) => {
    const { storyId, merged } = grouper.assign(article, () => ++stories);
    for (const merge of merged) into.set(merge.from, merge.into);
    return storyId;
  });
  return assigned.map((id) => {
    while (into.has(id)) id = into.get(id)!;
    return id;
  });
}

function train(sets: readonly (readonly LabelledArticle[])[]): Float64Array {
  let examples: Example[] = [];
  let weights: Float64Array | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    // Later rounds also see the stories that the weights so far would have made, with their mistakes.
    const fresh = sets.map((set) => {
      const found = examplesOf(set, weights ? group(set, weights) : null);
      for (const example of found) example.weight = 1000 / found.length;
      return found;
    });
    examples = examples.concat(...fresh);
    weights = fitLogistic(examples);
  }
  // What a join costs differs between the kinds of text: each kind's threshold is set by the measure itself.
  sets.forEach((set, i) => {
    const at = FEATURES.indexOf(REGIMES[i]!);
    const tried = [-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5].map((shift) => {
      const shifted = Float64Array.from(weights!);
      shifted[at]! += shift;
      return { shifted, value: measures[i]!(set, group(set, shifted)) };
    });
    weights = tried.reduce((best, next) => (next.value > best.value ? next : best)).shifted;
  });
  return weights!;
}

const foldOf = (unit: string) => {
  let h = 0;
  for (const c of unit) h = (h * 31 + c.codePointAt(0)!) >>> 0;
  return h % FOLDS;
};

const results = sets.map(() => [] as number[]);
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = train(sets.map(({ articles }) => articles.filter((a) => foldOf(a.unit) !== fold)));
  sets.forEach(({ name, articles, measure }, i) => {
    // The whole set is streamed, so that it is as crowded as it will be; only what was not learned from counts.
    const stories = group(articles, weights);
    const held = articles.flatMap((a, at) => (foldOf(a.unit) === fold ? [at] : []));
    const value = measure(
      held.map((at) => articles[at]!),
      held.map((at) => stories[at]!),
    );
    results[i]!.push(value);
    console.error(`fold ${fold} ${name} ${value.toFixed(3)}`);
  });
}
sets.forEach(({ name }, i) => {
  const values = results[i]!;
  console.log(
    `${name.padEnd(10)} held out ${(values.reduce((a, b) => a + b, 0) / values.length).toFixed(3)}`,
  );
});

const all = train(sets.map(({ articles }) => articles));
for (const { name, articles, measure } of sets)
  console.log(`${name.padEnd(10)} fitted   ${measure(articles, group(articles, all)).toFixed(3)}`);
for (const [i, feature] of FEATURES.entries()) console.error(feature.padEnd(14), all[i]!.toFixed(2));
if (process.argv[2] === 'write')
  writeFileSync(
    'src/stories/similarity-weights.json',
    `${JSON.stringify(Object.fromEntries(FEATURES.map((name, i) => [name, Number(all[i]!.toFixed(3))])), null, 2)}\n`,
  );
