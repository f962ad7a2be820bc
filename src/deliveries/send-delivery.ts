import type { Delivery, DeliveryState, Lease, Part } from '../model/delivery.ts';
import { FenceError } from '../model/errors.ts';
import type { Destination } from '../model/schedule.ts';
import type { Lookup, Outcome } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { callPlatform } from './call-platform.ts';
import { mendDouble } from './mend-double.ts';
import { nextStep, SENT_AGAIN } from './next-step.ts';
import { pauseTarget } from './pause-target.ts';
import { shownBy } from './remember-shown.ts';
import { findingOf, retryDecision } from './retry-policy.ts';
import type { SendDeps } from './send-deps.ts';

/** How a round left a delivery: ended, put off, or taken over by another instance. */
export type SendResult = Exclude<DeliveryState, 'pending' | 'sending'> | 'later' | 'lost';

type Claimed = Delivery & { parts: Part[] };

/**
 * Brings one claimed delivery as far as it goes now. Before each call the part is on disk as `sending`; what came of
 * it is written with the fence of the claim, so that of two holders only one records.
 * Throws where the store fails; the claim then runs out by itself.
 */
export async function sendDelivery(claimed: Claimed, deps: SendDeps): Promise<SendResult> {
  const { store, publisher, now, log } = deps;
  const delivery = { ...claimed, parts: claimed.parts.map((part) => ({ ...part })) };
  const lease: Lease = { ...delivery.lease! };
  const settleMs = publisher.settleMs + deps.callMs;
  const verified = new Set<number>();
  /** Parts sent again after a look that found nothing, by id. */
  const resent = new Set(
    delivery.parts.filter((part) => part.lastError === SENT_AGAIN).map((part) => part.id),
  );
  /** The call that is made and not on record yet: a message of ours may stand there. */
  let called = null as { part: Part; message: { messageId: string; channelId: string } | null } | null;
  const destination = await store.destinations.get(delivery.destinationId);
  try {
    if (!destination) return await end('skipped', 'the destination was removed');
    return await go(destination);
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
    log.warn({ delivery: delivery.id, fence: lease.fence }, 'a delivery was taken over by another instance');
    if (called && destination)
      await mendDouble(deps, { delivery, part: called.part, destination }, called.message);
    return 'lost';
  }

  async function go(destination: Destination): Promise<SendResult> {
    for (;;) {
      const step = nextStep(delivery.parts, {
        now: now(),
        expiresAt: delivery.expiresAt,
        settleMs,
        verified,
      });
      switch (step.do) {
        case 'finish':
          return await end(step.state, step.reason);
        case 'wait':
          return await later(step.until);
        case 'close':
          await finishPart(step.part, { state: step.as, error: step.reason });
          continue;
        case 'look':
        case 'verify': {
          const wait = await look(step.part, destination);
          if (wait !== null) return await later(wait);
          if (step.do === 'verify') verified.add(step.part.id);
          continue;
        }
        case 'send': {
          const wait = await send(step.part, destination);
          if (wait !== null) return await later(wait);
        }
      }
    }
  }

  /** @returns when to come back, null to go on now */
  async function send(part: Part, destination: Destination): Promise<number | null> {
    if (deps.stopping.aborted) return now();
    const refused = deps.budget.wait();
    if (refused > 0) return now() + refused;
    const to = { channel: destination.target, route: part.action.kind };
    const turn = await deps.gate.enter(to, deps.stopping).catch(() => null);
    if (!turn) return now();
    if ('later' in turn) return turn.later;

    let outcome: Outcome;
    try {
      await holdLease();
      await store.deliveries.beginPart(part.id, lease.fence, now());
      Object.assign(part, { state: 'sending', attempts: part.attempts + 1, sendingSince: now() });
      // Whoever was stopped here for longer than the lease has lost it, whatever the database said before.
      if (now() >= lease.until) throw new FenceError(`delivery ${delivery.id}`);
      called = { part, message: null };
      outcome = await callPlatform<Outcome>(
        (signal) => publisher.publish(part, destination, sentSoFar(), signal),
        deps,
        (reason) => ({ kind: 'unknown', reason }),
      );
    } finally {
      turn.done();
    }
    deps.budget.count(outcome);

    const settledAt = part.sendingSince! + settleMs;
    const decision = retryDecision(outcome, {
      attempts: part.attempts,
      now: now(),
      settledAt,
      random: deps.random(),
    });
    if (decision.do !== 'record' && decision.do !== 'look') called = null;
    switch (decision.do) {
      case 'record':
        called = { part, message: decision };
        await record(part, decision);
        called = null;
        return null;
      case 'again':
        if (outcome.kind === 'rate-limited') deps.gate.pause(outcome.scope, to, decision.at);
        await finishPart(part, {
          state: 'pending',
          error: resent.has(part.id) ? SENT_AGAIN : decision.reason,
        });
        return decision.at;
      case 'look':
        log.warn(
          { delivery: delivery.id, part: part.index, reason: decision.reason },
          'the end of a call is not known',
        );
        return decision.at;
      case 'fail':
        await finishPart(part, { state: 'failed', error: decision.reason });
        return null;
      case 'pause':
        await finishPart(part, { state: 'pending', error: decision.reason });
        await pauseTarget(deps, destination, decision.why, decision.reason);
        return now();
    }
  }

  /** @returns when to come back, null to go on now */
  async function look(part: Part, destination: Destination): Promise<number | null> {
    const begun = part.sendingSince ?? delivery.createdAt;
    // An earlier attempt may have got there late: then look from the day the marker was made.
    const since = part.attempts > 1 ? delivery.createdAt : begun;
    const turn = await deps.gate
      .enter({ channel: destination.target, route: 'history' }, deps.stopping)
      .catch(() => null);
    if (!turn) return now();
    if ('later' in turn) return turn.later;
    const lookup = await callPlatform<Lookup>(
      () => publisher.find(part, destination, sentSoFar(), since),
      deps,
      (reason) => ({ kind: 'retry', reason }),
    ).finally(turn.done);
    const finding = findingOf(lookup, {
      now: now(),
      begun,
      expiresAt: delivery.expiresAt,
      recorded: part.messageId,
    });
    if (part.state === 'sent' && (finding.do === 'resend' || finding.do === 'give-up')) return null;
    switch (finding.do) {
      case 'look':
        return finding.at;
      case 'give-up':
        await finishPart(part, { state: 'uncertain', error: finding.reason });
        log.error(
          { delivery: delivery.id, part: part.index, reason: finding.reason },
          'uncertain whether a part was sent',
        );
        return null;
      case 'resend':
        part.state = 'pending';
        resent.add(part.id);
        return null;
      case 'record':
        // Whoever began it last may have done so after a look that found nothing, and died.
        if (part.attempts > 1) resent.add(part.id);
        if (part.state !== 'sent') await record(part, finding.keep);
        for (const message of finding.remove) {
          const outcome = await publisher.remove(destination, message);
          log.warn(
            { delivery: delivery.id, part: part.index, message: message.messageId, outcome: outcome.kind },
            'a double was removed',
          );
        }
        return null;
    }
  }

  async function record(part: Part, message: { messageId: string; channelId: string }): Promise<void> {
    const { messageId, channelId } = message;
    const shown = shownBy(delivery, part, { messageId, channelId }, now());
    const doubt = resent.has(part.id) ? { error: SENT_AGAIN } : {};
    await finishPart(part, { state: 'sent', messageId, channelId, ...doubt }, shown);
  }

  async function holdLease(): Promise<void> {
    if (lease.until - now() > deps.callMs + (deps.leaseMs - deps.callMs) / 2) return;
    lease.until = now() + deps.leaseMs;
    await store.deliveries.renew(delivery.id, lease);
  }

  async function finishPart(
    part: Part,
    result: Parameters<Store['deliveries']['finishPart']>[2],
    shown: Parameters<Store['deliveries']['finishPart']>[3] = [],
  ): Promise<void> {
    await store.deliveries.finishPart(part.id, lease.fence, result, shown);
    part.state = result.state;
    part.messageId = result.messageId ?? part.messageId;
    part.channelId = result.channelId ?? part.channelId;
    part.lastError = result.error ?? null;
  }

  function sentSoFar(): Map<number, { messageId: string; channelId: string }> {
    const sent = delivery.parts.filter((part) => part.state === 'sent' && part.messageId !== null);
    return new Map(
      sent.map((part) => [part.index, { messageId: part.messageId!, channelId: part.channelId! }]),
    );
  }

  async function later(at: number): Promise<SendResult> {
    const state = delivery.parts.every((part) => part.state === 'pending') ? 'pending' : 'sending';
    await store.deliveries.finish(delivery.id, lease.fence, {
      state,
      nextAttemptAt: Math.ceil(Math.max(at, now())),
      now: now(),
    });
    return 'later';
  }

  async function end(state: DeliveryState, reason: string | null): Promise<SendResult> {
    await store.deliveries.finish(delivery.id, lease.fence, {
      state,
      ...(reason ? { reason } : {}),
      now: now(),
    });
    if (state !== 'sent')
      log.error({ delivery: delivery.id, key: delivery.key, state, reason }, 'a delivery ended unsent');
    return state as SendResult;
  }
}
