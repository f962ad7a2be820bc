import { type Candidate, candidateSentences, contentTerms } from './candidate-sentences.ts';
import { scoreSentences } from './score-sentences.ts';
import { selectSentences } from './select-sentences.ts';
import { overlap } from './similarity.ts';
import type { Summarizer, Summary, SummaryRequest } from './summarizer.ts';

/** A sentence that shares this much with one the reader has had is not news. */
const ALREADY_SHOWN = 0.7;

/** Chooses sentences that stand verbatim in the documents. Needs no network and does not fail. */
export function createExtractiveSummarizer(): Summarizer {
  return { summarize: (request) => Promise.resolve(extractSummary(request)) };
}

/** The same, at once: an empty list where no document has a sentence that stands alone. */
export function extractSummary(request: SummaryRequest): Summary {
  const all = candidateSentences(request.documents);
  const scores = scoreSentences(all, request.documents);
  const open = openCandidates(all, request);
  const chosen = selectSentences(
    open,
    open.map((candidate) => scores[all.indexOf(candidate)]!),
    request.documents,
    { sentences: request.sentences, words: request.words, quotation: request.quotation ?? false },
  );
  return {
    method: 'extractive',
    sentences: chosen.map(({ text, document, start, end }) => ({ text, document, start, end })),
  };
}

/** What may be chosen from: unread, able to stand, no opinion beside reports, in the first language that has any. */
function openCandidates(all: Candidate[], request: SummaryRequest): Candidate[] {
  const { documents } = request;
  const shown = request.shown.map((text) => new Set(contentTerms(text)));
  const able = all.filter(
    (c) => c.standing !== 'never' && !shown.some((terms) => overlap(c.termSet, terms) >= ALREADY_SHOWN),
  );
  const reports = able.filter((c) => documents[c.document]!.kind !== 'opinion');
  const open = reports.some((c) => c.standing === 'whole') ? reports : able;
  for (const language of request.languages) {
    const inLanguage = open.filter((c) => documents[c.document]!.language === language);
    if (inLanguage.some((c) => c.standing === 'whole')) return inLanguage;
  }
  return open;
}
