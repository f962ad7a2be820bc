import type { Leaf, QueryNode } from '../search/query.ts';

/** Where a test leads when the whole query is decided. */
export const ACCEPT = -1;
const REJECT = -2;

/**
 * A query as tests in a row: `[literal, next if present, next if absent]`, three numbers a test, each
 * literal's answer leading straight to the next test that still matters. The first test is the last triple.
 */
export function compileQuery(node: QueryNode, idOf: (leaf: Leaf) => number): number[] {
  const code: number[] = [];
  const emit = (n: QueryNode, yes: number, no: number): number => {
    switch (n.kind) {
      case 'and':
        return n.nodes.reduceRight((next, child) => emit(child, next, no), yes);
      case 'or':
        return n.nodes.reduceRight((next, child) => emit(child, yes, next), no);
      case 'not':
        return emit(n.node, no, yes);
      default:
        code.push(idOf(n), yes, no);
        return code.length - 3;
    }
  };
  emit(node, ACCEPT, REJECT);
  return code;
}

/**
 * The leaves of which at least one must be present for the query to hold, chosen so that they are seldom
 * present: of required parts the rarest, of alternatives all. Null where nothing is required.
 */
export function findAnchors(
  node: QueryNode,
  rarity: (leaf: Leaf) => number,
): { leaves: Leaf[]; cost: number } | null {
  if (node.kind === 'not') return null;
  if (node.kind === 'and') {
    let best: { leaves: Leaf[]; cost: number } | null = null;
    for (const child of node.nodes) {
      const found = findAnchors(child, rarity);
      if (found && (!best || found.cost < best.cost)) best = found;
    }
    return best;
  }
  if (node.kind === 'or') {
    const all = { leaves: [] as Leaf[], cost: 0 };
    for (const child of node.nodes) {
      const found = findAnchors(child, rarity);
      if (!found) return null;
      all.leaves.push(...found.leaves);
      all.cost += found.cost;
    }
    return all;
  }
  return { leaves: [node], cost: rarity(node) };
}
