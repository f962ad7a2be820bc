import { createHash } from 'node:crypto';

/**
 * The markers of a delivery's parts, from its key: the same delivery made again (after a restored backup) carries the
 * same ones. 22 characters and the index, of `[A-Za-z0-9_-:]`: room in a Discord custom id for what a button does.
 */
export function markersOf(deliveryKey: string): (index: number) => string {
  const hash = createHash('sha256').update(deliveryKey).digest('base64url').slice(0, 22);
  return (index) => `${hash}:${index}`;
}
