interface Span {
  start: number;
  end: number;
}

/** The query with a piece left out; null where nothing remains. */
export function without(text: string, span: Span): string | null {
  return replace(text, span, '').replace(/\s+/g, ' ').trim() || null;
}

/** The query with a piece exchanged. */
export function replace(text: string, span: Span, by: string): string {
  return text.slice(0, span.start) + by + text.slice(span.end);
}
