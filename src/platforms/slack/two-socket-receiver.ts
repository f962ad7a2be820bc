import { setTimeout as delay } from 'node:timers/promises';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from 'pino';
import type { PlatformHealth } from '../platform.ts';
import { quietLogger } from './quiet-logger.ts';

export interface ReceiverOptions {
  appToken: string;
  apiUrl: string;
  log: Logger;
  now: () => number;
  /** Connections held at once; Slack allows ten. */
  connections?: number;
  /** Waits between attempts to connect, ms. */
  retry?: { first: number; last: number };
}

/** Errors of `apps.connections.open` after which no attempt can succeed. */
const FATAL = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'no_permission',
  'missing_scope',
  'not_allowed_token_type',
  'socket_mode_disabled',
]);

/** Longest wait for Slack to say goodbye, ms. */
const STOP_MS = 2_000;

interface SlackEvent {
  body: ReceiverEvent['body'];
  ack: (response?: unknown) => Promise<void>;
  retry_num?: number;
  retry_reason?: string;
}

/** Two Socket Mode connections: Slack refreshes each every few hours, and the other hears what comes meanwhile. */
export class TwoSocketReceiver implements Receiver {
  #options: ReceiverOptions;
  #app: App | null = null;
  #clients = new Set<SocketModeClient>();
  #connected = new Set<SocketModeClient>();
  #stopping = new AbortController();
  #fatal: string | null = null;
  #connectedAt: number | null = null;
  #lostAt: number | null = null;
  #supervisors: Promise<void>[] = [];

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  init(app: App): void {
    this.#app = app;
  }

  /** Resolves when the first connection stands or none can; connecting goes on behind it. */
  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const first = Promise.withResolvers<void>();
    const { connections = 2 } = this.#options;
    this.#supervisors = Array.from({ length: connections }, () => this.#supervise(first.resolve));
    await Promise.race([first.promise, Promise.all(this.#supervisors)]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const ended = Promise.allSettled([
      ...[...this.#clients].map((client) => client.disconnect()),
      ...this.#supervisors,
    ]);
    await Promise.race([ended, delay(STOP_MS, undefined, { ref: false })]);
  }

  health(): PlatformHealth {
    const connectedAt = this.#connectedAt;
    if (this.#stopping.signal.aborted) return { state: 'stopped', detail: null, connectedAt };
    if (this.#fatal) return { state: 'fatal', detail: this.#fatal, connectedAt };
    if (this.#connected.size) return { state: 'connected', detail: null, connectedAt };
    const since = this.#lostAt === null ? {} : { since: this.#lostAt };
    return { state: connectedAt === null ? 'starting' : 'reconnecting', detail: null, ...since, connectedAt };
  }

  /** One connection for as long as the receiver lives: opened, watched, and opened anew. */
  async #supervise(onConnected: () => void): Promise<void> {
    const { log, retry = { first: 1_000, last: 60_000 } } = this.#options;
    for (let attempt = 0; !this.#stopping.signal.aborted && !this.#fatal; attempt++) {
      const client = this.#createClient();
      const ended = Promise.withResolvers<void>();
      client.on('disconnecting', () => this.#lose(client));
      client.on('disconnected', () => {
        this.#lose(client);
        ended.resolve();
      });
      client.on('connected', () => {
        attempt = 0;
        this.#connected.add(client);
        this.#connectedAt = this.#options.now();
        onConnected();
      });
      try {
        await client.start();
        await ended.promise;
      } catch (error) {
        const name = (error as { data?: { error?: string } }).data?.error;
        if (name && FATAL.has(name)) {
          this.#fatal = `Slack refuses the app token (${name}): check SLACK_APP_TOKEN and that Socket Mode is on`;
          log.fatal({ error: name }, 'slack refuses the app token');
        } else log.warn({ err: error }, 'slack connection failed');
      }
      this.#lose(client);
      this.#clients.delete(client);
      if (this.#stopping.signal.aborted || this.#fatal) break;
      const wait = Math.min(retry.last, retry.first * 2 ** attempt);
      await delay(wait, undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
  }

  #lose(client: SocketModeClient): void {
    if (this.#connected.delete(client) && !this.#connected.size) this.#lostAt = this.#options.now();
  }

  #createClient(): SocketModeClient {
    const { appToken, apiUrl, log } = this.#options;
    const client = new SocketModeClient({
      appToken,
      // Its own reconnecting waits five seconds, and ends in a rejection that nobody hears: the supervisor does it.
      autoReconnectEnabled: false,
      logger: quietLogger(log),
      // A client of its own options: it changes what it is given. Its own attempts are few, ours go on.
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000 } },
    });
    client.on('slack_event', (event: SlackEvent) => void this.#take(event));
    client.on('error', (error: Error) => log.warn({ err: error }, 'slack socket error'));
    this.#clients.add(client);
    return client;
  }

  async #take({ body, ack, retry_num: retryNum, retry_reason: retryReason }: SlackEvent): Promise<void> {
    if (!this.#app || !body) return;
    try {
      const event: ReceiverEvent = {
        body,
        ack: ack as ReceiverEvent['ack'],
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      };
      await this.#app.processEvent(event);
    } catch (error) {
      this.#options.log.error({ err: error }, 'a slack event was not handled');
    }
  }
}
