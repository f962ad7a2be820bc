import { App, type AuthorizeResult, HTTPReceiver, type Receiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Dispatch } from '../../commands/command.ts';
import { UserError } from '../../model/errors.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { Platform, PlatformHealth, ScopeEvents } from '../platform.ts';
import { createDoor } from './door.ts';
import { createInstallations, type Installations } from './installations.ts';
import { BOT_SCOPES } from './manifest.ts';
import { createPeople } from './people.ts';
import { createSlackPublisher, type SlackPublisher } from './publisher.ts';
import { quietLogger } from './quiet-logger.ts';
import { createSeal } from './seal.ts';
import { TwoSocketReceiver } from './two-socket-receiver.ts';

export interface SlackOptions {
  secrets: {
    /** One workspace; absent where many install by OAuth. */
    slackBotToken: string | null;
    slackAppToken: string | null;
    slackSigningSecret: string | null;
    slackClientId: string | null;
    slackClientSecret: string | null;
    tumenSecret: string | null;
  };
  mode: 'socket' | 'http';
  /** `https://slack.com/api/` */
  apiUrl: string;
  /** Where Slack's requests arrive in HTTP mode, and where workspaces install. */
  host: string;
  port: number;
  /** Asked for when people begin to ask: the commands may need this platform's publisher. */
  dispatch: () => Dispatch;
  store: Pick<Store, 'leases' | 'settings'>;
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

/** The listening half speaks Socket Mode or HTTP by Bolt; the publisher needs only the Web API and works without it. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { secrets, apiUrl, store, events, now = Date.now } = options;
  const log = options.log.child({ platform: 'slack' });
  checkSecrets(options);
  const installations = secrets.slackClientId ? openInstallations(options) : null;
  const tokenOf = (scope: Scope) =>
    installations ? installations.tokenOf(scope) : Promise.resolve(secrets.slackBotToken);
  const publisher = createSlackPublisher({
    tokenOf,
    apiUrl,
    now,
    ...(options.settleMs === undefined ? {} : { settleMs: options.settleMs }),
  });
  const people = createPeople(publisher.clientOf, now);
  let own: { teamId: string; botId: string; botUserId: string } | null = null;
  let state: PlatformHealth['state'] = 'starting';
  let detail: string | null = null;
  let connectedAt: number | null = null;
  let door: ReturnType<typeof createDoor> | null = null;

  const receiver = createReceiver(options, installations, log, now);
  const app = new App({
    receiver,
    authorize,
    logger: quietLogger(log),
    clientOptions: { slackApiUrl: apiUrl },
    // What a message's author may do is decided by the dispatcher; nothing of ours reads messages.
    ignoreSelf: true,
  });
  app.error(async (error) => log.error({ err: error }, 'slack event failed'));
  app.event('app_uninstalled', ({ body }) => leave(body.team_id));
  app.event('tokens_revoked', async ({ event, body }) => {
    if (event.tokens.bot?.length) await leave(body.team_id);
  });

  return {
    name: 'slack',
    publisher,
    health: () =>
      receiver instanceof TwoSocketReceiver && state === 'connected'
        ? receiver.health()
        : { state, detail, connectedAt },
    async start() {
      door = createDoor({
        dispatch: options.dispatch(),
        store,
        people,
        clientOf: publisher.clientOf,
        log,
        now,
      });
      door.listen(app);
      if (!installations && !(await meet())) return;
      if (receiver instanceof HTTPReceiver) await receiver.start({ port: options.port, host: options.host });
      else await receiver.start();
      state = 'connected';
      connectedAt = now();
    },
    async stop() {
      const drained = new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref());
      await Promise.race([door?.close(), drained]);
      if (state === 'connected') await receiver.stop();
      state = 'stopped';
    },
  };

  /** Learns which workspace the token belongs to. False where Slack refuses the token for good. */
  async function meet(): Promise<boolean> {
    const client = new WebClient(secrets.slackBotToken!, {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 5 },
    });
    try {
      const me = await client.auth.test();
      own = { teamId: me.team_id!, botId: me.bot_id!, botUserId: me.user_id! };
      await events.joined(`slack:${own.teamId}`);
      return true;
    } catch (error) {
      const name = (error as { data?: { error?: string } }).data?.error;
      state = 'fatal';
      detail = name
        ? `Slack refuses the bot token (${name}): check SLACK_BOT_TOKEN`
        : 'Slack cannot be reached';
      log.fatal({ err: error }, 'slack cannot be used');
      return false;
    }
  }

  async function authorize({
    teamId,
    enterpriseId,
  }: {
    teamId?: string;
    enterpriseId?: string;
  }): Promise<AuthorizeResult> {
    if (installations) {
      const query = { teamId, enterpriseId, isEnterpriseInstall: false } as never;
      const { bot } = await installations.fetchInstallation(query, undefined);
      return {
        botToken: bot?.token,
        botId: bot?.id,
        botUserId: bot?.userId,
        ...(teamId ? { teamId } : {}),
      } as AuthorizeResult;
    }
    return { botToken: secrets.slackBotToken!, ...own };
  }

  async function leave(teamId: string): Promise<void> {
    log.info({ team: teamId }, 'tumen was removed from a workspace');
    await installations?.remove(teamId);
    await events.removed(`slack:${teamId}`);
  }
}

