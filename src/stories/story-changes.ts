import type { Shown } from '../model/delivery.ts';
import { outletFromName } from '../model/outlet.ts';
import type { Fact, StoryChange } from '../model/story.ts';
import { tokenize } from '../text/tokenize.ts';
import { conceptsOf, PARTY_NAMES } from './concepts.ts';
import { correctionsOf } from './corrections.ts';
import { extractFacts, factsIn } from './extract-facts.ts';
import { creditsOf } from './find-origins.ts';
import { leadOf } from './report-lead.ts';
import type { StoryReport } from './story-report.ts';

/** What a destination should be told of a story now. */
export interface StoryNews {
  badge: 'NEW' | 'UPDATED' | 'CORRECTED' | 'UNCHANGED';
  /** The strongest first. */
  changes: StoryChange[];
}

type Known = Pick<Fact, 'of' | 'value' | 'text'>;

/** Facts kept of one story; far more than a story of many reports states in its leads. */
const REMEMBERED = 600;
/** Figures that a report has many of, so that another one is no development by itself. */
const INCIDENTAL = new Set(['time', 'percent', 'kilometre', 'person']);
/** Two counts are one where they differ by less than rounding does. */
const ROUNDING = 0.03;

const STRENGTH: StoryChange['kind'][] = [
  'retraction',
  'correction',
  'denial',
  'figure',
  'statement',
  'date',
  'place',
  'name',
  'origin',
];

