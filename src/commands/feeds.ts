import type { Command } from './command.ts';
import { addFeedCommand } from './feeds-add.ts';
import type { FeedsDeps } from './feeds-deps.ts';
import { checkFeedsCommand, listFeedsCommand } from './feeds-list.ts';
import { exportFeedsCommand, importFeedsCommand } from './feeds-opml.ts';
import { pauseFeedCommand, removeFeedCommand } from './feeds-remove.ts';

/** `/feeds list|add|remove|pause|check|import|export` */
export function feedsCommands(deps: FeedsDeps): Command[] {
  return [
    listFeedsCommand(deps),
    addFeedCommand(deps),
    removeFeedCommand(deps),
    pauseFeedCommand(deps),
    checkFeedsCommand(deps),
    importFeedsCommand(deps),
    exportFeedsCommand(deps),
  ];
}
