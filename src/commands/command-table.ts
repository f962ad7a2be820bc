import type { Command } from './command.ts';
import { RecentQueries } from './complete-query.ts';
import { withStoryCompletion } from './complete-stories.ts';
import type { DigestDeps } from './digest-deps.ts';
import { digestCommands } from './digests.ts';
import { feedsCommands } from './feeds.ts';
import type { FeedsDeps } from './feeds-deps.ts';
import { labelCommand } from './label.ts';
import { newsCommands } from './news.ts';
import { storyCommands } from './stories.ts';
import type { StoryDeps } from './story-deps.ts';
import { subscriptionCommands } from './subscriptions.ts';
import { tumenCommands } from './tumen.ts';
import type { TumenDeps } from './tumen-deps.ts';
import { whyCommand } from './why.ts';

/** What the command families stand on. */
export type CommandTableDeps = DigestDeps &
  FeedsDeps &
  Pick<StoryDeps, 'keptMs' | 'nameOf'> &
  Omit<TumenDeps, 'commands' | 'topics'>;

/** Every command, once, for all platforms. */
export function commandTable(deps: CommandTableDeps): Command[] {
  const topics = deps.topics.map(({ slug, title }) => ({ slug, title: title.en }));
  const recent = new RecentQueries();
  const commands: Command[] = [
    ...newsCommands(deps, recent),
    ...storyCommands(deps).map((command) => withStoryCompletion(command, deps.store)),
    ...digestCommands(deps),
    ...subscriptionCommands(deps, recent),
    ...feedsCommands(deps),
    withStoryCompletion(whyCommand(deps), deps.store),
    labelCommand(deps),
    ...tumenCommands({ ...deps, topics, commands: () => commands }),
  ];
  return commands;
}
