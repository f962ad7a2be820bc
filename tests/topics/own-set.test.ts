import { describe, expect, it } from 'vitest';
import { crossValidate, measureAll } from '../../scripts/cross-validate.ts';
import { readOwnSet } from '../../scripts/labelled-sets.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { topic } from './articles.ts';

const items = readOwnSet();

/** Precision and recall of what was said against the labels. */
function rates(said: boolean[]): { precision: number; recall: number } {
  const hits = items.filter((item, i) => item.relevant && said[i]).length;
  return {
    precision: hits / said.filter(Boolean).length,
    recall: hits / items.filter((item) => item.relevant).length,
  };
}

describe('the own labelled set', () => {
  it('is large, half of it is not relevant, and four languages have their share', () => {
    expect(items.length).toBeGreaterThanOrEqual(240);
    const relevant = items.filter((item) => item.relevant).length / items.length;
    expect(relevant).toBeGreaterThan(0.45);
    expect(relevant).toBeLessThan(0.55);
    for (const language of ['en', 'ru', 'ja', 'zh'])
      expect(items.filter((item) => item.article.language === language).length).toBeGreaterThanOrEqual(50);
  });

  it('keeps the promised precision and recall with the weights of the topic file', () => {
    const { precision, recall } = rates(items.map((item) => judgeArticle(item.article, topic).relevant));
    expect(precision).toBeGreaterThanOrEqual(0.92);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('generalizes: five folds of itself alone stay near', () => {
    const scores = crossValidate(measureAll(items, topic), topic);
    const { precision, recall } = rates(scores.map((score) => score >= topic.threshold));
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });

  it('gets its kinds and themes', () => {
    const relevant = items.filter((item) => item.relevant);
    const verdicts = relevant.map((item) => judgeArticle(item.article, topic));
    const kinds = relevant.filter((item, i) => item.kind === verdicts[i]!.kind).length / relevant.length;
    const asked = relevant.flatMap((item, i) =>
      item.themes.map((theme) => verdicts[i]!.themes.includes(theme)),
    );
    expect(kinds).toBeGreaterThanOrEqual(0.9);
    expect(asked.filter(Boolean).length / asked.length).toBeGreaterThanOrEqual(0.9);
  });
});
