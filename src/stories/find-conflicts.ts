import type { StoryReport } from './story-report.ts';

/** A sentence that stands against another of the same story, and whose it is. */
export interface Conflict {
  /** The outlet or the speaker that a report names. */
  who: string;
  articleId: number;
  /** Where the sentence stands: `in` the title or the text, UTF-16 offsets. */
  in: 'title' | 'text';
  start: number;
  end: number;
  stateMedia: boolean;
}

/** Conflicting figures and denials of one story, side by side; empty where nobody disagrees. */
export function findConflicts(_reports: readonly StoryReport[]): Conflict[] {
  return [];
}
