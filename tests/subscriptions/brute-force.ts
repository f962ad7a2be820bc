import type { ArticleContent } from '../../src/model/article.ts';
import type { Verdict } from '../../src/model/topic.ts';
import type { QueryNode, Words } from '../../src/search/query.ts';
import { tokenize } from '../../src/text/tokenize.ts';

/** Decides one query on one article the slow and plain way: what the matcher is held to. */
export function holds(node: QueryNode, article: ArticleContent, verdicts: readonly Verdict[]): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((n) => holds(n, article, verdicts));
    case 'or':
      return node.nodes.some((n) => holds(n, article, verdicts));
    case 'not':
      return !holds(node.node, article, verdicts);
    case 'words':
      return [article.title, article.text].some((text) => standsIn(node, text));
    case 'date':
      throw new Error('dates are for searches');
    default:
      break;
  }
  const { field, value } = node;
  if (field === 'lang') return article.language === value;
  if (field === 'source') return article.outlet.slug === value;
  if (field === 'topic') return verdicts.some((v) => v.topic === value && v.relevant);
  if (field === 'kind') return verdicts.some((v) => v.kind === value);
  if (field === 'theme') return verdicts.some((v) => v.themes.includes(value));
  if (field === 'entity') return verdicts.some((v) => v.entities.includes(value));
  return verdicts.some((v) => v.sides.includes(value));
}

function standsIn({ terms, prefix }: Words, text: string): boolean {
  const written = `\n${tokenize(text, true)
    .map((t) => t.term)
    .join('\n')}\n`;
  return written.includes(`\n${terms.join('\n')}${prefix ? '' : '\n'}`);
}
