import type { StoryChange } from './story.ts';
import type { Kind } from './topic.ts';

/** Languages whose labels, dates and numbers are ours. */
export type Locale = 'en' | 'ko' | 'ru';

/** The platform-neutral content for one slot. An alert is a digest of one story. */
export interface Digest {
  kind: 'digest' | 'alert';
  topic: { slug: string; title: string };
  locale: Locale;
  /** IANA zone in which its times are shown. */
  zone: string;
  /** The slot's due moment (or now, for a digest asked for), ms UTC. */
  at: number;
  /** Ingest times covered, ms UTC: (since, until]. */
  window: { since: number; until: number };
  /** Set where it went out later than its hour. */
  late: boolean;
  coverage: Coverage;
  sections: DigestSection[];
  /** One-line entries that found no room in the sections. */
  alsoNoted: NotedStory[];
  /** Stories that an alert has shown already and that have not changed. */
  alerted: NotedStory[];
  /** For alerts: which subscriptions matched, and where. */
  matches: SubscriptionMatch[];
  /** Labels of what was automatic: `llm`, `machine-translation`, `extractive-fallback`. */
  notes: string[];
  /** What `shown` remembers of each story in it once it is sent, by story. */
  memory: StoryMemory[];
  /** Stories of the window that are not in it, each with its one reason: what `why` answers from. */
  leftOut: LeftOut[];
}

/** Everything known of a story when it was shown: what is in here is not news later. */
export interface StoryMemory {
  storyId: number;
  storyRevision: number;
  /** Every article cited or counted. */
  articles: { id: number; revision: number }[];
  /** Ids of the first reports counted. */
  origins: number[];
  facts: { of: string; value: string; text: string }[];
  /** Sentences shown so far, this time included. */
  sentences: { articleId: number; revision: number; text: string }[];
}

export interface LeftOut {
  storyId: number;
  reason: 'unchanged' | 'outranked' | 'theme' | 'muted' | 'too-old' | 'alerted' | 'waiting';
  /** For `outranked`: its place among how many. */
  detail?: string;
}

export interface Coverage {
  articles: number;
  stories: number;
  feedsRead: number;
  feedsTotal: number;
  /** Names of the feeds that were silent beyond their rhythm, longest first. */
  silent: string[];
  /** Names of the feeds that failed, with the reason in words. */
  failing: { name: string; reason: string }[];
}

export interface DigestSection {
  theme: { slug: string; title: string };
  stories: DigestStory[];
}

export type Badge = 'NEW' | 'UPDATED' | 'CORRECTED';

export interface DigestStory {
  storyId: number;
  storyRevision: number;
  badge: Badge;
  headline: Quotation;
  /** Verbatim sentences, best first as they should be read. */
  sentences: Quotation[];
  /** What is new or corrected, for UPDATED and CORRECTED; the strongest first. */
  changes: StoryChange[];
  /** Figures and denials that stand against each other: who says which. */
  conflicts: { who: string; sentence: Quotation; stateMedia: boolean }[];
  /** Set where only one country's state media carry the claim. */
  onlyStateMedia: string | null;
  kind: Kind;
  themes: string[];
  reports: number;
  origins: number;
  firstSeen: number;
  /** Numbered in order of first citation: `sources[i]` is [i + 1]. */
  sources: Source[];
}

/** A sentence or headline that stands verbatim in a source. */
export interface Quotation {
  text: string;
  /** Index in `sources`. */
  source: number;
  language: string;
  /** UTF-16 offsets in the source article's text (`in: text`) or title. */
  in: 'title' | 'text';
  start: number;
  end: number;
  /** A sentence a model wrote stands on more than one source: the others, indexes in `sources`. */
  also?: number[];
  /** A labelled machine translation, only where a model is configured. */
  translation?: string;
}

export interface Source {
  articleId: number;
  revision: number;
  outlet: string;
  stateMedia: boolean;
  paywalled: boolean;
  url: string | null;
  title: string;
  language: string;
  published: number;
}

export interface NotedStory {
  storyId: number;
  storyRevision: number;
  kind: Kind;
  headline: Quotation;
  source: Source;
}

export interface SubscriptionMatch {
  subscriptionId: number;
  /** Empty where a story is followed, whose number is `storyId`. */
  query: string;
  storyId?: number;
  /** The matched words, verbatim from the article; those of the text with what stands round them. */
  words: string[];
}
