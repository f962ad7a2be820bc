import { contentSpans } from '../text/boilerplate.ts';
import { readOnce } from '../text/read-once.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { denies } from './claims.ts';
import type { StoryReport } from './story-report.ts';

/** A sentence where it stands in a report. */
export interface PlacedSentence extends Span {
  in: 'title' | 'text';
  text: string;
}

export interface LeadSentence extends PlacedSentence {
  /** Says that something is not so. */
  denies: boolean;
}

/** Sentences in which a report says what is new, besides its title: what follows is background. */
const LEAD_SENTENCES = 3;

/** The title and the first sentences of a report, without page furniture. */
export function leadOf({
  title,
  text,
  language,
}: Pick<StoryReport, 'title' | 'text' | 'language'>): readonly LeadSentence[] {
  return readLead(title, text, language);
}

const readLead = readOnce(
  (title: string, text: string, language: string): readonly LeadSentence[] => {
    const headline: PlacedSentence = { in: 'title', start: 0, end: title.length, text: title };
    return [headline, ...placeSentences(text, language, LEAD_SENTENCES)].map((sentence) => ({
      ...sentence,
      denies: denies(sentence.text),
    }));
  },
  (...words) => words.join('\n'),
);

/** Sentences of a report's text in order. */
export function sentencesOf({ text, language }: Pick<StoryReport, 'text' | 'language'>): PlacedSentence[] {
  return placeSentences(text, language, Number.POSITIVE_INFINITY);
}

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
