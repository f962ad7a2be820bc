import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArticleContent } from '../src/model/article.ts';
import { outletFromName } from '../src/model/outlet.ts';
import type { Kind } from '../src/model/topic.ts';
import type { Store } from '../src/store/store.ts';

/** An article that a person has judged. */
export interface Labelled {
  set: 'own' | 'labelled' | 'events';
  article: ArticleContent;
  relevant: boolean;
  kind: Kind | null;
  themes: string[];
}

const OWN = new URL('../tests/fixtures/relevance/', import.meta.url).pathname;

/** The project's own set: five languages, half of it hard negatives. */
export function readOwnSet(): Labelled[] {
  return readdirSync(OWN)
    .filter((name) => /^[a-z]{2}\.jsonl$/.test(name))
    .sort()
    .flatMap((name) =>
      readLines(join(OWN, name)).map((line) => label('own', { ...line, language: name.slice(0, 2) })),
    );
}

/** The measurement sets of `TUMEN_DATA`; empty, with a word, where they are absent. */
export function readMeasurementSets(): Labelled[] {
  const folder = join(process.env.TUMEN_DATA ?? '../shared/data', 'relevance');
  if (!existsSync(folder)) {
    console.error(`skipped: no measurement data at ${folder} (set TUMEN_DATA)`);
    return [];
  }
  return [
    ...readLines(join(folder, 'labelled.jsonl')).map((line) =>
      label('labelled', { ...line, text: line.summary, relevant: Number(line.grade) >= 1 }),
    ),
    ...readLines(join(folder, 'events.jsonl')).map((line) =>
      label('events', { ...line, url: undefined, language: 'en', relevant: true }),
    ),
  ];
}

/** What people said of stored articles with `/label`; the newest word on an article counts. */
export async function readStoredLabels(store: Store, topic: string): Promise<Labelled[]> {
  const said = new Map(
    (await store.labels.list(topic)).map(({ articleId, relevant }) => [articleId, relevant]),
  );
  const articles = await store.articles.getMany([...said.keys()]);
  return articles.map((article) => ({
    set: 'own',
    article,
    relevant: said.get(article.id)!,
    kind: null,
    themes: [],
  }));
}

function readLines(file: string): Record<string, unknown>[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function label(set: Labelled['set'], line: Record<string, unknown>): Labelled {
  return {
    set,
    article: {
      url: (line.url as string) ?? null,
      title: String(line.title ?? ''),
      text: String(line.text ?? ''),
      language: String(line.language),
      published: 0,
      outlet: outletFromName(String(line.outlet ?? 'unknown')),
    },
    relevant: line.relevant === true,
    kind: (line.kind as Kind | null) ?? null,
    themes: (line.themes as string[]) ?? [],
  };
}
