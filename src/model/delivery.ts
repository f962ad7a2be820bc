import type { Digest } from './digest.ts';

export type DeliveryKind = 'digest' | 'alert' | 'update' | 'notice';
export type DeliveryState = 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'skipped' | 'expired';
export type PartState = DeliveryState;

/** One digest, alert, update or notice for one destination. Its content is frozen when it is made. */
export interface Delivery {
  id: number;
  kind: DeliveryKind;
  destinationId: number;
  scheduleId: number | null;
  slotId: number | null;
  /** Unique: a second delivery for the same reason cannot be made. `digest:<schedule>:<due>`, `alert:<destination>:<story>:<revision>`, … */
  key: string;
  state: DeliveryState;
  createdAt: number;
  dueAt: number;
  /** After this moment it is not sent any more; its stories return to the next digest. */
  expiresAt: number;
  nextAttemptAt: number;
  content: Digest | Notice;
  /** Ingest time the window ends at; becomes the schedule's cut-off when this is sent. */
  cutoff: number | null;
  /** Why it failed, expired, was skipped or is uncertain, in words. */
  reason: string | null;
  lease: Lease | null;
}

/** A short message of ours: a pause, a health alarm, a welcome. */
export interface Notice {
  kind: 'notice';
  code: string;
  title: string;
  text: string;
  /** A last line about somebody, `{a}` in its words: the platform names them there, and nobody is notified. */
  by?: { words: string; person: string };
}

export interface Lease {
  owner: string;
  until: number;
  /** Grows with each holder: a write of an older holder is refused. */
  fence: number;
}

/**
 * One call to a platform, with a state of its own: a message, an edit, creating a forum post,
 * cross-posting. Parts are sent in order; a part may need the result of an earlier one.
 */
export interface Part {
  id: number;
  deliveryId: number;
  index: number;
  action: PartAction;
  /** Unique; stands inside the message, where the platform keeps it. */
  marker: string;
  state: PartState;
  attempts: number;
  /** When the first byte may have left; the settle time and the history look-up count from here. */
  sendingSince: number | null;
  messageId: string | null;
  /** The channel the message stands in, where it is not the destination's (a new forum post or thread). */
  channelId: string | null;
  lastError: string | null;
  /** Stories this part shows: `shown` is written with its `sent`. */
  stories: number[];
}

/** What to do; `payload` is the platform's own message body, made by its renderer, with the marker in it. */
export type PartAction =
  | {
      kind: 'message';
      payload: unknown /** Post in the thread or post that part `of` opened. */;
      inThreadOf?: number;
    }
  | { kind: 'forum-post'; title: string; payload: unknown }
  | { kind: 'thread'; title: string /** Open a thread on the message of part `of`. */; of: number }
  | { kind: 'crosspost'; of: number }
  | { kind: 'edit'; channelId: string; messageId: string; payload: unknown }
  | { kind: 'reply'; channelId: string; messageId: string; payload: unknown };

/** What a destination has seen of a story. */
export interface Shown {
  destinationId: number;
  storyId: number;
  storyRevision: number;
  at: number;
  via: DeliveryKind;
  /** (article id, revision) of every article cited or counted. */
  articles: { id: number; revision: number }[];
  /** Independent origins counted then. */
  origins: number[];
  facts: { of: string; value: string; text: string }[];
  sentences: { articleId: number; revision: number; text: string }[];
  message: { channelId: string; messageId: string } | null;
}
