import { isAnchored } from './parse-query.ts';
import { type Leaf, type Query, QueryError, type QueryNode, type Words, writeQuery } from './query.ts';
import { readWords } from './read-words.ts';

/** Searches that one answer may cost. */
const MOST_COUNTS = 32;

/** A query that asks for less than another, and what it finds. */
export interface BroaderQuery {
  query: Query;
  hits: number;
}

/**
 * The nearest query that finds something, for one that finds nothing: with as few words left out as possible, then
 * with phrases as single words, then without its filters, then beyond the topic.
 * @param count how many articles a query finds
 */
export async function findBroader(
  asked: Query,
  count: (query: Query) => Promise<number>,
): Promise<BroaderQuery | null> {
  const known = new Map<string, number>();
  const left = () => MOST_COUNTS - known.size;

  async function hitsOf(query: Query): Promise<number> {
    const before = known.get(query.text);
    if (before !== undefined) return before;
    if (!left()) return 0;
    const hits = await count(query);
    known.set(query.text, hits);
    return hits;
  }

  /** Of these, the one that finds most. */
  async function best(queries: readonly Query[]): Promise<BroaderQuery | null> {
    let found: BroaderQuery | null = null;
    for (const query of queries) {
      const hits = await hitsOf(query);
      if (hits > (found?.hits ?? 0)) found = { query, hits };
    }
    return found;
  }

  /** With one word left out, then two, and so on; words that nothing has go at once. */
  async function withFewerWords(query: Query): Promise<BroaderQuery | null> {
    const alive: QueryNode[] = [];
    const words = partsOf(query.root).filter(isWordy);
    for (const part of words) {
      const alone = asking(query, without(query.root, words, part));
      if (words.length === 1 || (await hitsOf(alone))) alive.push(part);
    }
    if (!alive.length) return null;
    const start = asking(query, without(query.root, words, ...alive));
    if (alive.length < words.length && (await hitsOf(start))) return best([start]);
    for (let level = relaxed(start.root); level.length && level.length <= left(); ) {
      const found = await best(level.map((root) => asking(query, root)));
      if (found) return found;
      level = level.flatMap(relaxed);
    }
    return null;
  }

  known.set(asked.text, 0);
  const split = asking(asked, splitPhrases(asked.root));
  const filters = partsOf(asked.root).filter((part) => !isWordy(part));
  const oneFilterLess = filters.map((filter) =>
    asking(asked, joined(partsOf(asked.root).filter((part) => part !== filter))),
  );
  const bare = asking(asked, joined(partsOf(split.root).filter(isWordy)));
  const beyond = (query: Query) => asking({ ...query, anyTopic: true }, query.root);
  return (
    (await withFewerWords(asked)) ??
    (await best([split])) ??
    (await withFewerWords(split)) ??
    (await best(oneFilterLess.filter(({ root }) => isAnchored(root)))) ??
    (isAnchored(bare.root) ? ((await best([bare])) ?? (await withFewerWords(bare))) : null) ??
    (await best([beyond(asked)])) ??
    (isAnchored(bare.root) ? ((await best([beyond(bare)])) ?? (await withFewerWords(beyond(bare)))) : null)
  );
}

/** The same search with another tree. */
function asking({ anyTopic }: Pick<Query, 'anyTopic'>, root: QueryNode): Query {
  return { text: writeQuery({ root, anyTopic }), root, anyTopic };
}

function partsOf(root: QueryNode): QueryNode[] {
  return root.kind === 'and' ? root.nodes : [root];
}

function joined(nodes: QueryNode[]): QueryNode {
  return nodes.length === 1 ? nodes[0]! : { kind: 'and', nodes };
}

/** The tree with these of its words only; its filters stay. */
function without(root: QueryNode, words: readonly QueryNode[], ...kept: QueryNode[]): QueryNode {
  return joined(partsOf(root).filter((part) => !words.includes(part) || kept.includes(part)));
}

/** Whether it asks for words; the rest are filters: fields, days, what is to be left out. */
function isWordy(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.some(isWordy);
  return node.kind === 'words';
}

/** Every way to leave out one of several words that have to stand together. */
function relaxed(node: QueryNode): QueryNode[] {
  if (node.kind !== 'and' && node.kind !== 'or') return [];
  const inside = node.nodes.flatMap((child, at) =>
    relaxed(child).map((less): QueryNode => ({ kind: node.kind, nodes: node.nodes.with(at, less) })),
  );
  const words = node.nodes.filter(isWordy);
  if (node.kind === 'or' || words.length < 2) return inside;
  return [...words.map((word) => joined(node.nodes.filter((child) => child !== word))), ...inside];
}

/** The tree with each quoted phrase as its words, wherever they stand. */
function splitPhrases(node: QueryNode): QueryNode {
  if (node.kind === 'and' || node.kind === 'or')
    return { kind: node.kind, nodes: node.nodes.flatMap((child) => spread(splitPhrases(child), node.kind)) };
  if (node.kind !== 'words' || !node.text.startsWith('"')) return node;
  const words = wordsOf(node);
  return words.length > 1 ? { kind: 'and', nodes: words } : node;
}

/** No brackets within brackets of the same kind. */
function spread(node: QueryNode, inside: 'and' | 'or'): QueryNode[] {
  return node.kind === inside ? node.nodes : [node];
}

function wordsOf({ text }: Words): (Leaf | QueryNode)[] {
  const typed = text.slice(1, -1).split(/\s+/).filter(Boolean);
  return typed.flatMap((word) => {
    const read = readWords(word, { kind: 'word', text: word, start: 0, end: word.length });
    return read === null || read instanceof QueryError ? [] : [read];
  });
}
