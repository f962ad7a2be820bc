import { outletFromName } from '../model/outlet.ts';
import { KINDS } from '../model/topic.ts';
import { fold } from '../text/fold.ts';
import { nearest } from '../text/nearest.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokenize.ts';
import { FIELDS, type Field, type Leaf, type Query, QueryError, type QueryNode } from './query.ts';
import { type Piece, scanQuery } from './scan-query.ts';

/** Longest query in characters, most leaves in it, deepest nesting: far above what people write by hand. */
const LIMITS = { characters: 1000, leaves: 100, depth: 20 };

/** What the fields may name here, for corrections; a field that is left out is not checked. */
export type Vocabulary = Partial<Record<'source' | 'theme' | 'side' | 'entity' | 'topic', readonly string[]>>;

type Parsed = { kind: 'and' | 'or'; nodes: Parsed[] } | { kind: 'not'; node: Parsed } | Leaf | null;

/**
 * Reads a query: words, "phrases", `prefix*`, `field:value`, `-not`, `OR`, brackets. Words side by side are
 * all required and bind tighter than `OR`, as in `websearch_to_tsquery` and most boolean searches.
 */
export function parseQuery(text: string, vocabulary: Vocabulary = {}): Query | QueryError {
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
      return countLeaf(reader, piece, readField(reader, piece));
    case 'phrase':
    case 'word':
      return countLeaf(reader, piece, readWords(reader, piece));
    default:
      throw new Error(`unexpected piece ${piece.kind}`);
  }
}

function countLeaf(reader: Reader, piece: Piece, leaf: Parsed | QueryError): Parsed | QueryError {
  if (++reader.leaves > LIMITS.leaves)
    return new QueryError('too-long', piece.start, 1, `A query may have ${LIMITS.leaves} words.`);
  return leaf;
}

function readWords(
  { text }: Reader,
  piece: Extract<Piece, { kind: 'word' | 'phrase' }>,
): Parsed | QueryError {
  const isWord = piece.kind === 'word';
  const typed = isWord ? piece.text.replace(/^\++/, '') : piece.text;
  if (isWord && typed.length > 2 && /^\/.*\/[a-z]*$/.test(typed))
    return new QueryError(
      'regular-expression',
      piece.start,
      piece.text.length,
      'Regular expressions are not supported: use words, "phrases" and prefix*.',
    );
  const star = typed.endsWith('*');
  const bare = star ? typed.slice(0, -1) : typed;
  if (isWord && bare.includes('*')) {
    const at = piece.start + typed.indexOf('*');
    return bare.startsWith('*')
      ? new QueryError(
          'leading-star',
          at,
          1,
          'A star may stand at the end of a word only.',
          without(text, { start: at, end: at + 1 }),
        )
      : new QueryError(
          'inner-star',
          at,
          1,
          'A star may stand at the end of a word only.',
          text.slice(0, at + 1) + text.slice(piece.end),
        );
  }
  const tokens = tokenize(bare, true);
  const last = tokens.at(-1);
  if (!last) return null;
  const terms = tokens.map((t) => t.term);
  const shown = isWord ? typed : `"${piece.text}"`;
  if (last.kind === 'bigram') {
    // Unspaced script: what comes after belongs to another word or is a particle, so a run may go on.
    // Its lone last character finds any term that begins so; after bigrams it says nothing more.
    const before = tokens.at(-2);
    const joined = before?.kind === 'bigram' && before.end === last.end;
    if (joined) terms.pop();
    return { kind: 'words', terms, prefix: !joined, text: shown };
  }
  if (!star) return { kind: 'words', terms, prefix: false, text: shown };
  if (last.end - last.start < 2)
    return new QueryError(
      'short-prefix',
      piece.start,
      piece.end - piece.start,
      'A prefix needs at least two letters.',
    );
  return readPrefix(terms, bare.slice(last.start, last.end), shown);
}

