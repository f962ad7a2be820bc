import type { Notice, PartAction } from '../../model/delivery.ts';
import type { Digest } from '../../model/digest.ts';
import type { Destination } from '../../model/schedule.ts';
import type { PlannedPart } from '../platform.ts';
import { renderDigest, renderNotice } from './render-digest.ts';

/**
 * The calls that bring a digest or notice to a destination, in order. In a destination that wants a thread for each
 * digest, the first names the stories in the channel and the others tell them in its thread.
 */
export function planDelivery(
  content: Digest | Notice,
  destination: Destination,
  marker: (index: number) => string,
): PlannedPart[] {
  const threaded = destination.kind === 'thread';
  const messages =
    content.kind === 'notice'
      ? [renderNotice(content, marker(0))]
      : renderDigest(content, { marker, threaded });
  return messages.map(({ payload, stories }, index) => {
    const action: PartAction = {
      kind: 'message',
      payload,
      ...(threaded && index > 0 ? { inThreadOf: 0 } : {}),
    };
    return { action, marker: marker(index), stories };
  });
}
