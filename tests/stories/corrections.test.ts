import { expect, test } from 'vitest';
import type { Shown } from '../../src/model/delivery.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import { correctionsOf } from '../../src/stories/corrections.ts';
import type { StoryReport } from '../../src/stories/story-report.ts';

const SAID = 'The agreement has 14 chapters, a person who saw the draft said.';
const shown: Shown = {
  destinationId: 1,
  storyId: 1,
  storyRevision: 1,
  at: 1,
  via: 'digest',
  articles: [{ id: 7, revision: 1 }],
  origins: [7],
  facts: [],
  sentences: [{ articleId: 7, revision: 1, text: SAID }],
  message: null,
};
const edited = (text: string): StoryReport => ({
  articleId: 7,
  revision: 2,
  originId: 7,
  joinedAt: 1,
  kind: 'report',
  relevance: 1,
  entities: [],
  url: null,
  title: 'Agreement signed',
  text,
  language: 'en',
  published: 1,
  outlet: outletFromName('Sample Wire'),
});

test('another count of the same thing is a correction, whatever is counted', () => {
  const now = 'The agreement has 16 chapters, the published text shows; an earlier report was wrong.';
  expect(correctionsOf(shown, [edited(now)])).toMatchObject([{ kind: 'correction', now, was: SAID }]);
});

test('a sentence that still stands is none, and neither is a mended comma', () => {
  expect(correctionsOf(shown, [edited(`${SAID} More followed.`)])).toEqual([]);
  expect(correctionsOf(shown, [edited(SAID.replace(',', ''))])).toEqual([]);
});
