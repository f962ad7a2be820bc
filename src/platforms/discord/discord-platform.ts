import { setTimeout as delay } from 'node:timers/promises';
import { Client, Events, GatewayIntentBits, type Guild, Options } from 'discord.js';
import type { Logger } from 'pino';
import type { Dispatch } from '../../commands/command.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { Platform, ScopeEvents } from '../platform.ts';
import { localeOfClient } from './actor.ts';
import { LongCalls } from './custom-id.ts';
import { createDoor } from './door.ts';
import { GatewayState } from './gateway-state.ts';
import { createDiscordPublisher, type DiscordPublisher } from './publisher.ts';
import { registerIfChanged } from './register-commands.ts';
import { renderReply } from './render-reply.ts';
import { missingInGuild, welcomeChannel, welcomeReply } from './welcome.ts';

export interface DiscordOptions {
  token: string;
  /** `https://discord.com/api` */
  apiUrl: string;
  /** Asked for when people begin to ask: the commands may need this platform's publisher. */
  dispatch: () => Dispatch;
  store: Pick<Store, 'leases' | 'meta' | 'settings'>;
  events: ScopeEvents;
  /** Register the commands at start where their definition changed. */
  register: boolean;
  log: Logger;
  /** ms UTC. */
  now?: () => number;
  settleMs?: number;
}

export interface DiscordPlatform extends Platform {
  readonly publisher: DiscordPublisher;
}

/** Longest time that start waits for the gateway; connecting goes on behind it. */
const START_MS = 10_000;
const DRAIN_MS = 8_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** The listening half speaks the gateway by discord.js; the publisher needs only REST and works without it. */
export function createDiscordPlatform(options: DiscordOptions): DiscordPlatform {
  const { token, apiUrl, store, events, now = Date.now } = options;
  const log = options.log.child({ platform: 'discord' });
  const publisher = createDiscordPublisher({ token, apiUrl, now, ...pick(options.settleMs) });
  const state = new GatewayState(now);
  const client = createClient(apiUrl);
  const stopping = new AbortController();
  let door: ReturnType<typeof createDoor> | null = null;
  let connecting: Promise<void> = Promise.resolve();

  listen();

  return {
    name: 'discord',
    publisher,
    health: () => state.health(),
    async start(signal) {
      const dispatch = options.dispatch();
      door = createDoor({ dispatch, store, apiUrl, log, now });
      signal.addEventListener('abort', () => stopping.abort(), { once: true });
      connecting = connect();
      await Promise.race([connecting, pause(START_MS)]);
    },
    async stop() {
      stopping.abort();
      // What is under way is answered over REST; the gateway goes after it, so that late askers hear of the restart.
      await Promise.race([door?.close(), delay(DRAIN_MS, undefined, { ref: false })]);
      await client.destroy();
      state.stopped();
    },
  };

  /** Until connected, refused for good, or stopped. */
  async function connect(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted && !state.isFatal; attempt++) {
      try {
        const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
        await client.login(token);
        return await Promise.race([ready, untilFatal()]);
      } catch (error) {
        const { code, status, message } = error as { code?: unknown; status?: number; message: string };
        if (code === 'TokenInvalid' || status === 401) return giveUp(4004);
        state.retrying(`cannot connect to Discord: ${message}`);
        log.warn({ err: error, attempt }, 'cannot connect to Discord, trying again');
        await pause(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt));
      }
    }
  }

  async function untilFatal(): Promise<void> {
    while (!state.isFatal && !stopping.signal.aborted) await pause(100);
  }

  function giveUp(code: number): void {
    const detail = state.closed(code);
    if (!detail) return;
    log.fatal({ code }, detail);
    // The client believes itself ready after a refusal: it is put down, and only the publisher goes on.
    client.destroy().catch((err) => log.error({ err }, 'the gateway could not be closed'));
  }

  function listen(): void {
    client.on(Events.InteractionCreate, (interaction) => void door?.handle(interaction));
    client.on(Events.ShardReady, (shard) => {
      state.up(shard);
      log.info({ shard }, 'gateway connected');
    });
    client.on(Events.ShardResume, (shard, replayed) => {
      state.up(shard);
      log.info({ shard, replayed }, 'gateway resumed');
    });
    client.on(Events.ShardReconnecting, (shard) => {
      state.down(shard);
      log.warn({ shard }, 'gateway lost, reconnecting; posts go on');
    });
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      state.down(shard);
      giveUp(code);
    });
    client.on(Events.ShardError, (err, shard) => log.warn({ err, shard }, 'gateway error'));
    // Without a listener an error in any of these would end the process.
    client.on(Events.Error, (err) => log.error({ err }, 'discord.js error'));
    client.rest.on('rateLimited', ({ route, scope, timeToReset }) =>
      log.warn({ route, scope, timeToReset }, 'interactions are rate-limited'),
    );
    client.rest.on('invalidRequestWarning', ({ count, remainingTime }) =>
      log.error({ count, remainingTime }, 'many refused requests: Discord bans at 10,000 in 10 minutes'),
    );
    client.once(Events.ClientReady, (ready) => void onReady([...ready.guilds.cache.values()]));
    client.on(Events.GuildCreate, (guild) => void onJoined(guild));
    client.on(Events.GuildDelete, (guild) => void onLeft(guild));
  }

  async function onReady(guilds: readonly Guild[]): Promise<void> {
    if (options.register) await register();
    const known = new Map((await store.settings.list()).map((one) => [one.scope, one]));
    // Servers that came or went while we were away.
    for (const guild of guilds) {
      const settings = known.get(scopeOf(guild));
      if (!settings || settings.removedAt !== null) await onJoined(guild);
    }
  }

  async function register(): Promise<void> {
    try {
      const outcome = await registerIfChanged({ token, apiUrl, dispatch: options.dispatch() }, store.meta);
      log.info({ outcome }, 'commands');
    } catch (err) {
      log.error({ err }, 'the commands could not be registered; the earlier ones go on');
    }
  }

  async function onJoined(guild: Guild): Promise<void> {
    try {
      const scope = scopeOf(guild);
      const before = await store.settings.get(scope);
      await events.joined(scope);
      if (before && before.removedAt === null) return;
      const channel = welcomeChannel(guild);
      const locale = localeOfClient(guild.preferredLocale);
      const reply = welcomeReply(options.dispatch().commands, locale, missingInGuild(guild));
      const [message] = renderReply(reply, new LongCalls());
      const outcome = await publisher.post(channel ?? { user: guild.ownerId }, message!.payload);
      log.info({ scope, outcome: outcome.kind }, 'joined a server');
    } catch (err) {
      log.error({ err, guild: guild.id }, 'the first message in a server failed');
    }
  }

  async function onLeft(guild: Guild): Promise<void> {
    try {
      await events.removed(scopeOf(guild));
      log.info({ scope: scopeOf(guild) }, 'removed from a server');
    } catch (err) {
      log.error({ err, guild: guild.id }, 'the removal from a server could not be recorded');
    }
  }

  /** Ends early where we are stopping. */
  function pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

function createClient(apiUrl: string): Client {
  return new Client({
    // Everything we do comes by interactions; no message is read but our own, over REST.
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: { api: apiUrl, version: '10', timeout: 15_000 },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ThreadManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
}

function scopeOf(guild: Guild): Scope {
  return `discord:${guild.id}`;
}

function pick(settleMs: number | undefined): { settleMs?: number } {
  return settleMs === undefined ? {} : { settleMs };
}
