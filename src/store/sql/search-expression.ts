import type { SearchExpression } from '../store.ts';
import { cleanTag, EVERY } from './search-tokens.ts';

/** An expression as an FTS5 query. `not` is binary there: what is left out is taken from what is asked for, or from everything. */
export function toFts5(node: SearchExpression): string {
  switch (node.kind) {
    case 'terms':
      return `${quote(node.terms.join(' '))}${node.prefix ? ' *' : ''}`;
    case 'tag':
      return quote(cleanTag(node.tag));
    case 'not':
      return `(${quote(EVERY)} NOT ${toFts5(node.node)})`;
    case 'or':
      return node.nodes.length ? `(${node.nodes.map(toFts5).join(' OR ')})` : toFts5(NOTHING);
    case 'and': {
      const wanted = node.nodes.filter((n) => n.kind !== 'not').map(toFts5);
      const unwanted = node.nodes.flatMap((n) => (n.kind === 'not' ? [toFts5(n.node)] : []));
      const all = wanted.length ? wanted.join(' AND ') : quote(EVERY);
      return unwanted.length ? `((${all}) NOT (${unwanted.join(' OR ')}))` : `(${all})`;
    }
  }
}

/** No document has it. */
const NOTHING: SearchExpression = { kind: 'tag', tag: 'nothing:' };

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** An expression as a Postgres `tsquery`. */
export function toTsquery(node: SearchExpression): string {
  switch (node.kind) {
    case 'terms': {
      const lexemes = node.terms.map(lexeme);
      return `(${lexemes.join(' <-> ')}${node.prefix ? ':*' : ''})`;
    }
    case 'tag':
      return lexeme(cleanTag(node.tag));
    case 'not':
      return `!(${toTsquery(node.node)})`;
    case 'or':
    case 'and': {
      if (!node.nodes.length)
        return toTsquery(node.kind === 'or' ? NOTHING : { kind: 'terms', terms: [EVERY], prefix: false });
      return `(${node.nodes.map(toTsquery).join(node.kind === 'and' ? ' & ' : ' | ')})`;
    }
  }
}

/** A term quoted for `tsvector` and `tsquery`. */
export function lexeme(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
