/** Share of the smaller set's terms that the other has too, 0 to 1: a sentence inside a longer one scores 1. */
export function overlap(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (!small.size) return 0;
  return shared(small, large) / small.size;
}

/** Shared terms over the geometric mean of both sizes (Ochiai), 0 to 1. */
export function similarity(a: Set<string>, b: Set<string>): number {
  if (!a.size || !b.size) return 0;
  return shared(a, b) / Math.sqrt(a.size * b.size);
}

function shared(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let n = 0;
  for (const term of small) if (large.has(term)) n++;
  return n;
}
