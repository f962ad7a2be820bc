/** A number as a text states it. */
export interface Figure {
  /** Normalized number: `10000`, `2.5`. */
  value: string;
  /** What is counted, a stem, `%` or a currency; '' where unclear. */
  of: string;
  /** UTF-16 offsets of the number with its unit. */
  start: number;
  end: number;
}

/** Numbers of a text with what they count. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  for (const match of text.matchAll(/\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?/g))
    figures.push({
      value: match[0].replaceAll(',', ''),
      of: '',
      start: match.index,
      end: match.index + match[0].length,
    });
  return figures;
}
