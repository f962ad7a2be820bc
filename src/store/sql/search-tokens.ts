import { tokenize } from '../../text/tokenize.ts';
import type { SearchDocument } from '../store.ts';

/** Stands in every document, between title and text, so that no phrase reaches over. */
export const EVERY = '_';

/** Postgres keeps no position above 16,383 and no more than 256 of one lexeme; both databases stop there alike. */
const MOST_TOKENS = 16_000;
const MOST_OF_ONE = 250;

/** The tokens of a document in order, its tags last. */
export function documentTokens(document: SearchDocument): string[] {
  const tokens = tokenize(document.title, true).map((token) => token.term);
  tokens.push(EVERY);
  for (const token of tokenize(document.text, true)) tokens.push(token.term);
  if (tokens.length > MOST_TOKENS) tokens.length = MOST_TOKENS;
  return [...leaveOutCrowd(tokens), ...documentTags(document)];
}

/** A term's occurrences beyond the limit become fillers, so that the others keep their places. */
function leaveOutCrowd(tokens: string[]): string[] {
  if (tokens.length <= MOST_OF_ONE) return tokens;
  const counts = new Map<string, number>();
  return tokens.map((term) => {
    const count = (counts.get(term) ?? 0) + 1;
    counts.set(term, count);
    return count > MOST_OF_ONE ? FILLER : term;
  });
}

/** Left out of the Postgres index; on SQLite it only takes the place. */
export const FILLER = '__';

function documentTags({ language, outlet, published, verdicts }: SearchDocument): Set<string> {
  const day = new Date(published).toISOString().slice(0, 10);
  const tags = new Set([
    `lang:${language}`,
    `source:${outlet.slug}`,
    `day:${day}`,
    `month:${day.slice(0, 7)}`,
  ]);
  for (const verdict of verdicts) {
    if (verdict.relevant) tags.add(`topic:${verdict.topic}`);
    tags.add(`kind:${verdict.kind}`);
    for (const theme of verdict.themes) tags.add(`theme:${theme}`);
    for (const entity of verdict.entities) tags.add(`entity:${entity}`);
    for (const side of verdict.sides) tags.add(`side:${side}`);
  }
  return new Set([...tags].map(cleanTag));
}

/** Characters with a meaning in one of the two query languages cannot stand in a tag. */
export function cleanTag(tag: string): string {
  return tag.replace(/[^\p{L}\p{N}:.-]/gu, '-');
}
