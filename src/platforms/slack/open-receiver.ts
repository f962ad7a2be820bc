import { HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { SlackSecrets } from './check-secrets.ts';
import type { Installations } from './installations.ts';
import { BOT_SCOPES, EVENTS_PATH } from './manifest.ts';
import { quietLogger } from './quiet-logger.ts';
import { TwoSocketReceiver } from './two-socket-receiver.ts';

export interface ReceiverOptions {
  secrets: SlackSecrets;
  mode: 'socket' | 'http';
  apiUrl: string;
  log: Logger;
  /** ms UTC. */
  now: () => number;
  /** Waits between attempts to connect, ms. */
  retry: { first: number; last: number };
}

/** How what people do reaches us: two sockets, or signed requests; many workspaces install over HTTP alone. */
export function openReceiver(options: ReceiverOptions, installations: Installations | null): Receiver {
  const { secrets, mode, apiUrl, log, now, retry } = options;
  if (mode === 'socket' && !installations)
    return new TwoSocketReceiver({ appToken: secrets.slackAppToken!, apiUrl, log, now, retry });
  const oauth = installations && {
    clientId: secrets.slackClientId!,
    clientSecret: secrets.slackClientSecret!,
    stateSecret: secrets.tumenSecret!,
    scopes: Object.keys(BOT_SCOPES),
    installationStore: installations,
    installerOptions: { directInstall: true, clientOptions: { slackApiUrl: apiUrl } },
  };
  return new HTTPReceiver({
    signingSecret: secrets.slackSigningSecret!,
    logger: quietLogger(log),
    endpoints: [EVENTS_PATH],
    ...oauth,
  });
}
