import type { PlatformHealth } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import { forgetMeCommand } from './tumen-forget.ts';
import { helpCommand } from './tumen-help.ts';
import { resumeCommand } from './tumen-resume.ts';
import { settingsCommand } from './tumen-settings.ts';
import { statusCommand } from './tumen-status.ts';

export interface TumenDeps {
  store: Store;
  /** Slug and title of every topic that can be followed. */
  topics: readonly { slug: string; title: string }[];
  /** How the platforms are connected. */
  health: () => { name: string; health: PlatformHealth }[];
  version: string;
  /** The whole table, for help; asked when needed, since these commands are in it. */
  commands: () => readonly Command[];
}

/** `/tumen status|settings|help|forget-me|resume` */
export function tumenCommands(deps: TumenDeps): Command[] {
  return [
    statusCommand(deps),
    settingsCommand(deps),
    helpCommand(deps),
    forgetMeCommand(deps),
    resumeCommand(deps),
  ];
}
