import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one posting call ends. */
export type ChatFault =
  | 'none'
  /** Stored; the connection closes without an answer. */
  | 'die-after-accept'
  /** The connection closes; stored only after a while. */
  | 'accept-late'
  /** No answer ever, with or without the message stored. */
  | 'hang-stored'
  | 'hang-lost'
  /** 502 with or without the message stored. */
  | '5xx-stored'
  | '5xx-lost'
  /** The connection closes before anything is read. */
  | 'refuse'
  | '429';

export const CHAT_FAULTS: readonly ChatFault[] = [
  'die-after-accept',
  'accept-late',
  'hang-stored',
  'hang-lost',
  '5xx-stored',
  '5xx-lost',
  'refuse',
  '429',
];

interface ChatMessage {
  id: string;
  channel: string;
  /** Everything that was posted, as JSON: what is looked for in it is up to the caller. */
  body: string;
  at: number;
}

export interface ChatServerOptions {
  /** Chosen for each posting call. */
  fault?: (channel: string) => ChatFault;
  /** How much later `accept-late` stores, ms. */
  lateMs?: number;
  /** Channels whose history nobody may read. */
  denied?: (channel: string) => boolean;
  /** Answers 429 beyond these; time runs so many times faster than on the real one. */
  limits?: { perSecond: number; perChannel: number; channelMs: number; faster: number };
  /** Time an answer takes, ms. */
  latencyMs?: number;
  /** How long Discord's nonce is remembered, ms; not at all unless given: the outbox must not rest on it. */
  nonceMs?: number;
}

/** Behaves like the posting and history halves of Discord's and of Slack's API, with the ways in which they fail. */
export interface ChatServer {
  /** For the Discord client: `…/api`. */
  discordUrl: string;
  /** For the Slack client: `…/api/`. */
  slackUrl: string;
  /** Standing in a channel, oldest first. */
  messages(channel: string): ChatMessage[];
  all(): ChatMessage[];
  /** Refusals for going too fast; faults of the script are not counted. */
  refusals: () => number;
  posts: () => number;
  removals: () => number;
  close(): Promise<void>;
}

const OUR_USER = '424242';
const GUILD = '777';
const DISCORD_EPOCH = 1_420_070_400_000;
/** View Channel, Send Messages, Read Message History. */
const PERMISSIONS = { all: (1n << 10n) | (1n << 11n) | (1n << 16n), unread: (1n << 10n) | (1n << 11n) };

