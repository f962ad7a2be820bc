import type { RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Action, Actor, Call, CommandContext, Dispatch, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { dispatchWords } from '../../locale/dispatch-words.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Scope } from '../../model/scope.ts';
import { LIMITS } from './limits.ts';
import { renderView, type ViewMemory } from './render-form.ts';
import { type ReplyMessages, renderReply } from './render-reply.ts';
import { raw, richText, words } from './rich-text.ts';
import { wordForSlack } from './word-for-slack.ts';

/** Where an answer goes: by `response_url` where there is one, else to the person. */
export interface Asked {
  actor: Actor;
  respond: RespondFn | null;
}

/** A view that stands, or a trigger that may open one. */
export type Place = { viewId: string } | { trigger: string };

export interface AnswersDeps {
  dispatch: Dispatch;
  clientOf: (scope: Scope) => Promise<WebClient | null>;
  isClosed: () => boolean;
  /** ms UTC. */
  now: () => number;
}

export interface Answers {
  context(actor: Actor): CommandContext;
  run(call: Call, asked: Asked): Promise<void>;
  /** A line of the door itself: a refusal. */
  say(line: string, asked: Asked): Promise<void>;
  reply(reply: Reply, asked: Asked): Promise<void>;
  /** Asks again, in the name of who shares, and posts the answer for everybody. */
  share(call: Call, asked: Asked): Promise<void>;
  /** Where there is no message to answer to: a view says that work is under way, then shows what came of it. */
  runInView(memory: ViewMemory, actor: Actor, client: WebClient, place: Place): Promise<void>;
}

/** An answer may come for 30 minutes by `response_url`; work stops a little before. */
const ANSWER_MS = 25 * 60_000;
const QUIET = { unfurl_links: false, unfurl_media: false } as const;

export function createAnswers({ dispatch, clientOf, isClosed, now }: AnswersDeps): Answers {
  return { context, run, say, reply, share, runInView };

  function context(actor: Actor): CommandContext {
    return { actor, now: now(), signal: AbortSignal.timeout(ANSWER_MS) };
  }

  async function run(call: Call, asked: Asked): Promise<void> {
    const answered = await ask(call, asked.actor);
    await send(renderReply(answered, asked.respond || asked.actor.channelId ? call : null), asked);
  }

  async function say(line: string, asked: Asked): Promise<void> {
    await reply(refusal(line, asked.actor), asked);
  }

  async function reply(value: Reply, asked: Asked): Promise<void> {
    await send(renderReply(value, null), asked);
  }

  async function share(call: Call, asked: Asked): Promise<void> {
    const { actor, respond } = asked;
    if (actor.guest) return await say(dispatchWords(actor.locale).guest, asked);
    const answered = await ask(call, actor);
    if (answered.failed) return await reply(answered, asked);
    const { messages } = renderReply({ ...answered, private: false, shareable: false }, null);
    const by = fill(actionWords(actor.locale).sharedBy, { a: `<@${actor.userId}>` });
    messages.at(-1)!.blocks.push({ type: 'context', elements: [{ type: 'mrkdwn', text: by }] });
    for (const { text, blocks } of messages)
      if (respond) await respond({ response_type: 'in_channel', replace_original: false, text, blocks });
      else if (!(await post(actor.scope, actor.channelId, text, blocks)))
        return await say(slackWords(actor.locale).notInChannel, asked);
  }

  async function runInView(memory: ViewMemory, actor: Actor, client: WebClient, place: Place): Promise<void> {
    const { call, locale } = memory;
    const working = workingView(memory);
    const viewId =
      'viewId' in place
        ? place.viewId
        : (await client.views.open({ trigger_id: place.trigger, view: working })).view!.id!;
    const answered = await ask(call, actor);
    const shown = renderReply(answered, actor.channelId ? call : null);
    const blocks = shown.messages.flatMap((message) => message.blocks);
    const form: Action = { label: slackWords(locale).backToForm, call, form: true };
    if (answered.failed && Object.keys(call.options).length && !hasForm(answered))
      blocks.push(
        ...renderReply(said([{ kind: 'actions', actions: [form] }], actor), null).messages[0]!.blocks,
      );
    await client.views.update({ view_id: viewId, view: renderView(`/${call.path}`, blocks, memory) });
    await handOut(shown, actor);
  }

  async function ask(call: Call, actor: Actor): Promise<Reply> {
    if (isClosed()) return refusal(doorWords(actor.locale).stopping, actor);
    return wordForSlack(await dispatch.run(call, context(actor)), dispatch.commands);
  }

  async function send(shown: ReplyMessages, { actor, respond }: Asked): Promise<void> {
    const response_type = shown.isPublic ? 'in_channel' : 'ephemeral';
    let isSpent = respond === null;
    for (const { text, blocks } of shown.messages) {
      try {
        if (!isSpent) await respond!({ response_type, replace_original: false, text, blocks });
      } catch {
        // Expired or used up: the person is told in private.
        isSpent = true;
      }
      if (isSpent) await post(actor.scope, await ownChannel(actor), text, blocks);
    }
    await handOut(shown, actor);
  }

  /** Exports go to the person's own conversation with tumen. */
  async function handOut({ files }: ReplyMessages, actor: Actor): Promise<void> {
    if (!files.length) return;
    const client = await clientOf(actor.scope);
    const channel_id = await ownChannel(actor);
    if (!client || !channel_id) return;
    for (const { name, content } of files)
      await client.filesUploadV2({ channel_id, filename: name, content });
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
    text: string,
    blocks: KnownBlock[],
  ): Promise<boolean> {
    const client = await clientOf(scope);
    if (!client || !channel) return false;
    try {
      await client.chat.postMessage({ channel, text, blocks, ...QUIET });
      return true;
    } catch (error) {
      const name = (error as { data?: { error?: string } }).data?.error ?? '';
      if (NOT_THERE.has(name)) return false;
      throw error;
    }
  }
}

const NOT_THERE = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action']);

/** Shown while a call in a view is under way. */
export function workingView(memory: ViewMemory) {
  const { locale, call } = memory;
  const line = richText([
    { type: 'rich_text_section', elements: [words(slackWords(locale).working, LIMITS.section), raw(' ')] },
  ]);
  return renderView(`/${call.path}`, [line], memory);
}

function said(blocks: Reply['blocks'], { locale }: Actor): Reply {
  return { private: true, shareable: false, locale, blocks };
}

function refusal(line: string, actor: Actor): Reply {
  return { ...said([{ kind: 'text', text: [line] }], actor), failed: true };
}

function hasForm(reply: Reply): boolean {
  return reply.blocks.some(
    (block) => block.kind === 'actions' && block.actions.some((action) => action.form),
  );
}
