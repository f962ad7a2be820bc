const EMPTY = 0;
const REMOVED = 0xffffffff;
/** Numbers of one entry: first key + 1, second key, value, and one unused so that an entry never spans two lines of memory. */
const WIDTH = 4;

/**
 * Two numbers below 2³² − 2 → number. Keys and value lie side by side in one array, so that a look-up costs one
 * line of memory. Keys of two-character tokens (most of Korean, Japanese, Chinese) are their characters.
 */
export class PairTable {
  #slots = new Uint32Array(WIDTH << 12);
  #used = 0;

  get(first: number, second: number): number | undefined {
    const slots = this.#slots;
    const key = first + 1;
    const mask = slots.length - WIDTH;
    for (let i = hashOf(key, second) & mask; slots[i] !== EMPTY; i = (i + WIDTH) & mask)
      if (slots[i] === key && slots[i + 1] === second) return slots[i + 2]!;
    return undefined;
  }

  set(first: number, second: number, value: number): void {
    if (this.#used * WIDTH * 2 > this.#slots.length) this.#grow();
    this.#put(first + 1, second, value);
  }

  delete(first: number, second: number): void {
    const slots = this.#slots;
    const key = first + 1;
    const mask = slots.length - WIDTH;
    for (let i = hashOf(key, second) & mask; slots[i] !== EMPTY; i = (i + WIDTH) & mask)
      if (slots[i] === key && slots[i + 1] === second) slots[i] = REMOVED;
  }

  #put(key: number, second: number, value: number): void {
    const slots = this.#slots;
    const mask = slots.length - WIDTH;
    let i = hashOf(key, second) & mask;
    while (slots[i] !== EMPTY && !(slots[i] === key && slots[i + 1] === second)) i = (i + WIDTH) & mask;
    if (slots[i] === EMPTY) this.#used++;
    slots[i] = key;
    slots[i + 1] = second;
    slots[i + 2] = value;
  }

  /** Removed entries are left behind. */
  #grow(): void {
    const old = this.#slots;
    let live = 0;
    for (let i = 0; i < old.length; i += WIDTH) if (old[i] !== EMPTY && old[i] !== REMOVED) live++;
    this.#slots = new Uint32Array(live * WIDTH * 4 > old.length ? old.length * 2 : old.length);
    this.#used = 0;
    for (let i = 0; i < old.length; i += WIDTH)
      if (old[i] !== EMPTY && old[i] !== REMOVED) this.#put(old[i]!, old[i + 1]!, old[i + 2]!);
  }
}

/** Entries begin at multiples of their width. */
function hashOf(key: number, second: number): number {
  let h = Math.imul(key, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 13)) << 2;
}
