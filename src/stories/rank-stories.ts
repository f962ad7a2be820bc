import type { Kind } from '../model/topic.ts';
import { countOrigins, type StoryReport } from './story-report.ts';

export interface RankInput {
  storyId: number;
  /** Members that the audience may see. */
  reports: readonly StoryReport[];
  /** Theme slugs, strongest first. */
  themes: readonly string[];
}

/** Why a story stands where it stands: one part of its score. */
export interface RankPart {
  code: 'origins' | 'tier' | 'freshness' | 'relevance' | 'kind' | 'balance';
  /** What was measured, in words for `why`. */
  text: string;
  weight: number;
}

export interface RankedStory {
  storyId: number;
  score: number;
  parts: RankPart[];
}

/** Freshness halves in this time. */
const HALF_LIFE_HOURS = 12;
/** What a place costs a story for each one of its theme that stands above it. */
const BALANCE = 0.35;
const KIND: Record<Kind, number> = { statement: 0.3, report: 0.2, analysis: 0, roundup: -0.6, opinion: -0.8 };

/**
 * Best first: by independent origins, the best outlet's tier, freshness, relevance and kind, each theme giving way a
 * little with every story it has already. Equal scores stand by story id.
 */
export function rankStories(stories: readonly RankInput[], now: number): RankedStory[] {
  const waiting = stories.map((story) => ({ story, parts: ownParts(story, now) }));
  const taken = new Map<string, number>();
  const ranked: RankedStory[] = [];
  while (waiting.length) {
    let best = 0;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const [i, { story, parts }] of waiting.entries()) {
      const score = sum(parts) + balance(story, taken).weight;
      const first = score === bestScore && story.storyId < waiting[best]!.story.storyId;
      if (score > bestScore || first) {
        best = i;
        bestScore = score;
      }
    }
    const [{ story, parts }] = waiting.splice(best, 1) as [(typeof waiting)[number]];
    ranked.push({ storyId: story.storyId, score: bestScore, parts: [...parts, balance(story, taken)] });
    const theme = story.themes[0];
    if (theme !== undefined) taken.set(theme, (taken.get(theme) ?? 0) + 1);
  }
  return ranked;
}

const sum = (parts: readonly RankPart[]) => parts.reduce((total, part) => total + part.weight, 0);

function ownParts({ reports }: RankInput, now: number): RankPart[] {
  const origins = countOrigins(reports);
  const tier = Math.min(...reports.map((report) => report.outlet.tier));
  const newest = Math.max(...reports.map((report) => report.joinedAt));
  const hours = Math.max(0, now - newest) / 3_600_000;
  const relevance = Math.max(...reports.map((report) => report.relevance));
  const kind = reports.map((report) => report.kind).reduce((a, b) => (KIND[b] > KIND[a] ? b : a));
  return [
    { code: 'origins', text: `${origins} independent`, weight: Math.log2(1 + origins) },
    { code: 'tier', text: `best outlet of tier ${tier}`, weight: (3 - tier) * 0.3 },
    {
      code: 'freshness',
      text: `newest report ${Math.round(hours)} h ago`,
      weight: 2 ** (-hours / HALF_LIFE_HOURS),
    },
    { code: 'relevance', text: relevance.toFixed(2), weight: 1.5 * relevance },
    { code: 'kind', text: kind, weight: KIND[kind] },
  ];
}

function balance({ themes }: RankInput, taken: ReadonlyMap<string, number>): RankPart {
  const above = themes[0] === undefined ? 0 : (taken.get(themes[0]) ?? 0);
  return { code: 'balance', text: `${above} of its theme above`, weight: -BALANCE * above };
}
