import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Part } from '../model/delivery.ts';
import type { Destination } from '../model/schedule.ts';
import type { SendDeps } from './send-deps.ts';

type Message = { messageId: string; channelId: string };

/**
 * After a call whose delivery was taken over meanwhile: we were stopped between the check and the call, and the new
 * holder may have sent too. What is on record stays, whoever mends; while nothing is, the new holder's look finds ours.
 * @param own our message, or null where the call's end is not known: then it is looked for once it is settled
 */
export async function mendDouble(
  deps: SendDeps,
  { delivery, part, destination }: { delivery: Delivery; part: Part; destination: Destination },
  own: Message | null,
): Promise<void> {
  const { store, publisher, log } = deps;
  if (!own) {
    // Not `stopping`: the sender's lease is lost as well by now, and the look is ours to take all the same.
    const wait = sleep(publisher.settleMs + deps.callMs, true, { signal: deps.abort });
    if (!(await wait.catch(() => false))) return;
  }
  const parts = (await store.deliveries.get(delivery.id))?.parts ?? [];
  const current = parts.find((other) => other.id === part.id);
  if (current?.state !== 'sent' || current.messageId === null) return;

  const standing = own ? [own] : await lookFor(current);
  for (const message of standing) {
    if (message.messageId === current.messageId) continue;
    const { kind } = await publisher.remove(destination, message);
    log.warn(
      { delivery: delivery.id, part: part.index, message: message.messageId, outcome: kind },
      'a double was removed',
    );
  }

  async function lookFor(current: Part): Promise<Message[]> {
    const sent = new Map<number, Message>();
    for (const { index, messageId, channelId } of parts)
      if (messageId !== null && channelId !== null) sent.set(index, { messageId, channelId });
    const lookup = await publisher.find(current, destination, sent, delivery.createdAt);
    return lookup.kind === 'found' ? lookup.messages : [];
  }
}
