import type { PlatformName } from '../model/scope.ts';
import type { Command, Dispatch, OptionSpec } from './command.ts';

/** The options that mean something on a platform. */
export function optionsFor(command: Pick<Command, 'options'>, platform: PlatformName): OptionSpec[] {
  return command.options.filter(({ platforms }) => platforms?.includes(platform) ?? true);
}

/** The table as one platform offers it. */
export function commandsFor(commands: readonly Command[], platform: PlatformName): Command[] {
  return commands.map((command) => ({ ...command, options: optionsFor(command, platform) }));
}

/** The same door, offering what means something on this platform. */
export function dispatchFor(dispatch: Dispatch, platform: PlatformName): Dispatch {
  return { ...dispatch, commands: commandsFor(dispatch.commands, platform) };
}
