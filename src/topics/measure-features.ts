import type { Topic } from './compile-topic.ts';
import type { Features } from './feature-names.ts';
import { isThirdParty, type Segment } from './join-sides.ts';
import type { Evidence } from './read-evidence.ts';

/** Characters between two sides at which nearness is halved. */
const NEAR = 30;
/** Sentences that make the lead. */
const LEAD = 2;

/** Measures evidence; every feature lies in 0 to 1. docs/topics.md says in words what each is. */
export function measureFeatures(evidence: Evidence, topic: Topic, isRoundup: boolean): Features {
  const { title, sentences, all } = evidence;
  // A bare headline has no lead: it is its own.
  const lead = sentences.length ? sentences.slice(0, LEAD) : [title];
  const segments = [title, ...sentences];
  const opening = [title, ...lead];
  const together = segments.filter((s) => s.together === 'yes' || s.together === 'list');
  const joined = sentences.filter((s) => s.together === 'yes' || s.together === 'implied');
  const gap = Math.min(...together.map((s) => s.gap));
  const openingList = opening.some((s) => s.together === 'list');
  return {
    'title-both': isYes(title) ? 1 : 0,
    'title-cue': title.together === 'list' ? 0 : title.cue,
    'title-one':
      title.sides !== 0 && title.sides !== all && segments.some((s) => s.together !== 'no') ? 1 : 0,
    'title-third': isYes(title) && title.thirdActs ? 1 : 0,
    'lead-both': lead.some(isYes) ? 1 : 0,
    'lead-cue': Math.max(0, ...lead.map((s) => (s.together === 'list' ? 0 : s.cue))),
    'list-unity': openingList ? Math.max(...opening.map((s) => (s.together === 'list' ? s.unity : 0))) : 0,
    cue: Math.max(0, ...segments.map((s) => (s.together === 'list' ? s.unity / 2 : s.cue))),
    near: Number.isFinite(gap) ? 1 / (1 + gap / NEAR) : 0,
    share: sentences.length ? Math.sqrt(joined.length / sentences.length) : isYes(title) ? 1 : 0,
    bridged: bridged(opening, all),
    'third-parties': thirdParties(opening, topic),
    excluded: excluded(segments),
    roundup: isRoundup ? 1 : 0,
  };
}

const isYes = (s: Segment) => s.together === 'yes';

/** Title and lead name all sides, but no sentence of them does: 1 where a relation cue stands there, else 0.5. */
function bridged(opening: Segment[], all: number): number {
  if (opening.some((s) => s.together !== 'no')) return 0;
  if (opening.reduce((sides, s) => sides | s.sides, 0) !== all) return 0;
  return opening.some((s) => s.sides !== 0 && s.mentions.some((m) => m.role === 'cue')) ? 1 : 0.5;
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

/** Words of an excluded sort: one in the title weighs like four sentences of the text. */
function excluded(segments: Segment[]): number {
  let weight = 0;
  for (const s of segments)
    if (s.mentions.some((m) => m.role === 'exclusion')) weight += s.in === 'title' ? 4 : 1;
  return Math.min(1, weight / Math.max(4, Math.sqrt(segments.length) * 2));
}
