/* Beside the worker, not in it: who imports the worker takes its messages. */

/** What the runner says first; after that, `{ point }` arms the next stop and `{ point: null }` takes it back. */
export interface InstanceOrder {
  databaseUrl: string;
  discordUrl: string;
}

export const PAUSE_SCALE = { leaseMs: 250, callMs: 100, settleMs: 100 };
