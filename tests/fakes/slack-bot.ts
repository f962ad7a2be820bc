import { pino } from 'pino';
import type { Command, Dispatch } from '../../src/commands/command.ts';
import { createDispatch } from '../../src/commands/dispatch.ts';
import { COMMAND_GROUPS } from '../../src/commands/groups.ts';
import type { Quotas } from '../../src/commands/quotas.ts';
import { createScopeEvents } from '../../src/commands/scope-events.ts';
import {
  createSlackPlatform,
  type SlackOptions,
  type SlackPlatform,
} from '../../src/platforms/slack/slack-platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { GENEROUS, until } from './discord-bot.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackServer, TEAM } from './slack-server.ts';

export interface SlackBot {
  server: SlackServer;
  platform: SlackPlatform;
  store: Store;
  dispatch: Dispatch;
  /** Lines that were logged at info or above. */
  logged: { level: number; msg: string; [field: string]: unknown }[];
  close(): Promise<void>;
}

export interface SlackBotChange {
  server?: SlackServer;
  store?: Store;
  secrets?: Partial<SlackOptions['secrets']>;
  mode?: 'socket' | 'http';
  port?: number;
  quotas?: Quotas;
  /** False where it is not to be connected when this returns. */
  wait?: boolean;
}

/** A whole bot on a local Slack: real Bolt, the real dispatcher, SQLite in memory. */
export async function startSlackBot(
  commands: (store: Store) => Command[],
  change: SlackBotChange = {},
): Promise<SlackBot> {
  const server = change.server ?? (await SlackServer.start());
  const store = change.store ?? (await openStore({ file: ':memory:' }));
  const logged: SlackBot['logged'] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const dispatch = createDispatch({
    store,
    commands: commands(store),
    groups: COMMAND_GROUPS,
    log,
    quotas: change.quotas ?? GENEROUS,
  });
  const platform = createSlackPlatform({
    secrets: {
      slackBotToken: BOT_TOKEN,
      slackAppToken: APP_TOKEN,
      slackSigningSecret: SIGNING_SECRET,
      slackClientId: null,
      slackClientSecret: null,
      tumenSecret: null,
      ...change.secrets,
    },
    mode: change.mode ?? 'socket',
    apiUrl: server.apiUrl,
    host: '127.0.0.1',
    port: change.port ?? 0,
    dispatch: () => dispatch,
    store,
    events: createScopeEvents(store, Date.now),
    log,
    retry: { first: 50, last: 400 },
  });
  const started = platform.start(new AbortController().signal);
  if (change.wait !== false) {
    await started;
    if (platform.health().state !== 'fatal' && change.mode !== 'http')
      await until(() => server.connections === 2);
  }
  return {
    server,
    platform,
    store,
    dispatch,
    logged,
    async close() {
      await platform.stop();
      if (!change.store) await store.close();
      if (!change.server) await server.close();
    },
  };
}

export function knownWorkspace(more: { managers?: string[] } = {}) {
  return {
    scope: `slack:${TEAM}` as const,
    managers: more.managers ?? [],
    auditChannel: null,
    locale: 'en' as const,
    zone: 'UTC',
    topics: [],
    pausedFeeds: [],
    removedAt: null,
  };
}
