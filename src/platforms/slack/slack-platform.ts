import { setTimeout as delay } from 'node:timers/promises';
import { App, type CodedError, ErrorCode, HTTPReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Dispatch } from '../../commands/command.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { Platform, PlatformHealth, ScopeEvents } from '../platform.ts';
import { checkSecrets, type SlackSecrets } from './check-secrets.ts';
import { createDoor } from './door.ts';
import { createInstallations } from './installations.ts';
import { openReceiver } from './open-receiver.ts';
import { createPeople } from './people.ts';
import { createSlackPublisher, type SlackPublisher } from './publisher.ts';
import { quietLogger } from './quiet-logger.ts';
import { sayNotOpen } from './say-not-open.ts';
import { createSeal } from './seal.ts';
import { TwoSocketReceiver } from './two-socket-receiver.ts';
import { whoWeAre } from './who-we-are.ts';
import { createWording } from './word-for-slack.ts';

export interface SlackOptions {
  secrets: SlackSecrets;
  mode: 'socket' | 'http';
  /** `https://slack.com/api/` */
  apiUrl: string;
  /** Where Slack's requests arrive in HTTP mode, and where workspaces install. */
  host: string;
  port: number;
  /** Asked for when people begin to ask: the commands may need this platform's publisher. */
  dispatch: () => Dispatch;
  store: Pick<Store, 'leases' | 'longCalls' | 'settings'>;
  events: ScopeEvents;
  log: Logger;
  /** ms UTC. */
  now?: () => number;
  settleMs?: number;
  /** Waits between attempts to connect, ms. */
  retry?: { first: number; last: number };
}

export interface SlackPlatform extends Platform {
  readonly publisher: SlackPublisher;
}

const DRAIN_MS = 8_000;
/** Longest time a start waits for Slack; connecting goes on behind it. */
const START_MS = 15_000;
const RETRY = { first: 1_000, last: 60_000 };

const teamOf = (scope: Scope) => scope.slice('slack:'.length);

/** The listening half speaks Socket Mode or HTTP by Bolt; the publisher needs only the Web API and works without it. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { secrets, apiUrl, store, events, now = Date.now, retry = RETRY } = options;
  const log = options.log.child({ platform: 'slack' });
  checkSecrets(secrets, options.mode);
  const installations = secrets.slackClientId
    ? createInstallations(store.settings, createSeal(secrets.tumenSecret!), events)
    : null;
  const tokenOf = (scope: Scope) =>
    installations ? installations.tokenOf(scope) : Promise.resolve(secrets.slackBotToken);
  const { settleMs } = options;
  const publisher = createSlackPublisher({
    tokenOf,
    apiUrl,
    now,
    log,
    typed: (line) => createWording(options.dispatch().commands).typed(line),
    // With one token of one's own the outbox pauses, and health says which token is refused.
    ...(installations ? { onRemoved: (scope: Scope, reason: string) => leave(teamOf(scope), reason) } : {}),
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  const people = createPeople(publisher.clientOf, now);
  const stopping = new AbortController();
  let own: { teamId: string; botId: string; botUserId: string } | null = null;
  let state: PlatformHealth['state'] = 'starting';
  let detail: string | null = null;
  let connectedAt: number | null = null;
  let isListening = false;
  let door: ReturnType<typeof createDoor> | null = null;

  const receiver = openReceiver({ ...options, log, now, retry }, installations);
  const app = new App({
    receiver,
    // With OAuth the receiver itself looks the installation up.
    ...(installations ? {} : { authorize: async () => ({ botToken: secrets.slackBotToken!, ...own }) }),
    logger: quietLogger(log),
    // The handler of errors is told what was asked: it has the address to answer to.
    extendedErrorHandler: true,
    // For answers to people, who wait seconds and not minutes.
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000 } },
  });
  app.error(async ({ error, body }: { error: CodedError; body: unknown }) => {
    const asked = body as { team_id?: string; team?: { id?: string }; response_url?: string } | undefined;
    if (error.code !== ErrorCode.AuthorizationError) return log.error({ err: error }, 'slack event failed');
    log.warn({ err: error, team: asked?.team_id ?? asked?.team?.id }, 'a workspace that is not open asks');
    await sayNotOpen(asked?.response_url, error.original);
  });
  app.event('app_uninstalled', ({ body }) => leave(body.team_id, 'tumen was removed from the workspace'));
  app.event('tokens_revoked', async ({ event, body }) => {
    if (event.tokens.bot?.length) await leave(body.team_id, 'the bot token was revoked');
  });

  return {
    name: 'slack',
    publisher,
    health: () =>
      receiver instanceof TwoSocketReceiver && state === 'connected'
        ? receiver.health()
        : { state, detail: detail ?? installations?.problem() ?? null, connectedAt },
    async start(signal) {
      door = createDoor({
        dispatch: options.dispatch(),
        store,
        people,
        clientOf: publisher.clientOf,
        log,
        now,
      });
      door.listen(app);
      signal.addEventListener('abort', () => stopping.abort(), { once: true });
      const patience = delay(START_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      await Promise.race([connect(), patience]);
    },
    async stop() {
      stopping.abort();
      await Promise.race([door?.close(), delay(DRAIN_MS, undefined, { ref: false })]);
      if (isListening) await receiver.stop();
      isListening = false;
      state = 'stopped';
    },
  };

  async function connect(): Promise<void> {
    if (!installations && !(await meet())) return;
    // What does not open is shown in health.
    await installations?.check();
    if (stopping.signal.aborted) return;
    isListening = true;
    // From here on the sockets tell how they are.
    if (receiver instanceof TwoSocketReceiver) state = 'connected';
    if (receiver instanceof HTTPReceiver) await receiver.start({ port: options.port, host: options.host });
    else await receiver.start();
    state = 'connected';
    detail = null;
    connectedAt = now();
  }

  /** Learns which workspace the token belongs to. False where Slack refuses the token for good, or we stop. */
  async function meet(): Promise<boolean> {
    for (let attempt = 0; !stopping.signal.aborted; attempt++) {
      const answer = await whoWeAre(await publisher.clientOf('slack:own'));
      switch (answer.kind) {
        case 'known':
          own = answer;
          await events.joined(`slack:${own.teamId}`);
          return true;
        case 'refused':
          fail(`Slack refuses the bot token (${answer.error}): check SLACK_BOT_TOKEN`);
          return false;
        case 'away':
          state = 'reconnecting';
          detail = `cannot reach Slack: ${answer.error}`;
          log.warn({ error: answer.error, attempt }, 'cannot reach Slack, trying again');
          await delay(Math.min(retry.last, retry.first * 2 ** attempt), undefined, {
            signal: stopping.signal,
          }).catch(() => {});
      }
    }
    return false;
  }

  function fail(reason: string): void {
    state = 'fatal';
    detail = reason;
    log.fatal(reason);
  }

  async function leave(teamId: string, reason: string): Promise<void> {
    log.info({ team: teamId }, reason);
    await installations?.remove(teamId);
    await events.removed(`slack:${teamId}`);
    if (!installations && teamId === own?.teamId) fail(`${reason}: install it again and set SLACK_BOT_TOKEN`);
  }
}
