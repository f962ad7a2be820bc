import { readFileSync } from 'node:fs';
import { outletFromName } from '../src/model/outlet.ts';
import type { SummaryRequest } from '../src/summaries/summarizer.ts';

/** A story of our own with what a three-sentence summary of it must say. */
export interface KeyFactStory {
  name: string;
  request: Omit<SummaryRequest, 'sentences'>;
  /** Each fact as the wordings that count for it. */
  facts: string[][];
}

interface Line {
  name: string;
  language: string;
  /** who, what, figure, when: each one wording or several. */
  facts: Record<string, string | string[]>;
  documents: { outlet: string; title: string; text: string; published: string }[];
}

const FILE = new URL('../tests/fixtures/summaries/key-facts.jsonl', import.meta.url);

export function readKeyFactStories(): KeyFactStory[] {
  const lines = readFileSync(FILE, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const story: Line = JSON.parse(line);
    return {
      name: story.name,
      facts: Object.values(story.facts).map((fact) => [fact].flat()),
      request: {
        documents: story.documents.map((document) => ({
          url: null,
          title: document.title,
          text: document.text,
          language: story.language,
          outlet: outletFromName(document.outlet),
          published: Date.parse(document.published),
        })),
        languages: [story.language],
        shown: [],
        now: Date.parse(story.documents[0]!.published),
      },
    };
  });
}

/** The facts of which no wording stands in the text, by their first wording. */
export function missingFacts(story: KeyFactStory, text: string): string[] {
  const summary = text.toLowerCase();
  return story.facts
    .filter((wordings) => !wordings.some((wording) => summary.includes(wording.toLowerCase())))
    .map((wordings) => wordings[0]!);
}
