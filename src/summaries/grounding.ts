import type { NextOf } from '../text/next-of.ts';
import { findQuotations } from '../text/quotations.ts';
import type { Span } from '../text/sentences.ts';
import { isStopword } from '../text/stopwords.ts';
import { tokenize } from '../text/tokenize.ts';
import { inventsName, plain } from './grounded-names.ts';
import { inventsDay, inventsNumber } from './grounded-numbers.ts';
import { changesModality } from './modality.ts';

/** Why a sentence that a model wrote is not published. */
export type Ungrounded =
  | 'uncited'
  | 'url'
  | 'quote'
  | 'number'
  | 'date'
  | 'name'
  | 'negation'
  | 'hedge'
  | 'unsupported';

/** Least share of a sentence's content terms that its sources have; the rest is left to the wording. */
const LEAST_SUPPORT = 0.6;

/**
 * Checks a sentence against the source sentences it cites: every URL, quotation, number, date and name must stand in
 * them, it must not turn a denial or a guess into a fact, and most of its words must be theirs. It cannot tell who did
 * what to whom.
 * @param published when the sources were published, ms UTC, for `19 June` and `on the 19th`
 * @returns what is not in the sources, or null where all is
 */
export function findUngrounded(text: string, sources: string[], published: number): Ungrounded | null {
  if (!sources.length || !text.trim()) return 'uncited';
  const source = sources.join('\n');
  if (inventsUrl(text, source)) return 'url';
  if (inventsQuote(text, source)) return 'quote';
  if (inventsNumber(text, source)) return 'number';
  if (inventsDay(text, source, published)) return 'date';
  const own = termsOf(text);
  const known = termsOf(source);
  if (inventsName(text, source, known)) return 'name';
  const content = [...own].filter((term) => !isStopword(term));
  const supported = content.filter((term) => known.has(term));
  if (!content.length || supported.length < LEAST_SUPPORT * content.length) return 'unsupported';
  return changesModality(text, nearestSource(own, sources));
}

function termsOf(text: string): Set<string> {
  return new Set(tokenize(text).map((token) => token.term));
}

function nearestSource(terms: Set<string>, sources: string[]): string {
  let best = '';
  let most = -1;
  for (const source of sources) {
    let shared = 0;
    for (const term of termsOf(source)) if (terms.has(term) && !isStopword(term)) shared++;
    if (shared > most) [best, most] = [source, shared];
  }
  return best;
}

/** Addresses, handles and tags, mail addresses, hosts. Each begins where a run of its characters begins: a long run is read once. */
const URL_LIKE = [
  /(?:https?:\/\/|www\.)\S+/giu,
  /[@#][\p{L}\p{N}_]{2,}/gu,
  /(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+/giu,
  /(?<![\p{L}\p{N}-]|[\p{L}\p{N}-]\.)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}(?:\/\S*)?(?!\p{L})/giu,
];

function inventsUrl(text: string, source: string): boolean {
  const known = source.toLowerCase();
  return URL_LIKE.some((pattern) =>
    (text.match(pattern) ?? []).some((url) => !known.includes(withoutEnd(url.toLowerCase(), '.,;:!?)'))),
  );
}

const CLOSERS: Record<string, string> = { '"': '"', '“': '”', '«': '»', '„': '“', '「': '」', '『': '』' };
const OPENERS = new Set([...Object.keys(CLOSERS), "'", '‘']);
/** Of single marks, which are apostrophes too; in characters. */
const SHORTEST_SINGLE = 12;

function inventsQuote(text: string, source: string): boolean {
  const known = plain(source);
  return quotationsOf(text).some(
    ({ start, end }) => !known.includes(withoutEnd(plain(text.slice(start + 1, end - 1)), '.,!?。，！？')),
  );
}

function quotationsOf(text: string): Span[] {
  return findQuotations(text, OPENERS, (at, next) => {
    const closer = CLOSERS[text[at]!];
    const end = closer === undefined ? singleEnd(text, at, next) : next(closer, at + 1);
    return end > at + 1 ? { start: at, end: end + 1 } : null;
  });
}

/** Place of the mark that closes a single one, -1 where either of them is an apostrophe. */
function singleEnd(text: string, at: number, next: NextOf): number {
  const ends = [next("'", at + 1), next('’', at + 1)].filter((end) => end !== -1);
  const end = ends.length ? Math.min(...ends) : -1;
  const isInWord =
    /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) ||
    /^[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 3));
  if (end === -1 || isInWord) return -1;
  const start = [...text.slice(at + 1, Math.min(end, at + 1 + 2 * SHORTEST_SINGLE))];
  return start.length < SHORTEST_SINGLE ? -1 : end;
}

/** A text without the marks it ends with. */
function withoutEnd(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}
