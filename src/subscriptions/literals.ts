import type { Leaf } from '../search/query.ts';
import { PairTable } from './pair-table.ts';
import { swapRemove } from './programs.ts';
import { ShardedMap } from './sharded-map.ts';

/**
 * The key of a leaf, the same for equal leaves. Tokens hold no space, star or colon, so a phrase, a prefix
 * and a field never meet a token's key.
 */
export function literalKey(leaf: Leaf): string {
  if (leaf.kind === 'words') return leaf.terms.join(' ') + (leaf.prefix ? '*' : '');
  return `${leaf.field}:${leaf.value}`;
}

/** Tokens in a row; where `open` is set, the last one only has to begin so. */
export interface Phrase {
  id: number;
  /** Literal ids of its closed tokens. */
  tokens: number[];
  open: string | null;
  /** The place of its rarest pair of neighbours: from there it is looked for. */
  anchor: number;
}

/** Stands for the neighbour of a lone closed token. */
const ALONE = 0xfffffffe;

/**
 * Everything that queries ask for, each thing once, under small numbers that are reused. An id is a token,
 * a prefix, a field's value or a phrase; a phrase keeps its tokens alive.
 */
export class Literals {
  readonly #ids = new ShardedMap<string>();
  readonly #pairs = new PairTable();
  readonly #keys: string[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];
  readonly #phrases = new Map<number, Phrase>();
  /** Two neighbouring tokens → place in `#phraseLists`. */
  readonly #phrasePairs = new PairTable();
  readonly #phraseLists: Phrase[][] = [];
  readonly #freeLists: number[] = [];
  /** How many phrases have one closed token alone. */
  #lonePhrases = 0;
  /** Prefixes of one character, by it, plus one: in unspaced script a word may be one. */
  readonly #singles = new Uint32Array(0x10000);
  readonly #prefixes = new Map<string, number>();
  /** How many prefixes there are of each length. */
  readonly #prefixLengths: number[] = [];
  #prefixMemory = new Map<string, readonly number[]>();

  /** One more than the highest id given so far. */
  get size(): number {
    return this.#keys.length;
  }

  /** The id of a token or field key, undefined where no query asks for it. */
  find(key: string): number | undefined {
    return key.length === 2 ? this.#pairs.get(key.charCodeAt(0), key.charCodeAt(1)) : this.#ids.get(key);
  }

  /** Phrases anchored where this token is followed by that one. */
  phrasesAt(token: number, next: number): readonly Phrase[] | undefined {
    const list = next < 0 ? undefined : this.#phrasePairs.get(token, next);
    return list === undefined ? undefined : this.#phraseLists[list];
  }

