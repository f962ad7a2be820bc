import type { Shown } from '../model/delivery.ts';
import type { Fact, StoryChange } from '../model/story.ts';
import { tokenize } from '../text/tokenize.ts';
import { corrects, denies, retracts } from './claims.ts';
import { factsIn } from './extract-facts.ts';
import { leadOf, sentencesOf } from './report-lead.ts';
import type { StoryReport } from './story-report.ts';

/** Share of equal terms from which a sentence is the edited form of another. */
const EDITED = 0.45;

/**
 * What the sources of shown sentences took back or changed since: the sentence reads otherwise in a later revision, or
 * its outlet says in a later report that it was wrong. A mended comma is none.
 * @param fresh reports that are new or revised since it was shown.
 */
export function correctionsOf(shown: Shown, fresh: readonly StoryReport[]): StoryChange[] {
  const changes: StoryChange[] = [];
  for (const report of fresh) {
    const quoted = shown.sentences.filter((sentence) => sentence.articleId === report.articleId);
    const change = quoted.length ? edited(report, quoted, shown) : ownCorrection(report, shown);
    if (change) changes.push(change);
  }
  return changes;
}

function edited(report: StoryReport, quoted: Shown['sentences'], shown: Shown): StoryChange | null {
  const { articleId } = report;
  const retraction = leadOf(report).find((sentence) => retracts(sentence.text));
  if (retraction)
    return { kind: 'retraction', now: retraction.text, was: quoted[0]!.text, wasAt: shown.at, articleId };
  const squeezed = squeeze(`${report.title}\n${report.text}`);
  for (const { text: was } of quoted) {
    if (squeezed.includes(squeeze(was))) continue;
    const now = [report.title, ...sentencesOf(report).map((sentence) => sentence.text)]
      .map((text) => ({ text, alike: alike(was, text) }))
      .reduce((best, next) => (next.alike > best.alike ? next : best));
    const before = factsIn(was, report);
    if (now.alike >= EDITED && differs(was, now.text, before, factsIn(now.text, report)))
      return { kind: 'correction', now: now.text, was, wasAt: shown.at, articleId };
    if (countChanged(was, now.text))
      return { kind: 'correction', now: now.text, was, wasAt: shown.at, articleId };
    const figure = changedFigure(before, factsIn(report.text, report));
    if (figure && now.alike < EDITED)
      return { kind: 'correction', now: figure.now.text, was: figure.was.text, wasAt: shown.at, articleId };
  }
  return null;
}

/** A later report in which the outlet of a shown one says that it was wrong. */
function ownCorrection(report: StoryReport, shown: Shown): StoryChange | null {
  const lead = leadOf(report);
  const taken = lead.find((sentence) => retracts(sentence.text));
  const mended = lead.find((sentence) => corrects(sentence.text));
  const isOurs = shown.origins.includes(report.originId);
  if (!isOurs || (!taken && !mended)) return null;
  const { articleId } = report;
  const facts = lead.flatMap((sentence) => factsIn(sentence.text, report));
  const known = shown.facts.map((fact) => ({ ...fact, kind: 'figure' as const, articleId }));
  const figure = changedFigure(known, facts);
  if (taken) return { kind: 'retraction', now: taken.text, wasAt: shown.at, articleId };
  return figure
    ? { kind: 'correction', now: figure.now.text, was: figure.was.text, wasAt: shown.at, articleId }
    : { kind: 'correction', now: mended!.text, wasAt: shown.at, articleId };
}

function differs(was: string, now: string, before: readonly Fact[], after: readonly Fact[]): boolean {
  if (denies(was) !== denies(now)) return true;
  if (negations(was) !== negations(now)) return true;
  const keys = (facts: readonly Fact[]) =>
    facts
      .filter((fact) => fact.kind !== 'place')
      .map(({ of, value }) => `${of}\u0000${value}`)
      .sort()
      .join('\u0001');
  return keys(before) !== keys(after);
}

/** The nearest sentence counts the same thing otherwise, whatever the thing: `20 articles`, `23 articles`. */
function countChanged(was: string, now: string): boolean {
  const before = countsIn(was);
  const after = countsIn(now);
  return [...before].some(([thing, count]) => after.has(thing) && after.get(thing) !== count);
}

function countsIn(text: string): Map<string, string> {
  const tokens = tokenize(text);
  const counts = new Map<string, string>();
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token.kind === 'number' && next && next.kind !== 'number') counts.set(next.term, token.term);
  });
  return counts;
}

/** A thing counted before and now whose count is another and the old one gone. */
function changedFigure(before: readonly Fact[], after: readonly Fact[]): { was: Fact; now: Fact } | null {
  for (const was of before) {
    if (was.kind !== 'figure' || !was.of || was.of === 'day') continue;
    const now = after.filter((fact) => fact.kind === 'figure' && fact.of === was.of);
    if (now.length && !now.some((fact) => fact.value === was.value)) return { was, now: now[0]! };
  }
  return null;
}

const NEGATION =
  /\b(?:not|no|never|without)\b|n't\b|(?<!\p{L})(?:не|ни|без)(?!\p{L})|않|못하|아니|ない|ません|没有|不是|未/giu;
const negations = (text: string) => text.match(NEGATION)?.length ?? 0;
const squeeze = (text: string) => text.replace(/[\s\p{P}]+/gu, '').toLowerCase();

function alike(a: string, b: string): number {
  const left = new Set(tokenize(a).map((token) => token.term));
  const right = new Set(tokenize(b).map((token) => token.term));
  if (!left.size || !right.size) return 0;
  let both = 0;
  for (const term of left) if (right.has(term)) both++;
  return (2 * both) / (left.size + right.size);
}
