import { pino } from 'pino';
import { announceTo } from '../../src/commands/announce-change.ts';
import type { Command, Dispatch } from '../../src/commands/command.ts';
import { dispatchFor } from '../../src/commands/commands-for.ts';
import { createDispatch } from '../../src/commands/dispatch.ts';
import { COMMAND_GROUPS } from '../../src/commands/groups.ts';
import type { Quotas } from '../../src/commands/quotas.ts';
import { tumenCommands } from '../../src/commands/tumen.ts';
import { createDiscordPlatform, type DiscordPlatform } from '../../src/platforms/discord/discord-platform.ts';
import type { PlatformHealth } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { DiscordServer, GUILD, TOKEN } from './discord-server.ts';

export interface Bot {
  server: DiscordServer;
  platform: DiscordPlatform;
  store: Store;
  dispatch: Dispatch;
  /** Lines that were logged at warning or above. */
  logged: { level: number; msg: string; [field: string]: unknown }[];
  scopes: { joined: string[]; removed: string[] };
  close(): Promise<void>;
}

/** A whole bot on a local Discord: the real client, the real dispatcher, SQLite in memory. */
export async function startBot(
  more: (store: Store) => Command[] = () => [],
  change: {
    server?: DiscordServer;
    token?: string;
    store?: Store;
    wait?: boolean;
    shardLeaseMs?: number;
    quotas?: Quotas;
  } = {},
): Promise<Bot> {
  const server = change.server ?? (await DiscordServer.start());
  const store = change.store ?? (await openStore({ file: ':memory:' }));
  const logged: Bot['logged'] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const scopes: Bot['scopes'] = { joined: [], removed: [] };
  const health = (): { name: string; health: PlatformHealth }[] => [
    { name: 'discord', health: platform.health() },
  ];
  const given = more(store);
  const own = given.some((command) => command.path[0] === 'tumen') ? () => [] : tumenCommands;
  const commands: Command[] = [
    ...given,
    ...own({
      store,
      topics: [{ slug: 'russia-north-korea', title: 'Russia–North Korea' }],
      health,
      version: '0.0.0-test',
      describeChannel: ({ scope, locale }, id) => platform.publisher.describe(scope, id, locale),
      commands: () => commands,
    }),
  ];
  const dispatch = createDispatch({
    store,
    commands,
    groups: [
      ...COMMAND_GROUPS,
      { name: 'tests', description: { en: 'For tests', ko: '시험용', ru: 'Для проверки' } },
    ],
    log,
    quotas: change.quotas ?? GENEROUS,
    announce: announceTo(store.settings, () => platform.publisher),
  });
  const platform = createDiscordPlatform({
    token: change.token ?? TOKEN,
    apiUrl: server.apiUrl,
    dispatch: () => dispatchFor(dispatch, 'discord'),
    store,
    events: {
      joined: async (scope) => void scopes.joined.push(scope),
      removed: async (scope) => void scopes.removed.push(scope),
    },
    register: true,
    log,
    ...(change.shardLeaseMs ? { shardLeaseMs: change.shardLeaseMs } : {}),
  });
  // The server is known already: its first words are a test of their own.
  if (!change.store) await store.settings.save(known(`discord:${GUILD}`));
  await platform.start(new AbortController().signal);
  if (change.wait !== false)
    await until(() => server.commands.has('global') && platform.health().state === 'connected');
  return {
    server,
    platform,
    store,
    dispatch,
    logged,
    scopes,
    async close() {
      await platform.stop();
      if (!change.store) await store.close();
      if (!change.server) await server.close();
    },
  };
}

export function known(scope: `discord:${string}`) {
  return {
    scope,
    managers: [],
    auditChannel: null,
    locale: 'en' as const,
    zone: 'UTC',
    topics: [],
    pausedFeeds: [],
    removedAt: null,
  };
}

export async function until(holds: () => boolean, timeoutMs = 8_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`did not come true within ${timeoutMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** For tests that ask more in a second than a person does. */
export const GENEROUS: Quotas = {
  person: { burst: 10_000, perMs: 1000 },
  channel: { burst: 10_000, perMs: 1000 },
  scope: { burst: 10_000, perMs: 1000 },
  changes: { burst: 10_000, perMs: 1000 },
};
