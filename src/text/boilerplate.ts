import {
  datelineLength,
  isFurniture,
  isListItem,
  opensComments,
  opensRelated,
} from './boilerplate-patterns.ts';
import { type Span, splitSentences } from './sentences.ts';

/** A line of at least this many columns that ends like a sentence is a paragraph again after a list of links. */
const PARAGRAPH = 90;
const WIDE = /[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/g;
const ENDS_LIKE_A_SENTENCE = /[.!?…。！？][)"'”’»」』）]*$/;

/**
 * Spans of what an article says, in order, trimmed, none across a line end: without page furniture, bylines,
 * datelines, photo credits, rights, links to other articles and readers' comments. English, Korean, Russian,
 * Japanese and Chinese.
 */
export function contentSpans(text: string, language: string): Span[] {
  const spans: Span[] = [];
  let inRelated = false;
  for (const line of linesOf(text)) {
    const words = text.slice(line.start, line.end);
    if (spans.length && opensComments(words)) break;
    if (opensRelated(words)) {
      inRelated = true;
      continue;
    }
    if (inRelated) {
      if (isListItem(words) || columns(words) < PARAGRAPH || !ENDS_LIKE_A_SENTENCE.test(words)) continue;
      inRelated = false;
    }
    addLine(text, line, language, spans);
  }
  return spans;
}

/** Adds the runs of neighbouring sentences that are not furniture. */
function addLine(text: string, line: Span, language: string, out: Span[]): void {
  const start = line.start + datelineLength(text.slice(line.start, line.end));
  const sentences = splitSentences(text.slice(start, line.end), language);
  let run: Span | null = null;
  for (const sentence of sentences) {
    const span = { start: start + sentence.start, end: start + sentence.end };
    if (isFurniture(text.slice(span.start, span.end))) run = null;
    else if (run) run.end = span.end;
    else {
      run = span;
      out.push(run);
    }
  }
}

/** Width of a text, a Hangul, Han or Kana character counting two. */
function columns(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const words = text.slice(start, end);
    const from = start + words.length - words.trimStart().length;
    const to = start + words.trimEnd().length;
    if (to > from) lines.push({ start: from, end: to });
    start = end + 1;
  }
  return lines;
}
