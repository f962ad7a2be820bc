import type { Labelled } from './labelled-sets.ts';

/** What the service promises at its one threshold. */
const GOAL = { precision: 0.92, recall: 0.95 };

/**
 * The threshold, in hundredths, whose weakest of precision and recall over the sets that hold both labels stands
 * best against the goal; the middle of the best stretch, where a small change of the weights matters least.
 */
export function chooseThreshold(items: readonly Labelled[], scores: readonly number[]): number {
  const sets = [...new Set(items.filter((item) => !item.relevant).map((item) => item.set))];
  const margin = (threshold: number) => Math.min(...sets.map((set) => marginOf(set, threshold)));
  const marginOf = (set: Labelled['set'], threshold: number) => {
    let hits = 0;
    let said = 0;
    let relevant = 0;
    items.forEach((item, i) => {
      if (item.set !== set) return;
      const yes = scores[i]! >= threshold;
      if (yes) said++;
      if (item.relevant) relevant++;
      if (yes && item.relevant) hits++;
    });
    return Math.min(hits / said - GOAL.precision, hits / relevant - GOAL.recall);
  };
  const grid = Array.from({ length: 51 }, (_, i) => (30 + i) / 100);
  const best = Math.max(...grid.map(margin));
  const stretch = grid.filter((t) => margin(t) >= best - 0.002);
  return stretch[Math.floor(stretch.length / 2)]!;
}
