import { ACCEPT } from './compile-query.ts';
import { ShardedMap } from './sharded-map.ts';

const CHUNK = 1 << 16;
/** Fields of a program's head; anchors follow, then its tests. */
const WATCHER = 0;
const TRIED = 1;
const NEXT = 2;
const ANCHORS = 3;
const TESTS = 4;
const HEAD = 5;
const SHARED = -1;
const NONE = -1;

/**
 * Compiled queries side by side in plain numbers, each distinct one once: trying one touches a line or two
 * of memory and makes no garbage. Grows by whole chunks, so that no `add` ever copies what is there.
 */
export class Programs {
  readonly #chunks: Int32Array[] = [];
  #end = 0;
  /** Freed places by size. */
  readonly #free = new Map<number, number[]>();
  readonly #byHash = new ShardedMap<number>();
  /** Watchers of programs that have more than one. */
  readonly #shared = new Map<number, number[]>();

  /** The place of an equal program, or undefined. */
  find(code: readonly number[]): number | undefined {
    for (let at = this.#byHash.get(hashOf(code)) ?? NONE; at !== NONE; at = this.#field(at, NEXT))
      if (this.#equals(at, code)) return at;
    return undefined;
  }

  add(code: readonly number[], anchors: readonly number[], watcher: number): number {
    const at = this.#allocate(HEAD + anchors.length + code.length);
    const chunk = this.#chunks[at >>> 16]!;
    let i = at & (CHUNK - 1);
    const hash = hashOf(code);
    chunk[i + WATCHER] = watcher;
    chunk[i + TRIED] = 0;
    chunk[i + NEXT] = this.#byHash.get(hash) ?? NONE;
    chunk[i + ANCHORS] = anchors.length;
    chunk[i + TESTS] = code.length;
    i += HEAD;
    for (const anchor of anchors) chunk[i++] = anchor;
    for (const n of code) chunk[i++] = n;
    this.#byHash.set(hash, at);
    return at;
  }

  remove(at: number): void {
    const code = this.code(at);
    const hash = hashOf(code);
    const next = this.#field(at, NEXT);
    const first = this.#byHash.get(hash)!;
    if (first !== at) {
      let before = first;
      while (this.#field(before, NEXT) !== at) before = this.#field(before, NEXT);
      this.#chunks[before >>> 16]![(before & (CHUNK - 1)) + NEXT] = next;
    } else if (next === NONE) this.#byHash.delete(hash);
    else this.#byHash.set(hash, next);
    const size = HEAD + this.#field(at, ANCHORS) + code.length;
    const free = this.#free.get(size);
    if (free) free.push(at);
    else this.#free.set(size, [at]);
  }

  anchors(at: number): Int32Array {
    const i = (at & (CHUNK - 1)) + HEAD;
    return this.#chunks[at >>> 16]!.subarray(i, i + this.#field(at, ANCHORS));
  }

  code(at: number): number[] {
    const i = (at & (CHUNK - 1)) + HEAD + this.#field(at, ANCHORS);
    return [...this.#chunks[at >>> 16]!.subarray(i, i + this.#field(at, TESTS))];
  }

  watch(at: number, watcher: number): void {
    const only = this.#field(at, WATCHER);
    if (only === SHARED) this.#shared.get(at)!.push(watcher);
    else {
      this.#shared.set(at, [only, watcher]);
      this.#chunks[at >>> 16]![(at & (CHUNK - 1)) + WATCHER] = SHARED;
    }
  }

  /** Whether anybody still watches. */
  unwatch(at: number, watcher: number): boolean {
    if (this.#field(at, WATCHER) !== SHARED) return false;
    const list = this.#shared.get(at)!;
    swapRemove(list, watcher);
    if (list.length === 1) {
      this.#chunks[at >>> 16]![(at & (CHUNK - 1)) + WATCHER] = list[0]!;
      this.#shared.delete(at);
    }
    return true;
  }

  /** Runs a program, at most once for each article, and adds its watchers to `found` where it holds. */
  try(at: number, article: number, stamps: Int32Array, found: number[]): void {
    const chunk = this.#chunks[at >>> 16]!;
    const head = at & (CHUNK - 1);
    if (chunk[head + TRIED] === article) return;
    chunk[head + TRIED] = article;
    const code = head + HEAD + chunk[head + ANCHORS]!;
    let i = chunk[head + TESTS]! - 3;
    do i = chunk[code + i + (stamps[chunk[code + i]!] === article ? 1 : 2)]!;
    while (i >= 0);
    if (i !== ACCEPT) return;
    const watcher = chunk[head + WATCHER]!;
    if (watcher !== SHARED) found.push(watcher);
    else for (const w of this.#shared.get(at)!) found.push(w);
  }

  #field(at: number, field: number): number {
    return this.#chunks[at >>> 16]![(at & (CHUNK - 1)) + field]!;
  }

  #equals(at: number, code: readonly number[]): boolean {
    if (this.#field(at, TESTS) !== code.length) return false;
    const chunk = this.#chunks[at >>> 16]!;
    const from = (at & (CHUNK - 1)) + HEAD + this.#field(at, ANCHORS);
    return code.every((n, i) => chunk[from + i] === n);
  }

  #allocate(size: number): number {
    const free = this.#free.get(size)?.pop();
    if (free !== undefined) return free;
    // A program never spans two chunks.
    const left = CHUNK - (this.#end & (CHUNK - 1));
    if (!this.#chunks.length || size > left || left === CHUNK) {
      this.#end = this.#chunks.length * CHUNK;
      this.#chunks.push(new Int32Array(CHUNK));
    }
    const at = this.#end;
    this.#end += size;
    return at;
  }
}

/** FNV-1a. */
function hashOf(code: readonly number[]): number {
  let h = 0x811c9dc5;
  for (const n of code) h = Math.imul(h ^ n, 0x01000193);
  return h;
}

/** Takes one item out of an unordered list. */
export function swapRemove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  const last = list.pop()!;
  if (at < list.length) list[at] = last;
}
