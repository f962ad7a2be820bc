import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Notice, Part } from '../../model/delivery.ts';
import type { Locale } from '../../model/digest.ts';
import { UserError } from '../../model/errors.ts';
import type { Destination } from '../../model/schedule.ts';
import type { Scope } from '../../model/scope.ts';
import type { ChannelDescription, Lookup, Outcome, Publisher, Sent } from '../platform.ts';
import { outcomeOf } from './call-outcome.ts';
import { findMessage, threadOf } from './find-message.ts';
import { planDelivery } from './plan-delivery.ts';
import { renderNotice, type SlackPayload } from './render-digest.ts';
import { createWorkspaces, NotInstalled } from './workspaces.ts';

export interface PublisherOptions {
  /** The bot token of a workspace; null where tumen is not installed there any more. */
  tokenOf: (scope: Scope) => Promise<string | null>;
  /** `https://slack.com/api/` */
  apiUrl: string;
  /** ms after which a call without an answer is no longer carried out by Slack. */
  settleMs?: number;
  /** ms UTC. */
  now?: () => number;
  log?: Logger;
  /** Told where a workspace answers that it has removed tumen. */
  onRemoved?: (scope: Scope, reason: string) => Promise<void>;
  /** Commands in a line of ours as they are typed in Slack. */
  typed?: (line: string) => string;
}

/** A publisher over the Web API alone: it posts whether or not the socket is connected. */
export interface SlackPublisher extends Publisher {
  /** The client of a workspace for reading calls of the adapter. */
  clientOf(scope: Scope): Promise<WebClient | null>;
  /** Asks Slack who the token belongs to. */
  whoAmI(scope: Scope): Promise<{ ok: true; name: string } | { ok: false; reason: string }>;
  announce(scope: Scope, channelId: string, notice: Notice): Promise<Outcome>;
}

