/**
 * `npm run eval:relevance`: precision and recall of the verdicts by set and language, scores from five folds that
 * keep near-equal items together; then the ten worst errors. Needs TUMEN_DATA for all but the own set.
 */
import { chooseThreshold } from '../../scripts/choose-threshold.ts';
import { crossValidate, measureAll } from '../../scripts/cross-validate.ts';
import { readMeasurementSets, readOwnSet } from '../../scripts/labelled-sets.ts';
import { wilsonInterval } from '../../scripts/wilson-interval.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';

const topic = await loadTopic(process.argv[2] ?? 'config/topics/russia-north-korea.yaml');
const items = [...readOwnSet(), ...readMeasurementSets()];
const measured = measureAll(items, topic);
const scores = crossValidate(measured, topic);
/** The peer: a filter that asks whether both sides are named. */
const named = measured.map(({ evidence }) => (evidence.sides === evidence.all ? 1 : 0));
const threshold = topic.threshold;
console.log(
  `threshold ${threshold} (the folds' own choice: ${chooseThreshold(items, scores)}), five folds, ${items.length} articles\n`,
);

console.log('set        language  items  precision            recall               F1');
for (const set of ['own', 'labelled', 'events'] as const) {
  const languages = [
    ...new Set(items.filter((item) => item.set === set).map((item) => item.article.language)),
  ];
  for (const language of languages.length > 1 ? [...languages, null] : [null]) row(set, language, scores);
}
console.log('\nboth sides named, nothing else asked');
for (const set of ['own', 'labelled', 'events'] as const) row(set, null, named);

console.log('\nworst errors');
items
  .map((item, i) => ({ item, score: scores[i]! }))
  .filter(({ item, score }) => score >= threshold !== item.relevant)
  .sort((a, b) => Math.abs(b.score - threshold) - Math.abs(a.score - threshold))
  .slice(0, 10)
  .forEach(({ item, score }) => {
    const { code } = judgeArticle(item.article, topic).reasons[0]!;
    const label = item.relevant ? 'missed' : 'wrong ';
    console.log(
      `${score.toFixed(2)} ${label} ${item.set} ${item.article.language} (${code}) ${item.article.title.slice(0, 90)}`,
    );
  });

function row(set: string, language: string | null, of: readonly number[]): void {
  let hits = 0;
  let said = 0;
  let relevant = 0;
  let count = 0;
  items.forEach((item, i) => {
    if (item.set !== set || (language && item.article.language !== language)) return;
    count++;
    const yes = of[i]! >= threshold;
    if (yes) said++;
    if (item.relevant) relevant++;
    if (yes && item.relevant) hits++;
  });
  const f1 = said + relevant === 0 ? 0 : (2 * hits) / (said + relevant);
  console.log(
    `${set.padEnd(10)} ${(language ?? 'all').padEnd(8)} ${String(count).padStart(6)}  ${share(hits, said)}  ${share(hits, relevant)}  ${f1.toFixed(3)}`,
  );
}

function share(hits: number, n: number): string {
  const [low, high] = wilsonInterval(hits, n);
  return (n === 0 ? '–' : `${(hits / n).toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`).padEnd(19);
}
