import type { Command, CommandGroup, Localized } from '../../commands/command.ts';
import { OTHER_NAMES } from '../../locale/other-names.ts';
import { nearest } from '../../text/nearest.ts';

/** `/tumen status` is `tumen status`: nobody types the name twice. */
export const OWN = 'tumen';
/** What a group does with a number alone: `story 4`. */
const OF_NUMBER: Record<string, string> = { story: 'show' };

export interface CommandTable {
  commands: readonly Command[];
  groups: readonly CommandGroup[];
}

/** The command that words begin with, in any of our languages, and how many of them name it. */
export function findCommand(
  words: readonly string[],
  { commands, groups }: CommandTable,
): { command: Command; length: number } | null {
  const [first, second] = words.map((word) => word.toLowerCase());
  if (first === undefined) return null;
  const inGroup = (command: Command, word: string) =>
    isNamed(word, command.path[0], groups.find(({ name }) => name === command.path[0])?.names);
  const isVerb = (command: Command, word: string) => isNamed(word, command.path.at(-1)!, command.names);
  const two = commands.find(
    (command) =>
      command.path.length === 2 && second !== undefined && inGroup(command, first) && isVerb(command, second),
  );
  if (two) return { command: two, length: 2 };
  const single = commands.find((command) => command.path.length === 1 && isVerb(command, first));
  if (single) return { command: single, length: 1 };
  const own = commands.find((command) => command.path[0] === OWN && isVerb(command, first));
  if (own) return { command: own, length: 1 };
  const shown = commands.find(
    (command) =>
      command.path[1] === OF_NUMBER[command.path[0]] && inGroup(command, first) && /^\d+$/.test(second ?? ''),
  );
  return shown ? { command: shown, length: 1 } : null;
}

/** The group that a word names, in any of our languages. */
export function findGroup(word: string | undefined, { commands, groups }: CommandTable): string | null {
  if (word === undefined) return null;
  const named = groups.find(({ name, names }) => isNamed(word.toLowerCase(), name, names))?.name;
  return named !== undefined && commands.some(({ path }) => path.length === 2 && path[0] === named)
    ? named
    : null;
}

/** The command most likely meant, and how many words were meant by it: `subscrbe`, `search`, `find`, `forget me`. */
export function suggestCommand(
  words: readonly string[],
  { commands, groups }: CommandTable,
): { command: Command; length: number } | null {
  const group = findGroup(words[0], { commands, groups });
  // Behind a group its verbs alone are compared: its own name makes none of them more alike.
  const skipped = group === null ? 0 : 1;
  const typed = words.slice(skipped, skipped + 2).map((word) => word.toLowerCase());
  const known = new Map<string, Command>();
  const add = (name: string, command: Command) => {
    const key = name.toLowerCase().replace(/-/g, ' ');
    if (!known.has(key)) known.set(key, command);
  };
  const open = group === null ? commands : commands.filter(({ path }) => path[0] === group);
  if (group === null) for (const command of open) add(command.path.join(' '), command);
  for (const command of open)
    for (const name of [command.path.at(-1)!, ...Object.values(command.names ?? {})]) add(name, command);
  const names = [...known.keys()];
  // What people call it otherwise is known as it is alone: else too much would be like something.
  if (group === null)
    for (const command of open)
      for (const name of OTHER_NAMES[command.path.join(' ')] ?? []) add(name, command);
  const exactly = (name: string) => (known.has(name) ? name : null);
  for (const find of [exactly, (name: string) => nearest(name, names)])
    for (const length of [2, 1]) {
      if (typed.length < length) continue;
      const name = find(typed.slice(0, length).join(' ').replace(/-/g, ' '));
      if (name !== null) return { command: known.get(name)!, length: skipped + length };
    }
  return null;
}

function isNamed(word: string, name: string, names: Localized | undefined): boolean {
  return word === name || Object.values(names ?? {}).some((local) => local.toLowerCase() === word);
}
