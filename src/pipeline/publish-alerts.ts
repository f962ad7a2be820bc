import { markersOf } from '../deliveries/markers.ts';
import type { Digest } from '../model/digest.ts';
import { FenceError } from '../model/errors.ts';
import type { PendingAlert, Subscription } from '../model/subscription.ts';
import type { Store } from '../store/store.ts';
import { type AlertBatch, planAlerts } from '../subscriptions/plan-alerts.ts';
import type { AlertDeps } from './alert-deps.ts';
import { buildAlert } from './build-alert.ts';
import { eachByItself } from './each-by-itself.ts';
import { tellEndedFollows } from './end-follows.ts';
import { joinDigests } from './join-digests.ts';
import { makeDelivery } from './make-delivery.ts';

const LEASE = 'alerts';
const LEASE_MS = 60_000;
/** Pending alerts looked at in one round. */
const DUE_AT_ONCE = 2_000;
/** Stories in one message; what is over waits for the next. */
const STORIES_AT_ONCE = 10;
/** An alert that could not go out for so long, ms, is news no more; the next digest has it. */
const EXPIRES_MS = 6 * 3_600_000;
/** States in which a delivery may still show its stories. */
const UNDER_WAY = ['pending', 'sending', 'uncertain'] as const;

/** Makes one delivery for each destination with due alerts. One instance at a time. @returns deliveries made */
export async function publishAlerts(deps: AlertDeps, now: number, signal?: AbortSignal): Promise<number> {
  const { store, owner } = deps;
  const lease = await store.leases.acquire(LEASE, owner, LEASE_MS, now);
  if (!lease) return 0;
  await tellEndedFollows(deps, now);
  const due = await store.subscriptions.dueAlerts(now, DUE_AT_ONCE);
  if (!due.length) return 0;
  const subscriptions = await subscriptionsOf(store, due);
  const present = new Map<number, number>();
  for (const { storyId: id } of due)
    if (!present.has(id)) present.set(id, (await store.stories.get(id))?.id ?? id);
  // A story that was merged since is told under the one it has become.
  const alerts = due.map((alert) => ({ ...alert, storyId: present.get(alert.storyId)! }));
  const { batches, dropped } = planAlerts(alerts, subscriptions, now);
  await store.subscriptions.removeAlerts(dropped);
  let made = 0;
  await eachByItself(batches, signal, async (batch) => {
    if (await publishBatch(deps, batch, { now, fence: lease.fence }, signal)) made++;
  });
  return made;
}

/** Those of the alerts, and the others of their destinations: when a destination was alerted last counts over all. */
async function subscriptionsOf(
  store: Store,
  due: readonly PendingAlert[],
): Promise<Map<number, Subscription>> {
  const found = new Map<number, Subscription>();
  for (const destinationId of new Set(due.map((alert) => alert.destinationId)))
    for (const subscription of await store.subscriptions.list({ destinationId }))
      found.set(subscription.id, subscription);
  for (const { subscriptionId } of due) {
    // Its alerts may go elsewhere by now.
    const moved = found.has(subscriptionId) ? null : await store.subscriptions.get(subscriptionId);
    if (moved) found.set(subscriptionId, moved);
  }
  return found;
}

async function publishBatch(
  deps: AlertDeps,
  batch: AlertBatch,
  { now, fence }: { now: number; fence: number },
  signal?: AbortSignal,
): Promise<boolean> {
  const { store, publishers, owner, log } = deps;
  const destination = await store.destinations.get(batch.destinationId);
  const publisher = destination && publishers.get(destination.platform);
  // Another instance may hold that platform's token.
  if (destination && !destination.paused && !publisher) return false;
  if (!destination || destination.paused || !publisher) {
    await store.subscriptions.removeAlerts(batch.stories.flatMap((story) => story.alertIds));
    return false;
  }
  const underWay = await storiesUnderWay(store, destination.id);
  // What an earlier alert is still bringing is compared with it once it has arrived.
  const stories = batch.stories.filter((story) => !underWay.has(story.storyId)).slice(0, STORIES_AT_ONCE);
  const digests: Digest[] = [];
  for (const story of stories) {
    const digest = await buildAlert(deps, story, destination, now, signal);
    if (digest) digests.push(digest);
  }
  const settled = stories.flatMap((story) => story.alertIds);
  const [first] = digests;
  if (!first) {
    await store.subscriptions.removeAlerts(settled);
    return false;
  }
  const content = digests.length === 1 ? first : joinDigests(first, digests);
  const shown = content.sections.flatMap((section) => section.stories);
  const key = `alert:${destination.id}:${shown.map((s) => `${s.storyId}.${s.storyRevision}`).join(',')}`;
  const parts = publisher.plan(content, destination, markersOf(key));
  const told = new Set(content.matches.map((match) => match.subscriptionId));
  // The delivery stands and its alerts are settled together: a kill in between neither doubles nor loses one.
  const delivery = await store.transaction(async (tx) => {
    // A model that sums up slowly outlives the lease: by then another instance may have told the same.
    const held = await tx.leases.acquire(LEASE, owner, LEASE_MS, now);
    if (held?.fence !== fence) throw new FenceError('alerts');
    await tx.subscriptions.removeAlerts(settled);
    const made = { kind: 'alert' as const, destinationId: destination.id, key, content };
    const created = await makeDelivery(tx, made, parts, now, EXPIRES_MS);
    if (created) for (const id of told) await tx.subscriptions.update(id, { lastAlertAt: now });
    return created;
  });
  if (delivery) log.info({ destination: destination.id, stories: digests.length }, 'alert made');
  return delivery !== null;
}

async function storiesUnderWay(store: Store, destinationId: number): Promise<Set<number>> {
  const ids = new Set<number>();
  for (const state of UNDER_WAY)
    for (const { content } of await store.deliveries.list({ destinationId, state, limit: 100 }))
      if (content.kind !== 'notice') for (const memory of content.memory) ids.add(memory.storyId);
  return ids;
}
