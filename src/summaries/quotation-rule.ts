import type { SummaryDocument } from './summarizer.ts';

const MOST_SENTENCES = 2;
const MOST_CHARACTERS = 300;

interface Quoted {
  text: string;
  document: number;
}

/**
 * Whether a sentence may be quoted beside the others: at most two sentences and 300 characters of one article, one
 * sentence where it stands behind a paywall.
 */
export function mayQuote(sentence: Quoted, others: Quoted[], documents: SummaryDocument[]): boolean {
  const same = others.filter((other) => other.document === sentence.document);
  const most = documents[sentence.document]!.outlet.paywalled ? 1 : MOST_SENTENCES;
  if (same.length >= most) return false;
  return same.reduce((sum, other) => sum + other.text.length, sentence.text.length) <= MOST_CHARACTERS;
}
