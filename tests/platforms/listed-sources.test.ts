import { expect, test } from 'vitest';
import type { Digest } from '../../src/model/digest.ts';
import { renderText } from '../../src/platforms/console/render-text.ts';
import { renderDigest as renderForDiscord } from '../../src/platforms/discord/render-digest.ts';
import { listedSources } from '../../src/platforms/listed-sources.ts';
import { renderDigest as renderForSlack } from '../../src/platforms/slack/render-digest.ts';
import { sampleDigest } from '../fixtures/discord/sample-digest.ts';

/** A story of ten sources whose sentences cite the first, the eighth and, in a denial, the tenth. */
function digestOfMany(): Digest {
  const digest = sampleDigest();
  const story = digest.sections[0]!.stories[0]!;
  const [first] = story.sentences;
  const source = story.sources[0]!;
  story.sources = Array.from({ length: 10 }, (_, i) => ({ ...source, outlet: `Sample Outlet ${i + 1}` }));
  story.sentences = [{ ...first!, source: 0, also: [7] }];
  story.conflicts = [{ who: 'Moscow', sentence: { ...first!, source: 9 }, stateMedia: false }];
  return digest;
}

test('all that is cited is listed, then the others as far as there is room', () => {
  const story = digestOfMany().sections[0]!.stories[0]!;
  expect(listedSources(story, 6)).toEqual([0, 1, 2, 3, 7, 9]);
  expect(listedSources(story, 2)).toEqual([0, 7, 9]);
  expect(listedSources({ ...story, sources: story.sources.slice(0, 1) }, 6)).toEqual([0]);
});

test.each([
  ['Discord', () => renderForDiscord(digestOfMany(), { marker: () => 'm' }).map(({ payload }) => payload)],
  ['Slack', () => renderForSlack(digestOfMany(), { marker: () => 'm' }).map(({ payload }) => payload)],
  ['the console', () => renderText(digestOfMany(), { width: 200, color: false })],
])('on %s every number that a sentence names stands in the list', (_, render) => {
  const text = JSON.stringify(render());
  for (const [number, outlet] of [
    [1, 'Sample Outlet 1'],
    [8, 'Sample Outlet 8'],
    [10, 'Sample Outlet 10'],
  ] as const) {
    expect(text).toContain(outlet);
    expect(text).toMatch(new RegExp(`\\[${number}(\\\\\\\\)*\\]`));
  }
});