/**
 * The index holds stems, so a prefix finds the stems that begin as typed (`missi*`, `missil*`) and, where
 * it is longer than its own stem, that stem too (`missiles*`).
 */
function readPrefix(terms: string[], typed: string, text: string): Parsed {
  const prefix = fold(typed.normalize('NFC'));
  const start = terms.slice(0, -1);
  const open: Leaf = { kind: 'words', terms: [...start, prefix], prefix: true, text };
  const own = stem(prefix);
  if (own.startsWith(prefix)) return open;
  return { kind: 'or', nodes: [open, { kind: 'words', terms: [...start, own], prefix: false, text }] };
}

function readField(reader: Reader, piece: Extract<Piece, { kind: 'field' }>): Leaf | null | QueryError {
  const { text, vocabulary } = reader;
  const length = piece.end - piece.start;
  if (!isField(piece.name)) {
    const near = nearest(piece.name, FIELDS);
    const quoted = `"${text.slice(piece.start, piece.end).replaceAll('"', '')}"`;
    return new QueryError(
      'unknown-field',
      piece.start,
      piece.name.length,
      `There is no field "${piece.name}". Fields: ${FIELDS.join(', ')}.`,
      replace(text, piece, near ? `${near}:${text.slice(piece.valueStart, piece.end)}` : quoted),
    );
  }
  const typed = piece.value.trim();
  if (!typed)
    return new QueryError('empty-field', piece.start, length, `Give a value after "${piece.name}:".`);
  const field = piece.name;
  const bad = (message: string, better: string | null): QueryError =>
    new QueryError(
      'bad-value',
      piece.valueStart,
      piece.end - piece.valueStart,
      message,
      better && replace(text, { start: piece.valueStart, end: piece.end }, better),
    );
  const value = typed.normalize('NFKC').toLowerCase();
  switch (field) {
    case 'lang': {
      if (/^[a-z]{2,3}$/.test(value)) return { kind: 'field', field, value };
      return bad('A language is a code such as ko or ru.', LANGUAGE_NAMES[value] ?? null);
    }
    case 'kind': {
      if ((KINDS as readonly string[]).includes(value)) return { kind: 'field', field, value };
      return bad(`Kinds: ${KINDS.join(', ')}.`, nearest(value, KINDS));
    }
    case 'after':
    case 'before': {
      if (isDay(value)) return { kind: 'date', field, value };
      return bad('A day is written 2024-06-19.', mendDay(value));
    }
    default: {
      const slug = outletFromName(value).slug;
      if (field === 'topic' && slug === 'any') {
        reader.anyTopic = true;
        return null;
      }
      const known = vocabulary[field];
      if (!known || known.includes(slug)) return { kind: 'field', field, value: slug };
      return bad(`There is no ${field} "${typed}".`, nearest(slug, known));
    }
  }
}

const LANGUAGE_NAMES: Record<string, string> = {
  english: 'en',
  korean: 'ko',
  russian: 'ru',
  japanese: 'ja',
  chinese: 'zh',
  한국어: 'ko',
  русский: 'ru',
  日本語: 'ja',
  中文: 'zh',
  kr: 'ko',
  jp: 'ja',
  cn: 'zh',
};

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name);
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function mendDay(value: string): string | null {
  const [, y, m, d] = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/.exec(value) ?? [];
  const mended = y && `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`;
  return mended && isDay(mended) ? mended : null;
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
function isAnchored(node: QueryNode): boolean {
  if (node.kind === 'and') return node.nodes.some(isAnchored);
  if (node.kind === 'or') return node.nodes.every(isAnchored);
  return node.kind !== 'not';
}

function without(text: string, span: { start: number; end: number }): string | null {
  return replace(text, span, '').replace(/\s+/g, ' ').trim() || null;
}

function replace(text: string, span: { start: number; end: number }, by: string): string {
  return text.slice(0, span.start) + by + text.slice(span.end);
}
