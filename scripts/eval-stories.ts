/**
 * Measures stories on the labelled sets, our own pairs and our own replay; what is fitted is said so.
 *
 *     npm run eval:stories
 */

import { createGrouper } from '../src/stories/group-articles.ts';
import type { GroupedArticle } from '../src/stories/live-article.ts';
import { replay } from '../tests/stories/replay.ts';
import { crossLanguagePairs } from './cross-language-pairs.ts';
import { withinTopicPairs } from './within-topic-pairs.ts';

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)}%`;

function group(articles: readonly GroupedArticle[]): Map<number, number> {
  const grouper = createGrouper();
  const into = new Map<number, number>();
  const stories = new Map<number, number>();
  let next = 0;
  for (const article of articles) {
    const { storyId, merged } = grouper.assign(article, () => ++next);
    stories.set(article.id, storyId);
    for (const { from, into: target } of merged) into.set(from, target);
  }
  for (const [id, story] of stories) {
    let root = story;
    while (into.has(root)) root = into.get(root)!;
    stories.set(id, root);
  }
  return stories;
}

async function labelledSets(): Promise<void> {
  const sets = await import('./cluster-sets.ts').catch(() => null);
  if (!sets) {
    console.log('headlines, reports, pairs_ru: the measurement data (TUMEN_DATA) is not here, skipped');
    return;
  }
  for (const { name, articles, measure } of sets.clusterSets()) {
    const stories = group(articles);
    const value = measure(
      articles,
      articles.map((article) => stories.get(article.id)!),
    );
    console.log(
      `${name.padEnd(12)} F1 ${value.toFixed(3)} (weights fitted on it; held out: scripts/fit-stories.ts)`,
    );
  }
}

async function acrossLanguages(): Promise<void> {
  const { articles, pairs } = await crossLanguagePairs();
  const stories = group(articles);
  const joined = pairs.filter(({ a, b }) => stories.get(articles[a]!.id) === stories.get(articles[b]!.id));
  const right = joined.filter(({ same }) => same).length;
  const same = pairs.filter((pair) => pair.same).length;
  const f1 = (2 * right) / (joined.length + same);
  console.log(
    `languages    ${pairs.length} pairs streamed: F1 ${f1.toFixed(3)}, false joins ${percent(joined.length - right, pairs.length - same)} (held out by day: scripts/fit-cross-language.ts)`,
  );
}

async function withinTopic(): Promise<void> {
  const { articles, pairs } = await withinTopicPairs();
  const stories = group(articles);
  for (const [name, parity] of [
    ['tuned', 0],
    ['held out', 1],
  ] as const) {
    const half = pairs.filter(({ day }) => day % 2 === parity);
    const joined = half.filter(({ a, b }) => stories.get(articles[a]!.id) === stories.get(articles[b]!.id));
    const right = joined.filter(({ same }) => same).length;
    const same = half.filter((pair) => pair.same).length;
    console.log(
      `in the topic ${half.length} pairs streamed, ${name}: precision ${percent(right, joined.length)}, recall ${percent(right, same)}, false joins ${percent(joined.length - right, half.length - same)}`,
    );
  }
}

function developments(): void {
  const { steps, origins } = replay();
  const of = (expect: string) => steps.filter(({ step }) => step.expect === expect);
  const found = (expect: string) => of(expect).filter(({ news }) => news.badge === expect).length;
  console.log(`updated      ${found('UPDATED')} of ${of('UPDATED').length} developments`);
  console.log(
    `unchanged    ${of('UNCHANGED').length - found('UNCHANGED')} of ${of('UNCHANGED').length} told again in vain`,
  );
  console.log(`corrected    ${found('CORRECTED')} of ${of('CORRECTED').length} corrections`);
  const called = origins.filter((pair) => pair.found);
  const right = called.filter((pair) => pair.same).length;
  const same = origins.filter((pair) => pair.same).length;
  console.log(
    `origins      precision ${percent(right, called.length)}, recall ${percent(right, same)} of ${origins.length} pairs`,
  );
}

await labelledSets();
await acrossLanguages();
await withinTopic();
developments();
