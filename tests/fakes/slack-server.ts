import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { checkMessage, checkOption, checkView } from './slack-limits.ts';

// biome-ignore lint/suspicious/noExplicitAny: payloads of any shape come and go.
type Json = Record<string, any>;

export const TEAM = 'T0TEAM';
export const BOT_TOKEN = 'xoxb-test-token';
export const APP_TOKEN = 'xapp-test-token';
export const SIGNING_SECRET = 'signing-secret-for-tests';
export const CHANNEL = 'C0NEWS';
export const ADMIN = 'U0ADMIN';
export const MEMBER = 'U0MEMBER';
export const GUEST = 'U0GUEST';
export const OWNER = 'U0OWNER';
/** A member of another organization, met in a shared channel. */
export const OUTSIDER = 'U0OUTSIDER';
export const OTHER_TEAM = 'T0OTHER';
export const DESK = 'S0DESK';
export const MANAGER = 'U0MANAGER';
const BOT_ID = 'B0TUMEN';

export interface SlackMessage {
  ts: string;
  text: string;
  blocks?: Json[];
  bot_id?: string;
  thread_ts?: string;
  metadata?: Json;
}

/** How the next call of a method ends; with `channel`, the next one for that channel. */
export type Fault = (
  | { error: string }
  | { status: number; headers?: Record<string, string>; after?: boolean }
  | { hang: true }
) & { channel?: string };

/** What a person sees of what they did. */
export interface Seen {
  ack: Ack;
  /** By `response_url`. */
  messages: Json[];
  view: Json | null;
  /** Until the first of it stood there, ms. */
  ms: number;
}

/** What came back for an envelope. */
export interface Ack {
  payload: Json | undefined;
  ms: number;
}

/** A local Slack: Web API, Socket Mode, response_url and OAuth, with every payload checked against the limits. */
export class SlackServer {
  readonly violations: string[] = [];
  readonly calls: { method: string; body: Json; token: string | null }[] = [];
  readonly faults = new Map<string, Fault[]>();
  readonly channels = new Map<
    string,
    { name: string; member: boolean; archived: boolean; messages: SlackMessage[] }
  >();
  readonly users = new Map<string, Json>();
  readonly groups: Json[] = [{ id: DESK, handle: 'desk', name: 'News desk', users: [MANAGER] }];
  /** Answers by response_url, in order. */
  readonly answers: { url: string; body: Json }[] = [];
  /** Sockets ever opened. */
  opened = 0;
  readonly views = new Map<string, Json>();
  readonly homes = new Map<string, Json>();
  readonly files: { name: string; channel: string; content: string }[] = [];
  /** Tokens Slack takes. */
  readonly tokens = new Set([BOT_TOKEN, APP_TOKEN]);
  historyDenied = false;
  /** Answers that a `response_url` takes before it is used up. */
  responseUses = 5;
  /** Refuses new sockets: an outage. */
  down = false;
  #server: Server;
  #sockets = new Set<WebSocket>();
  #acks = new Map<string, (ack: Ack) => void>();
  #sentAt = new Map<string, number>();
  #clock = 1_700_000_000;
  #ids = 0;
  /** Views by the trigger that opened them. */
  #opened = new Map<string, string>();
  #triggers = new Map<string, number>();
  #byUrl = new Map<string, Json[]>();
  /** Files attached to forms, by path. */
  #attached = new Map<string, string>();
  #uploads = new Map<string, { name: string; content: string }>();

  private constructor(server: Server) {
    this.#server = server;
    this.channels.set(CHANNEL, { name: 'news', member: true, archived: false, messages: [] });
    const user = (id: string, more: Json = {}) =>
      this.users.set(id, {
        id,
        team_id: TEAM,
        name: id.toLowerCase(),
        locale: 'en-US',
        tz: 'Asia/Seoul',
        ...more,
      });
    user(ADMIN, { is_admin: true });
    user(MEMBER);
    user(MANAGER);
    user(GUEST, { is_restricted: true });
    user(OWNER, { is_owner: true });
    user(OUTSIDER, { team_id: OTHER_TEAM, is_admin: true, is_stranger: true });
  }

