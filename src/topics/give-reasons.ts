import type { ArticleContent } from '../model/article.ts';
import type { Reason } from '../model/topic.ts';
import type { Topic } from './compile-topic.ts';
import { FEATURES, type Features } from './feature-names.ts';
import type { Segment } from './join-sides.ts';
import type { Evidence } from './read-evidence.ts';

/** Different aliases that are listed: enough to see why, short enough to store. */
const MOST_NAMES = 12;

/**
 * The ways a verdict ends; every verdict's first reason is exactly one of them.
 * `no-side`, `one-side`: not all sides are named. `in-list`, `left-out`, `apart`, `in-passing`: they are, but
 * only in an enumeration, in a text of an excluded sort, never in one sentence, or too little.
 * `second-opinion`: a model said no to one in doubt.
 */
export const TERMINAL = [
  'relevant',
  'no-side',
  'one-side',
  'in-list',
  'left-out',
  'apart',
  'in-passing',
  'second-opinion',
] as const;
type Terminal = (typeof TERMINAL)[number];

/** Lists what a verdict rests on: its end, the deciding sentence, what raised and lowered it, the names found. */
export function giveReasons(
  article: ArticleContent,
  evidence: Evidence,
  features: Features,
  topic: Topic,
  relevant: boolean,
): Reason[] {
  const segments = [evidence.title, ...evidence.sentences];
  const reasons: Reason[] = [{ code: relevant ? 'relevant' : terminalOf(evidence, features, segments) }];
  const deciding = decidingSegment(segments);
  if (deciding)
    reasons.push({
      code: 'deciding-sentence',
      text: textOf(article, deciding).slice(deciding.start, deciding.end),
      in: deciding.in,
      start: deciding.start,
      end: deciding.end,
    });
  if (evidence.sides !== 0)
    for (const name of FEATURES) {
      const weight = Math.round(topic.weights[name] * features[name] * 100) / 100;
      if (weight !== 0) reasons.push({ code: name, weight });
    }
  for (const s of segments)
    for (const m of s.mentions)
      if (m.role === 'exclusion' && !reasons.some((r) => r.code === `exclusion:${topic.exclusions[m.index]}`))
        reasons.push({
          code: `exclusion:${topic.exclusions[m.index]}`,
          text: textOf(article, s).slice(m.start, m.end),
          in: s.in,
          start: m.start,
          end: m.end,
        });
  reasons.push(...namesOf(article, segments, topic));
  return reasons;
}

function terminalOf(evidence: Evidence, features: Features, segments: Segment[]): Terminal {
  const joined = segments.filter((s) => s.together !== 'no');
  if (evidence.sides === 0) return 'no-side';
  if (evidence.sides !== evidence.all && joined.length === 0) return 'one-side';
  if (features.excluded >= 0.5) return 'left-out';
  if (joined.length === 0) return 'apart';
  return joined.every((s) => s.together === 'list') ? 'in-list' : 'in-passing';
}

const RANK = { no: 0, implied: 1, list: 2, yes: 3 } as const;

/** The first of the segments that join the sides most plainly. */
function decidingSegment(segments: Segment[]): Segment | null {
  let best: Segment | null = null;
  let most = 0;
  for (const s of segments) {
    if (s.together === 'no') continue;
    const value = RANK[s.together] + s.cue;
    if (value > most) {
      best = s;
      most = value;
    }
  }
  return best;
}

function namesOf(article: ArticleContent, segments: Segment[], topic: Topic): Reason[] {
  const seen = new Set<string>();
  const reasons: Reason[] = [];
  for (const s of segments)
    for (const m of s.mentions) {
      const named = m.role === 'clear' || m.role === 'shorthand' || m.role === 'ambiguous';
      const entity = named ? topic.entities[m.index]! : null;
      const isSide =
        m.role === 'pair' || m.role === 'group' || m.role === 'implied' || (entity?.side ?? -1) >= 0;
      if (!isSide || reasons.length >= MOST_NAMES) continue;
      const text = textOf(article, s).slice(m.start, m.end);
      const side =
        m.role === 'pair' || m.role === 'group'
          ? undefined
          : topic.sides[entity ? entity.side : m.index]!.slug;
      const key = `${side}:${text}`;
      if (seen.has(key)) continue;
      seen.add(key);
      reasons.push({
        code: named ? 'names' : m.role,
        text,
        ...(side ? { side } : {}),
        ...(entity ? { entity: entity.slug } : {}),
        in: s.in,
        start: m.start,
        end: m.end,
      });
    }
  return reasons;
}

const textOf = (article: ArticleContent, s: Segment) => (s.in === 'title' ? article.title : article.text);
