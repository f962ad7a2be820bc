import type { DeliveryState, Part, PartAction } from '../model/delivery.ts';

/** Stands with a part whose earlier call may still have been carried out: it is looked for once more. */
export const SENT_AGAIN = 'sent again after a look; an earlier call may have arrived late';

/** What a delivery needs now. */
export type Step =
  | { do: 'send'; part: Part }
  /** Begun by somebody who did not say how it ended: look into the history. */
  | { do: 'look'; part: Part }
  /** Sent, but an earlier call may have arrived too: look once more whether it stands there twice. */
  | { do: 'verify'; part: Part }
  | { do: 'close'; part: Part; as: 'expired' | 'failed' | 'uncertain'; reason: string }
  | { do: 'wait'; until: number; reason: string }
  | { do: 'finish'; state: DeliveryState; reason: string | null };

export interface Progress {
  now: number;
  expiresAt: number;
  /** Longest time from beginning a part until the platform cannot carry it out any more, ms. */
  settleMs: number;
  /** Parts looked at again already, by id. */
  verified: ReadonlySet<number>;
}

/** Parts go in order; one that is not yet clear holds up those after it. Pure. */
export function nextStep(parts: readonly Part[], progress: Progress): Step {
  const { now, expiresAt, settleMs } = progress;
  for (const part of parts) {
    if (part.state !== 'pending' && part.state !== 'sending') continue;
    if (part.state === 'sending' && !isRepeatable(part.action)) {
      const settledAt = (part.sendingSince ?? now) + settleMs;
      return now < settledAt
        ? { do: 'wait', until: settledAt, reason: part.lastError ?? 'begun, its end is not known' }
        : { do: 'look', part };
    }
    if (now > expiresAt)
      return { do: 'close', part, as: 'expired', reason: 'it could not be sent before it expired' };
    const base = neededPart(part.action);
    const opener = base === null ? undefined : parts.find((other) => other.index === base);
    if (opener && opener.state !== 'sent')
      return {
        do: 'close',
        part,
        as: opener.state === 'uncertain' ? 'uncertain' : 'failed',
        reason: `it needs part ${opener.index + 1}, which is ${opener.state}`,
      };
    return { do: 'send', part };
  }
  const doubtful = parts.find(
    (part) => part.state === 'sent' && part.lastError === SENT_AGAIN && !progress.verified.has(part.id),
  );
  if (doubtful) {
    const settledAt = (doubtful.sendingSince ?? now) + settleMs;
    return now < settledAt
      ? { do: 'wait', until: settledAt, reason: 'sent again; looking once more for a double' }
      : { do: 'verify', part: doubtful };
  }
  return endOf(parts);
}

/** Doing it twice leaves what doing it once leaves. */
function isRepeatable(action: PartAction): boolean {
  return action.kind === 'edit' || action.kind === 'crosspost';
}

function neededPart(action: PartAction): number | null {
  if (action.kind === 'message') return action.inThreadOf ?? null;
  return action.kind === 'thread' || action.kind === 'crosspost' ? action.of : null;
}

function endOf(parts: readonly Part[]): Step {
  for (const state of ['uncertain', 'failed', 'expired'] as const) {
    const part = parts.find((other) => other.state === state);
    if (part)
      return {
        do: 'finish',
        state,
        reason: `part ${part.index + 1} of ${parts.length}: ${part.lastError ?? state}`,
      };
  }
  return { do: 'finish', state: 'sent', reason: null };
}
