import { ErrorCode } from '@slack/web-api';
import type { Outcome } from '../platform.ts';

/** Slack's error strings that decide what becomes of a delivery (docs.slack.dev/reference/methods/chat.postMessage). */
const MEANING: Record<
  string,
  'target-gone' | 'not-allowed' | 'unauthorized' | 'rejected' | 'unknown' | 'dms-closed' | 'retry'
> = {
  channel_not_found: 'target-gone',
  is_archived: 'target-gone',
  channel_is_archived: 'target-gone',
  user_not_found: 'target-gone',
  user_disabled: 'target-gone',
  not_in_channel: 'not-allowed',
  restricted_action: 'not-allowed',
  restricted_action_read_only_channel: 'not-allowed',
  restricted_action_thread_only_channel: 'not-allowed',
  restricted_action_non_threadable_channel: 'not-allowed',
  missing_scope: 'not-allowed',
  no_permission: 'not-allowed',
  ekm_access_denied: 'not-allowed',
  access_denied: 'not-allowed',
  cannot_dm_bot: 'dms-closed',
  messages_tab_disabled: 'dms-closed',
  invalid_auth: 'unauthorized',
  not_authed: 'unauthorized',
  account_inactive: 'unauthorized',
  token_revoked: 'unauthorized',
  token_expired: 'unauthorized',
  team_access_not_granted: 'unauthorized',
  internal_error: 'unknown',
  fatal_error: 'unknown',
  request_timeout: 'unknown',
  service_unavailable: 'unknown',
  // The workspace moves into an Enterprise organization: it is answered again when that is done.
  team_added_to_org: 'retry',
};

/** A connection that was never made: nothing has left this machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
/** Limits said as an error, without a time to wait: for a channel, and for a whole workspace, which lasts longer. */
const OUTRIGHT_LIMITS: Record<string, number> = {
  ratelimited: 5_000,
  rate_limited: 5_000,
  message_limit_exceeded: 60_000,
};

interface CallError {
  code?: string;
  message?: string;
  retryAfter?: number;
  statusCode?: number;
  original?: unknown;
  data?: { error?: string; needed?: string };
}

/** What a failed call means for the outbox. */
export function outcomeOf(thrown: unknown, now: number): Outcome {
  const error = thrown as CallError;
  switch (error.code) {
    case ErrorCode.RateLimitedError:
      return {
        kind: 'rate-limited',
        until: now + Math.max(1, error.retryAfter ?? 1) * 1000,
        scope: 'channel',
      };
    case ErrorCode.PlatformError:
      return platformOutcome(error, now);
    case ErrorCode.HTTPError:
      return { kind: 'unknown', reason: `Slack answered ${error.statusCode}` };
  }
  const code = connectionCode(error);
  if (code && NOT_SENT.has(code)) return { kind: 'retry', reason: `Slack cannot be reached (${code})` };
  return { kind: 'unknown', reason: `no answer from Slack (${code ?? 'time-out'})` };
}

function platformOutcome(error: CallError, now: number): Outcome {
  const name = error.data?.error ?? 'unknown_error';
  const reason = `Slack says: ${name}`;
  const wait = OUTRIGHT_LIMITS[name];
  if (wait) return { kind: 'rate-limited', until: now + wait, scope: 'channel' };
  const kind = MEANING[name] ?? 'rejected';
  if (kind === 'not-allowed') return { kind, reason, missing: [MISSING[name] ?? error.data?.needed ?? name] };
  return { kind, reason };
}

/** What an admin has to do, in words. */
const MISSING: Record<string, string> = {
  not_in_channel: 'tumen is not a member of the channel: /invite @tumen',
  restricted_action: 'posting in the channel is restricted by its admins',
};

function connectionCode(error: unknown): string | null {
  for (let e = error as { code?: unknown; cause?: unknown; original?: unknown } | undefined; e; ) {
    if (typeof e.code === 'string' && /^(E[A-Z]|UND_)/.test(e.code)) return e.code;
    e = (e.original ?? e.cause) as typeof e;
  }
  return null;
}