export function createSlackPublisher(options: PublisherOptions): SlackPublisher {
  const { tokenOf, apiUrl, settleMs = 20_000, now = Date.now, typed = (line: string) => line } = options;
  const worded = (notice: Notice): Notice => ({ ...notice, text: typed(notice.text) });
  const workspaces = createWorkspaces(tokenOf, apiUrl, options.log);
  const { clientOf, clientFor, dmChannel } = workspaces;

  return {
    platform: 'slack',
    settleMs,
    // chat.postMessage: about one a second in a channel, a few hundred a minute in a workspace.
    pace: { global: { requests: 40, perMs: 1000 }, channel: { requests: 1, perMs: 1000 } },
    plan: (content, destination, marker) =>
      planDelivery(content.kind === 'notice' ? worded(content) : content, destination, marker),
    publish: (part, destination, sent, signal) =>
      attempt(destination.scope, () => Promise.race([carryOut(part, destination, sent), givenUp(signal)])),
    find,
    remove: (destination, message) =>
      attempt(destination.scope, async () => {
        const client = await clientFor(destination.scope);
        try {
          await client.chat.delete({ channel: message.channelId, ts: message.messageId });
        } catch (error) {
          if (errorName(error) !== 'message_not_found') throw error;
        }
        return { kind: 'sent', ...message };
      }),
    tell: (userId, notice, scope) =>
      attempt(scope, async () => {
        const client = await clientFor(scope);
        return post(client, await dmChannel(scope, userId), renderNotice(worded(notice), 'notice').payload);
      }),
    announce: (scope, channelId, notice) =>
      attempt(scope, async () => {
        const client = await clientFor(scope);
        const said = { ...notice, ...(notice.by ? { by: await namedBy(client, notice.by) } : {}) };
        return post(client, channelId, renderNotice(worded(said), 'notice').payload);
      }),
    missingPermissions,
    describe,
    clientOf,
    whoAmI,
    hasAccess: async (scope) => (await whoAmI(scope)).ok,
  };

  async function carryOut(part: Part, destination: Destination, sent: Sent): Promise<Outcome> {
    const { action } = part;
    const client = await clientFor(destination.scope);
    switch (action.kind) {
      case 'message': {
        const parent = action.inThreadOf === undefined ? undefined : sent.get(action.inThreadOf);
        if (action.inThreadOf !== undefined && !parent)
          return { kind: 'rejected', reason: 'the message it answers was not posted' };
        const channel = parent?.channelId ?? (await channelOf(destination));
        return post(client, channel, action.payload as SlackPayload, parent?.messageId);
      }
      case 'reply': {
        // What stands in a thread itself is answered in that thread.
        const { channelId, messageId } = action;
        const thread =
          destination.kind === 'thread' ? await threadOf(client, channelId, messageId) : messageId;
        return post(client, channelId, action.payload as SlackPayload, thread);
      }
      case 'edit': {
        const { text, blocks, metadata } = action.payload as SlackPayload;
        const { channelId: channel, messageId: ts } = action;
        await client.chat.update({ channel, ts, text, blocks, metadata: metadata as never });
        return { kind: 'sent', messageId: ts, channelId: channel };
      }
      default:
        return { kind: 'rejected', reason: `Slack has no ${action.kind}` };
    }
  }

  async function post(
    client: WebClient,
    channel: string,
    payload: SlackPayload,
    thread?: string,
  ): Promise<Outcome> {
    const body = { channel, ...payload, ...(thread ? { thread_ts: thread } : {}) };
    const answer = await client.chat.postMessage(body as never);
    return { kind: 'sent', messageId: answer.ts!, channelId: answer.channel ?? channel };
  }

  async function find(part: Part, destination: Destination, sent: Sent, since: number): Promise<Lookup> {
    try {
      return await findMessage(workspaces, part, destination, sent, since);
    } catch (error) {
      if (error instanceof NotInstalled)
        return { kind: 'unreadable', reason: 'tumen is not installed there' };
      const outcome = outcomeOf(error, now());
      if (outcome.kind === 'rate-limited')
        return { kind: 'retry', reason: 'rate-limited', until: outcome.until };
      if (outcome.kind === 'retry' || outcome.kind === 'unknown')
        return { kind: 'retry', reason: outcome.reason };
      return { kind: 'unreadable', reason: 'reason' in outcome ? outcome.reason : outcome.kind };
    }
  }

  async function whoAmI(scope: Scope): ReturnType<SlackPublisher['whoAmI']> {
    try {
      const me = await (await clientFor(scope)).auth.test();
      return { ok: true, name: `${me.user} in ${me.team}` };
    } catch (error) {
      const outcome = outcomeOf(error, now());
      return { ok: false, reason: 'reason' in outcome ? outcome.reason : outcome.kind };
    }
  }

  /** A mention would notify them: their name stands there as words. */
  async function namedBy(client: WebClient, by: NonNullable<Notice['by']>): Promise<typeof by> {
    const { user } = await client.users.info({ user: by.person }).catch(() => ({ user: undefined }));
    const name = user?.profile?.display_name || user?.real_name || user?.name;
    return name ? { ...by, person: name } : by;
  }

  async function missingPermissions(destination: Destination): Promise<string[]> {
    if (destination.kind === 'dm') return [];
    const client = await clientOf(destination.scope);
    if (!client) return ['tumen is not installed in this workspace'];
    try {
      const { channel } = await client.conversations.info({ channel: destination.target });
      return lackingIn(channel);
    } catch (error) {
      const outcome = outcomeOf(error, now());
      if (outcome.kind === 'target-gone') return ['tumen cannot see the channel: /invite @tumen'];
      if (outcome.kind === 'not-allowed') return outcome.missing;
      throw error;
    }
  }

  /** @throws UserError in words of the locale, where nobody can post there or Slack does not say just now */
  async function describe(
    scope: Scope,
    channelId: string,
    locale: Locale = 'en',
  ): Promise<ChannelDescription | null> {
    const words = slackWords(locale);
    const refuse = (line: string) => new UserError('slack', line);
    const client = await clientOf(scope);
    if (!client) return null;
    try {
      const { channel } = await client.conversations.info({ channel: channelId });
      if (!channel) return null;
      if (channel.is_im || channel.is_mpim) throw refuse(words.nameChannel);
      if (channel.is_archived) throw refuse(words.archived);
      if (!channel.is_member) throw refuse(fill(words.notMember, { a: channel.name ?? channelId }));
      return { kind: 'text', name: channel.name ? `#${channel.name}` : null, missing: [] };
    } catch (error) {
      if (error instanceof UserError) throw error;
      const outcome = outcomeOf(error, now());
      if (outcome.kind === 'target-gone') throw refuse(words.cannotSee);
      if (outcome.kind === 'rate-limited' || outcome.kind === 'retry' || outcome.kind === 'unknown')
        throw refuse(words.busy);
      if (NO_CHANNEL.has(errorName(error) ?? '')) throw refuse(words.nameChannel);
      throw error;
    }
  }

  async function channelOf({ kind, scope, target }: Destination): Promise<string> {
    return kind === 'dm' ? dmChannel(scope, target) : target;
  }

  async function attempt(scope: Scope, work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotInstalled)
        return { kind: 'unauthorized', reason: 'tumen is not installed in this workspace' };
      // A token that does not open here: whoever runs tumen can mend that, and then it goes out.
      if (error instanceof UserError) return { kind: 'retry', reason: error.message };
      const outcome = outcomeOf(error, now());
      const name = errorName(error) ?? '';
      if (REMOVED.has(name)) await options.onRemoved?.(scope, name);
      return outcome;
    }
  }
}

/** What Slack says of direct messages and of groups of people, which have no digest. */
const NO_CHANNEL = new Set(['missing_scope', 'method_not_supported_for_channel_type']);

/** A token that was good and is taken away: tumen was removed, though no event said so. */
const REMOVED = new Set(['account_inactive', 'token_revoked']);

/** The SDK takes no signal: a call that is given up goes on, and its end is not known. */
function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => reject(new Error('given up'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

function lackingIn(channel: { is_archived?: boolean; is_member?: boolean } | undefined): string[] {
  return [
    channel?.is_archived ? 'the channel is archived' : '',
    channel?.is_member ? '' : 'tumen is not a member of the channel: /invite @tumen',
  ].filter(Boolean);
}

function errorName(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}
