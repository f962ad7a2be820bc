import type { OutletRef } from './outlet.ts';
import type { Scope } from './scope.ts';

/** A source that is polled. Times are integer milliseconds UTC. */
export interface Feed {
  id: number;
  /** May carry a token of its owner: show `maskUrl(url)`, never this. */
  url: string;
  /** The address it was added or is configured under, where it has moved for good since; null where it has not. */
  movedFrom: string | null;
  scope: Scope;
  outletId: number;
  outlet: OutletRef;
  title: string | null;
  /** BCP 47 primary subtag as configured or as the feed says, null where unknown. */
  language: string | null;
  fullText: 'never' | 'relevant';
  poll: PollState;
}

export interface PollState {
  /** Validators echoed byte for byte, of the URL they came from. */
  etag: string | null;
  lastModified: string | null;
  /** SHA-256 of the last decoded body: an equal body is not parsed again. */
  bodyHash: string | null;
  /** Current polling interval in ms, before jitter. */
  intervalMs: number;
  nextPollAt: number;
  /** Failures in a row. */
  failures: number;
  lastError: FeedProblem | null;
  lastPolledAt: number | null;
  /** Last answer that was a feed or a 304. */
  lastSuccessAt: number | null;
  /** Published time, else first-seen time, of the newest entry. */
  newestEntryAt: number | null;
  /** Since when it has been quiet beyond its own rhythm, null while it is not. */
  silentSince: number | null;
  /** 410, or 404 for long: not polled until an operator says so. */
  goneAt: number | null;
  /**
   * Where the validators belong when it is not the feed's own URL, and how often it was seen as a permanent redirect
   * (never for a temporary one): after several times it is asked directly.
   */
  redirect: { url: string; sightings: number } | null;
  /** What its last document and headers said of how it wants to be read; null until one was read. */
  habits: FeedHabits | null;
}

/** What a publisher asks of its readers, and the feed's own rhythm: kept, since most answers carry no document. */
export interface FeedHabits extends PollWishes {
  /** For how long the headers allowed the last answer to be kept, ms. */
  freshForMs: number;
  /** How long it may be quiet before it counts as silent, ms. */
  silenceLimit: number;
  /** Hash of its entries that carry no usable date; null where all do. */
  undated: string | null;
}

export interface PollWishes {
  /** From `ttl` or `sy:*`, ms; null where silent. */
  minIntervalMs: number | null;
  /** `skipHours` (0–23, UTC) and `skipDays` (1 Monday – 7 Sunday). */
  skipHours: number[];
  skipDays: number[];
}

/** A typed fault of a feed, with a sentence for people. */
export interface FeedProblem {
  code:
    | 'timeout'
    | 'unreachable'
    | 'tls'
    | 'refused-address'
    | 'too-large'
    | 'bad-encoding'
    | 'redirects'
    | 'rate-limited'
    | 'http-status'
    | 'gone'
    | 'truncated'
    | 'not-a-feed'
    | 'no-entries'
    | 'unparsable';
  message: string;
  /** HTTP status where there was one. */
  status?: number;
}

/** Why an entry of a list is no feed: it has no address, or none that can be fetched. */
export type NoFeed = 'no-address' | 'bad-address';

/** Of a list of feeds: it breaks off before its end; it has a second body, which is read too; it has no entries. */
export type OpmlFault = 'truncated' | 'second-body' | 'empty';

/** One entry as a feed carried it, before normalizing. Times are RFC 3339 UTC or null where unknown. */
export interface ParsedEntry {
  id: string | null;
  url: string | null;
  title: string | null;
  /** The longest text of the entry as plain text: full content, else summary. */
  text: string | null;
  published: string | null;
  updated: string | null;
  authors: string[];
  categories: string[];
  thumbnail?: string | null;
  language?: string | null;
  /** Where an aggregator has it from. */
  source?: { name: string; url: string | null } | null;
}

export interface ParsedFeed extends Partial<PollWishes> {
  title: string | null;
  link: string | null;
  language: string | null;
  entries: ParsedEntry[];
  /** What was wrong with the document and how it was read all the same. */
  warnings: string[];
}

/** Hides credentials, the query's values and long path tokens of a URL: what logs and people may see. */
export function maskUrl(url: string): string {
  try {
    const u = new URL(url);
    u.username = u.password = '';
    for (const key of [...u.searchParams.keys()])
      if (/key|token|secret|auth|pass|sig/i.test(key)) u.searchParams.set(key, '…');
    u.pathname = u.pathname
      .split('/')
      .map((part) => (/^(?=.*\d)(?=.*[a-z])[\w-]{28,}$/i.test(part) ? '…' : part))
      .join('/');
    return decodeURI(u.href);
  } catch {
    return '(unreadable URL)';
  }
}
