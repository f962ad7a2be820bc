import type { Scope } from './scope.ts';

/** Articles about one event. Its id is immutable and never reused. */
export interface Story {
  id: number;
  /** Set once this story was found to be another: follow it to the end of the chain. */
  mergedInto: number | null;
  createdAt: number;
  /** Ingest time of its newest member. */
  updatedAt: number;
  /** Grows with every change of its members or of a member's revision. */
  revision: number;
  /** Kept out of every digest by the operator; a server's or workspace's own mutes stand beside it. */
  muted: boolean;
}

export interface StoryMember {
  storyId: number;
  articleId: number;
  /** The article that first reported what this one repeats; its own id where it is original. Equal origins are one. */
  originId: number;
  joinedAt: number;
}

/** A value a story states: figures are compared to find what is new, never averaged. */
export interface Fact {
  kind: 'figure' | 'name' | 'date' | 'place';
  /** Normalized form that compares: `10000`, `2024-06-19`, `entity:kim-jong-un`. */
  value: string;
  /** What is counted or named, normalized stem or entity (`container`); '' where unclear. */
  of: string;
  /** Verbatim words around it. */
  text: string;
  articleId: number;
}

/** What is new in a story that a destination has already seen. */
export interface StoryChange {
  kind:
    | 'origin'
    | 'figure'
    | 'name'
    | 'date'
    | 'place'
    | 'statement'
    | 'denial'
    | 'correction'
    | 'retraction';
  /** What is new, verbatim or a name; the renderer words the line round it. */
  now: string;
  /** What was shown before, for a changed figure or a correction. */
  was?: string;
  /** When that was shown, ms UTC. */
  wasAt?: number;
  articleId: number;
}

/** What a person said of two articles or of a story; kept across regrouping. */
export interface StoryEdit {
  id: number;
  kind: 'merge' | 'split' | 'mute' | 'unmute';
  storyIds: number[];
  articleIds: number[];
  who: string;
  /** Whose readers alone it concerns (a mute in chat); null where it holds for all. */
  scope: Scope | null;
  why: string | null;
  at: number;
  undoneAt: number | null;
}
