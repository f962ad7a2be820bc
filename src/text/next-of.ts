/** Where a character stands next, from a place on; -1 where it does not. */
export type NextOf = (char: string, from: number) => number;

/**
 * Looks ahead in a text for one character and another, each time from a later place. What was found is kept while it
 * lies ahead, so that a text of nothing but opening quotation marks is read once, not once for each of them.
 */
export function createNextOf(text: string): NextOf {
  const found = new Map<string, number>();
  return (char, from) => {
    const before = found.get(char);
    if (before === -1 || (before !== undefined && before >= from)) return before;
    const at = text.indexOf(char, from);
    found.set(char, at);
    return at;
  };
}
