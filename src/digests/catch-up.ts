import type { Slot } from '../model/schedule.ts';

/** What becomes of the slots of one schedule that are due. */
export interface CatchUp {
  /** The one to send now; null where none is left. */
  send: Slot | null;
  /** It goes out noticeably after its hour. */
  late: boolean;
  skip: { slot: Slot; reason: string }[];
}

/** Later than this the header says so. */
const LATE_MS = 10 * 60_000;

/**
 * Decides over all due slots of one schedule after a time without service; pure. The newest within the grace period
 * goes out once, marked late; it covers what the earlier ones would have, so they are skipped: no flood.
 */
export function catchUp(slots: Slot[], now: number, graceMs: number): CatchUp {
  const newest = [...slots].sort((a, b) => b.due - a.due);
  const inGrace = newest.filter((slot) => now - slot.due <= graceMs);
  const send = inGrace[0] ?? null;
  const skip = newest
    .filter((slot) => slot !== send)
    .map((slot) => ({
      slot,
      reason:
        now - slot.due > graceMs
          ? `missed by more than the grace period of ${Math.round(graceMs / 60_000)} min`
          : `covered by the digest of ${new Date(send!.due).toISOString()}`,
    }));
  return { send, late: send !== null && now - send.due > LATE_MS, skip };
}
