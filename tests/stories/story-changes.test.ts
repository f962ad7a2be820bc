import { describe, expect, test } from 'vitest';
import { storyChanges } from '../../src/stories/story-changes.ts';
import { replay } from './replay.ts';

const { steps } = replay();
const expecting = (badge: string) => steps.filter(({ step }) => step.expect === badge);

describe('what a destination is told of a story it has seen', () => {
  test('a story that was never shown is new', () => {
    expect(storyChanges(null, [])).toEqual({ badge: 'NEW', changes: [] });
  });

  test('nine of ten developments are found, for the reason that was annotated', () => {
    const developments = expecting('UPDATED');
    expect(developments.length).toBeGreaterThanOrEqual(30);
    const found = developments.filter(
      ({ step, news }) =>
        news.badge === 'UPDATED' && (!step.kind || news.changes.some((change) => change.kind === step.kind)),
    );
    expect(found.length / developments.length).toBeGreaterThanOrEqual(0.9);
  });

  test('reprints, repetitions, opinion and mended spelling bring a story back in no more than one of twenty cases', () => {
    const repetitions = expecting('UNCHANGED');
    expect(repetitions.length).toBeGreaterThanOrEqual(30);
    const told = repetitions.filter(({ news }) => news.badge !== 'UNCHANGED');
    expect(told.length / repetitions.length).toBeLessThanOrEqual(0.05);
  });

  test('what a source takes back or changes is a correction that says what it was', () => {
    const corrections = expecting('CORRECTED');
    expect(corrections.length).toBeGreaterThanOrEqual(6);
    for (const { news } of corrections) {
      expect(news.badge).toBe('CORRECTED');
      expect(news.changes[0]!.wasAt).toBeGreaterThan(0);
    }
  });

  test('an update names what is new, and what a changed figure was', () => {
    const { news } = steps.find(({ step }) => step.report?.title === 'Agency now counts 3,000 soldiers')!;
    expect(news.changes[0]).toMatchObject({ kind: 'figure', now: '3,000 soldiers', was: '10,000 soldiers' });
    for (const { news: each } of expecting('UPDATED')) expect(each.changes[0]!.now).not.toBe('');
  });
});
