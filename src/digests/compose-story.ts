import type { Shown } from '../model/delivery.ts';
import type { Badge, DigestStory, Quotation, Source, StoryMemory } from '../model/digest.ts';
import type { StoryChange } from '../model/story.ts';
import type { Kind } from '../model/topic.ts';
import { findConflicts } from '../stories/find-conflicts.ts';
import { factsToRemember } from '../stories/story-changes.ts';
import { countOrigins, onlyStateMedia, type StoryReport } from '../stories/story-report.ts';
import type { Summarizer, Summary } from '../summaries/summarizer.ts';
import { chooseHeadline } from './choose-headline.ts';
import type { VisibleStory } from './collect-stories.ts';

/** A summarizer reads this many reports at most: the first of each origin, the reader's languages first. */
const MOST_DOCUMENTS = 12;
/** Sources listed beyond those cited, so that a story of many origins shows some of them. */
const MOST_SOURCES = 5;
const MOST_CHANGES = 3;
/** A dateline may stand before the first sentence. */
const LEAD_CHARACTERS = 80;

export interface ComposeRequest {
  story: VisibleStory;
  badge: Badge;
  changes: StoryChange[];
  shown: Shown | null;
  languages: string[];
  /** Most sentences. */
  sentences: number;
  now: number;
}

export interface ComposedStory {
  story: DigestStory;
  /** Its sentences with whose they are, for `rememberStory`. */
  said: { articleId: number; revision: number; text: string }[];
  method: Summary['method'];
}

/** Words one story for one destination: headline, sentences, conflicts, with numbered sources. */
export async function composeStory(
  request: ComposeRequest,
  summarizer: Summarizer,
  signal?: AbortSignal,
): Promise<ComposedStory> {
  const { story, shown, languages } = request;
  const { reports } = story;
  const since = shown?.at ?? null;
  const headline = chooseHeadline(reports, languages, since);
  const documents = chooseDocuments(reports, languages, since);
  const summary = await summarizer.summarize(
    {
      documents,
      sentences: request.sentences,
      languages,
      shown: shown?.sentences.map((sentence) => sentence.text) ?? [],
      now: request.now,
      quotation: true,
    },
    signal,
  );

  const sources = new SourceList(story);
  const sentences = quoteSummary(summary, documents, sources);
  const conflicts = findConflicts(reports).map((conflict) => {
    const report = reports.find((r) => r.articleId === conflict.articleId)!;
    return {
      who: conflict.who,
      stateMedia: conflict.stateMedia,
      sentence: quotation(report, conflict.in, conflict.start, conflict.end, sources),
    };
  });
  const title = quotation(headline, 'title', 0, headline.title.length, sources);
  for (const report of firstOfEachOrigin(reports, languages))
    if (sources.size < MOST_SOURCES) sources.add(report);

  return {
    method: summary.method,
    said: sentences.map(({ source, text }) => ({ ...sources.at(source), text })),
    story: {
      storyId: story.storyId,
      storyRevision: story.revision,
      badge: request.badge,
      headline: title,
      sentences,
      changes: request.changes.slice(0, MOST_CHANGES),
      conflicts,
      onlyStateMedia: onlyStateMedia(reports),
      kind: kindOf(reports),
      themes: story.themes,
      reports: reports.length,
      origins: countOrigins(reports),
      firstSeen: Math.min(...reports.map((report) => report.joinedAt)),
      sources: sources.list,
    },
  };
}

/** What `shown` will hold: everything counted now, and every sentence shown so far. */
export function rememberStory(
  story: VisibleStory,
  shown: Shown | null,
  said: ComposedStory['said'],
): StoryMemory {
  return {
    storyId: story.storyId,
    storyRevision: story.revision,
    articles: story.reports.map((report) => ({ id: report.articleId, revision: report.revision })),
    origins: [...new Set(story.reports.map((report) => report.originId))],
    facts: factsToRemember(story.reports),
    sentences: [...(shown?.sentences ?? []), ...said],
  };
}

