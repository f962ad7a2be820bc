import type { ArticleContent } from '../model/article.ts';

/** A sentence that stands verbatim in one of the documents: `text === documents[document].text.slice(start, end)`. */
export interface SummarySentence {
  text: string;
  /** Index in the given documents. */
  document: number;
  /** UTF-16 offsets. */
  start: number;
  end: number;
}

export interface SummaryRequest {
  documents: Pick<ArticleContent, 'url' | 'title' | 'text' | 'language' | 'outlet' | 'published'>[];
  /** Most sentences. */
  sentences: number;
  /** Most words, where given. */
  words?: number;
  /** Languages in order of preference. */
  languages: string[];
  /** Sentences the reader has had already. */
  shown: string[];
  now: number;
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
