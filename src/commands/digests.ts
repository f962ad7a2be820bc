import type { Command } from './command.ts';
import type { DigestDeps } from './digest-deps.ts';
import { listCommand } from './digest-list.ts';
import { nowCommand } from './digest-now.ts';
import { pauseCommand, removeCommand, resumeScheduleCommand } from './digest-pause.ts';
import { scheduleCommand } from './digest-schedule.ts';
import { testCommand } from './digest-test.ts';

/** `/digest now|test|schedule|list|pause|resume|remove` */
export function digestCommands(deps: DigestDeps): Command[] {
  return [
    nowCommand(deps),
    testCommand(deps),
    scheduleCommand(deps),
    listCommand(deps),
    pauseCommand(deps),
    resumeScheduleCommand(deps),
    removeCommand(deps),
  ];
}
