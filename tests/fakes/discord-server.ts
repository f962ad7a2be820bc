import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { checkChoices, checkCommands, checkMessage, checkModal } from './discord-limits.ts';

// biome-ignore lint/suspicious/noExplicitAny: any JSON may come; the limits are checked at run time.
type Json = Record<string, any>;

export const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAx.fake.token-for-tests';
const APP = '100000000000000001';
export const GUILD = '200000000000000001';
export const CHANNEL = '300000000000000001';
const USER = '400000000000000001';
/** A role that each server has, without permissions of its own. */
export const ROLE = '500000000000000007';

const EPOCH = 1_420_070_400_000;
const PERMISSION = {
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageThreads: 1n << 34n,
  publicThreads: 1n << 35n,
  readHistory: 1n << 16n,
  inThreads: 1n << 38n,
};
export const MEMBER_PERMISSIONS =
  PERMISSION.viewChannel |
  PERMISSION.sendMessages |
  PERMISSION.readHistory |
  PERMISSION.inThreads |
  PERMISSION.publicThreads;

/** What to answer instead of doing it; `after` does it first, `hang` never answers. */
export interface Fault {
  method?: string;
  path?: RegExp;
  status?: number;
  body?: Json;
  headers?: Record<string, string>;
  after?: boolean;
  hang?: boolean;
  /** Closes the connection without an answer. */
  cut?: boolean;
  times?: number;
}

export interface Visible {
  id: string;
  payload: Json;
  ephemeral: boolean;
  files: { name: string; content: string }[];
}

/** One thing a person did, and everything that was answered to it. */
export interface Asked {
  id: string;
  token: string;
  at: number;
  /** ms until the first answer of any kind. */
  firstAfter: number | null;
  /** ms until the first answer with content. */
  fullAfter: number | null;
  callback: number | null;
  modal: Json | null;
  choices: Json[] | null;
  messages: Visible[];
  deleted: boolean;
}

export interface Ask {
  user?: string;
  locale?: string;
  /** null: in a DM. */
  guild?: string | null;
  channel?: string;
  permissions?: bigint;
  roles?: string[];
  /** The server has not installed the bot; only the person has. */
  onlyUser?: boolean;
}

interface Channel {
  id: string;
  type: number;
  guild_id?: string;
  parent_id?: string;
  name?: string;
  owner_id?: string;
  flags?: number;
  available_tags?: Json[];
  applied_tags?: string[];
  permission_overwrites: Json[];
  messages: Json[];
  recipient?: string;
}

/** A Discord of one's own on loopback: REST v10 and a gateway, with faults on order. */
export class DiscordServer {
  /** Limits that a payload broke, with the path it was sent to: a test that leaves this non-empty has failed. */
  readonly violations: string[] = [];
  readonly requests: { method: string; path: string; body: Json; at: number }[] = [];
  readonly faults: Fault[] = [];
  readonly asked: Asked[] = [];
  readonly channels = new Map<string, Channel>();
  readonly guilds = new Map<string, Json>();
  /** By `global` or guild id. */
  readonly commands = new Map<string, Json[]>();
  /** Users that do not take DMs. */
  readonly closedDms = new Set<string>();
  readonly identifies: Json[] = [];
  resumes = 0;
  /** For how long an equal nonce is dropped, ms. */
  nonceWindowMs = 0;
  shards = 1;
  heartbeatMs = 40_000;
  acksHeartbeats = true;
  token = TOKEN;
  /** Whose token it is. */
  application = APP;
  /** Answers the next identify by closing with this code. */
  refuseIdentifyWith: number | null = null;
  /** Answers the next resume with an invalid session. */
  refuseResume = false;

  readonly #http: Server;
  readonly #ws = new WebSocketServer({ noServer: true });
  readonly #sockets = new Map<WebSocket, { session: string; shard: [number, number]; seq: number }>();
  readonly #sessions = new Map<string, { shard: [number, number]; sent: Json[] }>();
  readonly #tcp = new Set<Socket>();
  #sequence = 0;
  #lastId = 0n;

