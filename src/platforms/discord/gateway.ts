import { setTimeout as delay } from 'node:timers/promises';
import { Client, Events, GatewayIntentBits, Options, REST } from 'discord.js';
import { type APIGatewayBotInfo, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Store } from '../../store/store.ts';
import type { GatewayState } from './gateway-state.ts';

export interface GatewayDeps {
  token: string;
  apiUrl: string;
  store: { leases: Pick<Store['leases'], 'acquire' | 'release'> };
  /** This process among those that share the database. */
  owner: string;
  state: GatewayState;
  log: Logger;
  /** ms UTC. */
  now: () => number;
  /** Attaches what hears the events of each new client. */
  listen: (client: Client) => void;
  /** How long a shard is held without word from its holder, ms. */
  leaseMs?: number;
}

export interface Gateway {
  /** Resolves once connected, standing by, or refused for good; connecting goes on behind it. */
  start(): Promise<void>;
  /** Closes the connections and gives the shards back. */
  stop(): Promise<void>;
}

const LEASE_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** One client with the shards that were free when it was opened. */
interface Session {
  shards: number[];
  count: number;
  client: Client | null;
  /** When the database last said that they are ours, by a clock that never jumps. */
  heldAt: number;
  isOpen: boolean;
}

/**
 * The connections that commands come by. Instances that share a database share the shards: each is held by one under
 * a lease, and who holds none stands by until one is free.
 */
export function createGateway(deps: GatewayDeps): Gateway {
  const { token, apiUrl, store, owner, state, log, now, leaseMs = LEASE_MS } = deps;
  const rest = new REST({ api: apiUrl, version: '10', timeout: 15_000 }).setToken(token);
  const stopping = new AbortController();
  const sessions = new Set<Session>();
  let running: Promise<void> = Promise.resolve();

  return {
    start() {
      const { promise, resolve } = Promise.withResolvers<void>();
      running = hold(resolve).finally(resolve);
      return promise;
    },
    async stop() {
      stopping.abort();
      await running;
      await Promise.all([...sessions].map(close));
    },
  };

  async function hold(started: () => void): Promise<void> {
    const count = await shardCount();
    let isFirst = true;
    while (count !== null && goesOn()) {
      await renew();
      const shards = await takeFree(count);
      if (shards.length) {
        const opened = open(shards, count);
        if (isFirst) void opened.finally(started);
      } else if (!sessions.size) {
        state.standby();
        started();
      }
      isFirst = false;
      await pause(leaseMs / 3);
    }
  }

  function goesOn(): boolean {
    return !stopping.signal.aborted && !state.isFatal;
  }

  /** How many Discord asks for; null where it refuses us for good, or we stop. */
  async function shardCount(): Promise<number | null> {
    for (let attempt = 0; goesOn(); attempt++) {
      try {
        return ((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).shards;
      } catch (error) {
        rest.setToken(token);
        await failed(error, attempt);
      }
    }
    return null;
  }

  async function takeFree(count: number): Promise<number[]> {
    const held = new Set([...sessions].flatMap(({ shards }) => shards));
    const free: number[] = [];
    try {
      for (let shard = 0; shard < count && goesOn(); shard++)
        if (!held.has(shard) && (await acquire(shard, count))) free.push(shard);
    } catch (err) {
      log.warn({ err }, 'free gateway shards could not be looked for; trying again');
    }
    return free;
  }

  /** Whoever was away for longer than a lease finds its shards taken, and lets go of them. */
  async function renew(): Promise<void> {
    for (const session of sessions) {
      let isOurs = performance.now() - session.heldAt < leaseMs;
      try {
        for (const shard of session.shards) isOurs = (await acquire(shard, session.count)) && isOurs;
        if (isOurs) session.heldAt = performance.now();
      } catch (err) {
        log.warn({ err }, 'the lease of gateway shards could not be renewed');
        isOurs = performance.now() - session.heldAt < leaseMs - leaseMs / 3;
      }
      if (isOurs) continue;
      log.warn({ shards: session.shards }, 'gateway shards are let go: their lease was lost');
      await close(session);
    }
  }

  async function acquire(shard: number, count: number): Promise<boolean> {
    return (await store.leases.acquire(leaseName(shard, count), owner, leaseMs, now())) !== null;
  }

  /** Until connected, refused for good, let go, or stopped. */
  async function open(shards: number[], count: number): Promise<void> {
    const session: Session = { shards, count, client: null, heldAt: performance.now(), isOpen: true };
    sessions.add(session);
    for (let attempt = 0; goesOn() && session.isOpen; attempt++) {
      const client = createClient(apiUrl, shards, count);
      session.client = client;
      try {
        const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
        hear(client, session);
        deps.listen(client);
        await client.login(token);
        return await Promise.race([ready, untilOver(session)]);
      } catch (error) {
        await client.destroy().catch(() => {});
        if (session.isOpen) await failed(error, attempt);
      }
    }
  }

  async function failed(error: unknown, attempt: number): Promise<void> {
    const { code, status, message } = error as { code?: unknown; status?: number; message: string };
    if (code === 'TokenInvalid' || status === 401) return giveUp(4004);
    state.retrying(`cannot connect to Discord: ${message}`);
    log.warn({ err: error, attempt }, 'cannot connect to Discord, trying again');
    await pause(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt));
  }

  async function untilOver(session: Session): Promise<void> {
    while (goesOn() && session.isOpen) await pause(100);
  }

  function giveUp(code: number): void {
    const detail = state.closed(code);
    if (!detail) return;
    log.fatal({ code }, detail);
    // A client believes itself ready after a refusal: it is put down, and only the publisher goes on.
    for (const session of sessions) void close(session);
  }

  async function close(session: Session): Promise<void> {
    session.isOpen = false;
    sessions.delete(session);
    state.gone(session.shards);
    try {
      await session.client?.destroy();
      for (const shard of session.shards) await store.leases.release(leaseName(shard, session.count), owner);
    } catch (err) {
      log.warn(
        { err, shards: session.shards },
        'gateway shards could not be given back; their lease runs out',
      );
    }
  }

  function hear(client: Client, session: Session): void {
    client.on(Events.ShardReady, (shard) => {
      if (!session.isOpen) return;
      state.up(shard);
      log.info({ shard }, 'gateway connected');
    });
    client.on(Events.ShardResume, (shard, replayed) => {
      if (!session.isOpen) return;
      state.up(shard);
      log.info({ shard, replayed }, 'gateway resumed');
    });
    client.on(Events.ShardReconnecting, (shard) => {
      if (!session.isOpen) return;
      state.down(shard);
      log.warn({ shard }, 'gateway lost, reconnecting; posts go on');
    });
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      if (!session.isOpen) return;
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
  }

  /** Ends early where we are stopping. */
  function pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: stopping.signal }).catch(() => {});
  }
}

const leaseName = (shard: number, count: number) => `shard:${shard}/${count}`;

function createClient(apiUrl: string, shards: number[], shardCount: number): Client {
  return new Client({
    // Everything we do comes by interactions; no message is read but our own, over REST.
    intents: [GatewayIntentBits.Guilds],
    shards,
    shardCount,
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
