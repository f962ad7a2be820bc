import type { Pause } from '../model/schedule.ts';
import type { Lookup, Outcome } from '../platforms/platform.ts';

/** What to do after a call to a platform. */
export type Decision =
  | { do: 'record'; messageId: string; channelId: string }
  /** It did not get there: send again at this moment. */
  | { do: 'again'; at: number; reason: string }
  /** It may have got there: look into the history at this moment, then decide. */
  | { do: 'look'; at: number; reason: string }
  | { do: 'pause'; why: Pause['why']; reason: string }
  | { do: 'fail'; reason: string };

export interface Attempt {
  /** Calls made so far, this one included. */
  attempts: number;
  /** ms UTC. */
  now: number;
  /** From then on the platform cannot carry the call out any more, ms UTC. */
  settledAt: number;
  /** Between 0 and 1, for the jitter. */
  random: number;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
/** A platform that asks for more than a day is mistaken (or we are). */
const LONGEST_RATE_LIMIT_MS = 86_400_000;

/** Decides by the outcome alone; the end of all trying is the delivery's expiry, not a number of attempts; pure. */
export function retryDecision(outcome: Outcome, attempt: Attempt): Decision {
  switch (outcome.kind) {
    case 'sent':
      return { do: 'record', messageId: outcome.messageId, channelId: outcome.channelId };
    case 'rate-limited':
      return {
        do: 'again',
        at: Math.min(Math.max(outcome.until, attempt.now), attempt.now + LONGEST_RATE_LIMIT_MS),
        reason: `rate-limited (${outcome.scope})`,
      };
    case 'retry':
      return { do: 'again', at: attempt.now + backoff(attempt), reason: outcome.reason };
    case 'unknown':
      return { do: 'look', at: Math.max(attempt.settledAt, attempt.now), reason: outcome.reason };
    case 'rejected':
      return { do: 'fail', reason: outcome.reason };
    case 'not-allowed': {
      const missing = outcome.missing.length ? ` (missing: ${outcome.missing.join(', ')})` : '';
      return { do: 'pause', why: 'not-allowed', reason: outcome.reason + missing };
    }
    case 'target-gone':
    case 'unauthorized':
    case 'dms-closed':
      return { do: 'pause', why: outcome.kind, reason: outcome.reason };
  }
}

/** What the history says of a part that was begun and has no known end. */
export type Finding =
  | {
      do: 'record';
      keep: { messageId: string; channelId: string };
      remove: { messageId: string; channelId: string }[];
    }
  | { do: 'resend' }
  | { do: 'look'; at: number; reason: string }
  | { do: 'give-up'; reason: string };

/** After this long without an answer about the history, a person has to look. */
const LONGEST_LOOK_MS = 3_600_000;

/**
 * Decides by what stands in the channel; pure. Of several, the earliest stays, and where one is on record that one:
 * two instances that mend at once must not delete each other's.
 */
export function findingOf(
  lookup: Lookup,
  look: { now: number; begun: number; expiresAt: number; recorded: string | null },
): Finding {
  switch (lookup.kind) {
    case 'absent':
      return { do: 'resend' };
    case 'unreadable':
      return { do: 'give-up', reason: `the history cannot be read: ${lookup.reason}` };
    case 'retry': {
      if (look.now > Math.max(look.expiresAt, look.begun) + LONGEST_LOOK_MS)
        return { do: 'give-up', reason: `the history could not be read for long: ${lookup.reason}` };
      const wait = Math.min(Math.max((look.now - look.begun) / 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
      return { do: 'look', at: Math.max(lookup.until ?? 0, look.now + wait), reason: lookup.reason };
    }
    case 'found': {
      const byAge = lookup.messages.toSorted((a, b) => a.at - b.at || compareIds(a.messageId, b.messageId));
      const keep = byAge.find((message) => message.messageId === look.recorded) ?? byAge[0];
      if (!keep) return { do: 'resend' };
      return { do: 'record', keep, remove: byAge.filter((message) => message !== keep) };
    }
  }
}

/** Exponential with full jitter: attempts of many deliveries that failed together spread out. */
function backoff({ attempts, random }: Attempt): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20));
  return Math.round(FIRST_WAIT_MS / 2 + random * (ceiling - FIRST_WAIT_MS / 2));
}

/** Snowflakes and Slack timestamps grow, but not in the number of their digits alone. */
const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
