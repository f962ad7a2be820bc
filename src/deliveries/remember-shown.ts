import type { Delivery, Part, Shown } from '../model/delivery.ts';

/** What the destination has seen of each story once this part stands in its channel; pure. */
export function shownBy(
  delivery: Delivery,
  part: Part,
  message: { messageId: string; channelId: string } | null,
  now: number,
): Shown[] {
  if (delivery.content.kind === 'notice') return [];
  const inPart = new Set(part.stories);
  return delivery.content.memory
    .filter((memory) => inPart.has(memory.storyId))
    .map((memory) => ({
      destinationId: delivery.destinationId,
      ...memory,
      at: now,
      via: delivery.kind,
      message,
    }));
}