/** Facts of a story as `shown` remembers them: all that was known when it was shown, so that it is not news later. */
export function factsToRemember(reports: readonly StoryReport[]): Known[] {
  const known = new Map<string, Known>();
  for (const report of reports) {
    if (known.size < REMEMBERED)
      for (const { of, value, text } of extractFacts(report)) {
        const key = `${of}\u0000${value}`;
        if (known.size < REMEMBERED && !known.has(key)) known.set(key, { of, value, text });
      }
    const denial = leadOf(report).find((sentence) => sentence.denies);
    if (denial)
      known.set(`denial\u0000${report.originId}`, {
        of: 'denial',
        value: String(report.originId),
        text: denial.text,
      });
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
  const revisions = new Map(shown.articles.map(({ id, revision }) => [id, revision]));
  const fresh = reports.filter((report) => (revisions.get(report.articleId) ?? 0) < report.revision);
  const changes: StoryChange[] = correctionsOf(shown, fresh);
  const mended = new Set(changes.map((change) => change.articleId));
  const known = [...shown.facts];
  const origins = new Set(shown.origins);
  // Who told it is no news in itself: origins are counted apart.
  const outlets = new Set(reports.map((report) => report.outlet.slug));
  for (const report of fresh) {
    if (mended.has(report.articleId)) continue;
    const found = developments(
      report,
      known,
      shown,
      !revisions.has(report.articleId) && !origins.has(report.originId),
    ).filter(({ kind, now }) => !['name', 'place'].includes(kind) || !isSource(now, report, outlets));
    origins.add(report.originId);
    changes.push(...found);
    known.push(...factsToRemember([report]));
  }
  changes.sort(
    (a, b) => STRENGTH.indexOf(a.kind) - STRENGTH.indexOf(b.kind) || Number(!a.was) - Number(!b.was),
  );
  dropWeak(changes);
  const corrected = changes.some(({ kind }) => kind === 'correction' || kind === 'retraction');
  return { badge: corrected ? 'CORRECTED' : changes.length ? 'UPDATED' : 'UNCHANGED', changes };
}

/** Kinds that matter by themselves, and those that do only where nothing stronger is new. */
const STRONG = new Set<StoryChange['kind']>(['retraction', 'correction', 'denial', 'figure', 'statement']);
const WEAK = new Set<StoryChange['kind']>(['date', 'place', 'name']);
const MOST_WEAK = 2;

/** Leaves the names and days out beside a new figure, statement or denial, and all but the first of them elsewhere. */
function dropWeak(changes: StoryChange[]): void {
  let left = changes.some(({ kind }) => STRONG.has(kind)) ? 0 : MOST_WEAK;
  const kept = changes.filter(({ kind }) => !WEAK.has(kind) || left-- > 0);
  changes.splice(0, changes.length, ...kept);
}

/** What one report adds to what is known: in its title and first sentences, where a report says what is new. */
function developments(
  report: StoryReport,
  known: readonly Known[],
  shown: Shown,
  isNewOrigin: boolean,
): StoryChange[] {
  // Opinion and round-ups tell again what others found out.
  if (report.kind === 'opinion' || report.kind === 'roundup') return [];
  const { articleId } = report;
  const changes: StoryChange[] = [];
  const seen = new Set(known.map(({ of, value }) => `${of}\u0000${value}`));
  const isKnown = (fact: Pick<Fact, 'of' | 'value'>) => seen.has(`${fact.of}\u0000${fact.value}`);
  const lead = leadOf(report);
  const [title, ...sentences] = lead;

  for (const sentence of lead)
    for (const fact of factsIn(sentence.text, report)) {
      if (isKnown(fact)) continue;
      seen.add(`${fact.of}\u0000${fact.value}`);
      const change = readChange(fact, known, shown, sentence === title || sentence === sentences[0], report);
      if (change) changes.push(change);
    }
  for (const slug of report.entities) {
    const fact = extractFacts({ ...report, title: report.title, text: '', entities: [slug] }).at(-1)!;
    const named = lead.some((sentence) => sentence.text.includes(fact.text));
    if (!isKnown(fact) && named && !changes.some((change) => change.now.includes(fact.text)))
      changes.push({ kind: 'name', now: fact.text, articleId });
  }
  const denial = lead.find((sentence) => sentence.denies);
  if (
    denial &&
    !known.some((fact) => fact.of === 'denial' && (fact.value === String(report.originId) || !isNewOrigin))
  )
    changes.push({ kind: 'denial', now: denial.text, articleId });
  if (report.kind === 'statement' && isNewOrigin)
    changes.push({ kind: 'statement', now: report.title, articleId });
  if (isNewOrigin && report.kind !== 'analysis')
    changes.push({ kind: 'origin', now: report.outlet.name, articleId });
  return changes;
}

function readChange(
  fact: Fact,
  known: readonly Known[],
  shown: Shown,
  prominent: boolean,
  report: StoryReport,
): StoryChange | null {
  const { articleId } = report;
  if (fact.kind === 'figure') {
    const same = known.filter((other) => other.of === fact.of);
    if (same.some((other) => isRounded(Number(other.value), Number(fact.value)))) return null;
    const before = same.at(-1);
    if (INCIDENTAL.has(fact.of) && !prominent) return null;
    return before
      ? { kind: 'figure', now: fact.text, was: before.text, wasAt: shown.at, articleId }
      : { kind: 'figure', now: fact.text, articleId };
  }
  // A day that has passed or the day of the report is when something known happened; one to come is when something will.
  if (fact.kind === 'date')
    return Date.parse(fact.value) > report.published ? { kind: 'date', now: fact.text, articleId } : null;
  if (isKnownName(fact.text, known) || isParty(fact.text)) return null;
  const words = fact.text.split(/\s/).length;
  if (fact.kind === 'place') return prominent ? { kind: 'place', now: fact.text, articleId } : null;
  return words > 1 ? { kind: 'name', now: fact.text, articleId } : null;
}

/**
 * Whether a name says nothing new: it holds an entity that is known, or nothing known is written in its script, so that
 * it may be known by another spelling.
 */
function isKnownName(name: string, known: readonly Known[]): boolean {
  const { slug } = outletFromName(name);
  const isCyrillic = (text: string) => /\p{sc=Cyrillic}/u.test(text);
  const sameScript = known.some(
    ({ value }) => value.startsWith('name:') && isCyrillic(value) === isCyrillic(name),
  );
  return (
    !sameScript ||
    known.some(({ value }) => value.startsWith('entity:') && `-${slug}-`.includes(`-${value.slice(7)}-`))
  );
}

/** Countries and their capitals are in all news of a topic: that one is named says nothing new. */
function isParty(name: string): boolean {
  return conceptsOf(name, tokenize(name)).some((concept) => PARTY_NAMES.has(concept));
}

function isSource(name: string, report: StoryReport, outlets: ReadonlySet<string>): boolean {
  const { slug } = outletFromName(name);
  const { credits, cited } = creditsOf(report);
  return outlets.has(slug) || credits.includes(slug) || cited.includes(slug);
}

function isRounded(a: number, b: number): boolean {
  return a === b || (Math.min(a, b) >= 100 && Math.abs(a - b) / Math.max(a, b) <= ROUNDING);
}
