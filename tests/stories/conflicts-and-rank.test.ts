import { describe, expect, test } from 'vitest';
import { outletFromName } from '../../src/model/outlet.ts';
import { findConflicts } from '../../src/stories/find-conflicts.ts';
import { rankStories } from '../../src/stories/rank-stories.ts';
import { onlyStateMedia, type StoryReport } from '../../src/stories/story-report.ts';

const NOW = Date.UTC(2025, 5, 1, 12);
const HOUR = 3_600_000;

function report(id: number, title: string, text = '', more: Partial<StoryReport> = {}): StoryReport {
  return {
    articleId: id,
    revision: 1,
    url: null,
    title,
    text,
    language: 'en',
    published: NOW,
    outlet: outletFromName(`Sample ${id}`),
    originId: id,
    joinedAt: NOW - HOUR,
    kind: 'report',
    relevance: 0.9,
    entities: [],
    ...more,
  };
}
const quoted = (reports: StoryReport[]) =>
  findConflicts(reports).map(({ articleId, in: where, start, end }) => {
    const found = reports.find((r) => r.articleId === articleId)!;
    return [articleId, (where === 'title' ? found.title : found.text).slice(start, end)];
  });

describe('what stands against each other', () => {
  test('two counts of one thing by two origins, each verbatim', () => {
    const reports = [
      report(1, 'Troops arrive', 'Seoul counts 1,500 soldiers in the east.'),
      report(2, 'Kyiv gives number', 'Kyiv counts 10,000 soldiers there.'),
    ];
    expect(quoted(reports)).toEqual([
      [1, 'Seoul counts 1,500 soldiers in the east.'],
      [2, 'Kyiv counts 10,000 soldiers there.'],
    ]);
  });
  test('a denial beside the claim it denies', () => {
    const reports = [
      report(1, 'Shells shipped, Seoul says', 'Seoul says shells were shipped by sea.'),
      report(2, 'Moscow answers', 'Moscow denied that arms were transferred.'),
    ];
    expect(quoted(reports).map(([id]) => id)).toEqual([1, 2]);
  });
  test('rounding, and an outlet that mends its own count, are no conflict', () => {
    expect(
      findConflicts([
        report(1, 'a', 'Some 10,000 soldiers came.'),
        report(2, 'b', 'Some 10,300 soldiers came.'),
      ]),
    ).toEqual([]);
    const mended = [
      report(1, 'a', 'Some 1,000 soldiers came.'),
      report(2, 'b', 'Some 3,000 soldiers came.', { originId: 1 }),
    ];
    expect(findConflicts(mended)).toEqual([]);
  });
});

describe('state media', () => {
  const state = (country: string) => ({ ...outletFromName('State Sample'), stateMedia: true, country });
  test('alone are named by their country', () => {
    expect(onlyStateMedia([{ outlet: state('KP') }, { outlet: state('KP') }])).toBe('KP');
    expect(onlyStateMedia([{ outlet: state('KP') }, { outlet: state('RU') }])).toBeNull();
    expect(onlyStateMedia([{ outlet: state('KP') }, { outlet: outletFromName('Sample Post') }])).toBeNull();
  });
});

describe('rank', () => {
  const story = (storyId: number, themes: string[], ...reports: StoryReport[]) => ({
    storyId,
    themes,
    reports,
  });
  test('puts more independent origins first, whatever the number of reprints', () => {
    const reprinted = story(1, ['a'], ...[1, 2, 3, 4, 5].map((id) => report(id, 'x', '', { originId: 1 })));
    const independent = story(2, ['b'], report(6, 'y'), report(7, 'y'), report(8, 'y'));
    expect(rankStories([reprinted, independent], NOW).map(({ storyId }) => storyId)).toEqual([2, 1]);
  });
  test('lets one theme not take all the first places', () => {
    const arms = [1, 2, 3].map((id) => story(id, ['arms'], report(id, 'x')));
    const culture = story(4, ['culture'], report(4, 'y', '', { relevance: 0.8 }));
    const order = rankStories([...arms, culture], NOW).map(({ storyId }) => storyId);
    expect(order.indexOf(4)).toBe(1);
  });
  test('says of what each score is made', () => {
    const [ranked] = rankStories([story(1, ['a'], report(1, 'x'))], NOW);
    expect(ranked!.parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(ranked!.score);
    expect(ranked!.parts.map((part) => part.code)).toContain('freshness');
  });
});
