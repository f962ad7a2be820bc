import type { Command } from './command.ts';
import { addFeedCommand } from './feeds-add.ts';
import type { FeedsDeps } from './feeds-deps.ts';
import { checkFeedsCommand, listFeedsCommand } from './feeds-list.ts';
import { exportFeedsCommand, importFeedsCommand } from './feeds-opml.ts';
import { pauseFeedCommand, removeFeedCommand, resumeFeedCommand } from './feeds-remove.ts';

/** `/feeds list|add|remove|pause|resume|check|import|export` */
export function feedsCommands(deps: FeedsDeps): Command[] {
  return [
    listFeedsCommand(deps),
    addFeedCommand(deps),
    removeFeedCommand(deps),
    pauseFeedCommand(deps),
    resumeFeedCommand(deps),
    checkFeedsCommand(deps),
    importFeedsCommand(deps),
    exportFeedsCommand(deps),
  ];
}
