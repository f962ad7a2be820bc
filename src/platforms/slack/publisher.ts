import { WebClient } from '@slack/web-api';
import type { Notice, Part } from '../../model/delivery.ts';
import type { Destination } from '../../model/schedule.ts';
import type { Scope } from '../../model/scope.ts';
import type { ChannelDescription, Lookup, Outcome, Publisher, Sent } from '../platform.ts';
import { outcomeOf } from './call-outcome.ts';
import { planDelivery } from './plan-delivery.ts';
import { renderNotice, type SlackPayload } from './render-digest.ts';

export interface PublisherOptions {
  /** The bot token of a workspace; null where tumen is not installed there any more. */
  tokenOf: (scope: Scope) => Promise<string | null>;
  /** `https://slack.com/api/` */
  apiUrl: string;
  /** ms after which a call without an answer is no longer carried out by Slack. */
  settleMs?: number;
  /** ms UTC. */
  now?: () => number;
}

/** A publisher over the Web API alone: it posts whether or not the socket is connected. */
export interface SlackPublisher extends Publisher {
  /** The client of a workspace for reading calls of the adapter. */
  clientOf(scope: Scope): Promise<WebClient | null>;
  /** Asks Slack who the token belongs to. */
  whoAmI(scope: Scope): Promise<{ ok: true; name: string } | { ok: false; reason: string }>;
  announce(scope: Scope, channelId: string, notice: Notice): Promise<Outcome>;
}

/** Clocks of Slack and ours may differ by this, ms. */
const CLOCK_SKEW_MS = 60_000;
const CALL_MS = 20_000;
const PAGE = 200;
const MOST_PAGES = 10;

interface HistoryMessage {
  ts?: string;
  bot_id?: string;
  app_id?: string;
  metadata?: { event_payload?: { marker?: unknown } };
}

