/**
 * Fits src/stories/cross-weights.json on tests/fixtures/stories/cross-language.json: whether two reports in two
 * languages tell one event. Folds are by day; what is printed is measured on the days left out.
 *
 *     node scripts/fit-cross-language.ts          cross-validation only
 *     node scripts/fit-cross-language.ts write    then fits on everything and writes the weights
 */
import { writeFileSync } from 'node:fs';
import { commonness } from '../src/stories/common-terms.ts';
import { CROSS_FEATURES, crossLikeness } from '../src/stories/cross-similarity.ts';
import { emptyStory, readArticle } from '../src/stories/live-article.ts';
import { type LiveArticle, StoryIndex } from '../src/stories/story-index.ts';
import { crossLanguagePairs } from './cross-language-pairs.ts';
import { type Example, fitLogistic } from './fit-logistic.ts';

const FOLDS = 11;
const RIDGE = 0.01;

const { articles, pairs } = await crossLanguagePairs();
const index = new StoryIndex(commonness);
const live = articles.map((article) => {
  const read = readArticle(article, index) as LiveArticle;
  read.story = emptyStory(article.id);
  index.add(read);
  return read;
});
const examples: (Example & { day: number; a: number; b: number })[] = pairs.map(({ a, b, same, day }) => ({
  features: crossLikeness(live[a]!, live[b]!, index),
  same: same ? 1 : 0,
  weight: 1,
  day,
  a,
  b,
}));

// Reports of different days teach what time says; they are not measured.
const far: Example[] = [];
for (let a = 0; a < live.length; a += 2)
  for (let b = a + 1; b < live.length; b += 5) {
    const hours = Math.abs(live[a]!.published - live[b]!.published) / 3_600_000;
    if (hours > 30 && hours < 2400 && live[a]!.language !== live[b]!.language)
      far.push({ features: crossLikeness(live[a]!, live[b]!, index), same: 0, weight: 0.2 });
  }

const decide = (weights: Float64Array, { features }: Example) => {
  let z = 0;
  for (let i = 0; i < features.length; i++) z += weights[i]! * features[i]!;
  return z > 0;
};

let hits = 0;
let joins = 0;
let falseJoins = 0;
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = fitLogistic([...examples.filter(({ day }) => day % FOLDS !== fold), ...far], RIDGE);
  for (const example of examples.filter(({ day }) => day % FOLDS === fold)) {
    const joined = decide(weights, example);
    if (joined) joins++;
    if (joined && example.same) hits++;
    if (joined && !example.same) falseJoins++;
    if (process.env.SHOW && joined !== Boolean(example.same))
      console.error(
        joined ? 'FALSE' : 'MISSED',
        articles[example.a]!.content.title,
        '|',
        articles[example.b]!.content.title,
      );
  }
}
const positives = examples.filter(({ same }) => same).length;
const negatives = examples.length - positives;
const f1 = (2 * hits) / (joins + positives);
console.log(
  `${examples.length} pairs, held out: F1 ${f1.toFixed(3)}, precision ${(hits / joins).toFixed(3)}, recall ${(hits / positives).toFixed(3)}, false joins ${((100 * falseJoins) / negatives).toFixed(1)}%`,
);

const all = fitLogistic([...examples, ...far], RIDGE);
for (const [i, name] of CROSS_FEATURES.entries()) console.error(name.padEnd(16), all[i]!.toFixed(2));
if (process.argv[2] === 'write')
  writeFileSync(
    'src/stories/cross-weights.json',
    `${JSON.stringify(Object.fromEntries(CROSS_FEATURES.map((name, i) => [name, Number(all[i]!.toFixed(3))])), null, 2)}\n`,
  );
