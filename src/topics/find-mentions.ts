import { type Meaning, NAMES, type Role, type Vocabulary } from './compile-topic.ts';
import { obeys } from './read-alias.ts';
import { readSymbols, type Symbols } from './read-symbols.ts';

/** A word of the topic in a text, UTF-16 offsets, end exclusive. */
export interface Mention {
  role: Role;
  index: number;
  start: number;
  end: number;
}

/** Judging is synchronous: one buffer serves every call. */
let scratch: Symbols = readSymbols(' '.repeat(8_000));

/** Every word of the vocabulary in a text, by start; names inside longer names, and all inside masks, left out. */
export function findMentions(text: string, vocabulary: Vocabulary): Mention[] {
  if (text === '') return [];
  const symbols = readSymbols(text, scratch);
  scratch = symbols;
  const { starts, ends, codes } = symbols;
  const found: Mention[] = [];
  vocabulary.automaton.scan(codes, symbols.length, (pattern, end) => {
    const meanings = vocabulary.meanings[pattern]!;
    const length = vocabulary.lengths[pattern]!;
    let first = end - length;
    let last = end - 1;
    while (codes[first] === 0) first++;
    while (codes[last] === 0) last--;
    const from = starts[first]!;
    const to = ends[last]!;
    for (const meaning of meanings)
      if (holds(meaning, text, from, to)) found.push(mention(meaning, from, to));
  });
  return withoutCovered(found);
}

function holds(meaning: Meaning, text: string, start: number, end: number): boolean {
  const { rule } = meaning;
  return (
    (rule.exact === null && !rule.startsRun && rule.after === 'anything') || obeys(rule, text, start, end)
  );
}

function mention(meaning: Meaning, start: number, end: number): Mention {
  return { role: meaning.role, index: meaning.index, start, end };
}

function withoutCovered(found: Mention[]): Mention[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Mention[] = [];
  let cover: Mention | null = null;
  let mask: Mention | null = null;
  for (const m of found) {
    const inside = (outer: Mention | null) =>
      outer !== null && m.end <= outer.end && (m.start > outer.start || m.end < outer.end);
    if (mask && m.start < mask.end && m.role !== 'mask') continue;
    if (NAMES.has(m.role)) {
      if (inside(cover)) continue;
      if (cover === null || m.end > cover.end) cover = m;
    }
    if (m.role === 'mask') mask = m;
    else kept.push(m);
  }
  return kept;
}
