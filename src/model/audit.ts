import type { Scope } from './scope.ts';

/** Who changed what, where, when. */
export interface AuditEntry {
  id: number;
  scope: Scope;
  who: string;
  action: string;
  /** What it was done to, in words: `schedule 12 (#news)`. */
  object: string;
  detail: string | null;
  at: number;
}

/** Settings of one server or workspace. */
export interface ScopeSettings {
  scope: Scope;
  /** Platform role ids (Discord), user or user group ids (Slack) that may change channels, besides the platform's own admins. */
  managers: string[];
  auditChannel: string | null;
  locale: 'en' | 'ko' | 'ru';
  zone: string;
  /** Topics its digests and searches use. */
  topics: string[];
  /** Feeds of the configuration that this scope has paused, by feed id. */
  pausedFeeds: number[];
  /** When the bot was removed; its data is purged 30 days later. */
  removedAt: number | null;
}
