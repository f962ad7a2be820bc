import { tokenize } from '../src/text/tokenize.ts';
import type { Labelled } from './labelled-sets.ts';

/** Share of common terms from which two items count as near-equal. */
const NEAR_EQUAL = 0.4;

/** A fold number for each item; near-equal items (reprints, updates of one report) share theirs. */
export function makeFolds(items: readonly Labelled[], folds: number): number[] {
  const terms = items.map(
    ({ article }) => new Set(tokenize(`${article.title}\n${article.text.slice(0, 300)}`).map((t) => t.term)),
  );
  const parent = items.map((_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!;
    return i;
  };
  for (let i = 0; i < items.length; i++)
    for (let j = i + 1; j < items.length; j++)
      if (jaccard(terms[i]!, terms[j]!) >= NEAR_EQUAL) parent[find(j)] = find(i);
  // Groups go round the folds in order of their first item, so that a set, a language and a label spread evenly.
  const counters = new Map<string, number>();
  const foldOf = new Map<number, number>();
  return items.map((item, i) => {
    const root = find(i);
    let fold = foldOf.get(root);
    if (fold === undefined) {
      const key = `${item.set} ${item.article.language} ${item.relevant}`;
      const count = counters.get(key) ?? 0;
      counters.set(key, count + 1);
      fold = count % folds;
      foldOf.set(root, fold);
    }
    return fold;
  });
}

function jaccard(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0 || a.size > b.size * 3 || b.size > a.size * 3) return 0;
  let common = 0;
  for (const term of a) if (b.has(term)) common++;
  return common / (a.size + b.size - common);
}
