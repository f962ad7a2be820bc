import type { Outcome } from '../platforms/platform.ts';

/** Refusals a platform counts against a token: Discord bans an address for 10,000 of 401, 403 and 429 in 10 minutes. */
export interface ErrorBudget {
  count(outcome: Outcome): void;
  /** ms from now until calls may go on; 0 while there is budget. */
  wait(): number;
}

const WINDOW_MS = 600_000;
/** A twentieth of what is known to be punished, so that several instances and other bots of the host have room. */
const MOST = 500;

/** @param ticks a clock that never jumps, ms */
export function createErrorBudget(ticks: () => number = () => performance.now(), most = MOST): ErrorBudget {
  const spent: number[] = [];
  const prune = () => {
    while (spent.length && spent[0]! <= ticks() - WINDOW_MS) spent.shift();
  };
  return {
    count(outcome) {
      if (isRefusal(outcome)) spent.push(ticks());
    },
    wait() {
      prune();
      return spent.length < most ? 0 : spent[spent.length - most]! + WINDOW_MS - ticks();
    },
  };
}

function isRefusal(outcome: Outcome): boolean {
  return ['unauthorized', 'not-allowed', 'rate-limited', 'target-gone', 'dms-closed'].includes(outcome.kind);
}
