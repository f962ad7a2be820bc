import type { Topic } from './compile-topic.ts';
import type { Features } from './feature-names.ts';
import type { Evidence, Segment } from './read-evidence.ts';

/** Characters between two sides at which nearness is halved. */
const NEAR = 30;
/** Sentences that make the lead. */
const LEAD = 2;
/** From this part of the text on, the first joint mention is late. */
const LATE = 0.35;

/** Measures evidence; every feature lies in 0 to 1. */
export function measureFeatures(evidence: Evidence, topic: Topic, isRoundup: boolean): Features {
  const { title, sentences, all } = evidence;
  // A bare headline has no lead: it is its own.
  const lead = sentences.length ? sentences.slice(0, LEAD) : [title];
  const segments = [title, ...sentences];
  const both = (s: Segment) => s.together === 'yes';
  const together = segments.filter((s) => s.together === 'yes' || s.together === 'list');
  const inText = sentences.filter((s) => s.together === 'yes' || s.together === 'implied');
  const firstTogether = sentences.findIndex((s) => s.together !== 'no');
  const titleTogether = title.together !== 'no';
  const leadTogether = titleTogether || lead.some((s) => s.together !== 'no');
  const gap = Math.min(...together.map((s) => s.gap));
  return {
    'title-both': both(title) ? 1 : 0,
    'title-cue': titleTogether ? title.cue : 0,
    'title-list': title.together === 'list' ? 1 : 0,
    'title-one': title.sides !== 0 && title.sides !== all ? 1 : 0,
    'lead-both': lead.some(both) ? 1 : 0,
    'lead-list': !lead.some(both) && lead.some((s) => s.together === 'list') ? 1 : 0,
    cue: Math.max(0, ...segments.map((s) => s.cue)),
    near: Number.isFinite(gap) ? 1 / (1 + gap / NEAR) : 0,
    share: sentences.length ? Math.sqrt(inText.length / sentences.length) : both(title) ? 1 : 0,
    implied: !segments.some(both) && segments.some((s) => s.together === 'implied') ? 1 : 0,
    apart: evidence.sides === all && segments.every((s) => s.together === 'no') ? 1 : 0,
    late: !leadTogether && sentences.length > LEAD && firstTogether / sentences.length > LATE ? 1 : 0,
    'third-parties': thirdParties([title, ...lead], topic),
    excluded: excluded(segments),
    roundup: isRoundup ? 1 : 0,
  };
}

/** Share of others among the parties that title and lead name. */
function thirdParties(segments: Segment[], topic: Topic): number {
  let own = 0;
  let others = 0;
  for (const s of segments)
    for (const m of s.mentions) {
      if (m.role === 'pair' || m.role === 'group' || m.role === 'implied') own += m.role === 'pair' ? 2 : 1;
      else if (m.role === 'clear' || m.role === 'shorthand' || m.role === 'ambiguous') {
        const { side, kind } = topic.entities[m.index]!;
        if (side >= 0) own++;
        else if (kind === 'country' || kind === 'person') others++;
      }
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
