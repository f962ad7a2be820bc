import { isStopword } from '../text/stopwords.ts';
import type { Candidate } from './candidate-sentences.ts';

/** What the documents of a story do with one term, or with one pair of neighbouring terms. */
export interface TermStatistics {
  /** Times, sentences and documents it stands in. */
  times: number;
  sentences: number;
  documents: number;
  /** Place of the first sentence that has it, in any document, from 0. */
  first: number;
  /** Sum over its sentences of 1/√(place + 1); and over the first such sentence of each document. */
  weight: number;
  firstWeight: number;
  /** How many of its terms are function words: 0 to 2. */
  functionWords: number;
  hasNumber: boolean;
  /** Mean characters of a term; an English word's for bigrams of unspaced scripts. */
  length: number;
}

/** Terms or pairs of a story, by number. */
interface TermTable {
  statistics: TermStatistics[];
  /** For each candidate: the numbers of its terms, in order, repetitions included. */
  rows: number[][];
}

export interface StoryTerms {
  single: TermTable;
  pairs: TermTable;
  sentences: number;
  documents: number;
}

const USUAL_LENGTH = 7;

/** Counts over all sentences of a story; a headline (`headlines[document]`, terms in order) counts as a first one. */
export function countTerms(candidates: Candidate[], headlines: string[][]): StoryTerms {
  const single = new TermCounter(false);
  const pairs = new TermCounter(true);
  const started = new Set<number>();
  for (const { terms, document, index } of candidates) {
    if (!started.has(document)) {
      started.add(document);
      const headline = headlines[document] ?? [];
      single.count(headline, document, 0);
      pairs.count(headline, document, 0);
    }
    single.rows.push(single.count(terms, document, index));
    pairs.rows.push(pairs.count(terms, document, index));
  }
  return { single, pairs, sentences: candidates.length, documents: started.size };
}

class TermCounter implements TermTable {
  readonly statistics: TermStatistics[] = [];
  readonly rows: number[][] = [];
  readonly #inPairs: boolean;
  readonly #numbers = new Map<string, number>();
  /** The sentence and the document in which each term was met last. */
  readonly #lastSentence: number[] = [];
  readonly #lastDocument: number[] = [];
  #sentence = 0;

  constructor(inPairs: boolean) {
    this.#inPairs = inPairs;
  }

  /** Counts one sentence. @returns the numbers of its terms */
  count(terms: string[], document: number, place: number): number[] {
    const sentence = ++this.#sentence;
    const weight = 1 / Math.sqrt(place + 1);
    const row: number[] = [];
    for (let i = 0; i + Number(this.#inPairs) < terms.length; i++) {
      const number = this.#numberOf(terms[i]!, this.#inPairs ? terms[i + 1]! : terms[i]!);
      row.push(number);
      const s = this.statistics[number]!;
      s.times++;
      if (this.#lastSentence[number] === sentence) continue;
      this.#lastSentence[number] = sentence;
      s.sentences++;
      s.weight += weight;
      s.first = Math.min(s.first, place);
      if (this.#lastDocument[number] === document) continue;
      this.#lastDocument[number] = document;
      s.documents++;
      s.firstWeight += weight;
    }
    return row;
  }

  #numberOf(a: string, b: string): number {
    const key = this.#inPairs ? `${a} ${b}` : a;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.statistics.length;
    this.#numbers.set(key, number);
    this.statistics.push({
      times: 0,
      sentences: 0,
      documents: 0,
      first: Number.POSITIVE_INFINITY,
      weight: 0,
      firstWeight: 0,
      functionWords: Number(isStopword(a)) + (this.#inPairs ? Number(isStopword(b)) : 0),
      hasNumber: startsWithDigit(a) || startsWithDigit(b),
      length: (lengthOf(a) + lengthOf(b)) / 2,
    });
    return number;
  }
}

function startsWithDigit(term: string): boolean {
  const code = term.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}

function lengthOf(term: string): number {
  return term.charCodeAt(0) >= 0x1100 ? USUAL_LENGTH : Math.min(term.length, 12);
}
