/**
 * Fits the weights of a topic file on labelled articles and writes them into it:
 *   node scripts/fit-topic.ts [config/topics/russia-north-korea.yaml] [more-labels.jsonl …]
 * Uses the project's own set, the measurement sets of TUMEN_DATA where they are, and files of labelled articles
 * (`{title,text,language,relevant}` a line), such as what `tumen feedback` exports.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadTopic } from '../src/topics/load-topic.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { crossValidate, examplesOf, measureAll } from './cross-validate.ts';
import { fitWeights } from './fit-weights.ts';
import { readLabelFile, readMeasurementSets, readOwnSet } from './labelled-sets.ts';

const [file = 'config/topics/russia-north-korea.yaml', ...labels] = process.argv.slice(2);
const topic = await loadTopic(file);
const items = [...readOwnSet(), ...readMeasurementSets(), ...labels.flatMap(readLabelFile)];
const measured = measureAll(items, topic);
const weights = fitWeights(examplesOf(measured, topic));
const threshold = chooseThreshold(items, crossValidate(measured, topic));

// Only these lines change: the rest of the file stays as a person laid it out.
let source = readFileSync(file, 'utf8');
for (const [name, value] of Object.entries(weights)) {
  const line = new RegExp(`^  ${name}: .*$`, 'm');
  if (!line.test(source)) throw new Error(`${file} has no line for the weight ${name}`);
  source = source.replace(line, `  ${name}: ${Math.round(value * 100) / 100}`);
}
source = source.replace(/^threshold: .*$/m, `threshold: ${threshold}`);
writeFileSync(file, source);
console.log(`${file}: ${items.length} articles, threshold ${threshold}`);
