import { without } from './mend-query.ts';
import { type Leaf, type Query, QueryError, type QueryNode } from './query.ts';
import { readField, type Vocabulary } from './read-field.ts';
import { readWords } from './read-words.ts';
import { type Piece, scanQuery } from './scan-query.ts';

/** Longest query in characters, most leaves in it, deepest nesting: far above what people write by hand. */
const LIMITS = { characters: 1000, leaves: 100, depth: 20 };
/** Faults that are mended in one query. */
const MOST_MENDS = 5;

type Parsed = { kind: 'and' | 'or'; nodes: Parsed[] } | { kind: 'not'; node: Parsed } | Leaf | null;

/**
 * Reads a query: words, "phrases", `prefix*`, `field:value`, `-not`, `OR`, brackets. Words side by side are
 * all required and bind tighter than `OR`, as in `websearch_to_tsquery` and most boolean searches.
 */
export function parseQuery(text: string, vocabulary: Vocabulary = {}): Query | QueryError {
  const read = readQuery(text, vocabulary);
  if (!(read instanceof QueryError) || read.suggestion === null) return read;
  const { code, position, length, message } = read;
  return new QueryError(code, position, length, message, mendWhole(read.suggestion, vocabulary));
}

/** A suggestion that has a fault of its own is mended too; null where it cannot be mended in a few steps. */
function mendWhole(suggestion: string, vocabulary: Vocabulary): string | null {
  let mended: string | null = suggestion;
  for (let step = 0; mended !== null && step < MOST_MENDS; step++) {
    const read = readQuery(mended, vocabulary);
    if (!(read instanceof QueryError)) return mended;
    mended = read.suggestion;
  }
  return null;
}

function readQuery(text: string, vocabulary: Vocabulary): Query | QueryError {
  if (text.length > LIMITS.characters)
    return new QueryError(
      'too-long',
      LIMITS.characters,
      text.length - LIMITS.characters,
      `A query may have ${LIMITS.characters} characters.`,
    );
  const pieces = scanQuery(text);
  if (pieces instanceof QueryError) return pieces;
  const reader = { text, pieces, at: 0, leaves: 0, anyTopic: false, vocabulary };
  const parsed = readOr(reader, 0);
  if (parsed instanceof QueryError) return parsed;
  const rest = pieces[reader.at];
  if (rest)
    return new QueryError(
      'stray-bracket',
      rest.start,
      1,
      'This bracket was never opened.',
      without(text, rest),
    );
  const root = parsed && pushNegation(parsed, false);
  if (!root) {
    if (reader.anyTopic)
      return new QueryError('empty', 0, text.length, '"topic:any" alone finds every article: add a word.');
    return new QueryError('empty', 0, text.length, 'Give at least one word to look for.');
  }
  if (!isAnchored(root))
    return new QueryError(
      'only-negative',
      0,
      text.length,
      'This only says what to leave out, at least on one side of an OR: add a word to look for.',
    );
  return { text, root, anyTopic: reader.anyTopic };
}

interface Reader {
  text: string;
  pieces: Piece[];
  at: number;
  leaves: number;
  anyTopic: boolean;
  vocabulary: Vocabulary;
}

function readOr(reader: Reader, depth: number): Parsed | QueryError {
  const nodes: Parsed[] = [];
  for (;;) {
    const node = readAnd(reader, depth);
    if (node instanceof QueryError) return node;
    const or = reader.pieces[reader.at];
    const hasOr = or?.kind === 'or';
    // `topic:any` and punctuation leave nothing behind; an OR needs something on both sides all the same.
    if (node === undefined && (hasOr || nodes.length))
      return danglingOr(reader, hasOr ? or : reader.pieces[reader.at - 1]!);
    if (node) nodes.push(node);
    if (!hasOr) break;
    reader.at++;
  }
  return nodes.length > 1 ? { kind: 'or', nodes } : (nodes[0] ?? null);
}

function danglingOr({ text }: Reader, piece: Piece): QueryError {
  return new QueryError(
    'dangling-or',
    piece.start,
    piece.end - piece.start,
    'OR needs something to look for on both sides.',
    without(text, piece),
  );
}

