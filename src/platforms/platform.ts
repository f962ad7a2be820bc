import type { Notice, Part, PartAction } from '../model/delivery.ts';
import type { Digest, Locale } from '../model/digest.ts';
import type { Destination } from '../model/schedule.ts';
import type { PlatformName, Scope } from '../model/scope.ts';

/**
 * What came of one call to a platform: a closed set, so that the outbox decides and the adapter only reports.
 * `unknown` means the message may stand there: settle, look, then decide.
 */
export type Outcome =
  | { kind: 'sent'; messageId: string; channelId: string }
  | { kind: 'rate-limited'; until: number; scope: RateLimitScope }
  | { kind: 'retry'; reason: string }
  | { kind: 'target-gone'; reason: string }
  | { kind: 'not-allowed'; reason: string; missing: string[] }
  | { kind: 'dms-closed'; reason: string }
  | { kind: 'unauthorized'; reason: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'unknown'; reason: string };

/** What pauses: one channel, one route, or everything this token sends. */
export type RateLimitScope = 'channel' | 'route' | 'global';

/**
 * What the history says of a marker. `unreadable` proves nothing and will not change by itself (no permission, no
 * scope); `retry` proves nothing yet (rate-limited until, 5xx, no answer): it is asked again.
 */
export type Lookup =
  | { kind: 'found'; messages: { messageId: string; channelId: string; at: number }[] }
  | { kind: 'absent' }
  | { kind: 'retry'; reason: string; until?: number }
  | { kind: 'unreadable'; reason: string };

/** At most `requests` calls within any `perMs` milliseconds. */
export interface Pace {
  requests: number;
  perMs: number;
}

/** What an earlier part of the same delivery left behind, by part index. */
export type Sent = ReadonlyMap<number, { messageId: string; channelId: string }>;

/** A rendered part before it has a row: one call to the platform, with the stories it shows. */
export interface PlannedPart {
  action: PartAction;
  marker: string;
  stories: number[];
}

/** The sending half of a platform: what the outbox needs, and nothing else. */
export interface Publisher {
  readonly platform: PlatformName;
  /** Longest time, ms, after which a call that got no answer can still be carried out by the platform. */
  readonly settleMs: number;

  /** How fast the platform lets one token post, in all and in one channel: kept from the start, not learned from refusals. */
  readonly pace: { global: Pace; channel: Pace };

  /**
   * Splits frozen content into parts within every limit of the platform; pure.
   * @param marker the marker of part `index`; it must end up inside the message.
   */
  plan(content: Digest | Notice, destination: Destination, marker: (index: number) => string): PlannedPart[];

  /** Carries out one part. Never throws for what the platform answers; never retries by itself. */
  publish(part: Part, destination: Destination, sent: Sent, signal: AbortSignal): Promise<Outcome>;

  /** Looks for our own messages with this marker, posted after `since` (ms UTC, allow for clock skew). */
  find(part: Part, destination: Destination, sent: Sent, since: number): Promise<Lookup>;

  /** Deletes a message of ours: the later one of a double. */
  remove(destination: Destination, message: { messageId: string; channelId: string }): Promise<Outcome>;

  /** Tells a person of this scope something privately; best effort. */
  tell(userId: string, notice: Notice, scope: Scope): Promise<Outcome>;

  /** What is missing for posting there, by its English names, which the record keeps; empty when all is well. */
  missingPermissions(destination: Destination): Promise<string[]>;

  /**
   * What a channel of this scope is and what lacks for posting there; null where there is none that we can see.
   * @throws UserError worded in `locale`, where a platform can say better what is to be done
   */
  describe?(scope: Scope, channelId: string, locale?: Locale): Promise<ChannelDescription | null>;

  /** Whether the platform takes the token of this scope now: asked before what was paused for it goes on. */
  hasAccess?(scope: Scope): Promise<boolean>;

  /** What people call a server or workspace; null where it is not known. */
  nameOf?(scope: Scope): Promise<string | null>;

  /** Says something in a channel, best effort: lines of the audit. */
  announce?(scope: Scope, channelId: string, notice: Notice): Promise<Outcome>;
}

export interface ChannelDescription {
  kind: Destination['kind'];
  name: string | null;
  /** Permissions that lack, by the names that the asker's client shows. */
  missing: string[];
  /** What lacks for opening threads under messages there, beyond `missing`. */
  missingForThreads?: string[];
  /** Forums: the tags that can be applied to a post, and whether one must be. */
  tags?: { id: string; name: string }[];
  needsTag?: boolean;
}

/** The listening half: a connection that turns what people do into commands. */
export interface Platform {
  readonly name: PlatformName;
  readonly publisher: Publisher;
  start(signal: AbortSignal): Promise<void>;
  /** Stops taking commands, finishes those under way. */
  stop(): Promise<void>;
  health(): PlatformHealth;
}

export interface PlatformHealth {
  /** `standby`: another instance holds the connection. */
  state: 'starting' | 'connected' | 'standby' | 'reconnecting' | 'fatal' | 'stopped';
  detail: string | null;
  /** When this state began, ms UTC, where it is known. */
  since?: number;
  /** When it was last connected, ms UTC. */
  connectedAt: number | null;
}

/** Called by an adapter when a server or workspace comes or goes. */
export interface ScopeEvents {
  /** @param locale the language that the server prefers, where its platform knows one */
  joined(scope: Scope, locale?: Locale): Promise<void>;
  removed(scope: Scope): Promise<void>;
}
