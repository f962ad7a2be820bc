import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace, RateLimitScope } from '../platforms/platform.ts';

/** Lets calls of one platform through at its pace, and holds what a rate limit pauses. */
export interface SendGate {
  /**
   * Waits for a turn. `later` where this channel or route is paused beyond a moment's patience: others go on.
   * `done` is called when the answer is there.
   */
  enter(
    to: { channel: string; route: string },
    signal: AbortSignal,
  ): Promise<{ done(): void } | { later: number }>;
  /** @param until ms UTC */
  pause(scope: RateLimitScope, to: { channel: string; route: string }, until: number): void;
}

/** Waits up to this long happen in place; longer ones go back to the database. */
const PATIENCE_MS = 1_500;
/** A call counts from its answer, which the server's own clock cannot be later than, but at most this long after its start. */
const LONGEST_COUNTED_ANSWER_MS = 250;

/**
 * @param now wall clock in ms UTC, which rate limits speak of
 * @param ticks a clock that never jumps, ms: the windows are counted by it
 */
export function createSendGate(
  pace: { global: Pace; channel: Pace },
  now: () => number = Date.now,
  ticks: () => number = () => performance.now(),
): SendGate {
  const global = slidingWindow(pace.global);
  const channels = new Map<string, SlidingWindow>();
  /** By channel, by route, or `*` for everything; in ticks. */
  const pauses = new Map<string, number>();
  let queue: Promise<unknown> = Promise.resolve();

  return {
    async enter(to, signal) {
      forgetIdle();
      const free = Math.max(pausedUntil(to), channelWindow(to.channel).freeAt(ticks()));
      const wait = free - ticks();
      if (wait > PATIENCE_MS) return { later: now() + wait };
      if (wait > 0) await sleep(wait, undefined, { signal });

      // One after the other: who waits longest goes first.
      const turn = queue.then(async () => {
        for (let free = global.freeAt(ticks()); free > ticks(); free = global.freeAt(ticks()))
          await sleep(Math.max(1, free - ticks()), undefined, { signal });
        return ticks();
      });
      queue = turn.catch(() => {});
      const start = await turn;
      const entries = [global.take(start), channelWindow(to.channel).take(start)];
      return {
        done() {
          for (const entry of entries) entry.answered(Math.min(ticks(), start + LONGEST_COUNTED_ANSWER_MS));
        },
      };
    },
    pause(scope, to, until) {
      const key =
        scope === 'global' ? '*' : scope === 'channel' ? `channel ${to.channel}` : `route ${to.route}`;
      pauses.set(key, Math.max(pauses.get(key) ?? 0, ticks() + (until - now())));
    },
  };

  function pausedUntil(to: { channel: string; route: string }): number {
    return Math.max(
      pauses.get('*') ?? 0,
      pauses.get(`channel ${to.channel}`) ?? 0,
      pauses.get(`route ${to.route}`) ?? 0,
    );
  }

  function channelWindow(channel: string): SlidingWindow {
    let window = channels.get(channel);
    if (!window) {
      window = slidingWindow(pace.channel);
      channels.set(channel, window);
    }
    return window;
  }

  /** Thousands of channels are posted to once a day: nothing of them stays in memory. */
  function forgetIdle(): void {
    if (channels.size < 1_000 && pauses.size < 1_000) return;
    const at = ticks();
    for (const [channel, window] of channels) if (window.isIdle(at)) channels.delete(channel);
    for (const [key, until] of pauses) if (until < at) pauses.delete(key);
  }
}

interface SlidingWindow {
  /** When the next call may start; a moment in the past where it may now. */
  freeAt(at: number): number;
  take(at: number): { answered(at: number): void };
  isIdle(at: number): boolean;
}

function slidingWindow({ requests, perMs }: Pace): SlidingWindow {
  let taken: { freeAt: number }[] = [];
  const prune = (at: number) => {
    if (taken.length && taken[0]!.freeAt <= at) taken = taken.filter((entry) => entry.freeAt > at);
  };
  return {
    freeAt(at) {
      prune(at);
      if (taken.length < requests) return at;
      const ends = taken.map((entry) => entry.freeAt).sort((a, b) => a - b);
      return ends[taken.length - requests]!;
    },
    take(at) {
      const entry = { freeAt: at + LONGEST_COUNTED_ANSWER_MS + perMs };
      taken.push(entry);
      return {
        answered(end) {
          entry.freeAt = Math.min(entry.freeAt, end + perMs);
        },
      };
    },
    isIdle(at) {
      prune(at);
      return taken.length === 0;
    },
  };
}
