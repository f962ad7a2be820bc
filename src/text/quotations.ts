import { createNextOf, type NextOf } from './next-of.ts';
import type { Span } from './sentences.ts';

/** Where the quotation that a mark opens begins and ends, null where it opens none. */
export type ReadQuotation = (at: number, next: NextOf) => Span | null;

/** The quotations of a text from left to right, none within another; a text of unclosed marks is read once. */
export function findQuotations(text: string, openers: ReadonlySet<string>, read: ReadQuotation): Span[] {
  const next = createNextOf(text);
  const spans: Span[] = [];
  for (let at = 0; at < text.length; at++) {
    const span = openers.has(text[at]!) ? read(at, next) : null;
    if (!span) continue;
    spans.push(span);
    at = span.end - 1;
  }
  return spans;
}
