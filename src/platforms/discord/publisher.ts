import { createHash } from 'node:crypto';
import { REST } from 'discord.js';
import type {
  APIChannel,
  APIGuild,
  APIGuildMember,
  APIMessage,
  RESTGetAPIGuildThreadsResult,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { MessageFlags, Routes } from 'discord-api-types/v10';
import { permissionName } from '../../locale/permission-words.ts';
import type { Notice, Part } from '../../model/delivery.ts';
import type { Locale } from '../../model/digest.ts';
import type { Destination } from '../../model/schedule.ts';
import type { Scope } from '../../model/scope.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import type { ChannelDescription, Lookup, Outcome, Publisher, Sent } from '../platform.ts';
import { carriesMarker } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { storiesOfMessage } from './message-stories.ts';
import {
  canReadHistory,
  destinationKind,
  lacking,
  lackingForThreads,
  lackingPermissions,
  needsTag,
  type Place,
  usableTags,
} from './permissions.ts';
import { planDelivery } from './plan-delivery.ts';
import { renderNotice } from './render-digest.ts';
import { hasThreadAlready, isAlreadyCrossposted, isNotFound, outcomeOf } from './rest-outcome.ts';

export interface PublisherOptions {
  token: string;
  /** `https://discord.com/api` */
  apiUrl: string;
  /** ms after which a call without an answer is no longer carried out by Discord. */
  settleMs?: number;
  /** ms UTC. */
  now?: () => number;
}

/** A publisher over REST alone: it posts whether or not the gateway is connected. */
export interface DiscordPublisher extends Publisher {
  announce(scope: Scope, channelId: string, notice: Notice): Promise<Outcome>;
  describe(scope: Scope, channelId: string, locale?: Locale): Promise<ChannelDescription | null>;
  /** Posts a message of our own making in a channel or to a person, best effort. */
  post(target: string | { user: string }, payload: RESTPostAPIChannelMessageJSONBody): Promise<Outcome>;
  /** Whether Discord refused the token at the last call that it answered. */
  isRefused(): boolean;
  /** Asks Discord who the token belongs to. */
  whoAmI(): Promise<{ ok: true; name: string } | { ok: false; reason: string }>;
}

/** Clocks of Discord's ids and ours may differ by this, ms. */
const CLOCK_SKEW_MS = 60_000;
const DISCORD_EPOCH = 1_420_070_400_000;
const PAGE = 100;
const MOST_PAGES = 20;

export function createDiscordPublisher(options: PublisherOptions): DiscordPublisher {
  const { token, apiUrl, settleMs = 20_000, now = Date.now } = options;
  // No retries and no waiting: the outbox decides when a call is made again.
  const rest = new REST({
    api: apiUrl,
    version: '10',
    retries: 0,
    timeout: 20_000,
    rejectOnRateLimit: () => true,
  });
  rest.setToken(token);
  // A person who asks waits out a rate limit of a second rather than hear of it.
  const patient = new REST({ api: apiUrl, version: '10', timeout: 10_000 }).setToken(token);
  const dmChannels = new Map<string, string>();
  let ownId: string | null = null;
  let refused = false;

  return {
    platform: 'discord',
    settleMs,
    // Documented: 50 requests a second for a bot (one left for everything else), and about 5 in 5 s for a channel.
    pace: { global: { requests: 49, perMs: 1000 }, channel: { requests: 5, perMs: 5000 } },
    plan: planDelivery,
    publish: (part, destination, sent, signal) =>
      attempt(() => carryOut(part, destination, sent, signal), destination),
    find,
    remove,
    tell: (userId, notice) => attempt(async () => post(await dmChannel(userId), noticeBody(notice))),
    announce: (_, channelId, notice) => attempt(() => post(channelId, noticeBody(notice))),
    post: (target, payload) =>
      attempt(async () => post(typeof target === 'string' ? target : await dmChannel(target.user), payload)),
    missingPermissions,
    describe,
    isRefused: () => refused,
    hasAccess: async () => (await whoAmI()).ok,
    nameOf,
    whoAmI,
  };

  async function carryOut(
    part: Part,
    destination: Destination,
    sent: Sent,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { action } = part;
    switch (action.kind) {
      case 'message': {
        const channelId =
          action.inThreadOf === undefined
            ? await channelOf(destination)
            : sent.get(action.inThreadOf)?.channelId;
        if (!channelId) return orphan(action.inThreadOf);
        return post(channelId, withNonce(action.payload, part.marker), signal);
      }
      case 'reply': {
        const body = withNonce(action.payload, part.marker);
        const threadId = await threadUnder(action, destination, signal);
        if (threadId) return post(threadId, body, signal);
        const reference = { message_id: action.messageId, fail_if_not_exists: false };
        return post(action.channelId, { ...body, message_reference: reference }, signal);
      }
      case 'forum-post': {
        const body = {
          name: action.title,
          message: action.payload,
          applied_tags: destination.tags.slice(0, LIMITS.forumTags),
        };
        const thread = (await rest.post(Routes.threads(destination.target), { body, signal })) as APIChannel;
        return { kind: 'sent', messageId: thread.id, channelId: thread.id };
      }
      case 'thread': {
        const parent = sent.get(action.of);
        if (!parent) return orphan(action.of);
        const body = { name: clip(inertText(action.title), LIMITS.forumTitle) || '–' };
        try {
          await rest.post(Routes.threads(parent.channelId, parent.messageId), { body, signal });
        } catch (error) {
          if (!hasThreadAlready(error)) throw error;
        }
        return { kind: 'sent', messageId: parent.messageId, channelId: parent.messageId };
      }
      case 'crosspost': {
        const of = sent.get(action.of);
        if (!of) return orphan(action.of);
        try {
          await rest.post(Routes.channelMessageCrosspost(of.channelId, of.messageId), { signal });
        } catch (error) {
          if (!isAlreadyCrossposted(error)) throw error;
        }
        return { kind: 'sent', ...of };
      }
      case 'edit': {
        const { flags, components } = action.payload as RESTPostAPIChannelMessageJSONBody;
        const body = {
          components,
          allowed_mentions: { parse: [] },
          // Silence belongs to the first sending; an edit that names it is refused.
          flags: (flags ?? 0) & ~MessageFlags.SuppressNotifications,
        };
        const { channelId, messageId } = action;
        await rest.patch(Routes.channelMessage(channelId, messageId), { body, signal });
        return { kind: 'sent', channelId, messageId };
      }
    }
  }

  /** The thread of a message, opened where there is none; null where a reply stands under the message itself. */
  async function threadUnder(
    { channelId, messageId, payload }: Extract<Part['action'], { kind: 'reply' }>,
    destination: Destination,
    signal: AbortSignal,
  ): Promise<string | null> {
    if (!takesThreads(destination) || channelId !== destination.target) return null;
    const { components } = payload as RESTPostAPIChannelMessageJSONBody;
    const title = storiesOfMessage(components)[0]?.headline ?? '';
    try {
      const body = { name: clip(inertText(title), LIMITS.forumTitle) || '–' };
      await rest.post(Routes.threads(channelId, messageId), { body, signal });
    } catch (error) {
      // Without the right to open threads the update is a plain reply.
      if (failure(error).kind === 'not-allowed') return null;
      if (!hasThreadAlready(error)) throw error;
    }
    return messageId;
  }

  async function post(
    channelId: string,
    body: RESTPostAPIChannelMessageJSONBody,
    signal?: AbortSignal,
  ): Promise<Outcome> {
    const message = (await rest.post(Routes.channelMessages(channelId), {
      body,
      ...(signal ? { signal } : {}),
    })) as APIMessage;
    return { kind: 'sent', messageId: message.id, channelId: message.channel_id };
  }

  async function find(part: Part, destination: Destination, sent: Sent, since: number): Promise<Lookup> {
    try {
      return await lookFor(part, destination, sent, since - CLOCK_SKEW_MS);
    } catch (error) {
      const outcome = failure(error);
      if (outcome.kind === 'rate-limited')
        return { kind: 'retry', reason: 'rate-limited', until: outcome.until };
      if (outcome.kind === 'retry' || outcome.kind === 'unknown')
        return { kind: 'retry', reason: outcome.reason };
      return { kind: 'unreadable', reason: 'reason' in outcome ? outcome.reason : outcome.kind };
    }
  }

  async function lookFor(part: Part, destination: Destination, sent: Sent, since: number): Promise<Lookup> {
    const { action, marker } = part;
    switch (action.kind) {
      case 'message': {
        const channelId =
          action.inThreadOf === undefined
            ? await channelOf(destination)
            : sent.get(action.inThreadOf)?.channelId;
        if (!channelId) return { kind: 'absent' };
        return lookIn(channelId, destination, marker, since);
      }
      case 'reply': {
        const inThread = takesThreads(destination) && (await exists(Routes.channel(action.messageId)));
        const places = inThread ? [action.messageId, action.channelId] : [action.channelId];
        for (const place of places) {
          const lookup = await lookIn(place, destination, marker, since);
          if (lookup.kind !== 'absent') return lookup;
        }
        return { kind: 'absent' };
      }
      case 'forum-post':
        return lookForPost(destination, marker, since);
      case 'thread': {
        const parent = sent.get(action.of);
        if (!parent || !(await exists(Routes.channel(parent.messageId)))) return { kind: 'absent' };
        return found(parent.messageId, parent.messageId);
      }
      case 'crosspost': {
        const of = sent.get(action.of);
        if (!of) return { kind: 'absent' };
        const message = (await rest.get(Routes.channelMessage(of.channelId, of.messageId))) as APIMessage;
        const crossposted = ((message.flags ?? 0) & MessageFlags.Crossposted) !== 0;
        return crossposted ? found(of.channelId, of.messageId) : { kind: 'absent' };
      }
      case 'edit': {
        const route = Routes.channelMessage(action.channelId, action.messageId);
        const message = (await rest.get(route)) as APIMessage;
        if (!carriesMarker(message.components, marker)) return { kind: 'absent' };
        return found(action.channelId, action.messageId);
      }
    }
  }

  async function lookIn(
    channelId: string,
    destination: Destination,
    marker: string,
    since: number,
  ): Promise<Lookup> {
    // Without the right to the history Discord answers with an empty one, which proves nothing.
    if (destination.kind !== 'dm' && !canReadHistory(await placeOf(channelId)))
      return { kind: 'unreadable', reason: 'tumen lacks Read Message History in this channel' };
    const me = await self();
    const messages: { messageId: string; channelId: string; at: number }[] = [];
    let after = snowflake(since);
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const some = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
      for (const message of some)
        if (message.author.id === me && carriesMarker(message.components, marker))
          messages.push({ messageId: message.id, channelId, at: timeOf(message.id) });
      if (some.length < PAGE) return messages.length ? { kind: 'found', messages } : { kind: 'absent' };
      after = some.reduce((max, { id }) => (BigInt(id) > BigInt(max) ? id : max), after);
    }
    if (messages.length) return { kind: 'found', messages };
    return { kind: 'unreadable', reason: `more than ${PAGE * MOST_PAGES} messages since` };
  }

  /** A forum post is a thread of ours whose first message carries the marker. */
  async function lookForPost(destination: Destination, marker: string, since: number): Promise<Lookup> {
    const place = await placeOf(destination.target);
    if (!canReadHistory(place))
      return { kind: 'unreadable', reason: 'tumen lacks Read Message History in this forum' };
    const { threads } = (await rest.get(
      Routes.guildActiveThreads(place.guild.id),
    )) as RESTGetAPIGuildThreadsResult;
    const messages: { messageId: string; channelId: string; at: number }[] = [];
    for (const thread of threads) {
      const isOurs =
        (thread as { parent_id?: string }).parent_id === destination.target &&
        (thread as { owner_id?: string }).owner_id === place.userId &&
        timeOf(thread.id) >= since;
      if (!isOurs) continue;
      const first = await optional<APIMessage>(Routes.channelMessage(thread.id, thread.id));
      if (first && carriesMarker(first.components, marker))
        messages.push({ messageId: thread.id, channelId: thread.id, at: timeOf(thread.id) });
    }
    return messages.length ? { kind: 'found', messages } : { kind: 'absent' };
  }

  function remove(
    destination: Destination,
    { messageId, channelId }: { messageId: string; channelId: string },
  ): Promise<Outcome> {
    return attempt(async () => {
      const isPost = destination.kind === 'forum' && messageId === channelId;
      try {
        if (isPost) await rest.delete(Routes.channel(channelId));
        else await rest.delete(Routes.channelMessage(channelId, messageId));
      } catch (error) {
        // Deleting a whole post takes Manage Threads; its text is ours to delete in any case.
        if (isPost && !isNotFound(error)) await rest.delete(Routes.channelMessage(channelId, messageId));
        else if (!isNotFound(error)) throw error;
      }
      return { kind: 'sent', messageId, channelId };
    });
  }

  async function missingPermissions(destination: Destination): Promise<string[]> {
    if (destination.kind === 'dm') return [];
    try {
      return lacking(destination, await placeOf(destination.target));
    } catch (error) {
      const outcome = failure(error);
      if (outcome.kind === 'target-gone' || outcome.kind === 'not-allowed') return ['View Channel'];
      throw error;
    }
  }

  /** The name of a server that the bot is in. */
  async function nameOf(scope: Scope): Promise<string | null> {
    const [, guildId] = /^discord:(\d{15,21})$/.exec(scope) ?? [];
    return guildId === undefined ? null : ((await optional<APIGuild>(Routes.guild(guildId)))?.name ?? null);
  }

  async function describe(
    scope: Scope,
    channelId: string,
    locale: Locale = 'en',
  ): Promise<ChannelDescription | null> {
    if (!/^\d{15,21}$/.test(channelId)) return null;
    const route = Routes.channel(channelId);
    const channel = await optional<APIChannel & { guild_id?: string }>(route, patient);
    const kind = channel && destinationKind(channel.type);
    // A channel of another server is none of this scope's business, whoever names it.
    if (!kind || `discord:${channel.guild_id}` !== scope) return null;
    const place = await placeOf(channelId, patient);
    const named = (missing: string[]) => missing.map((name) => permissionName(locale, name));
    return {
      kind,
      name: channel.name ? `#${channel.name}` : null,
      missing: named(lackingPermissions(kind, place)),
      missingForThreads: takesThreads({ kind }) ? named(lackingForThreads(place)) : [],
      ...(kind === 'forum' ? { tags: usableTags(place), needsTag: needsTag(place) } : {}),
    };
  }

  async function attempt(work: () => Promise<Outcome>, destination?: Destination): Promise<Outcome> {
    try {
      const outcome = await work();
      refused = false;
      return outcome;
    } catch (error) {
      const outcome = failure(error);
      if (outcome.kind !== 'not-allowed' || !destination) return outcome;
      const missing = await missingPermissions(destination).catch(() => []);
      return { ...outcome, missing };
    }
  }

  function failure(error: unknown): Outcome {
    const outcome = outcomeOf(error, now());
    // The client forgets its token at the first 401; a new try after a mended token must be able to work.
    refused = outcome.kind === 'unauthorized';
    if (refused) for (const one of [rest, patient]) one.setToken(token);
    return outcome;
  }

  async function channelOf(destination: Destination): Promise<string> {
    return destination.kind === 'dm' ? dmChannel(destination.target) : destination.target;
  }

  async function dmChannel(userId: string): Promise<string> {
    const known = dmChannels.get(userId);
    if (known) return known;
    const channel = (await rest.post(Routes.userChannels(), {
      body: { recipient_id: userId },
    })) as APIChannel;
    dmChannels.set(userId, channel.id);
    return channel.id;
  }

  async function placeOf(channelId: string, via = rest): Promise<Place> {
    const here = (await via.get(Routes.channel(channelId))) as APIChannel & {
      guild_id: string;
      parent_id?: string;
    };
    const channel =
      destinationKind(here.type) === 'thread' && here.parent_id
        ? ((await via.get(Routes.channel(here.parent_id))) as APIChannel)
        : here;
    const userId = await self();
    const [guild, member] = await Promise.all([
      via.get(Routes.guild(here.guild_id)) as Promise<APIGuild>,
      via.get(Routes.guildMember(here.guild_id, userId)) as Promise<APIGuildMember>,
    ]);
    return { channel, guild, member, userId };
  }

  async function whoAmI(): ReturnType<DiscordPublisher['whoAmI']> {
    try {
      const { username: name } = (await rest.get(Routes.user())) as { username: string };
      refused = false;
      return { ok: true, name };
    } catch (error) {
      const outcome = failure(error);
      return { ok: false, reason: 'reason' in outcome ? outcome.reason : outcome.kind };
    }
  }

  async function self(): Promise<string> {
    ownId ??= ((await rest.get(Routes.user())) as { id: string }).id;
    return ownId;
  }

  async function exists(route: `/${string}`): Promise<boolean> {
    return (await optional(route)) !== null;
  }

  async function optional<T>(route: `/${string}`, via = rest): Promise<T | null> {
    try {
      return (await via.get(route)) as T;
    } catch (error) {
      const { kind } = failure(error);
      if (isNotFound(error) || kind === 'not-allowed') return null;
      throw error;
    }
  }
}

