import { allTerms, type Candidate, candidateSentences, contentTerms } from './candidate-sentences.ts';
import { type ExpectedTerms, expectTerms, type TermWeights } from './expect-terms.ts';
import { overlap } from './overlap.ts';
import { mayQuote } from './quotation-rule.ts';
import { density, type NumberedCandidate, selectSentences } from './select-sentences.ts';
import type { Summarizer, Summary, SummaryRequest, SummarySentence } from './summarizer.ts';
import { countTerms } from './term-statistics.ts';
import { FEW_SENTENCES, MANY_WORDS } from './term-weights.ts';

/** A sentence that shares this much with one the reader has had is not news. */
const ALREADY_SHOWN = 0.7;
/** A person's summary has this many terms for each term of as many average sentences. */
const TERSENESS = 0.8;

/** Chooses sentences that stand verbatim in the documents. Needs no network and does not fail. */
export function createExtractiveSummarizer(): Summarizer {
  return { summarize: (request) => Promise.resolve(extractSummary(request)) };
}

/**
 * The same, at once. No sentences where no document has one that stands alone; where only `words` limits the length,
 * fragments may fill it. @param weights other than the fitted ones, for cross-validation
 */
export function extractSummary(request: SummaryRequest, weights?: TermWeights): Summary {
  const { candidates, expected } = readStory(request, weights);
  const words = request.words ?? Number.POSITIVE_INFINITY;
  const fill = !Number.isFinite(request.sentences) && !request.quotation;
  const chosen = selectSentences(fill ? candidates : openCandidates(candidates, request), expected, {
    sentences: request.sentences,
    words,
    terms: usualTerms(candidates, request.sentences, words),
    allows: (candidate, others) =>
      (fill || candidate.standing !== 'dangling' || others.some((other) => isNext(other, candidate))) &&
      (!request.quotation || mayQuote(candidate, others, request.documents)),
  });
  return { method: 'extractive', sentences: chosen.map(toSentence) };
}

/** The sentences a summary may be written from, in order; the most telling where there are more than `most`. */
export function sourceSentences(request: SummaryRequest, most: number): SummarySentence[] {
  const { candidates, expected } = readStory(request);
  const open = openCandidates(candidates, request);
  const told = new Set(open.toSorted((a, b) => density(b, expected) - density(a, expected)).slice(0, most));
  return open.filter((candidate) => told.has(candidate)).map(toSentence);
}

interface ReadStory {
  candidates: NumberedCandidate[];
  expected: ExpectedTerms;
}

function readStory(request: SummaryRequest, weights?: TermWeights): ReadStory {
  const candidates = inOneLanguage(candidateSentences(request.documents), request);
  const story = countTerms(
    candidates,
    request.documents.map((document) => allTerms(document.title)),
  );
  return {
    candidates: candidates.map((c, i) => ({
      ...c,
      single: story.single.rows[i]!,
      pairs: story.pairs.rows[i]!,
    })),
    expected: expectTerms(
      story,
      weights ?? (Number.isFinite(request.sentences) ? FEW_SENTENCES : MANY_WORDS),
    ),
  };
}

function toSentence({ text, document, start, end }: Candidate): SummarySentence {
  return { text, document, start, end };
}

/** How many terms a person's summary within the limits has. */
function usualTerms(candidates: Candidate[], sentences: number, words: number): number {
  if (!candidates.length) return 0;
  let terms = 0;
  let allWords = 0;
  for (const c of candidates) {
    terms += c.terms.length;
    allWords += c.words;
  }
  return Math.min(
    TERSENESS * sentences * (terms / candidates.length),
    words * (terms / Math.max(1, allWords)),
  );
}

function isNext(before: Candidate, after: Candidate): boolean {
  return before.document === after.document && before.index === after.index - 1;
}

/** Those of the first language of the reader that has a sentence able to stand, else of all. */
function inOneLanguage(candidates: Candidate[], request: SummaryRequest): Candidate[] {
  for (const language of request.languages) {
    const own = candidates.filter((c) => request.documents[c.document]!.language === language);
    if (own.some((c) => c.standing === 'whole')) return own;
  }
  return candidates;
}

/** What may be chosen from: able to stand, unread, and no opinion where there is a report. */
function openCandidates(candidates: NumberedCandidate[], request: SummaryRequest): NumberedCandidate[] {
  const shown = request.shown.map(contentTerms);
  const able = candidates.filter(
    (c) => c.standing !== 'never' && !shown.some((terms) => overlap(c.content, terms) >= ALREADY_SHOWN),
  );
  const reports = able.filter((c) => request.documents[c.document]!.kind !== 'opinion');
  return reports.some((c) => c.standing === 'whole') ? reports : able;
}
