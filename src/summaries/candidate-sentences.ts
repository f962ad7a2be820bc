import { contentSpans } from '../text/boilerplate.ts';
import { splitSentences } from '../text/sentences.ts';
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
  /** Place among the sentences of its document, from 0, and how many there are. */
  index: number;
  of: number;
  words: number;
  /** Content terms: stems, numbers and bigrams, without function words. */
  terms: string[];
  termSet: Set<string>;
  standing: Standing;
}

/** More than this is not read: a news report is shorter, and a hostile page must not take a minute. */
const LONGEST_TEXT = 60_000;

/** Every sentence of the documents' own content, in order, fragments and questions included. */
export function candidateSentences(documents: SummaryDocument[]): Candidate[] {
  const candidates: Candidate[] = [];
  documents.forEach((document, number) => {
    const text = document.text.slice(0, LONGEST_TEXT);
    const found: Candidate[] = [];
    for (const span of contentSpans(text, document.language)) {
      for (const sentence of splitSentences(text.slice(span.start, span.end), document.language)) {
        const start = span.start + sentence.start;
        const end = span.start + sentence.end;
        found.push(readCandidate(text.slice(start, end), number, start, end, found.length));
      }
    }
    for (const candidate of found) candidate.of = found.length;
    candidates.push(...found);
  });
  return candidates;
}

function readCandidate(text: string, document: number, start: number, end: number, index: number): Candidate {
  const terms = contentTerms(text);
  const words = countWords(text);
  return {
    text,
    document,
    start,
    end,
    index,
    of: 0,
    words,
    terms,
    termSet: new Set(terms),
    standing: standsAlone(text, words),
  };
}

/** Stems, numbers and bigrams of a text, without function words. */
export function contentTerms(text: string): string[] {
  const terms: string[] = [];
  for (const token of tokenize(text)) if (!isStopword(token.term)) terms.push(token.term);
  return terms;
}

const WORD = /[\p{L}\p{N}]+/gu;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/g;

/** Words of a text; two Han or Kana characters count as one word. */
export function countWords(text: string): number {
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  const spaced = (unspaced ? text.replace(UNSPACED, ' ') : text).match(WORD)?.length ?? 0;
  return spaced + Math.ceil(unspaced / 2);
}
