import { readFileSync } from 'node:fs';
import type { Shown } from '../../src/model/delivery.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import type { StoryChange } from '../../src/model/story.ts';
import type { Kind } from '../../src/model/topic.ts';
import { creditsOf, findOrigin, outletNames, sourceKey } from '../../src/stories/find-origins.ts';
import { factsToRemember, type StoryNews, storyChanges } from '../../src/stories/story-changes.ts';
import type { StoryReport } from '../../src/stories/story-report.ts';
import { signatureOf } from '../../src/text/signatures.ts';
import { tokenize } from '../../src/text/tokenize.ts';

interface GivenReport {
  outlet: string;
  title: string;
  text: string;
  language: string;
  kind?: Kind;
  /** The outlet whose report it repeats. */
  copies?: string;
}

interface Step {
  expect: StoryNews['badge'];
  kind?: StoryChange['kind'];
  why?: string;
  published?: string;
  report?: GivenReport;
  /** The outlet whose report reads otherwise now. */
  revise?: string;
  title?: string;
  text?: string;
}

export interface ReplayedStep {
  story: string;
  step: Step;
  news: StoryNews;
}

export interface OriginPair {
  story: string;
  a: string;
  b: string;
  same: boolean;
  found: boolean;
}

const START = Date.parse('2025-06-02T08:00:00Z');

/** Plays the annotated stories: each step is told to a destination that has seen everything before it. */
export function replay(): { steps: ReplayedStep[]; origins: OriginPair[] } {
  const stories: { name: string; base: GivenReport[]; steps: Step[] }[] = JSON.parse(
    readFileSync(new URL('../fixtures/stories/replay.json', import.meta.url), 'utf8'),
  );
  const steps: ReplayedStep[] = [];
  const origins: OriginPair[] = [];
  for (const { name, base, steps: given } of stories) {
    const reports: StoryReport[] = [];
    const sources: string[] = [];
    const add = (report: GivenReport, at: number) => {
      const made = reportOf(report, reports, at);
      const source = report.copies ?? report.outlet;
      for (const [i, earlier] of reports.entries())
        origins.push({
          story: name,
          a: earlier.title,
          b: made.title,
          same: sources[i] === source,
          found: earlier.originId === made.originId,
        });
      reports.push(made);
      sources.push(source);
    };
    let at = START;
    for (const report of base) add(report, at);
    for (const step of given) {
      const shown = shownOf(reports, at);
      at = step.published ? Date.parse(step.published) : at + 3_600_000;
      if (step.report) add(step.report, at);
      else revise(reports, step);
      steps.push({ story: name, step, news: storyChanges(shown, reports) });
    }
  }
  return { steps, origins };
}

function reportOf(given: GivenReport, earlier: readonly StoryReport[], at: number): StoryReport {
  const told = (report: Pick<StoryReport, 'title' | 'text' | 'outlet' | 'articleId'>) => ({
    id: report.articleId,
    outlet: sourceKey(report.outlet),
    names: outletNames(report.outlet),
    ...creditsOf(report),
    signature: signatureOf(tokenize(`${report.title}\n${report.text}`).map((token) => token.term)),
  });
  const report = {
    articleId: earlier.length + 1,
    revision: 1,
    url: `https://example.org/${earlier.length + 1}`,
    title: given.title,
    text: given.text,
    language: given.language,
    published: at,
    outlet: outletFromName(given.outlet),
    joinedAt: at,
    kind: given.kind ?? 'report',
    relevance: 0.9,
    entities: [],
  };
  const originId = findOrigin(
    told(report),
    earlier.map((other) => ({ ...told(other), originId: other.originId })),
  );
  return { ...report, originId };
}

function revise(reports: StoryReport[], { revise: outlet, title, text }: Step): void {
  const at = reports.findIndex((report) => report.outlet.name === outlet);
  const old = reports[at]!;
  reports[at] = { ...old, title: title!, text: text!, revision: old.revision + 1 };
}

function shownOf(reports: readonly StoryReport[], at: number): Shown {
  return {
    destinationId: 1,
    storyId: 1,
    storyRevision: 1,
    at,
    via: 'digest',
    articles: reports.map(({ articleId, revision }) => ({ id: articleId, revision })),
    origins: [...new Set(reports.map((report) => report.originId))],
    facts: factsToRemember(reports),
    sentences: reports.map(({ articleId, revision, text }) => ({
      articleId,
      revision,
      text: /^[^.]+\./.exec(text)?.[0] ?? text,
    })),
    message: null,
  };
}
