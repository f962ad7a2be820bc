import type { WebClient } from '@slack/web-api';

export type Self =
  | { kind: 'known'; teamId: string; botId: string; botUserId: string }
  /** Slack will not take this token again. */
  | { kind: 'refused'; error: string }
  /** No answer, or none that says anything of the token. */
  | { kind: 'away'; error: string };

const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'ratelimited',
]);

/** Asks Slack whom the token of this client belongs to. */
export async function whoWeAre(client: WebClient | null): Promise<Self> {
  try {
    const { team_id: teamId, bot_id: botId, user_id: botUserId } = await client!.auth.test();
    return { kind: 'known', teamId: teamId!, botId: botId!, botUserId: botUserId! };
  } catch (thrown) {
    const { data, message } = thrown as { data?: { error?: string }; message: string };
    if (data?.error && !PASSING.has(data.error)) return { kind: 'refused', error: data.error };
    return { kind: 'away', error: data?.error ?? message };
  }
}
