import { contentSpans } from '../text/boilerplate.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { isStopword } from '../text/stopwords.ts';
import { tokenize } from '../text/tokenize.ts';
import { type Standing, standsAlone } from './stands-alone.ts';
import type { SummaryDocument } from './summarizer.ts';

/** A sentence that may be quoted. */
export interface Candidate {
  text: string;
  document: number;
  start: number;
  end: number;
  /** Place among the sentences of its document, from 0. */
  index: number;
  words: number;
  /** Stems, numbers and bigrams in order, function words included. */
  terms: string[];
  /** Those that are no function words. */
  content: Set<string>;
  standing: Standing;
}

/** More than this is not read: a news report is shorter, and a hostile page must not take a minute. */
const LONGEST_TEXT = 40_000;
/** A text of so few sentences is a feed's summary, not an article. */
const SUMMARY_SENTENCES = 3;

/** Every sentence of the documents' own content, in order, fragments and questions included. */
export function candidateSentences(documents: SummaryDocument[]): Candidate[] {
  return documents.flatMap((document, number) => {
    const text = document.text.slice(0, LONGEST_TEXT);
    const spans = contentSpans(text, document.language).flatMap((span) =>
      splitSentences(text.slice(span.start, span.end), document.language).map((sentence) => ({
        start: span.start + sentence.start,
        end: span.start + sentence.end,
      })),
    );
    return spans.map((span, index) => {
      const endsSummary = index === spans.length - 1 && spans.length <= SUMMARY_SENTENCES;
      return readCandidate(text, number, span, index, endsSummary);
    });
  });
}

function readCandidate(
  document: string,
  number: number,
  { start, end }: Span,
  index: number,
  endsSummary: boolean,
): Candidate {
  const text = document.slice(start, end);
  const terms = allTerms(text);
  const words = countWords(text);
  const content = new Set(terms.filter((term) => !isStopword(term)));
  const standing = standsAlone(text, words, endsSummary);
  return { text, document: number, start, end, index, words, terms, content, standing };
}

export function allTerms(text: string): string[] {
  return tokenize(text).map((token) => token.term);
}

/** The terms of a text that are no function words. */
export function contentTerms(text: string): Set<string> {
  return new Set(allTerms(text).filter((term) => !isStopword(term)));
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/g;

/** Words of a text as spaces part them, marks alone not counted; two Han or Kana characters count as one word. */
function countWords(text: string): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  const spaced = unspaced ? text.replace(UNSPACED, ' ') : text;
  const words = spaced.split(/\s+/).filter((word) => LETTER_OR_DIGIT.test(word));
  return words.length + Math.ceil(unspaced / 2);
}
