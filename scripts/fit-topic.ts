/**
 * Fits the weights of a topic file on labelled articles and writes them into it:
 *   node scripts/fit-topic.ts [config/topics/russia-north-korea.yaml] [--stored]
 * Uses the project's own set, the measurement sets of TUMEN_DATA where they are, and with --stored what people said
 * of articles in the configured database.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadConfig } from '../src/config/load-config.ts';
import { openCore } from '../src/core.ts';
import { loadTopic } from '../src/topics/load-topic.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { crossValidate, examplesOf, measureAll } from './cross-validate.ts';
import { fitWeights } from './fit-weights.ts';
import { readMeasurementSets, readOwnSet, readStoredLabels } from './labelled-sets.ts';

const args = process.argv.slice(2);
const file = args.find((arg) => !arg.startsWith('--')) ?? 'config/topics/russia-north-korea.yaml';
const topic = await loadTopic(file);
const items = [...readOwnSet(), ...readMeasurementSets()];
if (args.includes('--stored')) {
  const core = await openCore(loadConfig(process.env));
  items.push(...(await readStoredLabels(core.store, topic.slug)));
  await core.close();
}
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
