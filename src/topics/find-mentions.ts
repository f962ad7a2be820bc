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

/** Of names that overlap the plainer one stays, of equally plain ones the longer; nothing stays that a mask overlaps. */
function withoutCovered(found: Mention[]): Mention[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const names: Mention[] = [];
  for (const m of found) {
    if (!NAMES.has(m.role)) continue;
    let last = names.at(-1);
    while (last && m.start < last.end && outdoes(m, last)) {
      names.pop();
      last = names.at(-1);
    }
    const sameSpan = last && m.start === last.start && m.end === last.end;
    if (!last || m.start >= last.end || sameSpan) names.push(m);
  }
  const kept = new Set(names);
  const masks = names.filter((m) => m.role === 'mask');
  return found.filter((m) =>
    NAMES.has(m.role)
      ? m.role !== 'mask' && kept.has(m)
      : !masks.some((mask) => m.start < mask.end && m.end > mask.start),
  );
}

const PLAINNESS: Partial<Record<Role, number>> = { pair: 3, group: 3, mask: 2, clear: 2, shorthand: 1 };

function outdoes(a: Mention, b: Mention): boolean {
  if (a.end <= b.end) return false;
  const plainer = (PLAINNESS[a.role] ?? 0) - (PLAINNESS[b.role] ?? 0);
  return plainer !== 0 ? plainer > 0 : a.end - a.start > b.end - b.start;
}
