import { setTimeout as delay } from 'node:timers/promises';
import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Actor, Call, CommandContext, Dispatch, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { dispatchWords } from '../../locale/dispatch-words.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Scope } from '../../model/scope.ts';
import type { LongCalls } from './long-calls.ts';
import type { SlackActor } from './people.ts';
import { filesOf, type ReplyMessages, renderReply } from './render-reply.ts';
import type { SlackWording } from './word-for-slack.ts';

/** Where an answer goes: by `response_url` where there is one, else to the person. */
export interface Asked {
  actor: SlackActor;
  respond: RespondFn | null;
  /** The thread of the message that was asked from: the answer stands there too. */
  thread?: string | null;
}

export interface AnswersDeps {
  dispatch: Dispatch;
  wording: SlackWording;
  longCalls: LongCalls;
  clientOf: (scope: Scope) => Promise<WebClient | null>;
  isClosed: () => boolean;
  log: Logger;
  /** ms UTC. */
  now: () => number;
}

export interface Answers {
  wording: SlackWording;
  longCalls: LongCalls;
  context(actor: Actor): CommandContext;
  /** What comes of a call, in the words of Slack, its files handed out. */
  ask(call: Call, actor: SlackActor): Promise<Reply>;
  /** @param most messages at most */
  run(call: Call, asked: Asked, most?: number): Promise<void>;
  /** A line of the door itself: a refusal. */
  say(line: string, asked: Asked): Promise<void>;
  reply(reply: Reply, asked: Asked): Promise<void>;
  /** Asks again, in the name of who shares, and posts the answer for everybody. */
  share(call: Call, asked: Asked): Promise<void>;
}

/** An answer may come for 30 minutes by `response_url`; work stops a little before. */
const ANSWER_MS = 25 * 60_000;
const QUIET = { unfurl_links: false, unfurl_media: false } as const;

export function createAnswers(deps: AnswersDeps): Answers {
  const { dispatch, wording, longCalls, clientOf, isClosed, log, now } = deps;
  return { wording, longCalls, context, ask, run, say, reply, share };

  function context(actor: Actor): CommandContext {
    return { actor, now: now(), signal: AbortSignal.timeout(ANSWER_MS) };
  }

  async function run(call: Call, asked: Asked, most?: number): Promise<void> {
    const answered = await ask(call, asked.actor);
    const shareable = asked.respond || asked.actor.channelId ? call : null;
    await send(renderReply(answered, shareable, most), asked);
  }

  async function say(line: string, asked: Asked): Promise<void> {
    await reply(refusal(line, asked.actor), asked);
  }

  async function reply(value: Reply, asked: Asked): Promise<void> {
    await send(renderReply(value, null), asked);
  }

  async function share(call: Call, asked: Asked): Promise<void> {
    const { actor, respond, thread } = asked;
    if (actor.guest) return await say(dispatchWords(actor.locale).guest, asked);
    const answered = await ask(call, actor);
    if (answered.failed) return await reply(answered, asked);
    const { messages } = renderReply({ ...answered, private: false, shareable: false }, null);
    const by = fill(actionWords(actor.locale).sharedBy, { a: `<@${actor.userId}>` });
    messages.at(-1)!.blocks.push({ type: 'context', elements: [{ type: 'mrkdwn', text: by }] });
    for (const drawn of messages) {
      const message = { ...drawn, blocks: await longCalls.keep(drawn.blocks, actor) };
      if (respond) await respond(body(message, 'in_channel', thread));
      else if (!(await post(actor.scope, actor.channelId, message, thread)))
        return await say(slackWords(actor.locale).notInChannel, asked);
    }
  }

  async function ask(call: Call, actor: SlackActor): Promise<Reply> {
    const words = slackWords(actor.locale);
    if (isClosed()) return refusal(doorWords(actor.locale).stopping, actor);
    // Whom Slack says nothing of may read; that nothing more is allowed now is no refusal to put on record.
    if (actor.unsure && !(await isAllowed(call, actor))) return refusal(words.unsure, actor);
    const answered = wording.reply(await dispatch.run(call, context(actor)));
    const files = filesOf(answered);
    if (!files.length) return answered;
    const line = (await handOut(files, actor)) ? words.fileSent : words.fileFailed;
    return { ...answered, blocks: [...answered.blocks, { kind: 'text', text: [line] }] };
  }

  async function isAllowed({ path, options }: Call, actor: SlackActor): Promise<boolean> {
    const right = dispatch.commands.find((command) => command.path.join(' ') === path)?.right;
    // Where the options decide, whoever may run what managers alone may is one.
    const asked =
      typeof right === 'function' && right(options, actor) === 'manage'
        ? dispatch.commands.find((command) => command.right === 'manage')?.path.join(' ')
        : path;
    return asked === undefined || (await dispatch.allowed(asked, actor));
  }

  async function send(shown: ReplyMessages, { actor, respond, thread }: Asked): Promise<void> {
    let isSpent = respond === null;
    for (const drawn of shown.messages) {
      const message = { ...drawn, blocks: await longCalls.keep(drawn.blocks, actor) };
      try {
        if (!isSpent) await respond!(body(message, shown.isPublic ? 'in_channel' : 'ephemeral', thread));
      } catch {
        // Expired or used up: the person is told in private.
        isSpent = true;
      }
      if (isSpent) await post(actor.scope, await ownChannel(actor), message);
    }
  }

  /** Exports go to the person's own conversation with tumen; false where they did not get there. */
  async function handOut(files: ReplyMessages['files'], actor: Actor): Promise<boolean> {
    try {
      const client = await clientOf(actor.scope);
      const channel_id = await ownChannel(actor);
      if (!client || !channel_id) return false;
      for (const { name, content } of files)
        await client.filesUploadV2({ channel_id, filename: name, content });
      return true;
    } catch (err) {
      log.warn({ err }, 'a file was not handed out');
      return false;
    }
  }

  async function ownChannel(actor: Actor): Promise<string | null> {
    const client = await clientOf(actor.scope);
    const opened = await client?.conversations.open({ users: actor.userId });
    return opened?.channel?.id ?? null;
  }

  /** False where tumen is not in that channel. */
  async function post(
    scope: Scope,
    channel: string | null,
    message: Message,
    thread?: string | null,
  ): Promise<boolean> {
    const client = await clientOf(scope);
    if (!client || !channel) return false;
    const sent = { channel, ...message, ...QUIET, ...(thread ? { thread_ts: thread } : {}) };
    for (let attempt = 1; ; attempt++)
      try {
        await client.chat.postMessage(sent);
        return true;
      } catch (error) {
        const { data, retryAfter } = error as { data?: { error?: string }; retryAfter?: number };
        if (NOT_THERE.has(data?.error ?? '')) return false;
        // A long answer comes in more messages than Slack takes at once.
        if (retryAfter === undefined || attempt === MOST_ATTEMPTS) throw error;
        await delay(Math.min(retryAfter, LONGEST_WAIT_S) * 1000, undefined, { ref: false });
      }
  }
}

const MOST_ATTEMPTS = 3;
const LONGEST_WAIT_S = 30;

type Message = ReplyMessages['messages'][number];

const NOT_THERE = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action']);

function body(message: Message, response_type: 'in_channel' | 'ephemeral', thread?: string | null) {
  return {
    response_type,
    replace_original: false,
    ...message,
    ...QUIET,
    ...(thread ? { thread_ts: thread } : {}),
  };
}

export function refusal(line: string, { locale }: Actor): Reply {
  const blocks: Reply['blocks'] = [{ kind: 'text', text: [line] }];
  return { private: true, shareable: false, locale, blocks, failed: true };
}
