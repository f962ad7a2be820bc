import type { Digest } from '../model/digest.ts';

/** Several stories that became due together, as one message. */
export function joinDigests(first: Digest, digests: readonly Digest[]): Digest {
  const sections = new Map<string, Digest['sections'][number]>();
  for (const { theme, stories } of digests.flatMap((digest) => digest.sections)) {
    const known = sections.get(theme.slug);
    if (known) known.stories.push(...stories);
    else sections.set(theme.slug, { theme, stories: [...stories] });
  }
  const matches = new Map<number, Digest['matches'][number]>();
  for (const match of digests.flatMap((digest) => digest.matches)) {
    const known = matches.get(match.subscriptionId);
    const words = [...new Set([...(known?.words ?? []), ...match.words])];
    matches.set(match.subscriptionId, { ...match, words });
  }
  return {
    ...first,
    coverage: {
      ...first.coverage,
      articles: digests.reduce((sum, digest) => sum + digest.coverage.articles, 0),
      stories: digests.length,
    },
    sections: [...sections.values()],
    matches: [...matches.values()],
    notes: [...new Set(digests.flatMap((digest) => digest.notes))],
    memory: digests.flatMap((digest) => digest.memory),
  };
}
