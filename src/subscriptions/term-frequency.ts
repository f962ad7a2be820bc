const SLOTS = 1 << 18;

/**
 * How often terms have been seen, roughly and in fixed memory (1 MB): a count sketch of one row. Two terms
 * that share a slot look as common as both together, which costs a few checks and never an answer.
 */
export class TermFrequency {
  readonly #counts = new Uint32Array(SLOTS);

  add(term: string): void {
    this.#counts[slotOf(term)]!++;
  }

  of(term: string): number {
    return this.#counts[slotOf(term)]!;
  }
}

/** FNV-1a over code units. */
function slotOf(term: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) h = Math.imul(h ^ term.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) & (SLOTS - 1);
}
