import type { Hit } from './find-hits.ts';

/** A piece of a text with the matched places in it. */
export interface Snippet {
  text: string;
  /** UTF-16 offsets in `text`, in order, apart from each other. */
  marks: { start: number; end: number }[];
}

const LENGTH = 180;
const LEAD = 60;
const NEAR = 24;

/** The piece of a text around its first matched place, cut between words, with `…` where something was cut. */
export function makeSnippet(text: string, hits: readonly Hit[], length = LENGTH): Snippet {
  const places = hits.filter((hit) => hit.in === 'text');
  const first = places[0]?.start ?? 0;
  const start = first <= LEAD ? 0 : cutAt(text, first - LEAD, 1);
  const end = start + length >= text.length ? text.length : Math.max(cutAt(text, start + length, -1), first);
  const before = start > 0 ? '…' : '';
  const piece = text.slice(start, end).replace(/\s/g, ' ');
  const shift = before.length - start;
  return {
    text: before + piece.trimEnd() + (end < text.length ? '…' : ''),
    marks: mergeMarks(
      places
        .filter((hit) => hit.start >= start && hit.end <= end)
        .map((hit) => ({ start: hit.start + shift, end: hit.end + shift })),
    ),
  };
}

/** Places that overlap become one. */
export function mergeMarks(
  places: readonly { start: number; end: number }[],
): { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = [];
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    const last = marks.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  return marks;
}

/** A place near `at` where a word begins (step 1) or ended (step −1); unspaced text is cut between characters. */
function cutAt(text: string, at: number, step: 1 | -1): number {
  for (let i = at; Math.abs(i - at) <= NEAR && i > 0 && i < text.length; i += step)
    if (/\s/.test(text[i - (step === 1 ? 1 : 0)]!)) return i;
  const isLow = text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
  return isLow ? at - step : at;
}
