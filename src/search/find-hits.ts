import type { ArticleContent } from '../model/article.ts';
import { type Token, tokenize } from '../text/tokenize.ts';
import type { QueryNode, Words } from './query.ts';

/** A place where a query's words stand, UTF-16 offsets. */
export interface Hit {
  /** Verbatim. */
  word: string;
  in: 'title' | 'text';
  start: number;
  end: number;
}

/** Where the words that a query looks for stand in an article, in reading order; what it leaves out is not looked for. */
export function findHits(node: QueryNode, article: Pick<ArticleContent, 'title' | 'text'>): Hit[] {
  const wanted = wordsOf(node);
  const hits: Hit[] = [];
  for (const part of ['title', 'text'] as const) {
    const tokens = tokenize(article[part], true);
    for (const words of wanted)
      for (const { start, end } of findWords(words, tokens))
        hits.push({ word: article[part].slice(start, end), in: part, start, end });
  }
  return hits.sort((a, b) =>
    a.in === b.in ? a.start - b.start || b.end - a.end : a.in === 'title' ? -1 : 1,
  );
}

/** The words of a query that make an article wanted. */
function wordsOf(node: QueryNode): Words[] {
  if (node.kind === 'words') return [node];
  return node.kind === 'and' || node.kind === 'or' ? node.nodes.flatMap(wordsOf) : [];
}

function findWords({ terms, prefix }: Words, tokens: readonly Token[]): { start: number; end: number }[] {
  const found = [];
  const last = terms.length - 1;
  for (let i = 0; i + last < tokens.length; i++) {
    const stands = terms.every((term, j) =>
      prefix && j === last ? tokens[i + j]!.term.startsWith(term) : tokens[i + j]!.term === term,
    );
    if (!stands) continue;
    const start = tokens[i]!.start;
    // A prefix of unspaced script is one character, its term a pair: mark what was asked for.
    const end = tokens[i + last]!;
    found.push({ start, end: prefix && end.kind === 'bigram' ? end.start + terms[last]!.length : end.end });
  }
  return found;
}

/** Characters kept on each side of a word in the text. */
const AROUND = 24;

/**
 * The words that matched, each once, as an alert shows them: one of the headline alone, one of the text with
 * what stands round it, so that a person sees where.
 */
export function showHits(hits: readonly Hit[], text: string, most: number): string[] {
  const shown = new Map<string, string>();
  for (const hit of hits) {
    const key = hit.word.toLowerCase();
    if (!shown.has(key)) shown.set(key, hit.in === 'title' ? hit.word : aroundHit(text, hit));
  }
  return [...shown.values()].slice(0, most);
}

function aroundHit(text: string, { start, end }: Hit): string {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  const from = start <= AROUND ? before : before.slice(before.search(/\s/) + 1);
  const to = end + AROUND >= text.length ? after : after.replace(/\s\S*$/, '');
  const piece = `${from}${text.slice(start, end)}${to}`.replace(/\s+/g, ' ').trim();
  return `${start > AROUND ? '…' : ''}${piece}${end + AROUND < text.length ? '…' : ''}`;
}
