import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, Events, type Guild } from 'discord.js';
import type { Logger } from 'pino';
import type { Dispatch } from '../../commands/command.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { Platform, ScopeEvents } from '../platform.ts';
import { localeOfClient } from './actor.ts';
import { createDoor } from './door.ts';
import { createGateway } from './gateway.ts';
import { GatewayState, TOKEN_REFUSED } from './gateway-state.ts';
import { createDiscordPublisher, type DiscordPublisher } from './publisher.ts';
import { registerIfChanged } from './register-commands.ts';
import { renderReply } from './render-reply.ts';
import { missingForWelcome, welcomeChannel, welcomeReply } from './welcome.ts';

export interface DiscordOptions {
  token: string;
  /** `https://discord.com/api` */
  apiUrl: string;
  /** Asked for when people begin to ask: the commands may need this platform's publisher. */
  dispatch: () => Dispatch;
  store: Pick<Store, 'leases' | 'longCalls' | 'meta' | 'settings'>;
  /** This process among those that share the database: they share the gateway's shards. */
  owner?: string;
  events: ScopeEvents;
  /** Register the commands at start where their definition changed. */
  register: boolean;
  log: Logger;
  /** ms UTC. */
  now?: () => number;
  settleMs?: number;
  /** How long a shard is held without word from its holder, ms. */
  shardLeaseMs?: number;
}

export interface DiscordPlatform extends Platform {
  readonly publisher: DiscordPublisher;
}

/** Longest time that start waits for the gateway; connecting goes on behind it. */
const START_MS = 10_000;
const DRAIN_MS = 8_000;

/** The listening half speaks the gateway by discord.js; the publisher needs only REST and works without it. */
export function createDiscordPlatform(options: DiscordOptions): DiscordPlatform {
  const { token, apiUrl, store, events, now = Date.now, owner = randomUUID() } = options;
  const { settleMs, shardLeaseMs } = options;
  const log = options.log.child({ platform: 'discord' });
  const publisher = createDiscordPublisher({
    token,
    apiUrl,
    now,
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  const state = new GatewayState(now);
  const leaseMs = shardLeaseMs === undefined ? {} : { leaseMs: shardLeaseMs };
  const gateway = createGateway({ token, apiUrl, store, owner, state, log, now, listen, ...leaseMs });
  let door: ReturnType<typeof createDoor> | null = null;

  return {
    name: 'discord',
    publisher,
    health() {
      const health = state.health();
      // A gateway that is open already lives on for a while after its token died; nothing can be posted, though.
      return publisher.isRefused() ? { ...health, state: 'fatal', detail: TOKEN_REFUSED } : health;
    },
    async start(signal) {
      door = createDoor({ dispatch: options.dispatch(), store, apiUrl, log, now });
      signal.addEventListener('abort', () => void gateway.stop(), { once: true });
      await Promise.race([gateway.start(), delay(START_MS, undefined, { ref: false })]);
    },
    async stop() {
      // What is under way is answered over REST; the gateway goes after it, so that late askers hear of the restart.
      await Promise.race([door?.close(), delay(DRAIN_MS, undefined, { ref: false })]);
      await gateway.stop();
      state.stopped();
    },
  };

  function listen(client: Client): void {
    client.on(Events.InteractionCreate, (interaction) => void door?.handle(interaction));
    client.once(Events.ClientReady, (ready) => void onReady(ready));
    client.on(Events.GuildCreate, (guild) => void onJoined(guild));
    client.on(Events.GuildDelete, (guild) => void onLeft(guild));
  }

  async function onReady(client: Client<true>): Promise<void> {
    try {
      if (options.register) await register(client.application.id);
      const known = new Map((await store.settings.list()).map((one) => [one.scope, one]));
      // Servers that came or went while we were away.
      for (const guild of client.guilds.cache.values()) {
        const settings = known.get(scopeOf(guild));
        if (!settings || settings.removedAt !== null) await onJoined(guild);
      }
    } catch (err) {
      log.error(
        { err },
        'the servers could not be looked through; those that are new are greeted at the next start',
      );
    }
  }

  async function register(applicationId: string): Promise<void> {
    try {
      const dispatch = options.dispatch();
      const outcome = await registerIfChanged({ token, apiUrl, dispatch }, applicationId, store.meta);
      log.info({ outcome }, 'commands');
    } catch (err) {
      log.error({ err }, 'the commands could not be registered; the earlier ones go on');
    }
  }

  async function onJoined(guild: Guild): Promise<void> {
    try {
      const scope = scopeOf(guild);
      const before = await store.settings.get(scope);
      const locale = localeOfClient(guild.preferredLocale);
      await events.joined(scope, locale);
      if (before && before.removedAt === null) return;
      const channel = welcomeChannel(guild);
      const missing = missingForWelcome(guild, channel);
      const reply = welcomeReply(options.dispatch().commands, locale, missing);
      const [message] = renderReply(reply, new Map());
      const outcome = await publisher.post(channel?.id ?? { user: guild.ownerId }, message!.payload);
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
}

function scopeOf(guild: Guild): Scope {
  return `discord:${guild.id}`;
}
