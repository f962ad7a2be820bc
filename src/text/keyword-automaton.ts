/**
 * Finds every occurrence of every pattern in one pass (Aho & Corasick 1975), over sequences of small
 * non-negative integers: code units, term ids. All states and edges lie in flat typed arrays.
 */
export interface KeywordAutomaton {
  /**
   * Calls `found` for each occurrence with the pattern's index and the index after its last symbol,
   * in order of ends, at equal ends the longest first.
   */
  scan(symbols: ArrayLike<number>, length: number, found: (pattern: number, end: number) => void): void;
}

const ROOT_SIZE = 0x10000;

/** @param patterns not empty each; equal ones are all reported */
export function buildAutomaton(patterns: readonly ArrayLike<number>[]): KeywordAutomaton {
  const { edges, states, endsAt, samePattern } = buildTrie(patterns);
  const { fail, output } = linkFailures(edges, states, endsAt);

  // The root's row is dense, since most symbols of a text lead back to it; all others share one hash table.
  const root = new Int32Array(ROOT_SIZE);
  let capacity = 16;
  while (capacity < edges.length * 2) capacity *= 2;
  const mask = capacity - 1;
  const fromState = new Int32Array(capacity).fill(-1);
  const onSymbol = new Int32Array(capacity);
  const toState = new Int32Array(capacity);
  for (const { from, symbol, to } of edges) {
    if (from === 0 && symbol < ROOT_SIZE) root[symbol] = to;
    let slot = hash(from, symbol) & mask;
    while (fromState[slot] !== -1) slot = (slot + 1) & mask;
    fromState[slot] = from;
    onSymbol[slot] = symbol;
    toState[slot] = to;
  }

  function next(state: number, symbol: number): number {
    if (state === 0 && symbol < ROOT_SIZE) return root[symbol]!;
    let slot = hash(state, symbol) & mask;
    while (fromState[slot] !== -1) {
      if (fromState[slot] === state && onSymbol[slot] === symbol) return toState[slot]!;
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  return {
    scan(symbols, length, found) {
      let state = 0;
      for (let i = 0; i < length; i++) {
        const symbol = symbols[i]!;
        let to = next(state, symbol);
        while (to === 0 && state !== 0) {
          state = fail[state]!;
          to = next(state, symbol);
        }
        state = to;
        for (let hit = endsAt[state]! >= 0 ? state : output[state]!; hit !== 0; hit = output[hit]!)
          for (let pattern = endsAt[hit]!; pattern >= 0; pattern = samePattern[pattern]!)
            found(pattern, i + 1);
      }
    },
  };
}

interface Edge {
  from: number;
  symbol: number;
  to: number;
}

function hash(state: number, symbol: number): number {
  const h = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
  return h ^ (h >>> 15);
}

function buildTrie(patterns: readonly ArrayLike<number>[]) {
  const children: Map<number, number>[] = [new Map()];
  const edges: Edge[] = [];
  const ends: number[] = [-1];
  const samePattern = new Int32Array(patterns.length).fill(-1);
  patterns.forEach((pattern, index) => {
    let state = 0;
    for (let i = 0; i < pattern.length; i++) {
      const symbol = pattern[i]!;
      let to = children[state]!.get(symbol);
      if (to === undefined) {
        to = children.length;
        children.push(new Map());
        ends.push(-1);
        children[state]!.set(symbol, to);
        edges.push({ from: state, symbol, to });
      }
      state = to;
    }
    if (state === 0) return;
    samePattern[index] = ends[state]!;
    ends[state] = index;
  });
  return { edges, states: children, endsAt: Int32Array.from(ends), samePattern };
}

/** `fail`: the longest proper suffix that is a state; `output`: the nearest state on that way where a pattern ends. */
function linkFailures(edges: Edge[], states: Map<number, number>[], endsAt: Int32Array) {
  const fail = new Int32Array(states.length);
  const output = new Int32Array(states.length);
  const byParent = new Map<number, Edge[]>();
  for (const edge of edges) {
    const siblings = byParent.get(edge.from);
    if (siblings) siblings.push(edge);
    else byParent.set(edge.from, [edge]);
  }
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    for (const { symbol, to } of byParent.get(state) ?? []) {
      queue.push(to);
      if (state === 0) continue;
      let back = fail[state]!;
      while (back !== 0 && !states[back]!.has(symbol)) back = fail[back]!;
      fail[to] = states[back]!.get(symbol) ?? 0;
      output[to] = endsAt[fail[to]!]! >= 0 ? fail[to]! : output[fail[to]!]!;
    }
  }
  return { fail, output };
}
