const EMPTY = 0;
const REMOVED = 0xffffffff;

/**
 * Strings of two UTF-16 units → number: most tokens of Korean, Japanese and Chinese. Key and value lie side by
 * side in one array, so that a look-up costs one line of memory and no string hash. Doubles at half load.
 */
export class PairTable {
  #slots = new Uint32Array(2 << 12);
  #used = 0;

  get(first: number, second: number): number | undefined {
    const slots = this.#slots;
    const key = ((first << 16) | second) >>> 0;
    const mask = slots.length - 2;
    for (let i = slotOf(key) & mask; slots[i] !== EMPTY; i = (i + 2) & mask)
      if (slots[i] === key) return slots[i + 1]!;
    return undefined;
  }

  set(first: number, second: number, value: number): void {
    if (this.#used * 4 > this.#slots.length) this.#grow();
    this.#put(((first << 16) | second) >>> 0, value);
  }

  delete(first: number, second: number): void {
    const slots = this.#slots;
    const key = ((first << 16) | second) >>> 0;
    const mask = slots.length - 2;
    for (let i = slotOf(key) & mask; slots[i] !== EMPTY; i = (i + 2) & mask)
      if (slots[i] === key) slots[i] = REMOVED;
  }

  #put(key: number, value: number): void {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let i = slotOf(key) & mask;
    while (slots[i] !== EMPTY && slots[i] !== key) i = (i + 2) & mask;
    if (slots[i] === EMPTY) this.#used++;
    slots[i] = key;
    slots[i + 1] = value;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#used = 0;
    for (let i = 0; i < old.length; i += 2)
      if (old[i] !== EMPTY && old[i] !== REMOVED) this.#put(old[i]!, old[i + 1]!);
  }
}

/** Even slots hold keys. */
function slotOf(key: number): number {
  const h = Math.imul(key, 0x9e3779b1);
  return (h ^ (h >>> 15)) & ~1;
}
