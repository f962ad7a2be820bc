import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Outcome } from '../platform.ts';

/** JSON error codes of Discord's reference that decide what becomes of a delivery. */
const CODE = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownUser: 10013,
  channelRateLimit: 20028,
  alreadyCrossposted: 40033,
  tagRequired: 40067,
  missingAccess: 50001,
  cannotMessageUser: 50007,
  missingPermissions: 50013,
  archived: 50083,
  threadExists: 160004,
  threadLocked: 160005,
  threadsFull: 160006,
} as const;

/** A connection that was never made: nothing has left this machine. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
]);

/** What a failed call means for the outbox. `missing` is filled by the caller, who can ask which permissions lack. */
export function outcomeOf(error: unknown, now: number): Outcome {
  if (error instanceof RateLimitError) {
    const waitMs = Math.max(error.retryAfter, error.timeToReset, 250);
    const ofChannel = error.scope === 'shared' || /^\d+$/.test(error.majorParameter);
    const scope = error.global ? 'global' : ofChannel ? 'channel' : 'route';
    return { kind: 'rate-limited', until: now + waitMs, scope };
  }
  if (error instanceof DiscordAPIError) return apiOutcome(error, now);
  // The body of a 5xx says nothing of whether the message was stored.
  if (error instanceof HTTPError) return { kind: 'unknown', reason: `Discord answered ${error.status}` };
  const code = connectionCode(error);
  if (code && NOT_SENT.has(code)) return { kind: 'retry', reason: `Discord cannot be reached (${code})` };
  return { kind: 'unknown', reason: `no answer from Discord (${code ?? message(error)})` };
}

function apiOutcome(error: DiscordAPIError, now: number): Outcome {
  const reason = `Discord says: ${error.message.slice(0, 300)} (${error.status}, code ${error.code})`;
  switch (error.code) {
    case CODE.unknownChannel:
    case CODE.unknownGuild:
    case CODE.unknownUser:
      return { kind: 'target-gone', reason };
    case CODE.cannotMessageUser:
      return { kind: 'dms-closed', reason };
    case CODE.missingAccess:
    case CODE.missingPermissions:
    case CODE.threadLocked:
      return { kind: 'not-allowed', reason, missing: [] };
    case CODE.channelRateLimit:
      return { kind: 'rate-limited', until: now + 5_000, scope: 'channel' };
    case CODE.unknownMessage:
    case CODE.archived:
    case CODE.threadsFull:
    case CODE.tagRequired:
      return { kind: 'rejected', reason };
  }
  if (error.status === 401) return { kind: 'unauthorized', reason };
  if (error.status === 403) return { kind: 'not-allowed', reason, missing: [] };
  if (error.status === 404) return { kind: 'target-gone', reason };
  if (error.status === 429) return { kind: 'rate-limited', until: now + 5_000, scope: 'global' };
  return { kind: 'rejected', reason };
}

/** The message was published to followers before: what was wanted is so. */
export function isAlreadyCrossposted(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === CODE.alreadyCrossposted;
}

/** The message has its thread already, whose id is the message's own. */
export function hasThreadAlready(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === CODE.threadExists;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 404;
}

function connectionCode(error: unknown): string | null {
  for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e)
    if (typeof e.code === 'string') return e.code;
  return null;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
