import type { Fact } from '../model/story.ts';
import { figuresIn } from '../text/figures.ts';
import type { StoryReport } from './story-report.ts';

/** What a report states that can be compared: figures, dates and the names its topic knows. */
export function extractFacts(report: Pick<StoryReport, 'articleId' | 'title' | 'text' | 'entities'>): Fact[] {
  const { articleId } = report;
  const text = `${report.title}\n${report.text}`;
  const facts: Fact[] = figuresIn(text).map(({ value, of, start, end }) => ({
    kind: 'figure',
    value,
    of,
    text: text.slice(start, end),
    articleId,
  }));
  for (const slug of report.entities)
    facts.push({ kind: 'name', value: `entity:${slug}`, of: '', text: slug, articleId });
  return facts;
}
