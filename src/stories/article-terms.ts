import type { ArticleContent } from '../model/article.ts';
import { type Signature, signatureOf } from '../text/signatures.ts';
import { tokenize } from '../text/tokenize.ts';

/** What grouping reads of a text: the lead names the event, what follows is background. */
const LEAD_CHARACTERS = 1200;
/** Distinct terms kept of one article. */
const MAX_TERMS = 120;
/** A term of the title counts as much as three in the body. */
const TITLE_WEIGHT = 3;

/** The comparable part of an article. Weights are small integers, so that sums are exact in any order. */
export interface ArticleTerms {
  /** Distinct terms, those of the title first. Entities are `e:<slug>`. */
  terms: string[];
  weights: number[];
  /** How many of `terms` stand in the title. */
  titleTerms: number;
  /** Null for a text too short to tell copies by. */
  signature: Signature | null;
}

export function articleTerms(
  content: Pick<ArticleContent, 'title' | 'text'>,
  entities: readonly string[],
): ArticleTerms {
  const weights = new Map<string, number>();
  const title = tokenize(content.title);
  for (const token of title) weights.set(token.term, TITLE_WEIGHT);
  for (let i = 1; i < title.length; i++)
    if (title[i]!.kind === 'word' && title[i - 1]!.kind === 'word')
      weights.set(`${title[i - 1]!.term} ${title[i]!.term}`, 1);
  const titleTerms = weights.size;
  const body = tokenize(content.text.slice(0, LEAD_CHARACTERS));
  for (const token of body) {
    const weight = weights.get(token.term);
    if (weight !== undefined) weights.set(token.term, Math.min(weight + 1, TITLE_WEIGHT + 2));
    else if (weights.size < MAX_TERMS) weights.set(token.term, 1);
  }
  for (const slug of entities) weights.set(`e:${slug}`, 2);
  const signature = signatureOf((body.length >= 30 ? body : [...title, ...body]).map((token) => token.term));
  return { terms: [...weights.keys()], weights: [...weights.values()], titleTerms, signature };
}
