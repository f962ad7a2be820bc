import type { Logger } from 'pino';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { ErrorBudget } from './error-budget.ts';
import type { SendGate } from './send-gate.ts';

/** What sending for one platform needs. */
export interface SendDeps {
  store: Store;
  publisher: Publisher;
  gate: SendGate;
  budget: ErrorBudget;
  /** ms UTC. */
  now: () => number;
  random: () => number;
  /** How long a claim holds, ms; longer than a call may take. */
  leaseMs: number;
  /** Longest time one call may take, ms. */
  callMs: number;
  /** No new call is begun any more. */
  stopping: AbortSignal;
  /** Calls under way are given up: their end is not known. */
  abort: AbortSignal;
  log: Logger;
}
