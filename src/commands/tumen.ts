import type { Command } from './command.ts';
import type { TumenDeps } from './tumen-deps.ts';
import { forgetMeCommand } from './tumen-forget.ts';
import { helpCommand } from './tumen-help.ts';
import { resumeCommand } from './tumen-resume.ts';
import { settingsCommand } from './tumen-settings.ts';
import { statusCommand } from './tumen-status.ts';

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
