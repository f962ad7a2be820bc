import type { ArticleContent } from '../model/article.ts';
import type { Kind } from '../model/topic.ts';
import type { Segment } from './join-sides.ts';
import { KIND_CUES } from './kind-cues.ts';
import type { Evidence } from './read-evidence.ts';

/** Sections of newspapers' addresses that hold views, not news. */
const OPINION_PATH =
  /\/(opinions?|editorials?|op-?ed|commentary|columns?|columnists?|comment(isfree)?|idees|mneniya|shasetsu|sasul)\b/i;

/** A label in the title decides more than turns of phrase in the text: nearly all sentences must have one. */
const TITLE = 3;
const TEXT = 4;
/** Kinds need this much evidence before a text is not a report. */
const ENOUGH = { opinion: 2, analysis: 1.2, roundup: 2.5, statement: 2.5 } as const;

/** What sort of text this is, by labels in its title and address and by the phrases its sentences are full of. */
export function judgeKind(article: ArticleContent, evidence: Evidence): Kind {
  const points: Record<Kind, number> = { report: 0, analysis: 0, opinion: 0, roundup: 0, statement: 0 };
  for (const kind of kindsIn(evidence.title, 'title')) points[kind] += TITLE;
  const count = evidence.sentences.length;
  // Ceremony is how a state agency writes what its state declares; elsewhere it is more often a quotation.
  const ceremony = article.outlet.stateMedia ? 2 : 1;
  for (const s of evidence.sentences)
    for (const kind of kindsIn(s, 'text'))
      points[kind] +=
        kind === 'analysis'
          ? 1 / Math.max(1.2, Math.sqrt(count) / 2)
          : (TEXT * (kind === 'statement' ? ceremony : 1)) / (count + 1);
  if (article.url !== null && OPINION_PATH.test(article.url)) points.opinion += TITLE;
  // A report about a published text names it in its title too, and says who told it.
  points.statement -= points.report * 0.6;
  if (points.statement >= ENOUGH.statement) return 'statement';
  if (points.roundup >= ENOUGH.roundup) return 'roundup';
  points.opinion -= points.report * 0.8;
  points.analysis -= points.report * 0.3;
  if (points.opinion >= ENOUGH.opinion && points.opinion >= points.analysis - 1) return 'opinion';
  if (points.analysis >= ENOUGH.analysis) return 'analysis';
  return 'report';
}

function kindsIn(s: Segment, place: 'title' | 'text'): Set<Kind> {
  const kinds = new Set<Kind>();
  for (const m of s.mentions) {
    if (m.role !== 'kind') continue;
    const cue = KIND_CUES[m.index]!;
    if (cue.place === place) kinds.add(cue.kind);
  }
  return kinds;
}
