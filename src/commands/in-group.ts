import type { Command } from './command.ts';
import { COMMAND_GROUPS } from './groups.ts';

/** The commands of a group that is named alone, in any of our languages. */
export function inGroup(commands: readonly Command[], typed: string): Command[] {
  const word = typed.trim().toLowerCase();
  const group = COMMAND_GROUPS.find(({ name, names }) =>
    [name, ...Object.values(names ?? {})].some((one) => one.toLowerCase() === word),
  );
  return commands.filter(({ path }) => path.length > 1 && path[0] === group?.name);
}
