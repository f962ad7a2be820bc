/** What a query may ask of an article besides its words. */
export const FIELDS = [
  'lang',
  'source',
  'theme',
  'kind',
  'side',
  'entity',
  'topic',
  'after',
  'before',
] as const;
export type Field = (typeof FIELDS)[number];

/**
 * Tokens in a row, as `tokenize(text, true)` gives them: a word is one or more of them, a phrase several.
 * With `prefix`, the last one only has to begin so.
 */
export interface Words {
  kind: 'words';
  terms: string[];
  prefix: boolean;
  /** As the person typed it. */
  text: string;
}

export interface FieldTest {
  kind: 'field';
  field: Exclude<Field, 'after' | 'before'>;
  value: string;
}

/** A condition on the published day, UTC, inclusive: `after:2024-06-01`. For searches only. */
export interface DateTest {
  kind: 'date';
  field: 'after' | 'before';
  /** `YYYY-MM-DD` */
  value: string;
}

export type Leaf = Words | FieldTest | DateTest;

/** Negations stand at the leaves alone. */
export type QueryNode =
  | { kind: 'and'; nodes: QueryNode[] }
  | { kind: 'or'; nodes: QueryNode[] }
  | { kind: 'not'; node: Leaf }
  | Leaf;

export interface Query {
  text: string;
  root: QueryNode;
  /** `topic:any` stands in it: it sees every article, not only those relevant to a topic of its scope. */
  anyTopic: boolean;
}

export type QueryErrorCode =
  | 'empty'
  | 'unclosed-quote'
  | 'unclosed-bracket'
  | 'stray-bracket'
  | 'empty-brackets'
  | 'dangling-or'
  | 'dangling-not'
  | 'only-negative'
  | 'unknown-field'
  | 'empty-field'
  | 'bad-value'
  | 'short-prefix'
  | 'leading-star'
  | 'inner-star'
  | 'regular-expression'
  | 'too-long'
  | 'too-deep'
  | 'date-in-subscription';

/** Why a query cannot be read: the place, and a correction that can. */
export class QueryError {
  readonly code: QueryErrorCode;
  /** UTF-16 offset and length in the query. */
  readonly position: number;
  readonly length: number;
  /** An English sentence; `wordQueryError` has the other languages. */
  readonly message: string;
  /** The whole query, mended; null where only the person can know. */
  readonly suggestion: string | null;
  /** What could stand there instead, as typed: `source:tass`. */
  readonly valid: readonly string[];
  constructor(
    code: QueryErrorCode,
    position: number,
    length: number,
    message: string,
    suggestion: string | null = null,
    valid: readonly string[] = [],
  ) {
    this.code = code;
    this.position = position;
    this.length = length;
    this.message = message;
    this.suggestion = suggestion;
    this.valid = valid;
  }
}

/** Writes a query out with brackets and the operators spelled: how it was understood. */
export function formatQuery(node: QueryNode, inside: 'and' | 'or' | null = null): string {
  switch (node.kind) {
    case 'and':
    case 'or': {
      // A prefix can stand twice, as itself and as its stem: said once.
      const parts = new Set(node.nodes.map((n) => formatQuery(n, node.kind)));
      const text = [...parts].join(node.kind === 'and' ? ' AND ' : ' OR ');
      return parts.size > 1 && inside && inside !== node.kind ? `(${text})` : text;
    }
    case 'not':
      return `NOT ${formatQuery(node.node, 'and')}`;
    case 'words':
      return node.text;
    default:
      return `${node.field}:${node.value}`;
  }
}

/** Writes a query out as a person would type it: `parseQuery` reads the same again. */
export function writeQuery({ root, anyTopic }: Pick<Query, 'root' | 'anyTopic'>): string {
  const text = writeNode(root, null);
  return anyTopic ? `${root.kind === 'or' ? `(${text})` : text} topic:any` : text;
}

function writeNode(node: QueryNode, inside: 'and' | 'or' | null): string {
  if (node.kind === 'not') return `-${writeNode(node.node, null)}`;
  if (node.kind !== 'and' && node.kind !== 'or') return formatQuery(node);
  const parts = [...new Set(node.nodes.map((one) => writeNode(one, node.kind)))];
  const text = parts.join(node.kind === 'and' ? ' ' : ' OR ');
  return parts.length > 1 && inside && inside !== node.kind ? `(${text})` : text;
}

/** All that a query asks for or leaves out. */
export function leavesOf(node: QueryNode): Leaf[] {
  if (node.kind === 'and' || node.kind === 'or') return node.nodes.flatMap(leavesOf);
  return node.kind === 'not' ? [node.node] : [node];
}