/** What most reports are; opinion only where nothing else is. */
export function kindOf(reports: readonly Pick<StoryReport, 'kind'>[]): Kind {
  const order: Kind[] = ['report', 'statement', 'analysis', 'roundup', 'opinion'];
  return order.find((kind) => reports.some((report) => report.kind === kind)) ?? 'report';
}

function chooseDocuments(
  reports: readonly StoryReport[],
  languages: readonly string[],
  since: number | null,
): StoryReport[] {
  const withText = reports.filter((report) => report.text.length > 0);
  const news = since === null ? withText : withText.filter((report) => report.joinedAt > since);
  const from = news.length ? news : withText;
  return firstOfEachOrigin(from, languages).slice(0, MOST_DOCUMENTS);
}

/** One report for each origin: the one in the language the reader likes best, then the first. Reader's languages first. */
function firstOfEachOrigin(reports: readonly StoryReport[], languages: readonly string[]): StoryReport[] {
  const place = (report: StoryReport) => {
    const index = languages.indexOf(report.language);
    return index < 0 ? languages.length : index;
  };
  const best = new Map<number, StoryReport>();
  for (const report of reports) {
    const known = best.get(report.originId);
    if (!known || place(report) < place(known)) best.set(report.originId, report);
  }
  return [...best.values()].sort(
    (a, b) =>
      place(a) - place(b) ||
      Number(a.outlet.stateMedia) - Number(b.outlet.stateMedia) ||
      a.outlet.tier - b.outlet.tier ||
      a.joinedAt - b.joinedAt ||
      a.articleId - b.articleId,
  );
}

function quoteSummary(summary: Summary, documents: StoryReport[], sources: SourceList): Quotation[] {
  const read = summary.written ? summary.sentences : leadsFirst(summary.sentences);
  const quoted = read.map(
    ({ document, start, end }) =>
      () =>
        quotation(documents[document]!, 'text', start, end, sources),
  );
  if (!summary.written) return quoted.map((quote) => quote());
  return summary.written.flatMap(({ text, cites }) => {
    const cited = cites.flatMap((index) => quoted[index]?.() ?? []);
    return cited[0] ? [{ ...cited[0], text, also: cited.slice(1).map((quote) => quote.source) }] : [];
  });
}

/** A reader needs what happened before its details: documents quoted from their opening come first. */
function leadsFirst(sentences: Summary['sentences']): Summary['sentences'] {
  const opening = new Map<number, number>();
  for (const { document, start } of sentences)
    opening.set(document, Math.min(start, opening.get(document) ?? Number.POSITIVE_INFINITY));
  const isDetail = ({ document }: { document: number }) => (opening.get(document)! > LEAD_CHARACTERS ? 1 : 0);
  return sentences.toSorted(
    (a, b) => isDetail(a) - isDetail(b) || a.document - b.document || a.start - b.start,
  );
}

function quotation(
  report: StoryReport,
  where: 'title' | 'text',
  start: number,
  end: number,
  sources: SourceList,
): Quotation {
  return {
    text: (where === 'title' ? report.title : report.text).slice(start, end),
    source: sources.add(report),
    language: report.language,
    in: where,
    start,
    end,
  };
}

/** Numbers sources in the order of their first citation. */
class SourceList {
  readonly list: Source[] = [];
  #story: VisibleStory;
  constructor(story: VisibleStory) {
    this.#story = story;
  }
  get size(): number {
    return this.list.length;
  }
  at(index: number): Source {
    return this.list[index]!;
  }
  add(report: StoryReport): number {
    const known = this.list.findIndex((source) => source.articleId === report.articleId);
    if (known >= 0) return known;
    const article = this.#story.articles.get(report.articleId)!;
    return (
      this.list.push({
        articleId: article.id,
        revision: article.revision,
        outlet: article.outlet.name,
        stateMedia: article.outlet.stateMedia,
        paywalled: article.outlet.paywalled,
        url: article.url,
        title: article.title,
        language: article.language,
        published: article.published,
      }) - 1
    );
  }
}
