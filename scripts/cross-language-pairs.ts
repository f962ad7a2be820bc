/** Our own pairs of reports in two languages: of one event, or of another event of the same day with the same actors. */
import { readFileSync } from 'node:fs';
import { outletFromName } from '../src/model/outlet.ts';
import type { GroupedArticle } from '../src/stories/live-article.ts';
import { judgeArticle } from '../src/topics/judge-article.ts';
import { loadTopic } from '../src/topics/load-topic.ts';

interface Day {
  date: string;
  events: Record<string, { title: string; text: string }>[];
}

export interface CrossPair {
  /** Indices of the articles. */
  a: number;
  b: number;
  same: boolean;
  day: number;
}

/** Articles in ingest order, those of one event an hour apart, with the entities that the topic finds. */
export async function crossLanguagePairs(): Promise<{
  articles: (GroupedArticle & { event: string })[];
  pairs: CrossPair[];
}> {
  const topic = await loadTopic('config/topics/russia-north-korea.yaml');
  const days: Day[] = JSON.parse(readFileSync('tests/fixtures/stories/cross-language.json', 'utf8'));
  const articles: (GroupedArticle & { event: string; day: number })[] = [];
  days
    .map((day, at) => ({ ...day, at }))
    .sort((a, b) => a.date.localeCompare(b.date))
    .forEach(({ date, events, at }) => {
      const texts = events.flatMap((event, e) =>
        Object.entries(event).map(([language, text]) => ({ language, ...text, e })),
      );
      // The reports of the day's events arrive mixed, over twenty hours.
      const place = ({ title }: { title: string }) =>
        [...title].reduce((h, c) => (h * 31 + c.codePointAt(0)!) % 997, 7);
      texts.sort((a, b) => place(a) - place(b));
      texts.forEach(({ language, title, text, e }, i) => {
        const published = Date.parse(`${date}T00:00:00Z`) + Math.floor((i * 20) / texts.length) * 3_600_000;
        const content = {
          url: null,
          title,
          text,
          language,
          published,
          outlet: outletFromName(`Sample ${language} ${i}`),
        };
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
    });
  const pairs: CrossPair[] = [];
  for (let a = 0; a < articles.length; a++)
    for (let b = a + 1; b < articles.length; b++) {
      const [left, right] = [articles[a]!, articles[b]!];
      if (left.day === right.day && left.content.language !== right.content.language)
        pairs.push({ a, b, same: left.event === right.event, day: left.day });
    }
  return { articles, pairs };
}
