import type { StoryEdit } from '../model/story.ts';

/**
 * What people held apart, by story id. A story that somebody split keeps its id: others may join it, the engine
 * merges it into none; so the ids of the edits stay true without a look at the store.
 */
export class CannotLink {
  readonly #apart = new Map<number, Set<number>>();

  /** @param edits oldest first; undone ones are skipped. */
  constructor(edits: readonly StoryEdit[]) {
    for (const { kind, storyIds, undoneAt } of edits) {
      const [a, b] = storyIds;
      if (undoneAt !== null || a === undefined || b === undefined) continue;
      if (kind === 'split') this.#hold(a, b);
      // `merge` names [from, into]: what was apart from the one is apart from the other.
      if (kind === 'merge') this.#rename(a, b);
    }
  }

  isApart(a: number, b: number): boolean {
    return this.#apart.get(a)?.has(b) ?? false;
  }

  /** Whether a person has split this story or from it. */
  isHeld(id: number): boolean {
    return this.#apart.has(id);
  }

  #hold(a: number, b: number): void {
    this.#of(a).add(b);
    this.#of(b).add(a);
  }

  #rename(from: number, into: number): void {
    const others = this.#apart.get(from);
    this.#apart.delete(from);
    for (const other of others ?? []) {
      this.#of(other).delete(from);
      if (other !== into) this.#hold(into, other);
    }
    for (const [id, set] of this.#apart) if (!set.size) this.#apart.delete(id);
  }

  #of(id: number): Set<number> {
    const known = this.#apart.get(id) ?? new Set<number>();
    this.#apart.set(id, known);
    return known;
  }
}
