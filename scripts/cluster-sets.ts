/** The labelled groups of the measurement data, as the grouper reads them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outletFromName } from '../src/model/outlet.ts';
import type { GroupedArticle } from '../src/stories/live-article.ts';

export interface LabelledArticle extends GroupedArticle {
  gold: string;
  /** What stays together in a fold: the story, or the pair. */
  unit: string;
}

export interface ClusterSet {
  name: string;
  articles: LabelledArticle[];
  /** BCubed F1, or F1 over the labelled pairs. */
  measure(articles: readonly LabelledArticle[], stories: readonly number[]): number;
}

const data = resolve(process.env.TUMEN_DATA ?? '../shared/data');
const { bcubed, binary } = await import(pathToFileURL(resolve(data, '../score/score.mjs')).href);
const lines = (file: string) =>
  readFileSync(`${data}/clusters/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const outlet = outletFromName('unknown');
const AT = Date.UTC(2024, 0, 1);
const article = (
  id: number,
  gold: string,
  title: string,
  text: string,
  language: string,
  at = AT,
): LabelledArticle => ({
  id,
  gold,
  unit: gold.replace(/ other$/, ''),
  content: { url: null, title, text, language, published: at, outlet },
  entities: [],
  ingestedAt: at,
});

const byStory = (articles: readonly LabelledArticle[], stories: readonly number[]): number =>
  bcubed(
    articles.map((a) => a.gold),
    stories,
  ).f1;

export function clusterSets(): ClusterSet[] {
  let id = 0;
  const headlines = lines('headlines.jsonl').map((h) =>
    article(++id, h.story, h.title, '', 'en', h.published_ms),
  );
  // A report's title is its first words, as far as a word ends.
  const reports = lines('reports.jsonl').flatMap((group) =>
    group.documents.map((text: string) =>
      article(++id, `r${group.story}`, text.slice(0, text.indexOf(' ', 80) + 1 || 80).trim(), text, 'en'),
    ),
  );
  const pairs = lines('pairs_ru.jsonl').flatMap((pair, i) => [
    article(++id, `p${i}`, pair.first.title, pair.first.text, 'ru'),
    article(++id, pair.same ? `p${i}` : `p${i} other`, pair.second.title, pair.second.text, 'ru'),
  ]);
  const same = lines('pairs_ru.jsonl').map((pair) => pair.same as boolean);
  return [
    { name: 'headlines', articles: headlines, measure: byStory },
    { name: 'reports', articles: reports, measure: byStory },
    {
      name: 'pairs_ru',
      articles: pairs,
      measure: (articles, stories) => {
        const rows: [boolean, boolean][] = [];
        for (let i = 0; i + 1 < articles.length; i += 2)
          rows.push([same[Number(articles[i]!.unit.slice(1))]!, stories[i] === stories[i + 1]]);
        return binary(rows).f1;
      },
    },
  ];
}
