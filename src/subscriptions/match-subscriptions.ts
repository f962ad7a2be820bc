import type { ArticleContent } from '../model/article.ts';
import type { Verdict } from '../model/topic.ts';
import type { Leaf, Query } from '../search/query.ts';
import { restrictQuery } from '../search/restrict-query.ts';
import { termsOf } from '../text/tokenize.ts';
import { compileQuery, findAnchors } from './compile-query.ts';
import { Literals, literalKey, type Phrase } from './literals.ts';
import { Programs, swapRemove } from './programs.ts';
import { ShardedMap } from './sharded-map.ts';
import { TermFrequency } from './term-frequency.ts';

/** A query that waits for articles. */
interface Watch {
  /** 0 to 2³¹ − 1 */
  id: number;
  query: Query;
  /** Sees articles relevant to one of these topics; every article where the query says `topic:any` or this is null. */
  topics: readonly string[] | null;
  /** Empty means all. */
  languages?: readonly string[];
  /** Empty means all. */
  themes?: readonly string[];
}

type MatchedArticle = Pick<ArticleContent, 'title' | 'text' | 'language' | 'outlet'>;

export interface Matcher {
  /** Replaces a watch of the same id. */
  add(watch: Watch): void;
  remove(id: number): void;
  has(id: number): boolean;
  /** Shows the matcher what is usual, so that it waits for what is rare: recent articles, before many `add`s. */
  learn(article: MatchedArticle): void;
  /** Ids of the watches that want this article, each once, in no order. `findHits` tells where their words stand. */
  match(article: MatchedArticle, verdicts: readonly Verdict[]): number[];
}

/** Han, kana and Hangul begin here. */
const UNSPACED = 0x2e80;
/** Of so many articles, one is counted to keep up with what is usual. */
const SAMPLE = 8;

/**
 * Tries all watches on each article at once: each distinct query waits at its rarest required literal, one
 * pass over the article's tokens wakes those that can hold, and a few tests decide.
 */