function openInstallations({ secrets, store, events }: SlackOptions): Installations {
  const installations = createInstallations(store.settings, createSeal(secrets.tumenSecret!));
  return {
    ...installations,
    async storeInstallation(installation, logger) {
      await installations.storeInstallation(installation, logger);
      const team = installation.team?.id ?? installation.enterprise?.id;
      await events.joined(`slack:${team}`);
    },
  };
}

function createReceiver(
  options: SlackOptions,
  installations: Installations | null,
  log: Logger,
  now: () => number,
): Receiver {
  const { secrets, mode, apiUrl } = options;
  if (mode === 'socket' && !installations)
    return new TwoSocketReceiver({
      appToken: secrets.slackAppToken!,
      apiUrl,
      log,
      now,
      ...(options.retry ? { retry: options.retry } : {}),
    });
  return new HTTPReceiver({
    signingSecret: secrets.slackSigningSecret!,
    logger: quietLogger(log),
    endpoints: ['/slack/events'],
    ...(installations
      ? {
          clientId: secrets.slackClientId!,
          clientSecret: secrets.slackClientSecret!,
          stateSecret: secrets.tumenSecret!,
          scopes: Object.keys(BOT_SCOPES),
          installationStore: installations,
          installerOptions: { directInstall: true, clientOptions: { slackApiUrl: apiUrl } },
        }
      : {}),
  });
}

/** What a mode needs is said before anything starts. */
function checkSecrets({ secrets, mode }: SlackOptions): void {
  const oauth = secrets.slackClientId !== null;
  const needed: [string, string | null][] = oauth
    ? [
        ['SLACK_CLIENT_SECRET', secrets.slackClientSecret],
        ['SLACK_SIGNING_SECRET', secrets.slackSigningSecret],
        ['TUMEN_SECRET', secrets.tumenSecret],
      ]
    : mode === 'socket'
      ? [
          ['SLACK_BOT_TOKEN', secrets.slackBotToken],
          ['SLACK_APP_TOKEN', secrets.slackAppToken],
        ]
      : [
          ['SLACK_BOT_TOKEN', secrets.slackBotToken],
          ['SLACK_SIGNING_SECRET', secrets.slackSigningSecret],
        ];
  const missing = needed.filter(([, value]) => !value).map(([name]) => name);
  if (missing.length)
    throw new UserError(
      'slack',
      `Slack cannot start: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set`,
      {
        hint: 'docs/slack.md says where each is found.',
      },
    );
}
