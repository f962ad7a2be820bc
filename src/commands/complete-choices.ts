import type { Completion } from './command.ts';

/** Discord and Slack show no more. */
const MOST_SHOWN = 25;
/** Nor anything longer. */
const LONGEST = 100;

/** Of what could be chosen, that which holds every word typed so far. */
export function completeChoices(typed: string, choices: readonly Completion[]): Completion[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices
    .filter(({ value, label }) => {
      const text = `${value} ${label}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .filter(({ value }) => value.length <= LONGEST)
    .slice(0, MOST_SHOWN)
    .map(({ value, label }) => ({ value, label: label.slice(0, LONGEST) }));
}

/** The same for the last of several, parted by commas: what stands before it is kept. */
export function completeList(typed: string, choices: readonly Completion[]): Completion[] {
  const parts = typed.split(/[,;]\s*/);
  const before = parts.slice(0, -1).filter(Boolean);
  const rest = choices.filter(({ value }) => !before.includes(value));
  const found = completeChoices(parts.at(-1) ?? '', rest);
  return before.length
    ? found.map(({ value, label }) => ({
        value: [...before, value].join(','),
        label: [...before, label].join(', '),
      }))
    : found;
}
