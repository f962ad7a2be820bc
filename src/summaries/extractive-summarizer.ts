import { allTerms, type Candidate, candidateSentences, contentTerms } from './candidate-sentences.ts';
import { expectTerms, type TermWeights } from './expect-terms.ts';
import { mayQuote } from './quotation-rule.ts';
import { type NumberedCandidate, selectSentences } from './select-sentences.ts';
import { overlap } from './similarity.ts';
import type { Summarizer, Summary, SummaryRequest } from './summarizer.ts';
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
  const candidates = inOneLanguage(candidateSentences(request.documents), request);
  const chosen = candidates.length ? choose(candidates, request, weights) : [];
  return {
    method: 'extractive',
    sentences: chosen.map(({ text, document, start, end }) => ({ text, document, start, end })),
  };
}

function choose(candidates: Candidate[], request: SummaryRequest, weights?: TermWeights): Candidate[] {
  const story = countTerms(
    candidates,
    request.documents.map((document) => allTerms(document.title)),
  );
  const expected = expectTerms(
    story,
    weights ?? (Number.isFinite(request.sentences) ? FEW_SENTENCES : MANY_WORDS),
  );
  const numbered = candidates.map(
    (c, i): NumberedCandidate => ({ ...c, single: story.single.rows[i]!, pairs: story.pairs.rows[i]! }),
  );
  const words = request.words ?? Number.POSITIVE_INFINITY;
  const fill = !Number.isFinite(request.sentences) && !request.quotation;
  return selectSentences(fill ? numbered : openCandidates(numbered, request), expected, {
    sentences: request.sentences,
    words,
    terms: usualTerms(candidates, request.sentences, words),
    allows: (candidate, others) =>
      (fill || candidate.standing !== 'dangling' || others.some((other) => isNext(other, candidate))) &&
      (!request.quotation || mayQuote(candidate, others, request.documents)),
  });
}

/** How many terms a person's summary within the limits has. */
function usualTerms(candidates: Candidate[], sentences: number, words: number): number {
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
