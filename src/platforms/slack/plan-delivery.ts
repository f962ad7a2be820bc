import type { Notice, PartAction } from '../../model/delivery.ts';
import type { Digest } from '../../model/digest.ts';
import type { Destination } from '../../model/schedule.ts';
import type { PlannedPart } from '../platform.ts';
import { renderDigest, renderNotice } from './render-digest.ts';

/**
 * The calls that bring a digest or notice to a destination, in order. In a destination that wants a thread for each
 * digest, the first message stands in the channel and the others answer it.
 */
export function planDelivery(
  content: Digest | Notice,
  destination: Destination,
  marker: (index: number) => string,
): PlannedPart[] {
  const messages =
    content.kind === 'notice' ? [renderNotice(content, marker(0))] : renderDigest(content, { marker });
  return messages.map(({ payload, stories }, index) => {
    const threaded = index > 0 && destination.kind === 'thread';
    const action: PartAction = { kind: 'message', payload, ...(threaded ? { inThreadOf: 0 } : {}) };
    return { action, marker: marker(index), stories };
  });
}
