import type { ArticleContent } from '../model/article.ts';
import type { Verdict } from '../model/topic.ts';
import { type Token, tokenize } from '../text/tokenize.ts';
import { ACCEPT, compileQuery, findAnchors } from './compile-query.ts';
import { Literals, literalKey, type Phrase, swapRemove } from './literals.ts';
import type { FieldTest, Leaf, Query, QueryNode } from './query.ts';
import { TermFrequency } from './term-frequency.ts';

/** A query that waits for articles. */
export interface Watch {
  id: number;
  query: Query;
  /** Sees articles relevant to one of these topics; every article where the query says `topic:any` or this is null. */
  topics: readonly string[] | null;
  /** Empty means all. */
  languages?: readonly string[];
  /** Empty means all. */
  themes?: readonly string[];
}

/** A place where a query's word stands, UTF-16 offsets. */
export interface Hit {
  word: string;
  in: 'title' | 'text';
  start: number;
  end: number;
}

export interface Match {
  subscriptionId: number;
  /** The matched words, verbatim from the article, each once. */
  words: string[];
  /** The first place of each. */
  hits: Hit[];
}

type MatchedArticle = Pick<ArticleContent, 'title' | 'text' | 'language' | 'outlet'>;

export interface Matcher {
  /** Replaces a watch of the same id. */
  add(watch: Watch): void;
  remove(id: number): void;
  has(id: number): boolean;
  readonly size: number;
  /** Shows the matcher what is usual, so that it looks for what is rare: recent articles, before many `add`s. */
  learn(article: MatchedArticle): void;
  /** The watches that want this article, by id. */
  match(article: MatchedArticle, verdicts: readonly Verdict[]): Match[];
}

/** One distinct query with everybody who watches for it. */
interface Program {
  code: number[];
  hash: number;
  anchors: number[];
  watchers: number[];
  /** The last article it was tried on. */
  tried: number;
}

/**
 * Tries all watches on each article at once: each distinct query waits at its rarest required literal, one
 * pass over the article's tokens wakes those that can hold, and a few tests decide.
 */