/** Undefined where nothing at all stands here, null where what stands here asks for nothing (`topic:any`, `&`). */
function readAnd(reader: Reader, depth: number): Parsed | undefined | QueryError {
  const nodes: Parsed[] = [];
  let read = false;
  for (;;) {
    const piece = reader.pieces[reader.at];
    if (!piece || piece.kind === ')' || piece.kind === 'or') break;
    if (piece.kind === 'and') {
      reader.at++;
      continue;
    }
    const node = readUnary(reader, depth);
    if (node instanceof QueryError) return node;
    read = true;
    if (node) nodes.push(node);
  }
  if (!read) return undefined;
  return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null);
}

function readUnary(reader: Reader, depth: number): Parsed | QueryError {
  const piece = reader.pieces[reader.at++]!;
  if (depth > LIMITS.depth)
    return new QueryError('too-deep', piece.start, 1, `Brackets may nest ${LIMITS.depth} deep.`);
  switch (piece.kind) {
    case 'not': {
      const next = reader.pieces[reader.at];
      if (!next || next.kind === ')' || next.kind === 'or' || next.kind === 'and')
        return new QueryError(
          'dangling-not',
          piece.start,
          piece.end - piece.start,
          'Nothing stands after this "not".',
          without(reader.text, piece),
        );
      const node = readUnary(reader, depth + 1);
      if (node instanceof QueryError || node === null) return node;
      return { kind: 'not', node };
    }
    case '(': {
      const node = readOr(reader, depth + 1);
      if (node instanceof QueryError) return node;
      const close = reader.pieces[reader.at];
      if (!close)
        return new QueryError(
          'unclosed-bracket',
          piece.start,
          1,
          'This bracket is not closed.',
          reader.pieces[reader.at - 1] === piece ? without(reader.text, piece) : `${reader.text.trimEnd()})`,
        );
      if (reader.pieces[reader.at - 1] === piece)
        return new QueryError(
          'empty-brackets',
          piece.start,
          close.end - piece.start,
          'There is nothing between these brackets.',
          without(reader.text, { start: piece.start, end: close.end }),
        );
      reader.at++;
      return node;
    }
    case 'field':
      return countLeaf(reader, piece, readFieldOf(reader, piece));
    case 'phrase':
    case 'word':
      return countLeaf(reader, piece, readWords(reader.text, piece));
    default:
      throw new Error(`unexpected piece ${piece.kind}`);
  }
}

function readFieldOf(reader: Reader, piece: Extract<Piece, { kind: 'field' }>): Leaf | null | QueryError {
  const read = readField(reader.text, piece, reader.vocabulary);
  if (read !== 'any-topic') return read;
  reader.anyTopic = true;
  return null;
}

function countLeaf(reader: Reader, piece: Piece, leaf: Parsed | QueryError): Parsed | QueryError {
  if (++reader.leaves > LIMITS.leaves)
    return new QueryError('too-long', piece.start, 1, `A query may have ${LIMITS.leaves} words.`);
  return leaf;
}

/** Negation moves to the leaves; what asks for nothing falls away. */
function pushNegation(node: Parsed, negated: boolean): QueryNode | null {
  if (!node) return null;
  if (node.kind === 'not') return pushNegation(node.node, !negated);
  if ('nodes' in node) {
    const nodes = node.nodes.map((n) => pushNegation(n, negated)).filter((n) => n !== null);
    const kind = negated ? (node.kind === 'and' ? 'or' : 'and') : node.kind;
    return nodes.length > 1 ? { kind, nodes } : (nodes[0] ?? null);
  }
  return negated ? { kind: 'not', node } : node;
}

/** Whether something must be there for the query to hold: without it, every article would have to be looked at. */
export function isAnchored(node: QueryNode): boolean {
  if (node.kind === 'and') return node.nodes.some(isAnchored);
  if (node.kind === 'or') return node.nodes.every(isAnchored);
  return node.kind !== 'not';
}