  static async start(): Promise<SlackServer> {
    const server = createServer();
    const slack = new SlackServer(server);
    server.on('request', (request, response) => void slack.#answer(request, response));
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      if (slack.down) return socket.destroy();
      sockets.handleUpgrade(request, socket, head, (ws) => slack.#open(ws));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return slack;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get apiUrl(): string {
    return `${this.origin}/api/`;
  }
  get connections(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  fail(method: string, ...faults: Fault[]): void {
    this.faults.set(method, [...(this.faults.get(method) ?? []), ...faults]);
  }

  callsOf(method: string): Json[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.body);
  }

  /**
   * An envelope, and what comes of it: messages by its `response_url`, or a view that has left "One moment".
   * @throws Error where nothing comes
   */
  async ask(type: string, payload: Json, timeoutMs = 8_000): Promise<Seen> {
    const begun = performance.now();
    const { view: from } = payload;
    if (from?.type === 'modal' && !this.views.has(from.id)) this.views.set(from.id, from);
    const before = from && this.views.get(from.id);
    const ack = await this.send(type, payload);
    const end = begun + timeoutMs;
    if (ack.payload?.response_action === 'errors') return { ack, messages: [], view: null, ms: ack.ms };
    for (;;) {
      const messages = this.#byUrl.get(payload.response_url) ?? [];
      const id = this.#opened.get(payload.trigger_id) ?? from?.id;
      const view = id ? (this.views.get(id) ?? null) : null;
      const isNew = view !== null && view !== before && !isWorking(view);
      const ms = performance.now() - begun;
      if (messages.length || isNew) return { ack, messages, view: isNew ? view : null, ms };
      if (performance.now() > end) throw new Error(`no answer to ${JSON.stringify(payload).slice(0, 200)}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** `/tumen …` typed by somebody. */
  type(text: string, by = MEMBER, more: Json = {}): Promise<Seen> {
    return this.ask('slash_commands', this.command(text, by, more));
  }

  /** A press on an element of a message, or of a view where `more` has one. */
  press(element: Json, by = MEMBER, more: Json = {}): Promise<Seen> {
    return this.ask('interactive', this.action(element, by, more));
  }

  /** The form of a command, as the menu of a bare `/tumen` opens it. */
  async openForm(path: string, by = MEMBER): Promise<Json> {
    const { view } = await this.type('', by);
    const choice = { action_id: 'menu:command', type: 'static_select', selected_option: { value: path } };
    return (await this.pressIn(view!, choice, by)).view!;
  }

  /** A press on an element of a message that stands in a channel, or in a thread of it. */
  pressOn(message: Json, element: Json, by = MEMBER): Promise<Seen> {
    const { ts, thread_ts } = message;
    const container = {
      type: 'message',
      message_ts: ts,
      channel_id: CHANNEL,
      ...(thread_ts ? { thread_ts } : {}),
    };
    return this.press(element, by, { message, container });
  }

  /** A press on an element of a view. */
  pressIn(view: Json, element: Json, by = MEMBER): Promise<Seen> {
    return this.press(element, by, { view, response_url: undefined, channel: undefined });
  }

  /** A form sent as it stands but for what is filled in, by field. */
  submit(view: Json, fields: Json, by = MEMBER, team = TEAM): Promise<Seen> {
    const values = Object.fromEntries(
      view.blocks
        .filter((block: Json) => block.type === 'input')
        .map(({ block_id, element }: Json) => [
          block_id,
          { [element.action_id]: stateOf(element, fields[block_id]) },
        ]),
    );
    return this.ask('interactive', this.viewSubmission(view, values, by, team));
  }

  /** A file as it is attached to a form: its description, for `submit`. */
  attach(content: string): Json {
    const path = `/files-pri/F${++this.#ids}/download/feeds.opml`;
    this.#attached.set(path, content);
    return {
      id: `F${this.#ids}`,
      size: Buffer.byteLength(content),
      url_private_download: this.origin + path,
    };
  }

  /** What an external select offers for what is typed. */
  async complete(path: string, option: string, typed: string, by = MEMBER, team = TEAM): Promise<string[]> {
    const { payload } = await this.send('interactive', {
      type: 'block_suggestion',
      team: { id: TEAM },
      user: { id: by, team_id: team },
      action_id: `complete:${path}:${option}`,
      block_id: option,
      value: typed,
      view: { id: 'VFORM', type: 'modal', private_metadata: '' },
    });
    return (payload?.options ?? []).map((one: Json) => one.value);
  }

  /** Our own message of a channel, as a message shortcut carries it. */
  shortcut(callbackId: string, message: Json, by = MEMBER): Promise<Seen> {
    return this.ask('interactive', {
      type: 'message_action',
      callback_id: callbackId,
      team: { id: TEAM },
      user: { id: by, team_id: TEAM },
      channel: { id: CHANNEL },
      message,
      trigger_id: this.#trigger(),
      response_url: this.#responseUrl(),
    });
  }

  globalShortcut(callbackId: string, by = MEMBER): Promise<Seen> {
    return this.ask('interactive', {
      type: 'shortcut',
      callback_id: callbackId,
      team: { id: TEAM },
      user: { id: by, team_id: TEAM },
      trigger_id: this.#trigger(),
    });
  }

  #trigger(): string {
    const id = `trigger-${++this.#ids}`;
    this.#triggers.set(id, performance.now());
    return id;
  }

  #responseUrl(): string {
    return `${this.origin}/respond/${++this.#ids}`;
  }

  /** An envelope down one socket; resolves with its ack. */
  send(type: string, payload: Json, id = `env-${++this.#ids}`): Promise<Ack> {
    const [socket] = [...this.#sockets];
    if (!socket) throw new Error('nobody is connected');
    const { promise, resolve } = Promise.withResolvers<Ack>();
    this.#acks.set(id, (ack) => {
      if (payload.type === 'view_submission') this.#closeForm(payload.view.id, ack.payload);
      resolve(ack);
    });
    this.#sentAt.set(id, performance.now());
    socket.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true }));
    return promise;
  }

  /** What an ack of a sent form does to its modal: it stays with errors, shows something else, or closes. */
  #closeForm(id: string, answer: Json | undefined): void {
    switch (answer?.response_action) {
      case 'errors': {
        const named = new Set((this.views.get(id)?.blocks ?? []).map((block: Json) => block.block_id));
        for (const [field, words] of Object.entries(answer.errors ?? {}))
          if (!named.has(field) || !words) this.violations.push(`ack: an error at ${field}`);
        return;
      }
      case 'update':
        this.views.set(id, { id, ...answer.view });
        return;
      case undefined:
        this.views.delete(id);
    }
  }

  /** Slack's hourly refresh of one connection. */
  refresh(): void {
    const [socket] = [...this.#sockets];
    if (!socket) return;
    this.#sockets.delete(socket);
    socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    socket.close();
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#sockets.clear();
  }

  command(text: string, by = MEMBER, more: Json = {}): Json {
    return {
      command: '/tumen',
      text: asSlackSends(text),
      team_id: TEAM,
      user_id: by,
      user_name: by,
      channel_id: CHANNEL,
      trigger_id: this.#trigger(),
      response_url: this.#responseUrl(),
      ...more,
    };
  }

  action(element: Json, by = MEMBER, more: Json = {}): Json {
    return {
      type: 'block_actions',
      team: { id: TEAM },
      user: { id: by, team_id: TEAM },
      channel: { id: CHANNEL },
      trigger_id: this.#trigger(),
      response_url: this.#responseUrl(),
      actions: [{ block_id: 'b', action_ts: String(++this.#ids), ...element }],
      ...more,
    };
  }

  viewSubmission(view: Json, values: Json, by = MEMBER, team = TEAM): Json {
    return {
      type: 'view_submission',
      team: { id: TEAM },
      user: { id: by, team_id: team },
      view: { id: view.id ?? 'V1', hash: `h${++this.#ids}`, ...view, state: { values } },
    };
  }

  event(event: Json): Json {
    return {
      type: 'event_callback',
      team_id: TEAM,
      event_id: `Ev${++this.#ids}`,
      event,
      authorizations: [{ team_id: TEAM }],
    };
  }

  /** The body of an HTTP request as Slack signs it. */
  sign(body: string, secret = SIGNING_SECRET, at = Math.floor(Date.now() / 1000)): Record<string, string> {
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    return { 'x-slack-signature': `v0=${signature}`, 'x-slack-request-timestamp': String(at) };
  }

  #open(socket: WebSocket): void {
    this.#sockets.add(socket);
    this.opened++;
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
      if (payload?.view) this.#check('ack', checkView(payload.view));
      for (const option of payload?.options ?? []) {
        const wrong: string[] = [];
        checkOption(option, wrong);
        this.#check('options', wrong);
      }
      this.#acks.get(envelope_id)?.({ payload, ms: performance.now() - this.#sentAt.get(envelope_id)! });
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: this.#sockets.size }));
    const ping = setInterval(() => socket.ping(), 5_000);
    socket.on('close', () => clearInterval(ping));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await readAll(request);
    const url = new URL(request.url!, this.origin);
    const json = (value: unknown, status = 200, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (url.pathname.startsWith('/respond/')) {
      const body = JSON.parse(raw) as Json;
      const used = this.#byUrl.get(url.href) ?? [];
      if (used.length >= this.responseUses) return void json({ ok: false, error: 'used_url' }, 404);
      this.#check('response_url', checkMessage(body));
      if (body.unfurl_links !== false || body.unfurl_media !== false)
        this.violations.push('response_url: unfurls are on');
      this.answers.push({ url: url.href, body });
      this.#byUrl.set(url.href, [...used, body]);
      return void json({ ok: true });
    }
    if (url.pathname.startsWith('/upload/')) {
      const upload = this.#uploads.get(url.pathname.slice(8))!;
      upload.content = raw;
      return void response.writeHead(200).end('OK');
    }
    if (url.pathname.startsWith('/files-pri/')) {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const content = this.tokens.has(token) ? this.#attached.get(url.pathname) : undefined;
      // To whom may not read it Slack shows the page for signing in.
      const type = content === undefined ? 'text/html; charset=utf-8' : 'text/x-opml';
      return void response.writeHead(200, { 'content-type': type }).end(content ?? '<html>Sign in</html>');
    }
    const method = url.pathname.replace('/api/', '');
    const body = readBody(raw, request.headers['content-type'] ?? '');
    const token = request.headers.authorization?.replace('Bearer ', '') ?? body.token ?? null;
    this.calls.push({ method, body, token });
    const faults = this.faults.get(method) ?? [];
    const hit = faults.findIndex((one) => !one.channel || one.channel === body.channel);
    const [fault] = hit < 0 ? [] : faults.splice(hit, 1);
    if (fault && 'hang' in fault) return;
    if (fault && 'error' in fault) return void json({ ok: false, error: fault.error });
    if (fault && !fault.after) return void json({ ok: false }, fault.status, fault.headers);
    const isOpen = method === 'oauth.v2.access';
    const result =
      !isOpen && !this.tokens.has(token ?? '')
        ? { ok: false, error: 'invalid_auth' }
        : this.#call(method, body);
    if (fault) return void json({ ok: false }, fault.status, fault.headers);
    json(result);
  }

  #call(method: string, body: Json): Json {
    const channel = body.channel ? this.channels.get(body.channel) : undefined;
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: TEAM, team: 'Desk', user: 'tumen', user_id: 'U0BOT', bot_id: BOT_ID };
      case 'apps.connections.open':
        if (this.down) return { ok: false, error: 'internal_error' };
        return { ok: true, url: `${this.origin.replace('http', 'ws')}/socket` };
      case 'chat.postMessage':
      case 'chat.postEphemeral': {
        if (!channel) return { ok: false, error: 'channel_not_found' };
        if (channel.archived) return { ok: false, error: 'is_archived' };
        if (!channel.member) return { ok: false, error: 'not_in_channel' };
        this.#check(method, checkMessage(body));
        if (body.unfurl_links !== false || body.unfurl_media !== false)
          this.violations.push(`${method}: unfurls are on`);
        const ts = `${Math.max(++this.#clock, Math.floor(Date.now() / 1000))}.${String(++this.#ids).padStart(6, '0')}`;
        const { text, blocks, metadata, thread_ts } = body;
        channel.messages.push({
          ts,
          text,
          blocks,
          metadata,
          bot_id: BOT_ID,
          ...(thread_ts ? { thread_ts } : {}),
        });
        return { ok: true, ts, channel: body.channel };
      }
      case 'chat.update': {
        const message = channel?.messages.find((m) => m.ts === body.ts);
        if (!message) return { ok: false, error: 'message_not_found' };
        this.#check(method, checkMessage(body));
        Object.assign(message, { text: body.text, blocks: body.blocks, metadata: body.metadata });
        return { ok: true, ts: body.ts, channel: body.channel };
      }
      case 'chat.delete': {
        const at = channel?.messages.findIndex((m) => m.ts === body.ts) ?? -1;
        if (at < 0) return { ok: false, error: 'message_not_found' };
        channel!.messages.splice(at, 1);
        return { ok: true };
      }
      case 'conversations.history':
      case 'conversations.replies': {
        if (this.historyDenied) return { ok: false, error: 'missing_scope', needed: 'channels:history' };
        const inThread = method === 'conversations.replies';
        const messages = (channel?.messages ?? [])
          .filter((m) => (inThread ? m.thread_ts === body.ts || m.ts === body.ts : !m.thread_ts))
          .filter((m) => !body.oldest || Number(m.ts) >= Number(body.oldest))
          .filter((m) => !body.latest || Number(m.ts) <= Number(body.latest))
          .map((m) => (body.include_all_metadata ? m : { ...m, metadata: undefined }))
          .reverse();
        return { ok: true, messages, has_more: false, response_metadata: { next_cursor: '' } };
      }
      case 'conversations.info':
        if (!channel) return { ok: false, error: 'channel_not_found' };
        return {
          ok: true,
          channel: {
            id: body.channel,
            name: channel.name,
            is_member: channel.member,
            is_archived: channel.archived,
          },
        };
      case 'conversations.open': {
        const id = `D${body.users}`;
        if (!this.channels.has(id))
          this.channels.set(id, { name: id, member: true, archived: false, messages: [] });
        return { ok: true, channel: { id } };
      }
      case 'users.info': {
        const user = this.users.get(body.user);
        return user ? { ok: true, user } : { ok: false, error: 'user_not_found' };
      }
      case 'usergroups.list':
        return { ok: true, usergroups: this.groups };
      case 'views.open':
      case 'views.push':
      case 'views.update':
      case 'views.publish': {
        this.#check(method, checkView(body.view));
        if (method === 'views.publish') {
          this.homes.set(body.user_id, body.view);
          return { ok: true, view: { id: 'VHOME' } };
        }
        if (method !== 'views.update') {
          const pressed = this.#triggers.get(body.trigger_id);
          this.#triggers.delete(body.trigger_id);
          if (pressed === undefined) return { ok: false, error: 'invalid_trigger' };
          if (performance.now() - pressed > 3_000) return { ok: false, error: 'expired_trigger_id' };
        }
        if (method === 'views.update' && !this.views.has(body.view_id))
          return { ok: false, error: 'not_found' };
        const id = body.view_id ?? `V${++this.#ids}`;
        if (body.trigger_id) this.#opened.set(body.trigger_id, id);
        this.views.set(id, { id, ...body.view });
        return { ok: true, view: { id, hash: 'h' } };
      }
      case 'files.getUploadURLExternal': {
        const id = `F${++this.#ids}`;
        this.#uploads.set(id, { name: body.filename, content: '' });
        return { ok: true, file_id: id, upload_url: `${this.origin}/upload/${id}` };
      }
      case 'files.completeUploadExternal': {
        const files = typeof body.files === 'string' ? JSON.parse(body.files) : body.files;
        for (const { id } of files) this.files.push({ ...this.#uploads.get(id)!, channel: body.channel_id });
        return { ok: true, files };
      }
      case 'oauth.v2.access': {
        const team = { 'good-code': TEAM, 'code-of-another': OTHER_TEAM }[body.code as string];
        if (!team) return { ok: false, error: 'invalid_code' };
        const token = team === TEAM ? 'xoxb-installed' : 'xoxb-another';
        this.tokens.add(token);
        return {
          ok: true,
          app_id: 'A0',
          authed_user: { id: ADMIN },
          scope: 'chat:write,commands',
          token_type: 'bot',
          access_token: token,
          bot_user_id: 'U0BOT',
          team: { id: team, name: 'Desk' },
          enterprise: null,
          is_enterprise_install: false,
        };
      }
      default:
        return { ok: false, error: `unknown_method: ${method}` };
    }
  }

  #check(what: string, wrong: string[]): void {
    this.violations.push(...wrong.map((violation) => `${what}: ${violation}`));
  }
}

/**
 * What was typed as Slack hands it on with `should_escape`: addresses in brackets, `& < >` escaped, and mentions, which
 * the tests write as Slack does, left alone.
 */
function asSlackSends(typed: string): string {
  const part =
    /<(?:#[A-Z]|@[A-Z]|!subteam\^)[^>]*>|https?:\/\/[^\s"<>]+|[\w.-]+@[\w-]+\.\w+|\b(?:[\w-]+\.)+(?:example|org|com)\b[^\s"<>]*|[&<>]/g;
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return typed.replace(part, (found) => {
    if (/^<[#@!]/.test(found)) return found;
    if (/^https?:/.test(found)) return `<${escaped(found)}>`;
    if (found.includes('@')) return `<mailto:${found}|${found}>`;
    return found.length > 1 ? `<http://${escaped(found)}|${escaped(found)}>` : escaped(found);
  });
}

const isWorking = (view: Json) => /One moment|잠시만|Минуту/.test(JSON.stringify(view.blocks ?? []));

/** The state of a field as Slack sends it. */
function stateOf(element: Json, value: unknown): Json {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'external_select':
      if (value === undefined) return { type, selected_option: element.initial_option ?? null };
      return { type, selected_option: { value } };
    case 'conversations_select':
      return { type, selected_conversation: value ?? element.initial_conversation ?? null };
    case 'users_select':
      return { type, selected_user: value ?? element.initial_user ?? null };
    case 'file_input':
      return { type, files: value ? [value] : [] };
    case 'timepicker':
      return { type, selected_time: value ?? element.initial_time ?? null };
    default:
      return { type, value: value ?? element.initial_value ?? null };
  }
}

function readAll(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => resolve(text));
  });
}

/** Form fields arrive as text: JSON stands in strings, and booleans are words. */
function readBody(raw: string, type: string): Json {
  if (type.includes('json')) return JSON.parse(raw || '{}') as Json;
  const body: Json = {};
  for (const [key, value] of new URLSearchParams(raw)) {
    if (/^[[{]/.test(value)) body[key] = JSON.parse(value);
    else if (value === 'true' || value === 'false') body[key] = value === 'true';
    else body[key] = value;
  }
  return body;
}
