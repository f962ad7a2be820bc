// Scores the stages on the project's own sample feeds, with every error: npm run eval:samples
import { judgeSamples, scoreOrigins, scoreRelevance, scoreStories } from '../tests/samples/judge-samples.ts';

const judged = await judgeSamples();
const scores = {
  relevance: scoreRelevance(judged),
  stories: scoreStories(judged),
  origins: scoreOrigins(judged),
};
for (const [name, { precision, recall, f1, errors }] of Object.entries(scores)) {
  console.log(
    `${name.padEnd(10)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}`,
  );
  for (const error of errors) console.log(`  ${error}`);
}
for (const { sample, verdict } of judged)
  if (sample.event && verdict.relevant && sample.kind !== verdict.kind)
    console.log(`kind       ${sample.id}: ${verdict.kind}, meant ${sample.kind}`);
