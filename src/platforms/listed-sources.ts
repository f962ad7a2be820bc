import type { DigestStory } from '../model/digest.ts';

/**
 * Which sources stand under a story, as indexes in order: every one that a sentence in it cites, however many, then
 * the others up to `most` in all.
 */
export function listedSources(
  story: Pick<DigestStory, 'sentences' | 'conflicts' | 'sources'>,
  most: number,
): number[] {
  const quotations = [...story.sentences, ...story.conflicts.map(({ sentence }) => sentence)];
  const listed = new Set(quotations.flatMap(({ source, also = [] }) => [source, ...also]));
  for (let i = 0; i < story.sources.length && listed.size < most; i++) listed.add(i);
  return [...listed].filter((i) => i < story.sources.length).sort((a, b) => a - b);
}
