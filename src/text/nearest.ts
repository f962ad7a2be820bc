/** The known word that a person most likely meant, or null where none is near: at most a third of it differs. */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const word of known) {
    const d = distance(typed, word);
    if (d < bestDistance && (d <= Math.max(typed.length, word.length) / 3 || isBeginning(typed, word))) {
      best = word;
      bestDistance = d;
    }
  }
  return best;
}

/** Known words, those most like what was typed first. */
export function byNearness(typed: string, known: readonly string[]): string[] {
  const farness = new Map(
    known.map((word) => [
      word,
      isBeginning(typed, word) ? 0 : distance(typed, word) / Math.max(word.length, 1),
    ]),
  );
  return known.toSorted((a, b) => farness.get(a)! - farness.get(b)!);
}

function isBeginning(typed: string, word: string): boolean {
  return typed.length >= 3 && word.startsWith(typed);
}

/** Damerau–Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let d = Math.min(last[j]! + 1, row[j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, beforeLast[j - 2]! + 1);
      row.push(d);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