export function createMatcher(): Matcher {
  const literals = new Literals();
  const frequency = new TermFrequency();
  const byId = new Map<number, Program>();
  /** Programs that wait at a literal. */
  const waiting: (Program[] | undefined)[] = [];
  const byHash = new Map<number, Program[]>();

  // What the article at hand holds; an entry counts only where its stamp is the article's own number.
  let article = 0;
  let learned = 0;
  const stamps: number[] = [];
  const places: number[] = [];
  const present: number[] = [];
  let tokens: Token[] = [];
  let ids: number[] = [];

  function mark(id: number, place: number): void {
    if (stamps[id] === article) return;
    stamps[id] = article;
    places[id] = place;
    present.push(id);
  }

  function findPhrases(list: readonly Phrase[], at: number): void {
    for (const phrase of list) {
      if (stamps[phrase.id] === article) continue;
      const from = at - phrase.anchor;
      if (from >= 0 && standsAt(phrase, from)) mark(phrase.id, from);
    }
  }

  function standsAt(phrase: Phrase, from: number): boolean {
    const { tokens: wanted, open } = phrase;
    for (let i = 0; i < wanted.length; i++) if (ids[from + i] !== wanted[i]) return false;
    return open === null || (tokens[from + wanted.length]?.term.startsWith(open) ?? false);
  }

  function read(content: MatchedArticle, verdicts: readonly Verdict[]): number {
    article++;
    learned++;
    present.length = 0;
    tokens = tokenize(content.title, true);
    const titleTokens = tokens.length;
    tokens.push(GAP);
    for (const token of tokenize(content.text, true)) tokens.push(token);
    ids = new Array(tokens.length);
    for (let i = 0; i < tokens.length; i++) {
      const { term } = tokens[i]!;
      frequency.add(term);
      const id = literals.find(term);
      ids[i] = id ?? -1;
      if (id !== undefined) mark(id, i);
      for (const prefix of literals.prefixesOf(term)) mark(prefix, i);
    }
    for (let i = 0; i < ids.length; i++) {
      const list = ids[i]! >= 0 ? literals.phrasesAt(ids[i]!) : undefined;
      if (list) findPhrases(list, i);
    }
    for (const key of fieldKeys(content, verdicts)) {
      frequency.add(key);
      const id = literals.find(key);
      if (id !== undefined) mark(id, -1);
    }
    return titleTokens;
  }

  function rarity(leaf: Leaf): number {
    // Longer words are rarer: that decides before anything has been seen.
    const key = literalKey(leaf);
    const length = Math.min(key.length, 50) / 100;
    if (leaf.kind !== 'words') return frequency.of(key) + guess();
    if (leaf.terms.length === 1) {
      const seen = frequency.of(leaf.terms[0]!) + 1 - length;
      return leaf.prefix ? seen + guess() : seen;
    }
    const closed = leaf.prefix ? leaf.terms.slice(0, -1) : leaf.terms;
    return Math.min(...closed.map((term) => frequency.of(term))) / 2 + 1 - length;
  }

  /** Prefixes and fields are not counted before somebody asks for them: taken for one article in twenty. */
  function guess(): number {
    return learned / 20 + 5;
  }

  function tokenRarity(key: string): number {
    return frequency.of(key) - Math.min(key.length, 50) / 100;
  }

  function remove(id: number): void {
    const program = byId.get(id);
    if (!program) return;
    byId.delete(id);
    swapRemove(program.watchers, id);
    if (program.watchers.length) return;
    for (const anchor of program.anchors) {
      const list = waiting[anchor]!;
      if (list.length === 1) waiting[anchor] = undefined;
      else swapRemove(list, program);
    }
    const same = byHash.get(program.hash)!;
    if (same.length === 1) byHash.delete(program.hash);
    else swapRemove(same, program);
    for (let i = 0; i < program.code.length; i += 3) literals.release(program.code[i]!);
  }

  function hitsOf(program: Program, content: MatchedArticle, titleTokens: number): Hit[] {
    const hits: Hit[] = [];
    for (let i = 0; i < program.code.length; i += 3) {
      const id = program.code[i]!;
      const place = places[id]!;
      if (stamps[id] !== article || place < 0) continue;
      const inTitle = place < titleTokens;
      const { start } = tokens[place]!;
      const { end } = tokens[place + literals.width(id) - 1]!;
      const word = (inTitle ? content.title : content.text).slice(start, end);
      if (!hits.some((hit) => hit.word === word))
        hits.push({ word, in: inTitle ? 'title' : 'text', start, end });
    }
    return hits;
  }

  return {
    add(watch) {
      remove(watch.id);
      const root = restrict(watch);
      const code = compileQuery(root, (leaf) => literals.take(leaf, tokenRarity));
      while (stamps.length < literals.size) {
        stamps.push(0);
        places.push(0);
      }
      const hash = hashCode(code);
      const same = byHash.get(hash);
      const known = same?.find((p) => equal(p.code, code));
      if (known) {
        for (let i = 0; i < code.length; i += 3) literals.release(code[i]!);
        known.watchers.push(watch.id);
        byId.set(watch.id, known);
        return;
      }
      const found = findAnchors(root, rarity);
      if (!found) throw new RangeError(`query ${watch.id} requires nothing: parseQuery refuses such`);
      const anchors = [...new Set(found.leaves.map((leaf) => literals.find(literalKey(leaf))!))];
      const program = { code, hash, anchors, watchers: [watch.id], tried: 0 };
      for (const anchor of anchors) {
        const list = waiting[anchor];
        if (list) list.push(program);
        else waiting[anchor] = [program];
      }
      if (same) same.push(program);
      else byHash.set(hash, [program]);
      byId.set(watch.id, program);
    },
    remove,
    has: (id) => byId.has(id),
    get size() {
      return byId.size;
    },
    learn(content) {
      learned++;
      for (const token of tokenize(content.title, true)) frequency.add(token.term);
      for (const token of tokenize(content.text, true)) frequency.add(token.term);
    },
    match(content, verdicts) {
      const titleTokens = read(content, verdicts);
      const matches: Match[] = [];
      for (const id of present) {
        const list = waiting[id];
        if (!list) continue;
        for (const program of list) {
          if (program.tried === article) continue;
          program.tried = article;
          const { code } = program;
          let at = code.length - 3;
          do at = code[stamps[code[at]!] === article ? at + 1 : at + 2]!;
          while (at >= 0);
          if (at !== ACCEPT) continue;
          const hits = hitsOf(program, content, titleTokens);
          const words = hits.map((hit) => hit.word);
          for (const subscriptionId of program.watchers) matches.push({ subscriptionId, words, hits });
        }
      }
      return matches.sort((a, b) => a.subscriptionId - b.subscriptionId);
    },
  };
}

/** Between title and text: no phrase reaches over it, for no token is written so. */
const GAP: Token = { term: '_', start: 0, end: 0, kind: 'word' };

/** The article's answers to the fields a query may ask for. A theme, entity or side counts for any topic. */
export function fieldKeys(
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

/** The query together with what its owner's settings ask for. */
function restrict({ query, topics, languages = [], themes = [] }: Watch): QueryNode {
  const nodes: QueryNode[] = [query.root];
  const anyOf = (field: FieldTest['field'], values: readonly string[]): void => {
    const tests = [...new Set(values)].map((value): FieldTest => ({ kind: 'field', field, value }));
    nodes.push(tests.length === 1 ? tests[0]! : { kind: 'or', nodes: tests });
  };
  if (topics && !query.anyTopic) anyOf('topic', topics);
  if (languages.length) anyOf('lang', languages);
  if (themes.length) anyOf('theme', themes);
  return nodes.length > 1 ? { kind: 'and', nodes } : query.root;
}

function hashCode(code: number[]): number {
  let h = 0x811c9dc5;
  for (const n of code) h = Math.imul(h ^ n, 0x01000193);
  return h;
}

function equal(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
