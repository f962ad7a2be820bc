import { contentSpans } from '../text/boilerplate.ts';
import { readOnce } from '../text/read-once.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import type { StoryReport } from './story-report.ts';

/** A sentence where it stands in a report. */
export interface PlacedSentence extends Span {
  in: 'title' | 'text';
  text: string;
}

/** Sentences in which a report says what is new, besides its title: what follows is background. */
const LEAD_SENTENCES = 3;

/** The title and the first sentences of a report, without page furniture. */
export function leadOf(report: Pick<StoryReport, 'title' | 'text' | 'language'>): PlacedSentence[] {
  const title: PlacedSentence = { in: 'title', start: 0, end: report.title.length, text: report.title };
  return [title, ...firstSentences(report.text, report.language)];
}

/** Sentences of a report's text in order. */
export function sentencesOf({ text, language }: Pick<StoryReport, 'text' | 'language'>): PlacedSentence[] {
  return placeSentences(text, language, Number.POSITIVE_INFINITY);
}

const firstSentences = readOnce(
  (text: string, language: string): readonly PlacedSentence[] =>
    placeSentences(text, language, LEAD_SENTENCES),
  (text, language) => `${language}\n${text}`,
);

function placeSentences(text: string, language: string, limit: number): PlacedSentence[] {
  const sentences: PlacedSentence[] = [];
  for (const span of contentSpans(text, language))
    for (const { start, end } of splitSentences(text.slice(span.start, span.end), language)) {
      if (sentences.length >= limit) return sentences;
      const from = span.start + start;
      const to = span.start + end;
      sentences.push({ in: 'text', start: from, end: to, text: text.slice(from, to) });
    }
  return sentences;
}
