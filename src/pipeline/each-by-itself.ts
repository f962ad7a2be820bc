/** Faults that are told one by one; with a dead database there would be one for each item. */
const TOLD = 5;

/**
 * Does the work for each item, whatever becomes of the others: what is wrong with one destination must not cost
 * another its digest. @throws what failed, as one error, once all have had their turn
 */
export async function eachByItself<T>(
  items: Iterable<T>,
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    if (signal?.aborted) break;
    try {
      await work(item);
    } catch (error) {
      if (signal?.aborted) throw error;
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length) throw new AggregateError(failures.slice(0, TOLD), `${failures.length} of them failed`);
}
