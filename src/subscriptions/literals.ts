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
  /** The place of its rarest token: from there it is looked for. */
  anchor: number;
}

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
  /** By the id of the token that anchors them. */
  readonly #phrasesAt = new Map<number, Phrase[]>();
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

  phrasesAt(token: number): readonly Phrase[] | undefined {
    return this.#phrasesAt.get(token);
  }

  /** Ids of the prefixes that a term begins with. */
  prefixesOf(term: string): readonly number[] {
    const { length } = this.#prefixLengths;
    if (!length) return NONE;
    if (term.length <= 2) return this.#shortPrefixesOf(term);
    const known = this.#prefixMemory.get(term);
    if (known) return known;
    let found: number[] | null = null;
    for (let n = 1; n < length && n <= term.length; n++) {
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

  /** Bigrams are too many to remember and begin with little. */
  #shortPrefixesOf(term: string): readonly number[] {
    const first = this.#prefixLengths[1] ? this.#prefixes.get(term.charAt(0)) : undefined;
    const whole = term.length === 2 && this.#prefixLengths[2] ? this.#prefixes.get(term) : undefined;
    if (first === undefined && whole === undefined) return NONE;
    return [first, whole].filter((id) => id !== undefined);
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
    let anchor = 0;
    for (let i = 1; i < closed.length; i++) if (rarity(closed[i]!) < rarity(closed[anchor]!)) anchor = i;
    const phrase = { id, tokens, open: prefix ? terms.at(-1)! : null, anchor };
    this.#phrases.set(id, phrase);
    const list = this.#phrasesAt.get(tokens[anchor]!);
    if (list) list.push(phrase);
    else this.#phrasesAt.set(tokens[anchor]!, [phrase]);
  }

  #removePhrase(phrase: Phrase): void {
    this.#phrases.delete(phrase.id);
    const token = phrase.tokens[phrase.anchor]!;
    const list = this.#phrasesAt.get(token)!;
    if (list.length === 1) this.#phrasesAt.delete(token);
    else swapRemove(list, phrase);
    for (const t of phrase.tokens) this.release(t);
  }

  #addPrefix(id: number, prefix: string): void {
    this.#prefixes.set(prefix, id);
    while (this.#prefixLengths.length <= prefix.length) this.#prefixLengths.push(0);
    this.#prefixLengths[prefix.length]!++;
    this.#prefixMemory = new Map();
  }

  #removePrefix(prefix: string): void {
    this.#prefixes.delete(prefix);
    this.#prefixLengths[prefix.length]!--;
    this.#prefixMemory = new Map();
  }
}

/** News repeats its words: which prefixes a term begins with is remembered for this many terms. */
const MEMORY = 50_000;
const NONE: readonly number[] = [];
