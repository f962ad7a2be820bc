import type { Shown } from '../model/delivery.ts';
import type { Fact, StoryChange } from '../model/story.ts';
import { extractFacts } from './extract-facts.ts';
import type { StoryReport } from './story-report.ts';

/** What a destination should be told of a story now. */
export interface StoryNews {
  badge: 'NEW' | 'UPDATED' | 'CORRECTED' | 'UNCHANGED';
  /** The strongest first. */
  changes: StoryChange[];
}

/** Facts of a story as `shown` remembers them: everything known when it was shown, so that it is not news later. */
export function factsToRemember(reports: readonly StoryReport[]): Pick<Fact, 'of' | 'value' | 'text'>[] {
  const known = new Map<string, Pick<Fact, 'of' | 'value' | 'text'>>();
  for (const report of reports)
    for (const { of, value, text } of extractFacts(report)) {
      const key = `${of}\u0000${value}`;
      if (!known.has(key)) known.set(key, { of, value, text });
    }
  return [...known.values()];
}

/**
 * Compares a story with what one destination has seen of it.
 * @param shown null where it was never shown there.
 * @param reports the members that this audience may see, in ingest order, present revisions.
 */
export function storyChanges(shown: Shown | null, reports: readonly StoryReport[]): StoryNews {
  if (!shown) return { badge: 'NEW', changes: [] };
  const origins = new Set(shown.origins);
  const changes: StoryChange[] = [];
  for (const report of reports)
    if (!origins.has(report.originId)) {
      origins.add(report.originId);
      changes.push({ kind: 'origin', now: report.outlet.name, articleId: report.articleId });
    }
  return { badge: changes.length ? 'UPDATED' : 'UNCHANGED', changes };
}
