import { LRUCache } from 'lru-cache';

/** Characters of the texts whose readings are kept, for each kind of reading: some thousand news reports. */
const KEPT_CHARACTERS = 3_000_000;

/**
 * The same reading, not made twice of the same words: a story is compared, ranked and worded for each channel and each
 * person who asks. What was read longest ago is forgotten first.
 * @param read pure, its result never changed by those who get it
 * @param keyOf everything the result depends on
 */
export function readOnce<A extends readonly unknown[], R extends object>(
  read: (...of: A) => R,
  keyOf: (...of: A) => string,
): (...of: A) => R {
  const known = new LRUCache<string, R>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_, key) => key.length + 1,
  });
  return (...of) => {
    const key = keyOf(...of);
    let found = known.get(key);
    if (!found) {
      found = read(...of);
      known.set(key, found);
    }
    return found;
  };
}