export async function startChatServer(options: ChatServerOptions = {}): Promise<ChatServer> {
  const { fault = () => 'none', lateMs = 0, denied = () => false, latencyMs = 0 } = options;
  const channels = new Map<string, ChatMessage[]>();
  const { nonceMs = 0 } = options;
  const nonces = new Map<string, ChatMessage>();
  const windows = new Map<string, number[]>();
  const counts = { posts: 0, refusals: 0, removals: 0 };
  const late = new Set<NodeJS.Timeout>();
  let lastId = 0n;

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    discordUrl: `${origin}/discord/api`,
    slackUrl: `${origin}/slack/api/`,
    messages: (channel) => [...(channels.get(channel) ?? [])],
    all: () => [...channels.values()].flat(),
    refusals: () => counts.refusals,
    posts: () => counts.posts,
    removals: () => counts.removals,
    close: () =>
      new Promise((resolve) => {
        for (const timer of late) clearTimeout(timer);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request);
    if (latencyMs) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (url.pathname.startsWith('/discord/')) discord(request, response, url, body);
    else slack(request, response, url, body);
  }

  function discord(request: IncomingMessage, response: ServerResponse, url: URL, body: string): unknown {
    const path = url.pathname.replace(/^\/discord\/api\/v\d+/, '');
    const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    const tooFast = (retryMs: number, global: boolean) =>
      json(
        429,
        { message: 'You are being rate limited.', retry_after: retryMs / 1_000, global },
        {
          'retry-after': String(retryMs / 1_000),
          ...(global ? { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' } : {}),
        },
      );
    const [, list] = path.match(/^\/channels\/(\d+)\/messages$/) ?? [];
    const [, of, message] = path.match(/^\/channels\/(\d+)\/messages\/(\d+)$/) ?? [];
    if (isTooFast('*', 'global')) return tooFast(1_000 / (options.limits?.faster ?? 1), true);
    if (list && request.method === 'POST') {
      const { nonce, enforce_nonce: enforced } = JSON.parse(body) as {
        nonce?: string;
        enforce_nonce?: boolean;
      };
      const key = enforced && nonce ? `${list} ${nonce}` : null;
      const answer = (stored: ChatMessage) => json(200, discordMessage(stored));
      return post(request, list, body, key, answer, {
        tooFast: () => tooFast(500, false),
        broken: () => json(502, { message: 'Bad Gateway', code: 0 }),
      });
    }
    if (list) {
      const after = BigInt(url.searchParams.get('after') ?? '0');
      const limit = Number(url.searchParams.get('limit') ?? '50');
      const found = denied(list) ? [] : (channels.get(list) ?? []).filter(({ id }) => BigInt(id) > after);
      return json(200, found.slice(0, limit).reverse().map(discordMessage));
    }
    if (of && message && request.method === 'DELETE') {
      if (!remove(of, message)) return json(404, { message: 'Unknown Message', code: 10008 });
      response.writeHead(204);
      response.end();
      return;
    }
    if (path === '/users/@me') return json(200, { id: OUR_USER, username: 'tumen' });
    const [, channel] = path.match(/^\/channels\/(\d+)$/) ?? [];
    if (channel) {
      const deny = denied(channel) ? PERMISSIONS.all & ~PERMISSIONS.unread : 0n;
      const overwrite = { id: GUILD, type: 0, allow: '0', deny: String(deny) };
      return json(200, {
        id: channel,
        type: 0,
        guild_id: GUILD,
        name: 'news',
        permission_overwrites: [overwrite],
      });
    }
    if (path === `/guilds/${GUILD}`)
      return json(200, {
        id: GUILD,
        owner_id: '1',
        roles: [{ id: GUILD, permissions: String(PERMISSIONS.all) }],
      });
    if (path.startsWith(`/guilds/${GUILD}/members/`)) return json(200, { user: { id: OUR_USER }, roles: [] });
    return json(404, { message: 'Unknown', code: 0 });
  }

  function slack(request: IncomingMessage, response: ServerResponse, url: URL, body: string): unknown {
    const method = url.pathname.replace('/slack/api/', '');
    const form = new URLSearchParams(body || url.search);
    const channel = form.get('channel') ?? '';
    const json = (value: object) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const tooFast = () => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
    };
    switch (method) {
      case 'chat.postMessage': {
        const entries = JSON.stringify(Object.fromEntries(form));
        const answer = (stored: ChatMessage) =>
          json({ ok: true, channel, ts: stored.id, message: slackMessage(stored) });
        return post(request, channel, entries, null, answer, {
          tooFast,
          broken: () => {
            response.writeHead(503);
            response.end('upstream unavailable');
          },
        });
      }
      case 'conversations.history':
      case 'conversations.replies': {
        if (denied(channel)) return json({ ok: false, error: 'missing_scope', needed: 'channels:history' });
        const oldest = Number(form.get('oldest') ?? '0');
        const found = (channels.get(channel) ?? []).filter(({ id }) => Number(id) > oldest);
        return json({ ok: true, messages: found.reverse().map(slackMessage), has_more: false });
      }
      case 'chat.delete':
        return json(
          remove(channel, form.get('ts') ?? '') ? { ok: true } : { ok: false, error: 'message_not_found' },
        );
      case 'auth.test':
        return json({
          ok: true,
          user_id: 'U42',
          bot_id: 'B42',
          team_id: 'T1',
          app_id: 'A42',
          user: 'tumen',
          team: 'Sample',
        });
      case 'bots.info':
        return json({ ok: true, bot: { id: 'B42', app_id: 'A42', user_id: 'U42' } });
      case 'conversations.open':
        return json({ ok: true, channel: { id: 'D1' } });
      default:
        return json({ ok: false, error: 'unknown_method' });
    }
  }

  function post(
    request: IncomingMessage,
    channel: string,
    body: string,
    nonce: string | null,
    answer: (message: ChatMessage) => unknown,
    refuse: { tooFast: () => unknown; broken: () => unknown },
  ): unknown {
    counts.posts++;
    if (isTooFast(`channel ${channel}`, 'channel')) return refuse.tooFast();
    const what = fault(channel);
    const close = () => request.socket.destroy();
    switch (what) {
      case 'none':
        return answer(store(channel, body, nonce));
      case 'die-after-accept':
        store(channel, body, nonce);
        return close();
      case 'accept-late': {
        const timer = setTimeout(() => {
          late.delete(timer);
          store(channel, body, nonce);
        }, lateMs);
        late.add(timer);
        return close();
      }
      case 'hang-stored':
        store(channel, body, nonce);
        return;
      case 'hang-lost':
        return;
      case '5xx-stored':
        store(channel, body, nonce);
        return refuse.broken();
      case '5xx-lost':
        return refuse.broken();
      case 'refuse':
        return close();
      case '429':
        return refuse.tooFast();
    }
  }

  function store(channel: string, body: string, nonce: string | null): ChatMessage {
    const known = nonce === null ? undefined : nonces.get(nonce);
    if (known && Date.now() - known.at < nonceMs) return known;
    const at = Date.now();
    const message = { id: channel.startsWith('C') ? timestamp(at) : snowflake(at), channel, body, at };
    channels.set(channel, [...(channels.get(channel) ?? []), message]);
    if (nonce !== null) nonces.set(nonce, message);
    return message;
  }

  function remove(channel: string, id: string): boolean {
    const standing = channels.get(channel) ?? [];
    const left = standing.filter((message) => message.id !== id);
    channels.set(channel, left);
    if (left.length < standing.length) counts.removals++;
    return left.length < standing.length;
  }

  /** A sliding window, the strictest reading of "so many per second". */
  function isTooFast(key: string, kind: 'global' | 'channel'): boolean {
    const { limits } = options;
    if (!limits) return false;
    const [most, perMs] =
      kind === 'global' ? [limits.perSecond, 1_000] : [limits.perChannel, limits.channelMs];
    const now = performance.now();
    const recent = (windows.get(key) ?? []).filter((at) => at > now - perMs / limits.faster);
    windows.set(key, recent);
    if (recent.length >= most) {
      counts.refusals++;
      return true;
    }
    recent.push(now);
    return false;
  }

  function snowflake(at: number): string {
    const id = BigInt(at - DISCORD_EPOCH) << 22n;
    lastId = id > lastId ? id : lastId + 1n;
    return String(lastId);
  }

  function timestamp(at: number): string {
    const micros = BigInt(at) * 1_000n;
    lastId = micros > lastId ? micros : lastId + 1n;
    return `${lastId / 1_000_000n}.${String(lastId % 1_000_000n).padStart(6, '0')}`;
  }
}

function discordMessage({ id, channel, body }: ChatMessage) {
  const { components, content = '', flags = 0 } = JSON.parse(body) as Record<string, unknown>;
  const author = { id: OUR_USER, username: 'tumen', bot: true };
  return { id, channel_id: channel, author, content, components, flags, timestamp: new Date().toISOString() };
}

function slackMessage({ id, body }: ChatMessage) {
  const { text, metadata } = JSON.parse(body) as Record<string, string>;
  const whole = { type: 'message', ts: id, user: 'U42', bot_id: 'B42', app_id: 'A42', text };
  return { ...whole, ...(metadata ? { metadata: JSON.parse(metadata) as unknown } : {}) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
