import { readSamples, type SampleArticle } from '../../src/demo/read-samples.ts';
import type { Verdict } from '../../src/model/topic.ts';
import { createGrouper } from '../../src/stories/group-articles.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';

/** One sample article with what the stages made of it and what its author meant. */
export interface JudgedSample {
  sample: SampleArticle;
  verdict: Verdict;
  /** Null where it was judged off topic. */
  story: number | null;
  /** Sample id of the origin it was given. */
  origin: string | null;
}

/** Judges and groups all samples in the order of their publication. */
export async function judgeSamples(): Promise<JudgedSample[]> {
  const samples = readSamples();
  const topic = await loadTopic('config/topics/russia-north-korea.yaml');
  const grouper = createGrouper();
  const outlets = new Map(samples.outlets.map((outlet) => [outlet.slug, outlet]));
  const judged: JudgedSample[] = [];
  let stories = 0;
  for (const sample of samples.rounds.flatMap((round) => round.articles.toSorted((a, b) => a.at - b.at))) {
    const outlet = { ...outlets.get(sample.outlet)!, paywalled: false };
    const { title, text, at: published } = sample;
    const content = { url: null, title, text, language: outlet.language, published, outlet };
    const verdict = judgeArticle(content, topic);
    const row: JudgedSample = { sample, verdict, story: null, origin: null };
    judged.push(row);
    if (!verdict.relevant) continue;
    const { entities, sides } = verdict;
    const id = judged.length - 1;
    const assigned = grouper.assign({ id, content, entities, sides, ingestedAt: published }, () => ++stories);
    row.story = assigned.storyId;
    row.origin = judged[assigned.originId]!.sample.id;
    for (const { from, into } of assigned.merged)
      for (const other of judged) if (other.story === from) other.story = into;
  }
  return judged;
}

export interface Score {
  precision: number;
  recall: number;
  f1: number;
  /** What went wrong, in words. */
  errors: string[];
}

export function scoreRelevance(judged: JudgedSample[]): Score {
  return scoreOf(
    judged.map(({ sample, verdict }) => ({
      name: `${sample.id} (${verdict.score.toFixed(2)})`,
      wanted: sample.event !== undefined,
      got: verdict.relevant,
    })),
  );
}

/** Over all pairs of relevant samples that were judged relevant: together or not. */
export function scoreStories(judged: JudgedSample[]): Score {
  const found = judged.filter(({ sample, story }) => sample.event !== undefined && story !== null);
  return scoreOf(
    found.flatMap((a, i) =>
      found.slice(i + 1).map((b) => ({
        name: `${a.sample.id} + ${b.sample.id}`,
        wanted: a.sample.event === b.sample.event,
        got: a.story === b.story,
      })),
    ),
  );
}

/** Over all pairs of one event: the same first source or not. Who reports on is no second source beside itself. */
export function scoreOrigins(judged: JudgedSample[]): Score {
  const outlets = new Map(judged.map(({ sample }) => [sample.id, sample.outlet]));
  const first = (sample: SampleArticle) => outlets.get(sample.origin ?? sample.id);
  const found = judged.filter(({ sample, story }) => sample.event !== undefined && story !== null);
  return scoreOf(
    found.flatMap((a, i) =>
      found
        .slice(i + 1)
        .filter((b) => b.sample.event === a.sample.event)
        .map((b) => ({
          name: `${a.sample.id} = ${b.sample.id}`,
          wanted: first(a.sample) === first(b.sample),
          got: a.origin === b.origin,
        })),
    ),
  );
}

function scoreOf(rows: { name: string; wanted: boolean; got: boolean }[]): Score {
  const hits = rows.filter((row) => row.wanted && row.got).length;
  const precision = hits / (rows.filter((row) => row.got).length || 1);
  const recall = hits / (rows.filter((row) => row.wanted).length || 1);
  const errors = rows
    .filter((row) => row.wanted !== row.got)
    .map((row) => `${row.wanted ? 'missed' : 'wrong'}: ${row.name}`);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1), errors };
}