export function createMatcher(): Matcher {
  const literals = new Literals();
  const programs = new Programs();
  const frequency = new TermFrequency();
  const byId = new ShardedMap<number>();
  /** Programs that wait at a literal. */
  const waiting: (number[] | undefined)[] = [];

  /** Articles read so far; what is stamped with the last one's number is in it. */
  let article = 0;
  let learned = 0;
  let sampled = false;
  let stamps = new Int32Array(1024);
  const present: number[] = [];

  function mark(id: number): void {
    if (stamps[id] === article) return;
    stamps[id] = article;
    present.push(id);
  }

  function read(content: MatchedArticle, verdicts: readonly Verdict[]): void {
    article++;
    sampled = article % SAMPLE === 0;
    if (sampled) learned++;
    present.length = 0;
    readText(content.title);
    // No phrase reaches from the title into the text.
    readText(content.text);
    for (const key of fieldKeys(content, verdicts)) {
      if (sampled) frequency.add(key);
      const id = literals.find(key);
      if (id !== undefined) mark(id);
    }
  }

  function readText(text: string): void {
    const terms = termsOf(text);
    const ids = new Int32Array(terms.length + 1).fill(-1);
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i]!;
      if (sampled) frequency.add(term);
      const id = literals.find(term);
      if (id !== undefined) {
        ids[i] = id;
        mark(id);
      }
      const single = literals.singlePrefixOf(term);
      if (single >= 0) mark(single);
      // Pairs of unspaced script are no longer than their one character and the next.
      if (term.length > 2 || term.charCodeAt(0) < UNSPACED)
        for (const prefix of literals.prefixesOf(term)) mark(prefix);
    }
    for (let i = 0; i < terms.length; i++) {
      if (ids[i]! < 0) continue;
      const list = literals.phrasesAt(ids[i]!, ids[i + 1]!);
      if (list)
        for (const phrase of list) if (standsAt(phrase, i - phrase.anchor, ids, terms)) mark(phrase.id);
      const lone = literals.lonePhrasesAt(ids[i]!);
      if (lone) for (const phrase of lone) if (standsAt(phrase, i, ids, terms)) mark(phrase.id);
    }
  }

  function standsAt(
    { tokens, open }: Phrase,
    from: number,
    ids: Int32Array,
    terms: readonly string[],
  ): boolean {
    for (let i = 0; i < tokens.length; i++) if (ids[from + i] !== tokens[i]) return false;
    return open === null || (terms[from + tokens.length]?.startsWith(open) ?? false);
  }

  function tokenRarity(key: string): number {
    // Longer words are rarer: that decides before anything has been seen.
    return frequency.of(key) + 1 - Math.min(key.length, 50) / 100;
  }

  function rarity(leaf: Leaf): number {
    // Fields and prefixes are not counted before somebody asks for them: taken for one article in twenty.
    const guess = learned / 20 + 5;
    if (leaf.kind !== 'words') return frequency.of(literalKey(leaf)) + guess;
    const closed = leaf.prefix ? leaf.terms.slice(0, -1) : leaf.terms;
    if (!closed.length) return guess;
    const rarest = Math.min(...closed.map(tokenRarity));
    return leaf.terms.length > 1 ? rarest / 2 : rarest;
  }

  function remove(id: number): void {
    const program = byId.get(id);
    if (program === undefined) return;
    byId.delete(id);
    if (programs.unwatch(program, id)) return;
    for (const anchor of programs.anchors(program)) {
      const list = waiting[anchor]!;
      if (list.length === 1) waiting[anchor] = undefined;
      else swapRemove(list, program);
    }
    const code = programs.code(program);
    programs.remove(program);
    for (let i = 0; i < code.length; i += 3) literals.release(code[i]!);
  }

  function add(watch: Watch): void {
    const { query, topics, languages, themes } = watch;
    const root = restrictQuery(query, { topics: query.anyTopic ? null : topics, languages, themes });
    const code = compileQuery(root, (leaf) => literals.take(leaf, tokenRarity));
    if (literals.size > stamps.length) {
      const larger = new Int32Array(literals.size * 2);
      larger.set(stamps);
      stamps = larger;
    }
    const known = programs.find(code);
    if (known !== undefined) {
      for (let i = 0; i < code.length; i += 3) literals.release(code[i]!);
      programs.watch(known, watch.id);
      byId.set(watch.id, known);
      return;
    }
    const required = findAnchors(root, rarity);
    if (!required) throw new RangeError(`query ${watch.id} requires nothing: parseQuery refuses such`);
    const anchors = [...new Set(required.leaves.map((leaf) => literals.find(literalKey(leaf))!))];
    const program = programs.add(code, anchors, watch.id);
    byId.set(watch.id, program);
    for (const anchor of anchors) {
      const list = waiting[anchor];
      if (list) list.push(program);
      else waiting[anchor] = [program];
    }
  }

  return {
    add(watch) {
      remove(watch.id);
      add(watch);
    },
    remove,
    has: (id) => byId.has(id),
    learn(content) {
      learned++;
      for (const term of termsOf(content.title)) frequency.add(term);
      for (const term of termsOf(content.text)) frequency.add(term);
    },
    match(content, verdicts) {
      read(content, verdicts);
      const found: number[] = [];
      for (const id of present) {
        const list = waiting[id];
        if (list) for (const program of list) programs.try(program, article, stamps, found);
      }
      return found;
    },
  };
}

/** The article's answers to the fields a query may ask for. A theme, entity or side counts for any topic. */
function fieldKeys(
  article: Pick<ArticleContent, 'language' | 'outlet'>,
  verdicts: readonly Verdict[],
): Set<string> {
  const keys = new Set([`lang:${article.language}`, `source:${article.outlet.slug}`]);
  for (const v of verdicts) {
    if (v.relevant) keys.add(`topic:${v.topic}`);
    keys.add(`kind:${v.kind}`);
    for (const theme of v.themes) keys.add(`theme:${theme}`);
    for (const entity of v.entities) keys.add(`entity:${entity}`);
    for (const side of v.sides) keys.add(`side:${side}`);
  }
  return keys;
}
