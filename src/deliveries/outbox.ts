import type { Logger } from 'pino';
import type { PlatformName } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { type DeliveryRound, deliverDue } from './deliver.ts';
import { createErrorBudget, type ErrorBudget } from './error-budget.ts';
import { tellOwnersOfPaused } from './pause-target.ts';
import { resumeUnauthorized } from './resume-unauthorized.ts';
import { createSendGate, type SendGate } from './send-gate.ts';

export interface OutboxOptions {
  store: Store;
  publishers: Iterable<Publisher>;
  /** Unique to this process. */
  owner: string;
  log: Logger;
  now?: () => number;
  /** A clock that never jumps, ms: rate limits and budgets are counted by it. */
  ticks?: () => number;
  random?: () => number;
  /** How long a claim of a delivery holds, ms. */
  leaseMs?: number;
  /** Longest time one call to a platform may take, ms. */
  callMs?: number;
  /** Longest time `stop` waits for calls under way, ms. */
  drainMs?: number;
}

export interface Outbox {
  /** One round for every platform this instance may send for; a round still under way is joined. Never throws. */
  tick(): Promise<OutboxRound[]>;
  /** Begins no more calls, waits for those under way, gives leases back. */
  stop(): Promise<void>;
}

interface OutboxRound {
  platform: PlatformName;
  /** Null where another instance sends for this platform, or the round failed. */
  round: DeliveryRound | null;
  error: unknown;
}

/** Sends what is in the outbox: one sender for each platform token over all instances, each delivery under its own lease. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, owner, log, now = Date.now, ticks, random = Math.random } = options;
  const { leaseMs = 60_000, callMs = 15_000, drainMs = 8_000 } = options;
  const stopping = new AbortController();
  const abort = new AbortController();
  const senders = [...options.publishers].map((publisher) => ({
    publisher,
    gate: createSendGate(publisher.pace, now, ticks),
    budget: createErrorBudget(ticks),
    told: false,
  }));
  let current: Promise<OutboxRound[]> | null = null;

  return {
    tick() {
      if (stopping.signal.aborted) return Promise.resolve([]);
      current ??= Promise.all(senders.map(runRound)).finally(() => {
        current = null;
      });
      return current;
    },
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => abort.abort(), drainMs);
      await current;
      clearTimeout(timer);
      for (const { publisher } of senders)
        await store.leases.release(leaseName(publisher), owner).catch((error: unknown) => {
          log.warn({ err: error }, 'a sender lease could not be given back; it runs out by itself');
        });
    },
  };

  async function runRound(sender: Sender): Promise<OutboxRound> {
    const { publisher } = sender;
    const { platform } = publisher;
    const lost = new AbortController();
    const acquire = () => store.leases.acquire(leaseName(publisher), owner, leaseMs, now());
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      if (!(await acquire())) return { platform, round: null, error: null };
      heartbeat = setInterval(() => {
        acquire().then(
          (lease) => lease ?? lost.abort(),
          () => lost.abort(),
        );
      }, leaseMs / 3);
      const round = await deliver(sender, AbortSignal.any([stopping.signal, lost.signal]));
      return { platform, round, error: null };
    } catch (error) {
      // Nothing was sent that could not be recorded first; what was claimed comes back when its lease runs out.
      log.error({ err: error, platform }, 'a delivery round failed');
      return { platform, round: null, error };
    } finally {
      clearInterval(heartbeat);
    }
  }

  async function deliver(sender: Sender, stop: AbortSignal): Promise<DeliveryRound> {
    const { publisher, gate, budget } = sender;
    for (const delivery of await store.deliveries.expire(now()))
      log.error(
        { delivery: delivery.id, key: delivery.key, dueAt: delivery.dueAt },
        'a delivery expired unsent',
      );
    if (!sender.told) {
      await resumeUnauthorized({ store, publisher, log });
      await tellOwnersOfPaused({ store, publisher, now, log });
    }
    sender.told = true;
    const signals = { stopping: stop, abort: abort.signal };
    return await deliverDue({
      store,
      publisher,
      gate,
      budget,
      owner,
      now,
      random,
      leaseMs,
      callMs,
      log,
      ...signals,
    });
  }
}

interface Sender {
  publisher: Publisher;
  gate: SendGate;
  budget: ErrorBudget;
  told: boolean;
}

const leaseName = (publisher: Publisher) => `sender:${publisher.platform}`;
