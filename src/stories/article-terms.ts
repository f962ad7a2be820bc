import type { ArticleContent } from '../model/article.ts';
import { daysIn } from '../text/dates.ts';
import { figuresIn } from '../text/figures.ts';
import { type Signature, signatureOf } from '../text/signatures.ts';
import { type Token, tokenize } from '../text/tokenize.ts';
import { conceptsOf, PARTY_NAMES } from './concepts.ts';
import { eventText } from './event-text.ts';

/** Distinct terms kept of one article. */
const MAX_TERMS = 140;
/** A term of the title counts as much as three in the body. */
const TITLE_WEIGHT = 3;

export const IN_TITLE = 1;
export const NAME = 2;
export const NUMBER = 4;

/** The comparable part of an article. Weights are small integers, so that sums are exact in any order. */
export interface ArticleTerms {
  /** Distinct terms, those of the title first. The rest: see `crossTerms`. */
  terms: string[];
  weights: number[];
  /** How many of `terms` stand in the title. */
  titleTerms: number;
  /** How many of `terms` are words of the text; the rest mean the same in every language. */
  textTerms: number;
  /** Bits of each term: IN_TITLE, NAME, NUMBER. */
  flags: Uint8Array;
  /** It has no headline of its own: the title is empty or the first words of the text. */
  headless: boolean;
  /** Telling numbers: of two digits or more, years aside. */
  numbers: string[];
  /** Null for a text too short to tell copies by. */
  signature: Signature | null;
}

export function articleTerms(
  content: Pick<ArticleContent, 'title' | 'text' | 'language' | 'published'>,
  entities: readonly string[],
): ArticleTerms {
  const headless = isHeadless(content.title, content.text);
  const weights = new Map<string, number>();
  const titleText = headless ? '' : eventText(content.title, content.language);
  const title = tokenize(titleText);
  for (const token of title) weights.set(token.term, TITLE_WEIGHT);
  for (let i = 1; i < title.length; i++)
    if (title[i]!.kind === 'word' && title[i - 1]!.kind === 'word')
      weights.set(`${title[i - 1]!.term} ${title[i]!.term}`, 1);
  const titleTerms = weights.size;
  const text = content.text.length > content.title.length ? content.text : content.title;
  const bodyText = eventText(headless ? text : content.text, content.language);
  const body = tokenize(bodyText);
  for (const token of body) {
    const weight = weights.get(token.term);
    if (weight !== undefined) weights.set(token.term, Math.min(weight + 1, TITLE_WEIGHT + 2));
    else if (weights.size < MAX_TERMS) weights.set(token.term, 1);
  }
  const textTerms = weights.size;
  for (const term of crossTerms(content, titleText, title, bodyText, body, entities)) weights.set(term, 1);
  const tokens = [...title, ...body];
  const flags = Uint8Array.from(weights.keys(), (_, i) => (i < titleTerms ? IN_TITLE : 0));
  const places = new Map([...weights.keys()].map((term, i) => [term, i]));
  const mark = (term: string, flag: number) => {
    const at = places.get(term);
    if (at !== undefined) flags[at]! |= flag;
  };
  for (const token of tokens) if (token.kind === 'number') mark(token.term, NUMBER);
  for (const name of namesIn(titleText, title)) mark(name, NAME);
  for (const name of namesIn(bodyText, body)) mark(name, NAME);
  const numbers = tokens.filter((t) => t.kind === 'number' && isTelling(t.term)).map((t) => t.term);
  const signature = signatureOf((body.length >= 30 ? body : tokens).map((token) => token.term));
  return {
    terms: [...weights.keys()],
    weights: [...weights.values()],
    titleTerms,
    textTerms,
    flags,
    headless,
    numbers: [...new Set(numbers)],
    signature,
  };
}

/** A headline of its own is short and says more than the first words of the text. */
function isHeadless(title: string, text: string): boolean {
  const head = title.replace(/(?<![\s.…])[\s.…]+$/u, '');
  return head.length > 220 || (text.length > head.length && text.startsWith(head));
}

const CAPITAL = /^\p{Lu}/u;
const isTelling = (number: string) => number.length > 1 && !/^(?:19|20)\d\d$/.test(number);

/** Words with a capital letter where the sentence does not ask for one; none in a text in title case. */
function namesIn(text: string, tokens: readonly Token[]): string[] {
  const names: string[] = [];
  let words = 0;
  for (let i = 1; i < tokens.length; i++) {
    const { term, start, kind } = tokens[i]!;
    if (kind !== 'word') continue;
    words++;
    if (!CAPITAL.test(text.slice(start, start + 2))) continue;
    if (!/[.!?…\n:]["'»”)\s]*$/u.test(text.slice(Math.max(0, start - 4), start))) names.push(term);
  }
  return names.length > words * 0.6 ? [] : names;
}

/** Tokens in which a report says what is new, for what is compared across languages. */
const NEWS_TOKENS = 90;

/** What an article says in no language: entities `e:`, concepts `c:` and `t:` of the title, parties `p:` and `q:`, figures `f:`, days `d:`. */
function crossTerms(
  { published }: Pick<ArticleContent, 'published'>,
  titleText: string,
  title: readonly Token[],
  bodyText: string,
  body: readonly Token[],
  entities: readonly string[],
): string[] {
  const lead = body.slice(0, NEWS_TOKENS);
  const leadText = bodyText.slice(0, lead.at(-1)?.end ?? 0);
  const terms = entities.map((slug) => `e:${slug}`);
  for (const concept of conceptsOf(titleText, title))
    if (PARTY_NAMES.has(concept)) terms.push(`q:${concept}`, `p:${concept}`);
    else terms.push(`t:${concept}`, `c:${concept}`);
  for (const concept of conceptsOf(leadText, lead))
    terms.push(PARTY_NAMES.has(concept) ? `p:${concept}` : `c:${concept}`);
  const text = `${titleText}\n${leadText}`;
  for (const { value, of } of figuresIn(text))
    if (Number(value) > 2) terms.push(`f:${value} ${of}`, `f:${value}`);
  for (const { value } of daysIn(text, published)) terms.push(`d:${value}`);
  return terms;
}
