import type { Command } from './command.ts';
import { type TumenDeps, tumenCommands } from './tumen.ts';

/** What the command families stand on. */
export type CommandTableDeps = Omit<TumenDeps, 'commands'>;

/** Every command, once, for all platforms. */
export function commandTable(deps: CommandTableDeps): Command[] {
  const commands: Command[] = [...tumenCommands({ ...deps, commands: () => commands })];
  return commands;
}
