import type { WebClient } from '@slack/web-api';
import type { Part } from '../../model/delivery.ts';
import type { Destination } from '../../model/schedule.ts';
import type { Lookup, Sent } from '../platform.ts';
import type { Workspaces } from './workspaces.ts';

/** Clocks of Slack and ours may differ by this, ms. */
const CLOCK_SKEW_MS = 60_000;
const PAGE = 200;
const MOST_PAGES = 10;

interface HistoryMessage {
  ts?: string;
  thread_ts?: string;
  bot_id?: string;
  metadata?: { event_payload?: { marker?: unknown } };
}

/** Where to look: the channel itself, or a thread of it. Slack's history does not show what stands in threads. */
interface Where {
  channel: string;
  thread: string | null;
  oldest: string;
  latest: string | null;
}

/** Looks for our messages with the part's marker. @throws what the Web API throws */
export async function findMessage(
  workspaces: Workspaces,
  part: Part,
  destination: Destination,
  sent: Sent,
  since: number,
): Promise<Lookup> {
  const where = await placeOf(workspaces, part, destination, sent, since - CLOCK_SKEW_MS);
  // What it was to answer was never posted, so neither was this.
  if (!where) return { kind: 'absent' };
  const client = await workspaces.clientFor(destination.scope);
  const self = await workspaces.selfOf(destination.scope);
  const found: { messageId: string; channelId: string; at: number }[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { messages, next } = await readPage(client, where, cursor);
    for (const { ts, bot_id, metadata } of messages)
      if (bot_id === self && metadata?.event_payload?.marker === part.marker)
        found.push({ messageId: ts!, channelId: where.channel, at: Number(ts) * 1000 });
    cursor = next;
    if (!cursor) break;
  }
  found.sort((a, b) => a.at - b.at);
  if (found.length) return { kind: 'found', messages: found };
  return cursor
    ? { kind: 'unreadable', reason: `more than ${PAGE * MOST_PAGES} messages since` }
    : { kind: 'absent' };
}

/** The thread a message stands in, or the message itself where it opens one: what may be answered. */
export async function threadOf(client: WebClient, channel: string, ts: string): Promise<string> {
  const { messages } = await client.conversations.replies({ channel, ts, limit: 1 });
  return (messages?.[0] as HistoryMessage | undefined)?.thread_ts ?? ts;
}

async function placeOf(
  workspaces: Workspaces,
  { action }: Part,
  destination: Destination,
  sent: Sent,
  since: number,
): Promise<Where | null> {
  const oldest = (since / 1000).toFixed(6);
  if (action.kind === 'edit') {
    const { channelId: channel, messageId: ts } = action;
    return { channel, thread: ts, oldest: ts, latest: ts };
  }
  if (action.kind === 'reply') {
    const { channelId: channel } = action;
    const client = await workspaces.clientFor(destination.scope);
    return { channel, thread: await threadOf(client, channel, action.messageId), oldest, latest: null };
  }
  if (action.kind === 'message' && action.inThreadOf !== undefined) {
    const parent = sent.get(action.inThreadOf);
    return parent ? { channel: parent.channelId, thread: parent.messageId, oldest, latest: null } : null;
  }
  const { kind, scope, target } = destination;
  const channel = kind === 'dm' ? await workspaces.dmChannel(scope, target) : target;
  return { channel, thread: null, oldest, latest: null };
}

async function readPage(
  client: WebClient,
  { channel, thread, oldest, latest }: Where,
  cursor: string | undefined,
): Promise<{ messages: HistoryMessage[]; next: string | undefined }> {
  const query = {
    channel,
    oldest,
    ...(latest ? { latest } : {}),
    inclusive: true,
    limit: PAGE,
    include_all_metadata: true as const,
    ...(cursor ? { cursor } : {}),
  };
  const answer = thread
    ? await client.conversations.replies({ ...query, ts: thread })
    : await client.conversations.history(query);
  return {
    messages: (answer.messages ?? []) as HistoryMessage[],
    next: answer.response_metadata?.next_cursor || undefined,
  };
}