  private constructor() {
    this.#http = createServer((request, response) => {
      this.#handle(request, response).catch((error) => {
        this.violations.push(`the fake itself failed: ${error.stack}`);
        response.writeHead(500).end('{}');
      });
    });
    this.#http.on('connection', (socket) => {
      this.#tcp.add(socket);
      socket.on('close', () => this.#tcp.delete(socket));
    });
    this.#http.on('upgrade', (request, socket, head) =>
      this.#ws.handleUpgrade(request, socket, head, (ws) => this.#connected(ws)),
    );
  }

  static async start(): Promise<DiscordServer> {
    const server = new DiscordServer();
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    server.addGuild(GUILD);
    server.addChannel({ id: CHANNEL, type: 0, guild_id: GUILD, name: 'news' });
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  async close(): Promise<void> {
    for (const ws of this.#sockets.keys()) ws.terminate();
    this.#ws.close();
    for (const socket of this.#tcp) socket.destroy();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  id(at = Date.now()): string {
    let id = BigInt(at - EPOCH) << 22n;
    if (id <= this.#lastId) id = this.#lastId + 1n;
    this.#lastId = id;
    return String(id);
  }

  addGuild(id: string, botPermissions = MEMBER_PERMISSIONS): Json {
    const guild = {
      id,
      name: `Server ${id.slice(-2)}`,
      owner_id: USER,
      preferred_locale: 'en-US',
      roles: [role(id, '@everyone', botPermissions), role(ROLE, 'editors', 0n)],
      system_channel_id: CHANNEL,
      members: [
        { user: bot(), roles: [], joined_at: new Date().toISOString(), deaf: false, mute: false, flags: 0 },
      ],
    };
    this.guilds.set(id, guild);
    return guild;
  }

  addChannel(channel: Partial<Channel> & { id: string; type: number }): Channel {
    const full = { permission_overwrites: [], messages: [], ...channel };
    this.channels.set(channel.id, full);
    return full;
  }

  /** Takes a permission from the bot everywhere in a server. */
  deny(guildId: string, permissions: bigint): void {
    const role = this.guilds.get(guildId)!.roles[0];
    role.permissions = String(BigInt(role.permissions) & ~permissions);
  }

  messagesIn(channelId: string): Json[] {
    return this.channels.get(channelId)?.messages ?? [];
  }

  // --- what a person does -------------------------------------------------------------------------------------

  /** Types a command; options by name, files as `{name, content}`. */
  command(path: string, options: Record<string, unknown> = {}, ask: Ask = {}): Asked {
    return this.#ask(2, this.#commandData(path, options), ask);
  }

  autocomplete(
    path: string,
    option: string,
    text: string,
    ask: Ask = {},
    given: Record<string, unknown> = {},
  ): Asked {
    return this.#ask(4, this.#commandData(path, { ...given, [option]: text }, option), ask);
  }

  /** Presses a button by its custom_id, on the message it stands in. */
  press(customId: string, message: Json, ask: Ask = {}): Asked {
    return this.#ask(3, { custom_id: customId, component_type: 2 }, ask, message);
  }

  /** Sends a form: values by field name; lists for selects. */
  submit(modal: Json, values: Record<string, string | string[]>, ask: Ask = {}): Asked {
    const components = (modal.components as Json[]).map((label) => {
      const { custom_id, type } = label.component;
      const given = values[custom_id];
      const preset =
        type === 4
          ? (label.component.value ?? '')
          : type === 3
            ? label.component.options.filter((o: Json) => o.default).map((o: Json) => o.value)
            : (label.component.default_values ?? []).map((v: Json) => v.id);
      const value = given ?? preset;
      return {
        type: 18,
        id: 1,
        component: { type, id: 2, custom_id, ...(type === 4 ? { value } : { values: [value].flat() }) },
      };
    });
    return this.#ask(5, { custom_id: modal.custom_id, components, resolved: {} }, ask);
  }

  /** Uses a message's context menu. */
  menu(name: string, message: Json, ask: Ask = {}): Asked {
    const data = {
      id: this.id(),
      name,
      type: 3,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
    };
    return this.#ask(2, data, ask);
  }

  /** A server adds the bot. */
  join(guildId: string): void {
    this.#dispatchTo(guildId, 'GUILD_CREATE', this.#guildCreate(guildId));
  }

  leave(guildId: string): void {
    this.guilds.delete(guildId);
    this.#dispatchTo(guildId, 'GUILD_DELETE', { id: guildId });
  }

  /** Waits until an ask is answered with content: a message, a modal or choices. */
  async answered(asked: Asked, timeoutMs = 5_000): Promise<Asked> {
    const end = Date.now() + timeoutMs;
    while (asked.fullAfter === null) {
      if (Date.now() > end) throw new Error(`no answer within ${timeoutMs} ms (callback ${asked.callback})`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return asked;
  }

  /** How often each shard was identified for, by its number. */
  identifiesByShard(): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const { shard } of this.identifies) counts[shard?.[0] ?? 0] = (counts[shard?.[0] ?? 0] ?? 0) + 1;
    return counts;
  }

  // --- the gateway's moods ------------------------------------------------------------------------------------

  get connections(): number {
    return this.#sockets.size;
  }

  /** Closes every gateway connection with a code. */
  drop(code: number): void {
    for (const ws of this.#sockets.keys()) ws.close(code);
  }

  /** Cuts the wire without a goodbye. */
  cut(): void {
    for (const ws of this.#sockets.keys()) ws.terminate();
  }

  invalidateSession(resumable: boolean): void {
    for (const ws of this.#sockets.keys()) send(ws, { op: 9, d: resumable });
  }

  askToReconnect(): void {
    for (const ws of this.#sockets.keys()) send(ws, { op: 7, d: null });
  }

  #connected(ws: WebSocket): void {
    send(ws, { op: 10, d: { heartbeat_interval: this.heartbeatMs } });
    ws.on('message', (data) => this.#received(ws, JSON.parse(String(data))));
    ws.on('close', () => this.#sockets.delete(ws));
  }

  #received(ws: WebSocket, packet: Json): void {
    if (packet.op === 1 && this.acksHeartbeats) send(ws, { op: 11, d: null });
    if (packet.op === 2) this.#identify(ws, packet.d);
    if (packet.op === 6) this.#resume(ws, packet.d);
  }

  #identify(ws: WebSocket, d: Json): void {
    this.identifies.push(d);
    const code = d.token !== this.token ? 4004 : this.refuseIdentifyWith;
    if (code !== null) {
      ws.close(code);
      return;
    }
    const session = `session-${++this.#sequence}`;
    const shard: [number, number] = d.shard ?? [0, 1];
    this.#sockets.set(ws, { session, shard, seq: 0 });
    this.#sessions.set(session, { shard, sent: [] });
    const guilds = [...this.guilds.keys()].filter((id) => this.#shardOf(id, shard[1]) === shard[0]);
    this.#dispatch(ws, 'READY', {
      v: 10,
      user: bot(),
      session_id: session,
      resume_gateway_url: `ws://127.0.0.1:${this.port}`,
      guilds: guilds.map((id) => ({ id, unavailable: true })),
      application: { id: this.application, flags: 0 },
      shard,
    });
    for (const id of guilds) this.#dispatch(ws, 'GUILD_CREATE', this.#guildCreate(id));
  }

  #resume(ws: WebSocket, d: Json): void {
    const session = this.#sessions.get(d.session_id);
    if (!session || this.refuseResume) {
      this.refuseResume = false;
      send(ws, { op: 9, d: false });
      return;
    }
    this.resumes += 1;
    this.#sockets.set(ws, { session: d.session_id, shard: session.shard, seq: session.sent.length });
    for (const packet of session.sent.filter((sent) => sent.s > d.seq)) send(ws, packet);
    this.#dispatch(ws, 'RESUMED', {});
  }

  #shardOf(guildId: string, count: number): number {
    return Number((BigInt(guildId) >> 22n) % BigInt(count));
  }

  /** Keeps the event for a resume even while nobody is connected. */
  #dispatchTo(guildId: string | null, t: string, d: Json): void {
    const sockets = [...this.#sockets];
    const wanted = (shard: [number, number]) =>
      guildId === null ? shard[0] === 0 : this.#shardOf(guildId, shard[1]) === shard[0];
    // Whoever is connected for the shard hears it: two instances may be for a moment.
    const open = sockets.filter(([, { shard }]) => wanted(shard));
    for (const [ws] of open) this.#dispatch(ws, t, d);
    if (open.length) return;
    const session = [...this.#sessions.values()].reverse().find(({ shard }) => wanted(shard));
    session?.sent.push({ op: 0, t, s: session.sent.length + 1, d });
  }

  #dispatch(ws: WebSocket, t: string, d: Json): void {
    const { session } = this.#sockets.get(ws)!;
    const { sent } = this.#sessions.get(session)!;
    const packet = { op: 0, t, s: sent.length + 1, d };
    sent.push(packet);
    send(ws, packet);
  }

  #guildCreate(id: string): Json {
    const guild = this.guilds.get(id)!;
    const channels = [...this.channels.values()].filter((c) => c.guild_id === id && c.type < 10);
    return {
      ...guild,
      unavailable: false,
      member_count: 2,
      joined_at: new Date().toISOString(),
      large: false,
      channels: channels.map(({ messages: _, ...channel }) => channel),
      threads: [],
      emojis: [],
      stickers: [],
      features: [],
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      verification_level: 0,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      mfa_level: 0,
      nsfw_level: 0,
      premium_tier: 0,
      system_channel_flags: 0,
      premium_progress_bar_enabled: false,
    };
  }

  // --- interactions -------------------------------------------------------------------------------------------

  #commandData(path: string, options: Record<string, unknown>, focused?: string): Json {
    const [name, sub] = path.split(' ');
    const registered = [...(this.commands.get('global') ?? []), ...[...this.commands.values()].flat()];
    const command = registered.find((c) => c.name === name && (c.type ?? 1) === 1);
    if (!command) throw new Error(`/${path} is not registered`);
    const node = sub ? command.options.find((o: Json) => o.name === sub) : command;
    if (!node) throw new Error(`/${path} is not registered`);
    const resolved: Json = {};
    const given = Object.entries(options).map(([option, value]) => {
      const spec = (node.options ?? []).find((o: Json) => o.name === option);
      if (!spec) throw new Error(`/${path} has no option ${option}`);
      if (spec.type === 11) {
        const id = this.id();
        const file = value as { name: string; content: string };
        this.#attachments.set(id, file.content);
        resolved.attachments = {
          [id]: {
            id,
            filename: file.name,
            size: Buffer.byteLength(file.content),
            url: `http://127.0.0.1:${this.port}/attachments/${id}/${file.name}`,
            proxy_url: '',
          },
        };
        return { name: option, type: 11, value: id };
      }
      if (spec.type === 7) {
        const channel = this.channels.get(String(value));
        resolved.channels = { [String(value)]: { ...channel, messages: undefined, permissions: '0' } };
      }
      if (spec.type === 8)
        resolved.roles = { [String(value)]: { id: value, name: 'role', permissions: '0' } };
      return { name: option, type: spec.type, value, ...(option === focused ? { focused: true } : {}) };
    });
    const inner = sub ? [{ name: sub, type: 1, options: given }] : given;
    return { id: command.id, name, type: 1, options: inner, resolved };
  }

  readonly #attachments = new Map<string, string>();

  #ask(type: number, data: Json, ask: Ask, message?: Json): Asked {
    const guild = ask.guild === undefined ? GUILD : ask.guild;
    const user = {
      id: ask.user ?? USER,
      username: `user${(ask.user ?? USER).slice(-2)}`,
      global_name: 'Ada *Sample*',
      discriminator: '0',
      avatar: null,
    };
    const channelId = ask.channel ?? CHANNEL;
    const asked: Asked = {
      id: this.id(),
      token: `token-${this.id()}`,
      at: performance.now(),
      firstAfter: null,
      fullAfter: null,
      callback: null,
      modal: null,
      choices: null,
      messages: [],
      deleted: false,
    };
    this.asked.push(asked);
    const member = {
      user,
      roles: ask.roles ?? [],
      permissions: String(ask.permissions ?? MEMBER_PERMISSIONS),
      joined_at: new Date().toISOString(),
      deaf: false,
      mute: false,
      flags: 0,
      pending: false,
      nick: null,
    };
    const channel = this.channels.get(channelId);
    this.#dispatchTo(guild, 'INTERACTION_CREATE', {
      id: asked.id,
      application_id: this.application,
      type,
      data,
      token: asked.token,
      version: 1,
      ...(guild === null
        ? { user }
        : { guild_id: guild, guild: { id: guild, locale: 'en-US', features: [] }, member }),
      channel_id: channelId,
      channel:
        guild === null
          ? { id: channelId, type: 1 }
          : { id: channelId, type: channel?.type ?? 0, name: 'news' },
      locale: ask.locale ?? 'en-US',
      guild_locale: 'en-US',
      app_permissions: String(MEMBER_PERMISSIONS),
      entitlements: [],
      authorizing_integration_owners: ask.onlyUser ? { 1: user.id } : { 0: guild ?? '0' },
      context: guild === null ? 1 : 0,
      attachment_size_limit: 10_485_760,
      ...(message ? { message } : {}),
    });
    return asked;
  }

  // --- REST ---------------------------------------------------------------------------------------------------

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://fake');
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '');
    const method = request.method!;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { body, files } = await readBody(request, Buffer.concat(chunks));
    this.requests.push({ method, path, body, at: performance.now() });
    const reply = (status: number, json: Json | null, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        ...(json === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
      });
      response.end(json === null ? undefined : JSON.stringify(json));
    };
    const fault = this.#faultFor(method, path);
    if (fault && !fault.after) return void this.#fail(fault, response, reply);
    if (path.startsWith('/attachments/')) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      return void response.end(this.#attachments.get(path.split('/')[2]!));
    }
    const tokenless = /^\/(webhooks|interactions)\//.test(path);
    if (!tokenless && request.headers.authorization !== `Bot ${this.token}`)
      return reply(401, { message: '401: Unauthorized', code: 0 });
    const [status, json] = this.#route(method, path, url.searchParams, body, files);
    if (fault) return void this.#fail(fault, response, reply);
    reply(status, json);
  }

  #faultFor(method: string, path: string): Fault | null {
    const index = this.faults.findIndex(
      (fault) => (!fault.method || fault.method === method) && (!fault.path || fault.path.test(path)),
    );
    if (index < 0) return null;
    const fault = this.faults[index]!;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(index, 1);
    return fault;
  }

  #fail(
    fault: Fault,
    response: ServerResponse,
    reply: (status: number, json: Json, headers?: Record<string, string>) => void,
  ): void {
    if (fault.hang) return;
    if (fault.cut) return void response.socket?.destroy();
    reply(fault.status ?? 500, fault.body ?? { message: 'fault', code: 0 }, fault.headers);
  }

  #route(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Json,
    files: Visible['files'],
  ): [number, Json | null] {
    const p = path.split('/').slice(1);
    const key = `${method} ${p[0]}`;
    if (path === '/gateway/bot')
      return [
        200,
        {
          url: `ws://127.0.0.1:${this.port}`,
          shards: this.shards,
          session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 16 },
        },
      ];
    if (path === '/users/@me') return [200, bot()];
    if (key === 'GET users')
      return [200, { id: p[1], username: 'someone', discriminator: '0', avatar: null }];
    if (path === '/applications/@me') return [200, { id: this.application, flags: 0, name: 'tumen' }];
    if (path === '/users/@me/channels') return this.#openDm(body.recipient_id);
    if (method === 'PUT' && p[0] === 'applications')
      return this.#register(p[2] === 'guilds' ? p[3]! : 'global', body);
    if (p[0] === 'interactions') return this.#callback(p[1]!, body, files);
    if (p[0] === 'webhooks') return this.#webhook(method, p, body, files);
    if (p[0] === 'guilds') return this.#guild(method, p);
    if (p[0] === 'channels') return this.#channel(method, p, query, body, files);
    return [404, { message: `no route ${method} ${path}`, code: 0 }];
  }

  #openDm(user: string): [number, Json] {
    const known = [...this.channels.values()].find((channel) => channel.recipient === user);
    const channel = known ?? this.addChannel({ id: this.id(), type: 1, recipient: user });
    return [200, { id: channel.id, type: 1, recipients: [{ id: user }] }];
  }

  #register(where: string, body: Json): [number, Json] {
    const commands = (Object.values(body) as Json[]).map((command) => ({ ...command, id: this.id() }));
    const wrong = checkCommands(commands);
    if (wrong.length) return this.#refuse('commands', wrong);
    this.commands.set(where, commands);
    return [200, commands];
  }

  #guild(method: string, p: string[]): [number, Json] {
    const guild = this.guilds.get(p[1]!);
    if (!guild) return [404, { message: 'Unknown Guild', code: 10004 }];
    if (p[2] === 'members') return [200, guild.members[0]];
    if (p[2] === 'threads') {
      const threads = [...this.channels.values()].filter(
        (c) => c.guild_id === p[1] && c.type >= 10 && c.type <= 12,
      );
      return [200, { threads: threads.map(({ messages: _, ...thread }) => thread), members: [] }];
    }
    if (method === 'GET') return [200, guild];
    return [404, { message: 'no such route', code: 0 }];
  }

  #channel(
    method: string,
    p: string[],
    query: URLSearchParams,
    body: Json,
    files: Visible['files'],
  ): [number, Json | null] {
    const channel = this.channels.get(p[1]!);
    if (!channel) return [404, { message: 'Unknown Channel', code: 10003 }];
    const lacks = this.#lacks(channel, method, p);
    if (lacks) return lacks;
    const { messages, ...bare } = channel;
    if (p.length === 2 && method === 'GET') return [200, bare];
    if (p.length === 2 && method === 'DELETE') {
      this.channels.delete(channel.id);
      return [200, bare];
    }
    if (p[2] === 'threads' && method === 'POST') return this.#newPost(channel, body);
    if (p[2] !== 'messages') return [404, { message: 'no such route', code: 0 }];
    if (p.length === 3 && method === 'POST') {
      if (channel.recipient && this.closedDms.has(channel.recipient))
        return [403, { message: 'Cannot send messages to this user', code: 50007 }];
      return this.#store(channel, body, files);
    }
    if (p.length === 3) {
      if (!this.#may(channel, PERMISSION.readHistory)) return [200, [] as unknown as Json];
      const after = BigInt(query.get('after') ?? '0');
      const limit = Number(query.get('limit') ?? 50);
      const found = messages.filter((message) => BigInt(message.id) > after).slice(0, limit);
      return [200, found.toReversed() as unknown as Json];
    }
    const message = messages.find(({ id }) => id === p[3]);
    if (!message) return [404, { message: 'Unknown Message', code: 10008 }];
    if (p[4] === 'crosspost') {
      if (channel.type !== 5)
        return [400, { message: 'Cannot execute action on this channel type', code: 50024 }];
      if (message.flags & 1) return [400, { message: 'Already crossposted', code: 40033 }];
      message.flags |= 1;
      return [200, message];
    }
    if (p[4] === 'threads') {
      if (!this.#may(channel, PERMISSION.publicThreads))
        return [403, { message: 'Missing Permissions', code: 50013 }];
      if (this.channels.has(message.id)) return [400, { message: 'Thread exists', code: 160004 }];
      const thread = {
        id: message.id,
        type: 11,
        guild_id: channel.guild_id,
        parent_id: channel.id,
        owner_id: APP,
        name: body.name,
      };
      const { messages: _, ...made } = this.addChannel(thread as Channel);
      return [201, made];
    }
    if (method === 'DELETE') {
      messages.splice(messages.indexOf(message), 1);
      return [204, null];
    }
    if (method === 'PATCH') {
      const wrong = checkMessage(
        { ...message, ...body },
        files.map((f) => f.name),
      );
      if (wrong.length) return this.#refuse(`PATCH ${p.join('/')}`, wrong);
      Object.assign(message, body);
    }
    return [200, message];
  }

  #newPost(channel: Channel, body: Json): [number, Json] {
    const wrong = [...checkMessage(body.message)];
    if (!body.name || body.name.length > 100) wrong.push(`post name of ${body.name?.length}`);
    if ((body.applied_tags ?? []).length > 5) wrong.push('more than 5 tags');
    const tags: string[] = body.applied_tags ?? [];
    const unknown = tags.find((id) => !channel.available_tags?.some((tag) => tag.id === id));
    if (unknown) wrong.push(`tag ${unknown} is none of this forum`);
    if (wrong.length) return this.#refuse('forum post', wrong);
    if ((channel.flags ?? 0) & (1 << 4) && !tags.length)
      return [400, { message: 'A tag is required to create a forum post in this channel', code: 40067 }];
    const id = this.id();
    const thread = this.addChannel({
      applied_tags: tags,
      id,
      type: 11,
      guild_id: channel.guild_id!,
      parent_id: channel.id,
      owner_id: APP,
      name: body.name,
    });
    const message = { ...body.message, id, channel_id: id, author: bot(), applied_tags: body.applied_tags };
    thread.messages.push(message);
    const { messages: _, ...made } = thread;
    return [201, { ...made, message }];
  }

  #store(channel: Channel, body: Json, files: Visible['files']): [number, Json] {
    const wrong = checkMessage(
      body,
      files.map((file) => file.name),
    );
    if (wrong.length) return this.#refuse(`messages in ${channel.id}`, wrong);
    const twin =
      body.enforce_nonce &&
      channel.messages.find((m) => m.nonce === body.nonce && Date.now() - m.stored < this.nonceWindowMs);
    if (twin) return [200, twin];
    const message = {
      ...body,
      id: this.id(),
      channel_id: channel.id,
      author: bot(),
      stored: Date.now(),
      timestamp: new Date().toISOString(),
      type: 0,
      flags: body.flags ?? 0,
      attachments: [],
      embeds: [],
      mentions: [],
      mention_roles: [],
      pinned: false,
      tts: false,
      mention_everyone: false,
      edited_timestamp: null,
      content: '',
    };
    channel.messages.push(message);
    return [200, message];
  }

  #may(channel: Channel, permission: bigint): boolean {
    if (!channel.guild_id) return true;
    const everyone = BigInt(this.guilds.get(channel.guild_id)?.roles[0].permissions ?? '0');
    if (everyone & (1n << 3n)) return true;
    const place = channel.parent_id ? this.channels.get(channel.parent_id) : channel;
    let held = everyone;
    for (const overwrite of place?.permission_overwrites ?? [])
      held = (held & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
    return (held & permission) === permission;
  }

  #lacks(channel: Channel, method: string, p: string[]): [number, Json] | null {
    if (!this.#may(channel, PERMISSION.viewChannel)) return [403, { message: 'Missing Access', code: 50001 }];
    const posts = method === 'POST' && (p[2] === 'messages' || p[2] === 'threads');
    const needed = channel.type >= 10 ? PERMISSION.inThreads : PERMISSION.sendMessages;
    if (posts && !this.#may(channel, needed)) return [403, { message: 'Missing Permissions', code: 50013 }];
    if (p.length === 2 && method === 'DELETE' && !this.#may(channel, PERMISSION.manageThreads))
      return [403, { message: 'Missing Permissions', code: 50013 }];
    return null;
  }

  #callback(id: string, body: Json, files: Visible['files']): [number, Json | null] {
    const asked = this.asked.find((one) => one.id === id);
    if (!asked) return [404, { message: 'Unknown interaction', code: 10062 }];
    if (asked.callback !== null)
      return [400, { message: 'Interaction has already been acknowledged.', code: 40060 }];
    const data = body.data ?? {};
    const wrong =
      body.type === 4 || body.type === 7
        ? checkMessage(
            data,
            files.map((file) => file.name),
          )
        : body.type === 9
          ? checkModal(data)
          : body.type === 8
            ? checkChoices(data.choices)
            : [];
    if (wrong.length) return this.#refuse(`callback ${body.type}`, wrong) as [number, Json];
    asked.callback = body.type;
    const after = performance.now() - asked.at;
    asked.firstAfter = after;
    if (body.type === 9) asked.modal = data;
    if (body.type === 8) asked.choices = data.choices;
    if (body.type === 4 || body.type === 5)
      asked.messages.push({
        id: this.id(),
        payload: { ...data, pending: body.type === 5 },
        ephemeral: (Number(data.flags ?? 0) & 64) !== 0,
        files,
      });
    if (body.type !== 5 && body.type !== 6) asked.fullAfter = after;
    return [204, null];
  }

  #webhook(method: string, p: string[], body: Json, files: Visible['files']): [number, Json | null] {
    const asked = this.asked.find((one) => one.token === p[2]);
    if (!asked || asked.callback === null) return [404, { message: 'Unknown Webhook', code: 10015 }];
    if (method === 'DELETE') {
      asked.deleted = true;
      asked.messages.shift();
      return [204, null];
    }
    const original = asked.messages[0];
    if (method === 'GET') return [200, { id: original?.id, ...original?.payload }];
    const flags = Number(body.flags ?? 0) | (method === 'PATCH' && original?.ephemeral ? 64 : 0);
    const wrong = checkMessage(
      { ...body, flags },
      files.map((file) => file.name),
    );
    if (wrong.length) return this.#refuse(`webhook ${method}`, wrong);
    // The first follow-up after a deferral takes the place of "thinking…", and is as private as that was.
    const isFirst = method === 'POST' && original?.payload.pending === true;
    const ephemeral = isFirst ? original.ephemeral : (flags & 64) !== 0;
    const message = { id: this.id(), payload: body, ephemeral, files };
    if (method === 'PATCH' || isFirst) asked.messages[0] = { ...message, id: original!.id };
    else asked.messages.push(message);
    asked.fullAfter ??= performance.now() - asked.at;
    return [
      200,
      { ...body, id: message.id, channel_id: CHANNEL, author: bot(), timestamp: new Date().toISOString() },
    ];
  }

  #refuse(where: string, wrong: string[]): [number, Json] {
    this.violations.push(...wrong.map((what) => `${where}: ${what}`));
    return [400, { message: `Invalid Form Body: ${wrong.join('; ')}`, code: 50035, errors: {} }];
  }
}

function role(id: string, name: string, permissions: bigint): Json {
  return {
    id,
    name,
    permissions: String(permissions),
    position: 0,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

function bot(): Json {
  return { id: APP, username: 'tumen', discriminator: '0000', avatar: null, bot: true, global_name: null };
}

function send(ws: WebSocket, packet: Json): void {
  ws.send(JSON.stringify(packet));
}

async function readBody(
  request: IncomingMessage,
  raw: Buffer,
): Promise<{ body: Json; files: Visible['files'] }> {
  const type = request.headers['content-type'] ?? '';
  if (!raw.length) return { body: {}, files: [] };
  if (!type.startsWith('multipart/')) return { body: JSON.parse(String(raw)), files: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files: Visible['files'] = [];
  for (const [name, value] of form)
    if (name.startsWith('files[')) {
      const file = value as File;
      files.push({ name: file.name, content: await file.text() });
    }
  return { body: JSON.parse(String(form.get('payload_json'))), files };
}
