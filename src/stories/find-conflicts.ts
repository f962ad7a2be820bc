import { figuresIn } from '../text/figures.ts';
import { readOnce } from '../text/read-once.ts';
import { leadOf, type PlacedSentence } from './report-lead.ts';
import type { StoryReport } from './story-report.ts';

/** A sentence that stands against another of the same story, and whose it is. */
export interface Conflict {
  /** The outlet that carries it. */
  who: string;
  articleId: number;
  /** Where the sentence stands: `in` the title or the text, UTF-16 offsets. */
  in: 'title' | 'text';
  start: number;
  end: number;
  stateMedia: boolean;
}

/** Things of which one report may name several counts that all hold. */
const MANY_AT_ONCE = new Set(['time', 'percent', 'kilometre', 'person', 'usd', 'rub', 'krw', 'document']);
/** Smallest difference of two counts that is no rounding. */
const APART = 0.1;
const MOST = 4;
/** Reports compared, the newest: of a story with more, the older claims have been told long since. */
const COMPARED = 200;

const figuresOf = readOnce(figuresIn, (text) => text);

interface Claim {
  report: StoryReport;
  sentence: PlacedSentence;
}

/**
 * Figures and denials of one story that stand against each other, side by side with whose they are; nothing is averaged
 * and nobody is called right. Empty where nobody disagrees.
 */
export function findConflicts(reports: readonly StoryReport[]): Conflict[] {
  const newest = reports.slice(-COMPARED);
  const claims = [...new Set([...figureConflicts(newest), ...denials(newest)])];
  return claims.slice(0, MOST).map(({ report, sentence }) => ({
    who: report.outlet.name,
    articleId: report.articleId,
    in: sentence.in,
    start: sentence.start,
    end: sentence.end,
    stateMedia: report.outlet.stateMedia,
  }));
}

/** Of each thing that reports count differently, the newest sentence for each count. */
function figureConflicts(reports: readonly StoryReport[]): Claim[] {
  const byThing = new Map<string, { value: number; claim: Claim; origin: number }[]>();
  for (const report of reports) {
    const counts = new Map<string, Map<number, PlacedSentence>>();
    for (const sentence of leadOf(report))
      for (const { value, of } of figuresOf(sentence.text)) {
        if (!of || MANY_AT_ONCE.has(of)) continue;
        const values = counts.get(of) ?? new Map<number, PlacedSentence>();
        counts.set(of, values);
        // A sentence of the text says more than the title.
        if (!values.has(Number(value)) || sentence.in === 'text') values.set(Number(value), sentence);
      }
    for (const [thing, values] of counts) {
      // A report with two counts of one thing tells two things, or both sides itself.
      if (values.size !== 1) continue;
      const [value, sentence] = [...values][0]!;
      const told = (byThing.get(thing) ?? []).filter((other) => other.origin !== report.originId);
      byThing.set(thing, [...told, { value, claim: { report, sentence }, origin: report.originId }]);
    }
  }
  const found: Claim[] = [];
  for (const told of byThing.values()) {
    const distinct: typeof told = [];
    for (const entry of told.toReversed())
      if (
        distinct.every(
          (other) => Math.abs(other.value - entry.value) / Math.max(other.value, entry.value) > APART,
        )
      )
        distinct.push(entry);
    if (distinct.length > 1) found.push(...distinct.toReversed().map((entry) => entry.claim));
  }
  return found;
}

/**
 * The newest denial and a claim of another origin that it stands against: further reports carry the same denial in
 * other words or another language.
 */
function denials(reports: readonly StoryReport[]): Claim[] {
  for (const report of reports.toReversed()) {
    const denial = leadOf(report).findLast((sentence) => sentence.denies);
    if (!denial) continue;
    for (const other of reports) {
      if (other.originId === report.originId || other.kind === 'opinion') continue;
      const claim = leadOf(other).find((sentence) => sentence.in === 'text' && !sentence.denies);
      if (claim)
        return [
          { report: other, sentence: claim },
          { report, sentence: denial },
        ];
    }
  }
  return [];
}
