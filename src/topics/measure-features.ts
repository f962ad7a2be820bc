import type { Topic } from './compile-topic.ts';
import type { Features } from './feature-names.ts';
import { isThirdParty, type Segment } from './join-sides.ts';
import type { Evidence } from './read-evidence.ts';

/** Characters between two sides at which nearness is halved. */
const NEAR = 30;
/** Sentences that make the lead. */
const LEAD = 2;
/** Sentences that name a side from which a text is about it. */
const SUBSTANTIVE = { share: 0.2, least: 1 };
/** Sentences at the beginning within which neighbours may name one side each. */
const BRIDGED = 5;

/** Measures evidence; every feature lies in 0 to 1. docs/topics.md says in words what each is. */
export function measureFeatures(evidence: Evidence, topic: Topic, isRoundup: boolean): Features {
  const { title, sentences, all } = evidence;
  // A bare headline has no lead: it is its own.
  const lead = sentences.length ? sentences.slice(0, LEAD) : [title];
  const opening = [title, ...lead];
  const body = sentences.slice(LEAD);
  const depth = depthOf(sentences, topic);
  const strongest = (of: (s: Segment) => number) =>
    Math.max(...opening.map(of), ...body.map((s) => of(s) * depth), 0);
  const isOneSided = title.sides !== 0 && title.sides !== all;
  return {
    'title-both': isYes(title) ? 1 : 0,
    'title-cue': title.together === 'list' ? 0 : title.cue,
    'title-one': isOneSided && [...opening, ...body].some((s) => s.together !== 'no') ? 1 : 0,
    'title-third': isYes(title) && title.thirdActs ? 1 : 0,
    'lead-both': lead.some(isYes) ? 1 : 0,
    'lead-cue': Math.max(...lead.map((s) => (s.together === 'list' ? 0 : s.cue))),
    'list-unity': Math.max(...opening.map((s) => (s.together === 'list' ? s.unity : 0))),
    cue: strongest((s) => (s.together === 'list' ? s.unity / 2 : s.cue)),
    near: strongest((s) => (Number.isFinite(s.gap) && s.together !== 'implied' ? 1 / (1 + s.gap / NEAR) : 0)),
    depth: sentences.length ? depth : isYes(title) ? 1 : 0,
    bridged: bridged(title, sentences, all),
    'third-parties': thirdParties(opening, topic),
    excluded: excluded([title, ...sentences]),
    roundup: isRoundup ? 1 : 0,
  };
}

const isYes = (s: Segment) => s.together === 'yes';

/**
 * How much of the text names the side that it names least. One sentence far down in a long text is a mention in
 * passing: what its body says counts that much less.
 */
function depthOf(sentences: Segment[], topic: Topic): number {
  const counts = topic.sides.map((_, i) => sentences.filter((s) => (s.sides | s.implied) & (1 << i)).length);
  return Math.min(1, Math.min(...counts) / Math.max(SUBSTANTIVE.least, sentences.length * SUBSTANTIVE.share));
}

/** No sentence of the beginning names all sides, but neighbouring ones do, and one of them has a relation cue. */
function bridged(title: Segment, sentences: Segment[], all: number): number {
  const start = [title, ...sentences.slice(0, BRIDGED)];
  if (start.some((s) => s.together !== 'no')) return 0;
  for (let i = 0; i < start.length; i++) {
    const span = start.slice(i, i + 3);
    const sides = span.reduce((bits, s) => bits | s.sides, 0);
    if (sides === all && span.some((s) => s.mentions.some((m) => m.role === 'cue'))) return 1;
  }
  return 0;
}

/** Share of others among the parties that title and lead name. */
function thirdParties(segments: Segment[], topic: Topic): number {
  let own = 0;
  let others = 0;
  for (const s of segments)
    for (const m of s.mentions) {
      if (m.role === 'pair' || m.role === 'group' || m.role === 'implied') own += m.role === 'pair' ? 2 : 1;
      else if (isThirdParty(m, topic)) others++;
      else if (m.role === 'clear' || m.role === 'shorthand' || m.role === 'ambiguous')
        own += topic.entities[m.index]!.side >= 0 ? 1 : 0;
    }
  return own + others === 0 ? 0 : others / (own + others);
}

/** Sentences of an excluded sort; one in the title weighs like two of the text, so that a single word does not decide. */
function excluded(segments: Segment[]): number {
  let weight = 0;
  for (const s of segments) {
    const words = s.mentions.filter((m) => m.role === 'exclusion').length;
    weight += Math.min(words, 2) * (s.in === 'title' ? 2 : 1);
  }
  return Math.min(1, weight / Math.max(4, Math.sqrt(segments.length) * 2));
}