export function createSlackPublisher(options: PublisherOptions): SlackPublisher {
  const { tokenOf, apiUrl, settleMs = 20_000, now = Date.now } = options;
  const clients = new Map<string, WebClient>();
  const dmChannels = new Map<string, string>();
  const selves = new Map<string, string>();

  return {
    platform: 'slack',
    settleMs,
    // chat.postMessage: about one a second in a channel, a few hundred a minute in a workspace.
    pace: { global: { requests: 40, perMs: 1000 }, channel: { requests: 1, perMs: 1000 } },
    plan: planDelivery,
    publish: (part, destination, sent, signal) =>
      attempt(() => Promise.race([carryOut(part, destination, sent), givenUp(signal)])),
    find,
    remove: (destination, message) =>
      attempt(async () => {
        const client = await clientFor(destination.scope);
        try {
          await client.chat.delete({ channel: message.channelId, ts: message.messageId });
        } catch (error) {
          if (errorName(error) !== 'message_not_found') throw error;
        }
        return { kind: 'sent', ...message };
      }),
    tell: (userId, notice, scope) =>
      attempt(async () => {
        const client = await clientFor(scope);
        return post(client, await dmChannel(client, userId), renderNotice(notice, 'notice').payload);
      }),
    announce: (scope, channelId, notice) =>
      attempt(async () => post(await clientFor(scope), channelId, renderNotice(notice, 'notice').payload)),
    missingPermissions,
    describe,
    clientOf,
    async whoAmI(scope) {
      try {
        const me = await (await clientFor(scope)).auth.test();
        return { ok: true, name: `${me.user} in ${me.team}` };
      } catch (error) {
        const outcome = outcomeOf(error, now());
        return { ok: false, reason: 'reason' in outcome ? outcome.reason : outcome.kind };
      }
    },
  };

  async function carryOut(part: Part, destination: Destination, sent: Sent): Promise<Outcome> {
    const { action } = part;
    const client = await clientFor(destination.scope);
    switch (action.kind) {
      case 'message': {
        const parent = action.inThreadOf === undefined ? undefined : sent.get(action.inThreadOf);
        if (action.inThreadOf !== undefined && !parent)
          return { kind: 'rejected', reason: 'the message it answers was not posted' };
        const channel = parent?.channelId ?? (await channelOf(client, destination));
        return post(client, channel, action.payload as SlackPayload, parent?.messageId);
      }
      case 'reply':
        return post(client, action.channelId, action.payload as SlackPayload, action.messageId);
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
      return await lookFor(part, destination, sent, since - CLOCK_SKEW_MS);
    } catch (error) {
      const outcome = outcomeOf(error, now());
      if (outcome.kind === 'rate-limited')
        return { kind: 'retry', reason: 'rate-limited', until: outcome.until };
      if (outcome.kind === 'retry' || outcome.kind === 'unknown')
        return { kind: 'retry', reason: outcome.reason };
      return { kind: 'unreadable', reason: 'reason' in outcome ? outcome.reason : outcome.kind };
    }
  }

  async function lookFor(part: Part, destination: Destination, sent: Sent, since: number): Promise<Lookup> {
    const { action, marker } = part;
    const client = await clientFor(destination.scope);
    const self = await selfOf(client, destination.scope);
    const isOurs = (message: HistoryMessage) =>
      message.bot_id === self && message.metadata?.event_payload?.marker === marker;
    const parent =
      action.kind === 'reply'
        ? action
        : action.kind === 'message' && action.inThreadOf !== undefined
          ? sent.get(action.inThreadOf)
          : undefined;
    if (action.kind === 'message' && action.inThreadOf !== undefined && !parent) return { kind: 'absent' };
    const channel =
      action.kind === 'edit'
        ? action.channelId
        : (parent?.channelId ?? (await channelOf(client, destination)));
    const oldest = action.kind === 'edit' ? action.messageId : (since / 1000).toFixed(6);
    const found: { messageId: string; channelId: string; at: number }[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = {
        channel,
        oldest,
        inclusive: true,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      };
      const answer = parent
        ? await client.conversations.replies({ ...query, ts: parent.messageId })
        : await client.conversations.history(query);
      for (const message of (answer.messages ?? []) as HistoryMessage[])
        if (isOurs(message))
          found.push({ messageId: message.ts!, channelId: channel, at: Number(message.ts) * 1000 });
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (!cursor) {
        found.sort((a, b) => a.at - b.at);
        return found.length ? { kind: 'found', messages: found } : { kind: 'absent' };
      }
    }
    return found.length
      ? { kind: 'found', messages: found }
      : { kind: 'unreadable', reason: `more than ${PAGE * MOST_PAGES} messages since` };
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

  async function describe(scope: Scope, channelId: string): Promise<ChannelDescription | null> {
    const client = await clientOf(scope);
    if (!client) return null;
    try {
      const { channel } = await client.conversations.info({ channel: channelId });
      if (!channel) return null;
      return { kind: 'text', name: channel.name ?? null, missing: lackingIn(channel) };
    } catch (error) {
      if (outcomeOf(error, now()).kind === 'target-gone') return null;
      throw error;
    }
  }

  async function clientOf(scope: Scope): Promise<WebClient | null> {
    const token = await tokenOf(scope);
    if (!token) return null;
    let client = clients.get(token);
    if (!client) {
      // A client of its own, which never waits or tries again by itself: the outbox decides.
      const retryConfig = { retries: 0 };
      client = new WebClient(token, {
        slackApiUrl: apiUrl,
        retryConfig,
        rejectRateLimitedCalls: true,
        timeout: CALL_MS,
      });
      clients.set(token, client);
    }
    return client;
  }

  async function clientFor(scope: Scope): Promise<WebClient> {
    const client = await clientOf(scope);
    if (!client) throw new NotInstalled();
    return client;
  }

  async function selfOf(client: WebClient, scope: Scope): Promise<string> {
    const known = selves.get(scope);
    if (known) return known;
    const { bot_id: id } = await client.auth.test();
    selves.set(scope, id!);
    return id!;
  }

  async function channelOf(client: WebClient, destination: Destination): Promise<string> {
    return destination.kind === 'dm' ? dmChannel(client, destination.target) : destination.target;
  }

  async function dmChannel(client: WebClient, user: string): Promise<string> {
    const known = dmChannels.get(user);
    if (known) return known;
    const { channel } = await client.conversations.open({ users: user });
    dmChannels.set(user, channel!.id!);
    return channel!.id!;
  }

  async function attempt(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotInstalled)
        return { kind: 'unauthorized', reason: 'tumen is not installed in this workspace' };
      return outcomeOf(error, now());
    }
  }
}

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

class NotInstalled extends Error {}

function errorName(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}
