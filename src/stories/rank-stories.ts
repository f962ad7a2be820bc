import { countOrigins, type StoryReport } from './story-report.ts';

export interface RankInput {
  storyId: number;
  /** Members that the audience may see. */
  reports: readonly StoryReport[];
  /** Theme slugs, strongest first. */
  themes: readonly string[];
}

/** Why a story stands where it stands: each part's share of the score. */
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

/** Best first; equal scores by story id. */
export function rankStories(stories: readonly RankInput[], now: number): RankedStory[] {
  return stories
    .map(({ storyId, reports }) => {
      const origins = countOrigins(reports);
      const newest = Math.max(...reports.map((report) => report.joinedAt));
      const hours = Math.max(0, now - newest) / 3_600_000;
      const relevance = Math.max(...reports.map((report) => report.relevance));
      const parts: RankPart[] = [
        { code: 'origins', text: `${origins} independent origins`, weight: Math.log2(1 + origins) },
        {
          code: 'freshness',
          text: `${hours.toFixed(0)} h since the newest report`,
          weight: 1 / (1 + hours / 24),
        },
        { code: 'relevance', text: relevance.toFixed(2), weight: relevance },
      ];
      return { storyId, score: parts.reduce((sum, part) => sum + part.weight, 0), parts };
    })
    .sort((a, b) => b.score - a.score || a.storyId - b.storyId);
}
