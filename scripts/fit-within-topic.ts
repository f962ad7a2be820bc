/**
 * Fits src/stories/topic-weights.json on the even days of tests/fixtures/stories/within-topic.json: whether two reports
 * of a topic in one language tell one event. The odd days are held out; other days and the reports of
 * cross-language.json that share a language give more pairs that are not one.
 *
 *     node scripts/fit-within-topic.ts          prints what the held-out days say
 *     node scripts/fit-within-topic.ts write    also writes the weights
 */
import { writeFileSync } from 'node:fs';
import { commonness } from '../src/stories/common-terms.ts';
import { emptyStory, readArticle } from '../src/stories/live-article.ts';
import { type LiveArticle, StoryIndex } from '../src/stories/story-index.ts';
import { TOPIC_FEATURES, topicLikeness } from '../src/stories/topic-similarity.ts';
import { crossLanguagePairs } from './cross-language-pairs.ts';
import { type Example, fitLogistic } from './fit-logistic.ts';
import { withinTopicPairs } from './within-topic-pairs.ts';

const RIDGE = 0.004;
const DAY = 24;

const own = await withinTopicPairs();
const cross = await crossLanguagePairs();
const index = new StoryIndex(commonness);
const articles = [
  ...own.articles.map((article) => ({ ...article, from: article.day % 2 ? 'held out' : 'tuned' })),
  ...cross.articles.map((article) => ({ ...article, from: 'cross' })),
];
const live = articles.map((article, i) => {
  const read = { ...readArticle(article, index), id: i + 1 } as LiveArticle;
  read.story = emptyStory(i + 1);
  index.add(read);
  return read;
});

const tuned: Example[] = [];
const held: (Example & { a: number; b: number })[] = [];
for (let a = 0; a < live.length; a++)
  for (let b = a + 1; b < live.length; b++) {
    const [left, right] = [live[a]!, live[b]!];
    // The two files tell some events twice.
    if (left.language !== right.language || articles[a]!.from !== articles[b]!.from) continue;
    const same = articles[a]!.event === articles[b]!.event ? 1 : 0;
    const hours = Math.abs(left.published - right.published) / 3_600_000;
    if (hours > 10 * DAY) continue;
    const example = { features: topicLikeness(left, right, index), same, weight: same ? 4 : 1, a, b };
    (articles[a]!.from === 'held out' ? held : tuned).push(example);
  }

const odds = (weights: Float64Array, { features }: Example) =>
  features.reduce((sum, value, i) => sum + value * weights[i]!, 0);

function report(name: string, weights: Float64Array, examples: readonly Example[]): void {
  const joined = examples.filter((example) => odds(weights, example) > 0);
  const hits = joined.filter(({ same }) => same).length;
  const same = examples.filter((example) => example.same).length;
  console.log(
    `${name.padEnd(8)} ${examples.length} pairs, ${same} of one event: precision ${(hits / joined.length).toFixed(3)}, recall ${(hits / same).toFixed(3)}`,
  );
}

const weights = fitLogistic(tuned, RIDGE);
report('tuned', weights, tuned);
report('held out', weights, held);
for (const example of process.env.SHOW ? held : [])
  if (odds(weights, example) > 0 !== Boolean(example.same))
    console.error(
      example.same ? 'MISSED' : 'FALSE',
      articles[example.a]!.content.title,
      '|',
      articles[example.b]!.content.title,
    );
for (const [i, name] of TOPIC_FEATURES.entries()) console.error(name.padEnd(14), weights[i]!.toFixed(2));
if (process.argv[2] === 'write')
  writeFileSync(
    'src/stories/topic-weights.json',
    `${JSON.stringify(Object.fromEntries(TOPIC_FEATURES.map((name, i) => [name, Number(weights[i]!.toFixed(3))])), null, 2)}\n`,
  );
