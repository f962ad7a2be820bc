import type { Scope } from './scope.ts';

/** A keyword query of a person or a channel, and how and where its alerts go. */
export interface Subscription {
  id: number;
  scope: Scope;
  /** The platform's user id of its owner. */
  owner: string;
  destinationId: number;
  query: string;
  mode: 'instant' | 'hourly' | 'daily';
  /** Local minutes of day [start, end) without alerts; equal means none. */
  quietHours: { start: number; end: number } | null;
  zone: string;
  languages: string[];
  themes: string[];
  /** Alert again when an alerted story is UPDATED. */
  updates: boolean;
  /** Follows one story instead of words. */
  storyId: number | null;
  paused: boolean;
  createdAt: number;
  lastAlertAt: number | null;
}

/** A subscription that wants an article, not yet delivered. */
export interface PendingAlert {
  id: number;
  subscriptionId: number;
  destinationId: number;
  articleId: number;
  storyId: number;
  words: string[];
  /** Not before this moment: quiet hours and batching. */
  dueAt: number;
}
