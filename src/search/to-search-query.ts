import type { Scope } from '../model/scope.ts';
import type { SearchExpression, SearchQuery } from '../store/store.ts';
import type { DateTest, Query, QueryNode } from './query.ts';

const DAY = 86_400_000;

/** Who asks, and what their place sees. */
export interface SearchAudience {
  scopes: Scope[];
  /** Articles relevant to one of these topics, unless the query says `topic:any`; null for all. */
  topics: readonly string[] | null;
  /** ms UTC: how far `after:` reaches. */
  now: number;
}

/** A query as the index understands it. */
export function toSearchQuery(
  query: Query,
  { scopes, topics, now }: SearchAudience,
): Pick<SearchQuery, 'where' | 'scopes'> {
  const where = toExpression(query.root, now);
  if (!topics || query.anyTopic) return { where, scopes };
  const seen = topics.map((slug): SearchExpression => ({ kind: 'tag', tag: `topic:${slug}` }));
  return { where: { kind: 'and', nodes: [where, { kind: 'or', nodes: seen }] }, scopes };
}

function toExpression(node: QueryNode, now: number): SearchExpression {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, nodes: node.nodes.map((n) => toExpression(n, now)) };
    case 'not':
      return { kind: 'not', node: toExpression(node.node, now) };
    case 'words':
      return { kind: 'terms', terms: node.terms, prefix: node.prefix };
    case 'date':
      return daysOf(node, now);
    case 'field':
      return { kind: 'tag', tag: `${node.field}:${node.value}` };
  }
}

/** `after:` as whole months and the days of the first one; `before:` is what is not after. */
function daysOf({ field, value }: DateTest, now: number): SearchExpression {
  const since = Date.parse(value) + (field === 'before' ? DAY : 0);
  const nodes: SearchExpression[] = [];
  // Published times lie at most a day ahead of us: a later one counts as first seen.
  const end = Math.max(now, since) + DAY;
  let at = new Date(Math.max(since, 0));
  while (at.getUTCDate() !== 1 && at.getTime() <= end) {
    nodes.push({ kind: 'tag', tag: `day:${at.toISOString().slice(0, 10)}` });
    at = new Date(at.getTime() + DAY);
  }
  for (; at.getTime() <= end; at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)))
    nodes.push({ kind: 'tag', tag: `month:${at.toISOString().slice(0, 7)}` });
  const after: SearchExpression = { kind: 'or', nodes };
  return field === 'after' ? after : { kind: 'not', node: after };
}
