import levels from './common-terms.json' with { type: 'json' };

/** Entry k holds the terms that about one text in 2^k has; made by scripts/count-common-terms.ts. */
const shares = new Map(
  levels.flatMap((terms, level) => terms.split(' ').map((term) => [term, 2 ** -level] as const)),
);

/** Share of texts, 0 to 1, that have a term whatever the news: 0 for a rare one. */
export function commonness(term: string): number {
  return shares.get(term) ?? 0;
}
