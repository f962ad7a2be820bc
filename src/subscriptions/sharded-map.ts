const SHARDS = 256;

/**
 * A map in shards. A single `Map` of a million keys stops for tens of milliseconds each time it doubles;
 * a shard doubles in a fraction of one.
 */
export class ShardedMap<K extends string | number> {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<K, number>());

  get(key: K): number | undefined {
    return this.#shards[shardOf(key)]!.get(key);
  }

  has(key: K): boolean {
    return this.#shards[shardOf(key)]!.has(key);
  }

  set(key: K, value: number): void {
    this.#shards[shardOf(key)]!.set(key, value);
  }

  delete(key: K): void {
    this.#shards[shardOf(key)]!.delete(key);
  }
}

function shardOf(key: string | number): number {
  if (typeof key === 'number') return key & (SHARDS - 1);
  const n = key.length;
  return (key.charCodeAt(0) * 31 + key.charCodeAt(n >> 1) * 7 + key.charCodeAt(n - 1) + n) & (SHARDS - 1);
}
