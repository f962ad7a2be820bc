import type { Topic } from './compile-topic.ts';
import type { Mention } from './find-mentions.ts';

/** How a segment names the topic's sides together, from nothing to plainly. */
type Together = 'no' | 'implied' | 'list' | 'yes';

/** The title or one sentence of the text with what it names. */
export interface Segment {
  in: 'title' | 'text';
  start: number;
  end: number;
  /** Mentions that count, by start. */
  mentions: Mention[];
  /** Sides named, one bit each. */
  sides: number;
  /** Sides that a word implies where another side is named beside it. */
  implied: number;
  together: Together;
  /** A relation cue stands in the sentence: 1 between or beside the sides, 0.5 elsewhere. */
  cue: number;
  /** 1 where a word joins the members of a list: they act together. */
  unity: number;
  /** A third party is named first, without a break before the sides: probably it acts and they do not. */
  thirdActs: boolean;
  /** Fewest characters between words of two sides; Infinity where they are not together. */
  gap: number;
}

/** The mention names an entity, plainly or not. */
const isName = (m: Mention) => m.role === 'clear' || m.role === 'shorthand' || m.role === 'ambiguous';

/** Finds out whether and how a segment names all sides. */
export function joinSides(s: Segment, text: string, topic: Topic, all: number): void {
  const listed = findListed(s.mentions, text, topic);
  let free = 0;
  let group = false;
  for (const m of s.mentions) {
    if (m.role === 'pair') {
      s.sides = all;
      free = all;
      s.gap = 0;
    } else if (m.role === 'group') {
      s.sides = all;
      group = true;
    } else if (m.role === 'implied') s.implied |= 1 << m.index;
    else if (isName(m)) {
      const { side } = topic.entities[m.index]!;
      if (side < 0) continue;
      s.sides |= 1 << side;
      if (!listed.has(m)) free |= 1 << side;
    }
  }
  if (free === all) s.together = 'yes';
  else if (s.sides === all) s.together = free !== 0 && !group ? 'yes' : 'list';
  else if (s.sides !== 0 && (s.sides | s.implied) === all) s.together = 'implied';
  if (s.together === 'no') return;
  s.thirdActs = thirdActs(s.mentions, text, topic);
  measureGap(s, topic, group);
  measureCue(s, topic);
}

/** Between two members of a list stand only commas, dots, strokes and words for "and". */
const LIST_GLUE =
  /^[\s,、，··・‧/;:\-–—()"“”]*(?:and|or|as well as|along with|и|или|а также|et|및|와|과|그리고|や|と|及び|および|及|和|与|與|以及|、)?[\s,、，··・]*$/i;
const LIST_GAP = 14;

/** Mentions inside an enumeration of three parties or more that counts somebody besides the sides. */
function findListed(mentions: Mention[], text: string, topic: Topic): Set<Mention> {
  const listed = new Set<Mention>();
  let run: Mention[] = [];
  const close = () => {
    const parties = new Set(run.map((m) => partyOf(m, topic)));
    const third = run.some((m) => topic.entities[m.index]!.side < 0);
    if (parties.size >= 3 && third) for (const m of run) listed.add(m);
    run = [];
  };
  for (const m of mentions) {
    if (!isName(m)) continue;
    const { kind } = topic.entities[m.index]!;
    if (kind !== 'country' && kind !== 'person') continue;
    const last = run.at(-1);
    if (last) {
      const between = text.slice(last.end, m.start);
      if (m.start < last.end || between.length > LIST_GAP || !LIST_GLUE.test(between)) close();
    }
    run.push(m);
  }
  close();
  return listed;
}

/** A new clause: who was named before it does not act in it. */
const BREAK = /…|\.\.|[—–;|]/;

function thirdActs(mentions: Mention[], text: string, topic: Topic): boolean {
  let third: Mention | null = null;
  for (const m of mentions) {
    if (isThirdParty(m, topic)) third ??= m;
    else if (m.role === 'pair' || m.role === 'group' || m.role === 'implied' || sideOf(m, topic) >= 0)
      return third !== null && !BREAK.test(text.slice(third.end, m.start));
  }
  return false;
}

/** Index of the side a mention names, -1 for none. */
export const sideOf = (m: Mention, topic: Topic): number => (isName(m) ? topic.entities[m.index]!.side : -1);

/** A country or person on neither side. */
export function isThirdParty(m: Mention, topic: Topic): boolean {
  if (!isName(m)) return false;
  const { side, kind } = topic.entities[m.index]!;
  return side < 0 && (kind === 'country' || kind === 'person');
}

function partyOf(m: Mention, topic: Topic): number {
  const { side } = topic.entities[m.index]!;
  return side >= 0 ? -1 - side : m.index;
}

function measureGap(s: Segment, topic: Topic, group: boolean): void {
  let last: { bits: number; end: number } | null = null;
  for (const m of s.mentions) {
    const bits = m.role === 'implied' ? 1 << m.index : isName(m) ? sideBit(topic.entities[m.index]!.side) : 0;
    if (bits === 0) continue;
    if (last && last.bits !== bits) s.gap = Math.min(s.gap, Math.max(0, m.start - last.end));
    last = { bits, end: m.end };
  }
  if (group) s.gap = Math.min(s.gap, 0);
}

const sideBit = (side: number) => (side < 0 ? 0 : 1 << side);

/** Characters around the sides in which a cue is beside them. */
const BESIDE = 60;

function measureCue(s: Segment, topic: Topic): void {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const m of s.mentions) {
    const counts =
      m.role === 'pair' ||
      m.role === 'group' ||
      m.role === 'implied' ||
      (isName(m) && topic.entities[m.index]!.side >= 0);
    if (!counts) continue;
    from = Math.min(from, m.start);
    to = Math.max(to, m.end);
  }
  // `The two meet in the final` is no relation.
  const doubt = s.mentions.some((m) => m.role === 'exclusion') ? 0.5 : 1;
  for (const m of s.mentions) {
    if (m.role === 'unity') s.unity = doubt;
    if (m.role !== 'cue') continue;
    const beside = m.end >= from - BESIDE && m.start <= to + BESIDE;
    s.cue = Math.max(s.cue, (beside ? 1 : 0.5) * doubt);
  }
}