/** Threads stand under messages of text and announcement channels; elsewhere an update is a reply. */
function takesThreads({ kind }: Pick<Destination, 'kind'>): boolean {
  return kind === 'text' || kind === 'announcement';
}

function noticeBody(notice: Notice): RESTPostAPIChannelMessageJSONBody {
  return renderNotice(notice, 'en', null).payload;
}

function withNonce(payload: unknown, marker: string): RESTPostAPIChannelMessageJSONBody {
  // Discord drops a second message with the same nonce for a few minutes: a net below the outbox, not a proof.
  // Markers of one delivery differ at their end only, and are longer than a nonce may be.
  const body = payload as RESTPostAPIChannelMessageJSONBody;
  const nonce = createHash('sha256').update(marker).digest('base64url').slice(0, LIMITS.nonce);
  return { ...body, nonce, enforce_nonce: true };
}

function orphan(of: number | undefined): Outcome {
  return { kind: 'rejected', reason: `part ${of} that this one belongs to was not sent` };
}

function found(channelId: string, messageId: string): Lookup {
  return { kind: 'found', messages: [{ messageId, channelId, at: timeOf(messageId) }] };
}

function snowflake(at: number): string {
  return String(BigInt(Math.max(0, at - DISCORD_EPOCH)) << 22n);
}

function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}
