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

const URL_LIKE =
  /(?:https?:\/\/|www\.)\S+|[@#][\p{L}\p{N}_]{2,}|[\w.+-]+@[\w-]+\.\w+|(?<![\p{L}\p{N}])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}(?:\/\S*)?(?![\p{L}])/giu;

function inventsUrl(text: string, source: string): boolean {
  const known = source.toLowerCase();
  return (text.match(URL_LIKE) ?? []).some(
    (url) => !known.includes(url.toLowerCase().replace(/[.,;:!?)]+$/, '')),
  );
}

const QUOTATION =
  /"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“]+)“|「([^」]+)」|『([^』]+)』|(?<![\p{L}\p{N}])['‘]([^'’]{12,})['’](?![\p{L}\p{N}])/gu;

function inventsQuote(text: string, source: string): boolean {
  const known = plain(source);
  return [...text.matchAll(QUOTATION)].some((match) => {
    const quoted = plain(match.slice(1).find((group) => group !== undefined) ?? '').replace(
      /[.,!?。，！？]+$/u,
      '',
    );
    return !known.includes(quoted);
  });
}
