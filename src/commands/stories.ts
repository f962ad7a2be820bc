import type { Command } from './command.ts';
import type { StoryDeps } from './story-deps.ts';
import { storyEditCommands } from './story-edit.ts';
import { followCommand, unfollowCommand } from './story-follow.ts';
import { showStoryCommand, sourcesCommand, timelineCommand } from './story-show.ts';

/** `/story show|timeline|sources|follow|unfollow|merge|split|mute|undo` */
export function storyCommands(deps: StoryDeps): Command[] {
  return [
    showStoryCommand(deps),
    timelineCommand(deps),
    sourcesCommand(deps),
    followCommand(deps),
    unfollowCommand(deps),
    ...storyEditCommands(deps),
  ];
}
