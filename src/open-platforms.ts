import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { announceTo } from './commands/announce-change.ts';
import type { Command } from './commands/command.ts';
import { commandTable } from './commands/command-table.ts';
import { dispatchFor } from './commands/commands-for.ts';
import { createDispatch } from './commands/dispatch.ts';
import { COMMAND_GROUPS } from './commands/groups.ts';
import { QUOTAS, type Quotas } from './commands/quotas.ts';
import { createScopeEvents } from './commands/scope-events.ts';
import type { Core } from './core.ts';
import type { DiscoverDeps } from './feeds/discover-feeds.ts';
import type { PlatformName, Scope } from './model/scope.ts';
import { type ConsoleOptions, createConsolePlatform } from './platforms/console/console-platform.ts';
import type { Platform, Publisher } from './platforms/platform.ts';

/** The doors of the service: a platform runs when its token is there; with none, the console does. */
export async function openPlatforms(
  core: Core,
  discover: DiscoverDeps,
  console: Omit<ConsoleOptions, 'historyFile' | 'now'>,
  quotas: Quotas = QUOTAS,
): Promise<Platform[]> {
  const { config, store, log, now } = core;
  const platforms: Platform[] = [];
  const publisherOf = (scope: Scope): Publisher | undefined =>
    platforms.find(({ name }) => name === platformOf(scope))?.publisher;
  const commands = createCommands(core, discover, publisherOf, () =>
    platforms.map((platform) => ({ name: platform.name, health: platform.health() })),
  );
  const dispatch = createDispatch({
    store,
    commands,
    groups: COMMAND_GROUPS,
    log,
    quotas,
    rightOfWay: core.rightOfWay,
    announce: announceTo(store.settings, publisherOf),
  });
  const { discordToken } = config.secrets;
  if (discordToken) {
    // A client is tens of megabytes of code: it is loaded where its token is there.
    const { createDiscordPlatform } = await import('./platforms/discord/discord-platform.ts');
    platforms.push(
      createDiscordPlatform({
        ...config.discord,
        token: discordToken,
        dispatch: () => dispatchFor(dispatch, 'discord'),
        store,
        // A file is one process's: after a crash its shards are free for the next at once.
        owner: 'url' in core.database ? core.owner : 'alone',
        events: createScopeEvents(store, now),
        log,
        now,
      }),
    );
  }
  const { slackBotToken, slackClientId } = config.secrets;
  if (slackBotToken || slackClientId) {
    const { createSlackPlatform } = await import('./platforms/slack/slack-platform.ts');
    platforms.push(
      createSlackPlatform({
        ...config.slack,
        secrets: config.secrets,
        dispatch: () => dispatchFor(dispatch, 'slack'),
        store,
        events: createScopeEvents(store, now),
        log,
        now,
      }),
    );
  }
  if (!platforms.length)
    platforms.push(
      createConsolePlatform({ ...console, historyFile: join(config.home, 'console-history.jsonl'), now }),
    );
  return platforms;
}

/** The command table over the open core. */
export function createCommands(
  core: Core,
  discover: DiscoverDeps,
  publisherOf: (scope: Scope) => Publisher | undefined,
  health: Parameters<typeof commandTable>[0]['health'],
): Command[] {
  return commandTable({
    ...core,
    discover,
    health,
    version: packageJson.version,
    keptMs: core.config.retention.articles,
    nameOf: async (scope) => (await publisherOf(scope)?.nameOf?.(scope)) ?? null,
    describeChannel: async (actor, channelId) =>
      (await publisherOf(actor.scope)?.describe?.(actor.scope, channelId, actor.locale)) ?? null,
    planDelivery: (digest, destination, marker) =>
      publisherOf(destination.scope)?.plan(digest, destination, marker) ?? null,
  });
}

function platformOf(scope: Scope): PlatformName {
  return scope.slice(0, Math.max(0, scope.indexOf(':'))) as PlatformName;
}
