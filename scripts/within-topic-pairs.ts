/** Our own reports inside one topic: of one event, or of another event of the same day with the same actors. */
import { readFileSync } from 'node:fs';
import { outletFromName } from '../src/model/outlet.ts';
import type { GroupedArticle } from '../src/stories/live-article.ts';
import { judgeArticle } from '../src/topics/judge-article.ts';
import { loadTopic } from '../src/topics/load-topic.ts';

type Report = [language: string, title: string, text: string];
interface Day {
  date: string;
  events: Report[][];
}

export interface WithinPair {
  /** Indices of the articles. */
  a: number;
  b: number;
  same: boolean;
  day: number;
}

/** Articles in ingest order, one an hour, the reports of a day's events mixed; days by their place in the file. */
export async function withinTopicPairs(): Promise<{
  articles: (GroupedArticle & { event: string; day: number })[];
  pairs: WithinPair[];
}> {
  const topic = await loadTopic('config/topics/russia-north-korea.yaml');
  const days: Day[] = JSON.parse(readFileSync('tests/fixtures/stories/within-topic.json', 'utf8'));
  const articles: (GroupedArticle & { event: string; day: number })[] = [];
  const dated = days.map((day, at) => ({ ...day, at }));
  for (const { date, events, at } of dated.toSorted((a, b) => a.date.localeCompare(b.date))) {
    const longest = Math.max(...events.map((reports) => reports.length));
    for (let i = 0; i < longest; i++)
      events.forEach((reports, e) => {
        const report = reports[i];
        if (!report) return;
        const [language, title, text] = report;
        const published = Date.parse(`${date}T02:00:00Z`) + (i * events.length + e) * 3_600_000;
        const outlet = outletFromName(`Sample ${at} ${e} ${i}`);
        const content = { url: null, title, text, language, published, outlet };
        const { entities, sides } = judgeArticle(content, topic);
        articles.push({
          id: articles.length + 1,
          content,
          entities,
          sides,
          ingestedAt: published,
          event: `${at}/${e}`,
          day: at,
        });
      });
  }
  const pairs: WithinPair[] = [];
  for (let a = 0; a < articles.length; a++)
    for (let b = a + 1; b < articles.length; b++)
      if (articles[a]!.day === articles[b]!.day)
        pairs.push({ a, b, same: articles[a]!.event === articles[b]!.event, day: articles[a]!.day });
  return { articles, pairs };
}
