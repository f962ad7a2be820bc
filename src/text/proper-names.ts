import { fold } from './fold.ts';
import { stem } from './stem.ts';

/** A name that a text in Latin or Cyrillic script writes with capitals. */
export interface ProperName {
  /** Stem of its last word, folded: cases and first names do not matter. */
  key: string;
  /** Number of words. */
  words: number;
  /** A preposition of place stands before it. */
  place: boolean;
  start: number;
  end: number;
}

const NAME = /\p{Lu}[\p{L}’'-]+(?:[ \u00a0](?:\p{Lu}[\p{L}’'-]+))*/gu;
const PLACE = /(?:^|\s)(?:in|at|near|from|to|into|towards?|в|во|из|под|около|близ|до)\s$/iu;
/** Written with a capital in English, and no names. */
const NOT_NAMES =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|A|An|It|He|She|They|We|You|But|And|In|On|At|However|Meanwhile|Mr|Mrs|Ms|Dr|President|Minister|General|Foreign|Defen[cs]e|Prime|State|Ministry|News|Agency|Press|Photo|Read|More)$/;

/** Of a people, not of a person: "North Korean" tells nobody's name. */
const DEMONYM =
  /^(?:(?:North|South)-)?(?:Korean|Russian|Chinese|Japanese|American|Ukrainian|British|European|Soviet)s?(?:['’]s?)?(?:-\S+)?$/;

/** Names of a text, in order; none where most words have capitals, as in a headline in title case. */
export function properNamesIn(text: string): ProperName[] {
  const words = text.match(/\p{L}{3,}/gu)?.length ?? 0;
  const capitals = text.match(/(?<!\p{L})\p{Lu}\p{L}{2,}/gu)?.length ?? 0;
  if (words >= 4 && capitals > words * 0.6) return [];
  const names: ProperName[] = [];
  for (const match of text.matchAll(NAME)) {
    const parts = match[0].split(/[ \u00a0]/);
    let start = match.index;
    // The first word of a sentence has its capital from there.
    while (parts.length && (NOT_NAMES.test(parts[0]!) || (parts.length === 1 && opensSentence(text, start))))
      start += parts.shift()!.length + 1;
    const last = parts.at(-1);
    // A hyphen at the end is the start of a type: "KN-23".
    if (!last || last.length < 3 || last.endsWith('-') || DEMONYM.test(last)) continue;
    names.push({
      key: stem(fold(last.replace(/['’]s?$/u, ''))),
      words: parts.length,
      place: PLACE.test(text.slice(Math.max(0, start - 9), start)),
      start,
      end: match.index + match[0].length,
    });
  }
  return names;
}

function opensSentence(text: string, at: number): boolean {
  return /(?:^|[.!?…:\n])[\s"'“«(]*$/u.test(text.slice(Math.max(0, at - 6), at)) || at === 0;
}
