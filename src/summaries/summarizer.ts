import type { ArticleContent } from '../model/article.ts';
import type { Kind } from '../model/topic.ts';

/** A sentence that stands verbatim in one of the documents: `text === documents[document].text.slice(start, end)`. */
export interface SummarySentence {
  text: string;
  /** Index in the given documents. */
  document: number;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

export type SummaryDocument = Pick<
  ArticleContent,
  'url' | 'title' | 'text' | 'language' | 'outlet' | 'published'
> & {
  /** Opinion is quoted only where nothing else is there. */
  kind?: Kind;
};

export interface SummaryRequest {
  documents: SummaryDocument[];
  /** Most sentences. */
  sentences: number;
  /** Most words, where given. */
  words?: number;
  /** Languages in order of preference. */
  languages: string[];
  /** Sentences the reader has had already. */
  shown: string[];
  now: number;
  /**
   * Keep within the right to quote: at most two sentences and 300 characters of one document, one sentence of a
   * paywalled outlet. Off where a reader's own documents are summed up.
   */
  quotation?: boolean;
}

export interface Summary {
  sentences: SummarySentence[];
  /** How it was made, for the label. */
  method: 'extractive' | 'llm' | 'extractive-fallback';
  /**
   * Sentences a model wrote, each checked against the `sentences` it cites (by index); absent for extractive ones.
   */
  written?: { text: string; cites: number[] }[];
}

/** The port: extractive by default, a model where one is configured. */
export interface Summarizer {
  summarize(request: SummaryRequest, signal?: AbortSignal): Promise<Summary>;
}
