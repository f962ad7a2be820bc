import type { Topic } from '../src/topics/compile-topic.ts';
import type { Features } from '../src/topics/feature-names.ts';
import { scoreOf } from '../src/topics/judge-article.ts';
import { judgeKind } from '../src/topics/judge-kind.ts';
import { measureFeatures } from '../src/topics/measure-features.ts';
import { type Evidence, readEvidence } from '../src/topics/read-evidence.ts';
import { type Example, fitWeights } from './fit-weights.ts';
import type { Labelled } from './labelled-sets.ts';
import { makeFolds } from './make-folds.ts';

/** Plain positives in great number would drown the hard cases. */
const SET_WEIGHT = { own: 1, labelled: 1, events: 0.25 } as const;

interface Measured {
  item: Labelled;
  evidence: Evidence;
  features: Features;
  example: Example;
}

export function measureAll(items: readonly Labelled[], topic: Topic): Measured[] {
  return items.map((item) => {
    const evidence = readEvidence(item.article, topic);
    const features = measureFeatures(evidence, topic, judgeKind(item.article, evidence) === 'roundup');
    return {
      item,
      evidence,
      features,
      example: { features, relevant: item.relevant, weight: SET_WEIGHT[item.set] },
    };
  });
}

/** Examples that the regression decides: those that do not name every side are out before it. */
export function examplesOf(measured: readonly Measured[], topic: Topic): Example[] {
  return measured.filter((m) => scoreOf(m.features, m.evidence, topic) > 0).map((m) => m.example);
}

/** A score for each item from weights that were fitted without its fold. */
export function crossValidate(measured: readonly Measured[], topic: Topic, folds = 5): number[] {
  const fold = makeFolds(
    measured.map((m) => m.item),
    folds,
  );
  const scores = new Array<number>(measured.length).fill(0);
  for (let f = 0; f < folds; f++) {
    const weights = fitWeights(
      examplesOf(
        measured.filter((_, i) => fold[i] !== f),
        topic,
      ),
    );
    measured.forEach((m, i) => {
      if (fold[i] === f) scores[i] = scoreOf(m.features, m.evidence, { ...topic, weights });
    });
  }
  return scores;
}
