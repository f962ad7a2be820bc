import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Scope } from '../../model/scope.ts';
import { quietLogger } from './quiet-logger.ts';

/** Web API clients by workspace, with what has to be known for posting there. */
export interface Workspaces {
  /** Null where tumen is not installed there any more. */
  clientOf(scope: Scope): Promise<WebClient | null>;
  /** @throws NotInstalled */
  clientFor(scope: Scope): Promise<WebClient>;
  /** Our own bot id there. */
  selfOf(scope: Scope): Promise<string>;
  /** The channel of the direct messages with a person. */
  dmChannel(scope: Scope, userId: string): Promise<string>;
}

export class NotInstalled extends Error {}

const CALL_MS = 20_000;

export function createWorkspaces(
  tokenOf: (scope: Scope) => Promise<string | null>,
  apiUrl: string,
  log: Logger | undefined,
): Workspaces {
  const clients = new Map<Scope, { token: string; client: WebClient }>();
  const selves = new Map<WebClient, string>();
  const dms = new Map<string, string>();

  return { clientOf, clientFor, selfOf, dmChannel };

  async function clientOf(scope: Scope): Promise<WebClient | null> {
    const token = await tokenOf(scope);
    if (!token) {
      clients.delete(scope);
      return null;
    }
    const known = clients.get(scope);
    if (known?.token === token) return known.client;
    // Never waits or tries again by itself: the outbox decides, and a 429 of one channel stops no other.
    const client = new WebClient(token, {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: CALL_MS,
      logger: quietLogger(log),
    });
    clients.set(scope, { token, client });
    return client;
  }

  async function clientFor(scope: Scope): Promise<WebClient> {
    const client = await clientOf(scope);
    if (!client) throw new NotInstalled();
    return client;
  }

  async function selfOf(scope: Scope): Promise<string> {
    const client = await clientFor(scope);
    const known = selves.get(client);
    if (known) return known;
    const { bot_id: id } = await client.auth.test();
    selves.set(client, id!);
    return id!;
  }

  async function dmChannel(scope: Scope, userId: string): Promise<string> {
    const key = `${scope}/${userId}`;
    const known = dms.get(key);
    if (known) return known;
    const { channel } = await (await clientFor(scope)).conversations.open({ users: userId });
    dms.set(key, channel!.id!);
    return channel!.id!;
  }
}
