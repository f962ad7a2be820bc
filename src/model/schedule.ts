import type { PlatformName, Scope } from './scope.ts';

/** Where messages go. */
export interface Destination {
  id: number;
  platform: PlatformName;
  scope: Scope;
  kind: 'text' | 'announcement' | 'thread' | 'forum' | 'dm';
  /** The platform's channel id; for a DM the person's id. */
  target: string;
  name: string | null;
  /** Languages in order of preference, BCP 47 primary subtags. */
  languages: string[];
  zone: string;
  /** Send without a notification sound. */
  silent: boolean;
  /** Announcement channels: publish to followers. */
  crosspost: boolean;
  /** Forum channels: ids of tags to apply. */
  tags: string[];
  paused: Pause | null;
  /** The platform's user id of who set it up: told once when it breaks. */
  setUpBy: string | null;
}

export interface Pause {
  at: number;
  why: 'person' | 'target-gone' | 'not-allowed' | 'unauthorized' | 'dms-closed' | 'bot-removed';
  detail: string | null;
}

export type UpdateMode = 'digest' | 'edit' | 'thread';

/** When a destination wants a digest, and of what. */
export interface Schedule {
  id: number;
  destinationId: number;
  /** Local wall-clock times `HH:MM`, sorted, distinct. */
  times: string[];
  zone: string;
  /** ISO days of week, 1 Monday – 7 Sunday, sorted, distinct. */
  days: number[];
  /** Topic slugs. */
  topics: string[];
  /** Theme slugs; empty means all. */
  themes: string[];
  /** Most stories in sections. */
  length: number;
  /** Sentences for each story, 1–3. */
  sentences: number;
  quietDay: 'line' | 'nothing';
  updates: UpdateMode;
  paused: boolean;
  createdAt: number;
  /** Ingest time up to which the last *sent* digest reached: the next window starts here. Null before the first. */
  cutoff: number | null;
  /** Last moment up to which slots have been made: what is due is computed from here. */
  slotsUntil: number;
}

/** One due moment of a schedule; unique by (schedule, due). */
export interface Slot {
  id: number;
  scheduleId: number;
  /** ms UTC. */
  due: number;
  /** The local wall-clock time asked for, `2026-03-29T02:30`. */
  local: string;
}
