/** At most `burst` calls at once, refilled evenly over `perMs`. */
interface Quota {
  burst: number;
  perMs: number;
}

export type QuotaKind = 'person' | 'channel' | 'scope' | 'changes';

export type Quotas = Record<QuotaKind, Quota>;

export const QUOTAS: Quotas = {
  person: { burst: 20, perMs: 60_000 },
  channel: { burst: 60, perMs: 60_000 },
  scope: { burst: 200, perMs: 60_000 },
  /** Changes by one person. */
  changes: { burst: 20, perMs: 10 * 60_000 },
};

/** Most buckets kept: an attacker with many accounts must not fill the memory. */
const MOST_BUCKETS = 50_000;

/** Token buckets in memory: how often a person, a channel and a server may call. */
export class QuotaMeter {
  readonly #quotas: Quotas;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
  }

  /** Takes one from each bucket, or from none. @returns the kind that is used up and the ms until it is not */
  take(
    keys: readonly { kind: QuotaKind; key: string }[],
    now: number,
  ): { kind: QuotaKind; waitMs: number } | null {
    const buckets = keys.map(({ kind, key }) => ({ kind, bucket: this.#bucket(kind, key, now) }));
    for (const { kind, bucket } of buckets) {
      const { burst, perMs } = this.#quotas[kind];
      if (bucket.left < 1) return { kind, waitMs: Math.ceil(((1 - bucket.left) * perMs) / burst) };
    }
    for (const { bucket } of buckets) bucket.left -= 1;
    return null;
  }

  #bucket(kind: QuotaKind, key: string, now: number): { left: number; at: number } {
    const id = `${kind} ${key}`;
    const { burst, perMs } = this.#quotas[kind];
    const known = this.#buckets.get(id);
    const left = known ? Math.min(burst, known.left + ((now - known.at) * burst) / perMs) : burst;
    const bucket = { left, at: now };
    // Set again, so that the map's first is the one unused for longest.
    this.#buckets.delete(id);
    this.#buckets.set(id, bucket);
    if (this.#buckets.size > MOST_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value!);
    return bucket;
  }
}