  /** Phrases of this token and one that only has to begin as asked. */
  lonePhrasesAt(token: number): readonly Phrase[] | undefined {
    if (!this.#lonePhrases) return undefined;
    const list = this.#phrasePairs.get(token, ALONE);
    return list === undefined ? undefined : this.#phraseLists[list];
  }

  /** The id of the prefix that is a term's first character, −1 where there is none. */
  singlePrefixOf(term: string): number {
    return this.#singles[term.charCodeAt(0)]! - 1;
  }

  /** Ids of the prefixes of two characters and more that a term begins with. */
  prefixesOf(term: string): readonly number[] {
    const { length } = this.#prefixLengths;
    if (length <= 2 || term.length < 2) return NONE;
    const known = this.#prefixMemory.get(term);
    if (known) return known;
    let found: number[] | null = null;
    for (let n = 2; n < length && n <= term.length; n++) {
      if (!this.#prefixLengths[n]) continue;
      const id = this.#prefixes.get(term.slice(0, n));
      if (id !== undefined) {
        found ??= [];
        found.push(id);
      }
    }
    if (this.#prefixMemory.size >= MEMORY) this.#prefixMemory.clear();
    this.#prefixMemory.set(term, found ?? NONE);
    return found ?? NONE;
  }

  /** The id of a leaf, made where it is new; counts one more use. */
  take(leaf: Leaf, rarity: (key: string) => number): number {
    const key = literalKey(leaf);
    const known = this.find(key);
    if (known !== undefined) {
      this.#uses[known]!++;
      return known;
    }
    const id = this.#free.pop() ?? this.#keys.length;
    this.#keys[id] = key;
    this.#uses[id] = 1;
    if (leaf.kind === 'words' && leaf.terms.length > 1) this.#addPhrase(id, leaf.terms, leaf.prefix, rarity);
    else if (leaf.kind === 'words' && leaf.prefix) this.#addPrefix(id, leaf.terms[0]!);
    if (key.length === 2) this.#pairs.set(key.charCodeAt(0), key.charCodeAt(1), id);
    else this.#ids.set(key, id);
    return id;
  }

  /** One use less; what nobody uses is forgotten and its id reused. */
  release(id: number): void {
    if (--this.#uses[id]! > 0) return;
    const key = this.#keys[id]!;
    const phrase = this.#phrases.get(id);
    if (phrase) this.#removePhrase(phrase);
    else if (key.endsWith('*')) this.#removePrefix(key.slice(0, -1));
    if (key.length === 2) this.#pairs.delete(key.charCodeAt(0), key.charCodeAt(1));
    else this.#ids.delete(key);
    this.#keys[id] = '';
    this.#free.push(id);
  }

  #addPhrase(id: number, terms: string[], prefix: boolean, rarity: (key: string) => number): void {
    const closed = prefix ? terms.slice(0, -1) : terms;
    const tokens = closed.map((term) =>
      this.take({ kind: 'words', terms: [term], prefix: false, text: term }, rarity),
    );
    const cost = (i: number): number => rarity(closed[i]!) + rarity(closed[i + 1]!);
    let anchor = 0;
    for (let i = 1; i + 1 < closed.length; i++) if (cost(i) < cost(anchor)) anchor = i;
    const phrase = { id, tokens, open: prefix ? terms.at(-1)! : null, anchor };
    this.#phrases.set(id, phrase);
    const [first, second] = pairOf(phrase);
    const known = this.#phrasePairs.get(first, second);
    if (second === ALONE) this.#lonePhrases++;
    if (known !== undefined) this.#phraseLists[known]!.push(phrase);
    else {
      const list = this.#freeLists.pop() ?? this.#phraseLists.length;
      this.#phraseLists[list] = [phrase];
      this.#phrasePairs.set(first, second, list);
    }
  }

  #removePhrase(phrase: Phrase): void {
    this.#phrases.delete(phrase.id);
    const [first, second] = pairOf(phrase);
    const at = this.#phrasePairs.get(first, second)!;
    const list = this.#phraseLists[at]!;
    if (second === ALONE) this.#lonePhrases--;
    swapRemove(list, phrase);
    if (!list.length) {
      this.#phrasePairs.delete(first, second);
      this.#freeLists.push(at);
    }
    for (const t of phrase.tokens) this.release(t);
  }

  #addPrefix(id: number, prefix: string): void {
    if (prefix.length === 1) {
      this.#singles[prefix.charCodeAt(0)] = id + 1;
      return;
    }
    this.#prefixes.set(prefix, id);
    while (this.#prefixLengths.length <= prefix.length) this.#prefixLengths.push(0);
    this.#prefixLengths[prefix.length]!++;
    this.#prefixMemory = new Map();
  }

  #removePrefix(prefix: string): void {
    if (prefix.length === 1) {
      this.#singles[prefix.charCodeAt(0)] = 0;
      return;
    }
    this.#prefixes.delete(prefix);
    this.#prefixLengths[prefix.length]!--;
    this.#prefixMemory = new Map();
  }
}

/** The neighbours a phrase is looked for by. */
function pairOf({ tokens, anchor }: Phrase): [number, number] {
  return [tokens[anchor]!, tokens[anchor + 1] ?? ALONE];
}

/** News repeats its words: which prefixes a term begins with is remembered for this many terms. */
const MEMORY = 50_000;
const NONE: readonly number[] = [];
