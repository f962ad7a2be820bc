import type { AckFn, App, BlockAction, RespondFn, SlashCommand } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type {
  Action,
  Actor,
  Call,
  Command,
  CommandContext,
  Dispatch,
  Reply,
} from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { decodeCall } from './action-id.ts';
import { renderHome } from './home.ts';
import { LIMITS } from './limits.ts';
import { DIGEST_SHORTCUT_ID, messageShortcutId, SLASH_COMMAND } from './manifest.ts';
import { storiesOfMessage } from './message-stories.ts';
import { parseCommandText } from './parse-command-text.ts';
import type { People } from './people.ts';
import {
  COMPLETE,
  FORM_ID,
  MENU_ACTION,
  readForm,
  readMemory,
  renderForm,
  renderMenu,
  renderView,
} from './render-form.ts';
import { type ReplyMessage, renderReply } from './render-reply.ts';
import { words as inert, raw, richText } from './rich-text.ts';

export interface DoorDeps {
  dispatch: Dispatch;
  store: { leases: Pick<Store['leases'], 'once'> };
  people: People;
  clientOf: (scope: Scope) => Promise<WebClient | null>;
  log: Logger;
  /** ms UTC. */
  now: () => number;
}

/** Where what people do in Slack becomes calls, and replies become messages. */
export interface Door {
  listen(app: App): void;
  /** Takes no more; resolves when what is under way is answered. */
  close(): Promise<void>;
}

/** An answer may come for 30 minutes by `response_url`; we stop a little before. */
const ANSWER_MS = 25 * 60_000;
const COMPLETE_MS = 2_500;

/** Where an answer goes: by `response_url` where there is one, else to the person. */
interface Asked {
  actor: Actor;
  respond: RespondFn | null;
}

export function createDoor({ dispatch, store, people, clientOf, log, now }: DoorDeps): Door {
  const underWay = new Set<Promise<void>>();
  let closed = false;

  return {
    listen(app) {
      app.command(SLASH_COMMAND, ({ command, ack, respond, client }) =>
        take(ack, `command:${command.trigger_id}`, () => typed(command, respond, client)),
      );
      app.action(/^(run|form|share):/, ({ body, ack, respond, client }) => {
        const { trigger_id, actions } = body as BlockAction;
        return take(ack, `action:${trigger_id}:${actions[0]?.action_ts}`, () =>
          pressed(body as BlockAction, respond, client),
        );
      });
      app.action(MENU_ACTION, ({ body, ack, client }) =>
        take(ack, null, () => chosen(body as BlockAction, client)),
      );
      // Selects in a form say every choice; the form is read when it is sent.
      app.action(/.*/, async ({ ack }) => ack());
      app.options(new RegExp(`^${COMPLETE}`), async ({ options, ack, body }) => {
        await ack({
          options: await complete(options.action_id, options.value ?? '', body as never),
        } as never);
      });
      app.view(FORM_ID, async ({ ack, body, view, client }) => {
        const memory = readMemory(view.private_metadata);
        if (!memory) return await ack();
        const { actor } = await contextOf(body, memory.channelId);
        const call = {
          path: memory.call.path,
          options: readForm(view.state.values as never, memory.call.options),
        };
        const title = `/${call.path}`;
        const working = renderView(title, [note(slackWords(actor.locale).working)], {
          call,
          channelId: memory.channelId,
        });
        await (ack as AckFn<unknown>)({ response_action: 'update', view: working });
        await begin(`view:${view.id}:${view.hash}`, async () => {
          const shown = await replyTo(call, await contextOf(body, memory.channelId));
          await client.views.update({
            view_id: view.id,
            view: renderView(title, shown.blocks, { call, channelId: memory.channelId }),
          });
          await handOut(shown, actor);
        });
      });
      app.shortcut(DIGEST_SHORTCUT_ID, ({ shortcut, ack, client }) =>
        take(ack, `shortcut:${shortcut.trigger_id}`, () =>
          inModal(shortcut, { path: 'digest now', options: {} }, client),
        ),
      );
      for (const command of dispatch.commands.filter((c) => c.shortcut))
        app.shortcut(messageShortcutId(command), ({ shortcut, ack, respond }) =>
          take(ack, `shortcut:${shortcut.trigger_id}`, () =>
            onMessage(command, shortcut as never, respond as RespondFn),
          ),
        );
      app.event('app_home_opened', async ({ event, client, body }) => {
        if (event.tab !== 'home') return;
        await begin(`event:${body.event_id}`, async () => {
          const context = await contextOf(
            { team: { id: body.team_id }, user: { id: event.user, team_id: body.team_id } },
            null,
          );
          await client.views.publish({ user_id: event.user, view: await renderHome(dispatch, context) });
        });
      });
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };

  /** Slack waits three seconds for a sign: it gets one before any work. */
  async function take(
    ack: AckFn<never> | AckFn<string>,
    key: string | null,
    work: () => Promise<void>,
  ): Promise<void> {
    await (ack as AckFn<undefined>)();
    await begin(key, work);
  }

  /** A duplicate of an envelope, on the other socket or after a retry, is taken once. */
  async function begin(key: string | null, work: () => Promise<void>): Promise<void> {
    const job = (async () => {
      try {
        if (key && !(await store.leases.once(`slack:${key}`, now()))) return;
        await work();
      } catch (err) {
        // The dispatcher does not throw: what fails here is the answering, and nobody is left to tell.
        log.error({ err, key }, 'an answer did not reach Slack');
      }
    })();
    underWay.add(job);
    await job.finally(() => underWay.delete(job));
  }

  async function typed(command: SlashCommand, respond: RespondFn, client: WebClient): Promise<void> {
    const home = (command as { user_team_id?: string }).user_team_id ?? null;
    const actor = await people.actor({
      team: command.team_id,
      userId: command.user_id,
      home,
      channelId: command.channel_id,
    });
    const asked = { actor, respond };
    const parsed = parseCommandText(command.text ?? '', dispatch.commands);
    const words = slackWords(actor.locale);
    switch (parsed.kind) {
      case 'menu':
        await client.views.open({
          trigger_id: command.trigger_id,
          view: renderMenu(dispatch.commands, dispatch.groups, command.channel_id, actor.locale),
        });
        return;
      case 'help':
        return await run({ path: 'tumen help', options: parsed.path ? { command: parsed.path } : {} }, asked);
      case 'unknown': {
        const near = parsed.suggestion ? fill(words.didYouMean, { a: `/tumen ${parsed.suggestion}` }) : '';
        return await say(
          `${fill(words.unknown, { a: clip(inertText(parsed.typed), 60) })} ${near} ${words.helpHint}`,
          asked,
        );
      }
      case 'leftover': {
        const [example] = parsed.command.examples;
        return await say(
          `${fill(words.leftover, { a: clip(inertText(parsed.word), 60) })} ${example ? fill(words.example, { a: example }) : ''}`,
          asked,
        );
      }
      case 'call':
        return await run(parsed.call, asked);
    }
  }

  async function pressed(body: BlockAction, respond: RespondFn, client: WebClient): Promise<void> {
    const action = body.actions[0] as { action_id: string; value?: string };
    const memory = body.view ? readMemory(body.view.private_metadata) : null;
    const channelId = body.channel?.id ?? memory?.channelId ?? null;
    const { actor } = await contextOf(body, channelId);
    const asked = { actor, respond: body.response_url ? respond : null };
    const pressedCall = decodeCall(action.action_id, action.value);
    if (!pressedCall) return await say(doorWords(actor.locale).tooOld, asked);
    const { press, call } = pressedCall;
    if (
      press === 'form' &&
      (await openForm(call, body.trigger_id, channelId, actor, client, body.view?.type === 'modal'))
    )
      return;
    if (press === 'share') return await share(call, asked);
    if (body.view?.type === 'modal' || body.view?.type === 'home')
      return await inModal(body, call, client, body.view.type === 'modal');
    await run(call, asked);
  }

  /** A choice in the menu turns it into the form of the command, or runs a command that asks for nothing. */
  async function chosen(body: BlockAction, client: WebClient): Promise<void> {
    const action = body.actions[0] as { selected_option?: { value: string } };
    const path = action.selected_option?.value;
    const command = commandOf(path ?? '');
    const memory = readMemory(body.view?.private_metadata ?? '');
    if (!command || !body.view) return;
    const channelId = memory?.channelId ?? null;
    const { actor } = await contextOf(body, channelId);
    const call = { path: command.path.join(' '), options: {} };
    const view = command.options.length
      ? renderForm(command, call, channelId, actor.locale)
      : renderView(`/${call.path}`, (await replyTo(call, await contextOf(body, channelId))).blocks, {
          call,
          channelId,
        });
    await client.views.update({ view_id: body.view.id, view });
  }

  async function openForm(
    call: Call,
    trigger: string,
    channelId: string | null,
    actor: Actor,
    client: WebClient,
    inside: boolean,
  ): Promise<boolean> {
    const command = commandOf(call.path);
    if (!command?.options.length || !(await dispatch.allowed(call.path, actor))) return false;
    const view = renderForm(command, call, channelId, actor.locale);
    if (inside) await client.views.push({ trigger_id: trigger, view });
    else await client.views.open({ trigger_id: trigger, view });
    return true;
  }

  /** Asks again, in the name of who shares, and posts the answer for everybody. */
  async function share(call: Call, { actor, respond }: Asked): Promise<void> {
    const reply = await dispatch.run(call, contextFor(actor));
    if (reply.failed) return await answer(renderReply(reply, null), { actor, respond });
    const shown = renderReply({ ...reply, private: false, shareable: false }, null);
    const by = fill(actionWords(actor.locale).sharedBy, { a: `<@${actor.userId}>` });
    const blocks: KnownBlock[] = [
      ...shown.blocks.slice(0, LIMITS.blocks - 1),
      { type: 'context', elements: [{ type: 'mrkdwn', text: by }] },
    ];
    if (respond)
      await respond({ response_type: 'in_channel', replace_original: false, text: shown.text, blocks });
    else if (actor.channelId) {
      const client = await clientOf(actor.scope);
      await client?.chat.postMessage({
        channel: actor.channelId,
        text: shown.text,
        blocks,
        unfurl_links: false,
        unfurl_media: false,
      });
    }
  }

  /** "Why this story?" on a message: the story it shows, or the choice where it shows several. */
  async function onMessage(
    command: Command,
    shortcut: {
      message?: { blocks?: unknown };
      channel?: { id: string };
      team: { id: string } | null;
      user: { id: string; team_id?: string };
    },
    respond: RespondFn,
  ): Promise<void> {
    const { actor } = await contextOf(shortcut, shortcut.channel?.id ?? null);
    const asked = { actor, respond };
    const stories = storiesOfMessage(shortcut.message?.blocks);
    const path = command.path.join(' ');
    if (!stories.length) return await say(doorWords(actor.locale).noStory, asked);
    if (stories.length === 1) return await run({ path, options: { story: stories[0]!.story } }, asked);
    const actions = stories.slice(0, LIMITS.actions).map(
      ({ story, headline }): Action => ({
        label: clip(headline, LIMITS.buttonText) || String(story),
        call: { path, options: { story } },
      }),
    );
    const which: Reply = {
      private: true,
      shareable: false,
      locale: actor.locale,
      blocks: [
        { kind: 'heading', text: doorWords(actor.locale).whichStory },
        { kind: 'actions', actions },
      ],
    };
    await answer(renderReply(which, null), asked);
  }

  /** Where there is no message to answer to, a modal shows that work is under way and then its answer. */
  async function inModal(
    body: { trigger_id: string; team: { id: string } | null; user: { id: string; team_id?: string } },
    call: Call,
    client: WebClient,
    push = false,
  ): Promise<void> {
    const context = await contextOf(body, null);
    const memory = { call, channelId: null };
    const title = `/${call.path}`;
    const working: ModalView = renderView(title, [note(slackWords(context.actor.locale).working)], memory);
    const opened = push
      ? await client.views.push({ trigger_id: body.trigger_id, view: working })
      : await client.views.open({ trigger_id: body.trigger_id, view: working });
    const shown = await replyTo(call, context);
    await client.views.update({ view_id: opened.view!.id!, view: renderView(title, shown.blocks, memory) });
    await handOut(shown, context.actor);
  }

  async function complete(
    actionId: string,
    value: string,
    body: Parameters<typeof contextOf>[0],
  ): Promise<object[]> {
    const [path, option] = actionId.slice(COMPLETE.length).split(':');
    if (closed || !path || !option) return [];
    const context = { ...(await contextOf(body, null)), signal: AbortSignal.timeout(COMPLETE_MS) };
    const found = await dispatch.complete(path, option, value, context);
    return found
      .filter((entry) => entry.value && entry.value.length <= LIMITS.optionValue)
      .slice(0, LIMITS.options)
      .map((entry) => ({
        text: {
          type: 'plain_text',
          text: clip(inertText(entry.label), LIMITS.optionText) || entry.value,
          emoji: false,
        },
        value: entry.value,
      }));
  }

  async function run(call: Call, asked: Asked): Promise<void> {
    await answer(await replyTo(call, contextFor(asked.actor)), asked);
  }

  async function replyTo(call: Call, context: CommandContext): Promise<ReplyMessage> {
    if (closed) return renderReply(said(doorWords(context.actor.locale).stopping, context.actor), null);
    return renderReply(await dispatch.run(call, context), call);
  }

  async function say(line: string, asked: Asked): Promise<void> {
    await answer(renderReply(said(line, asked.actor), null), asked);
  }

  async function answer(message: ReplyMessage, { actor, respond }: Asked): Promise<void> {
    const { text, blocks } = message;
    try {
      if (!respond) throw new Error('no response_url');
      await respond({ response_type: 'ephemeral', replace_original: false, text, blocks });
    } catch {
      // Expired or used up: the person is told in private.
      const client = await clientOf(actor.scope);
      const opened = await client?.conversations.open({ users: actor.userId });
      if (opened?.channel?.id)
        await client!.chat.postMessage({
          channel: opened.channel.id,
          text,
          blocks,
          unfurl_links: false,
          unfurl_media: false,
        });
    }
    await handOut(message, actor);
  }

  /** Exports go to the person's own conversation with tumen. */
  async function handOut({ files }: ReplyMessage, actor: Actor): Promise<void> {
    if (!files.length) return;
    const client = await clientOf(actor.scope);
    const opened = await client?.conversations.open({ users: actor.userId });
    const channel_id = opened?.channel?.id;
    if (!client || !channel_id) return;
    for (const { name, content } of files)
      await client.filesUploadV2({ channel_id, filename: name, content });
  }

  async function contextOf(
    body: { team?: { id: string } | null; user: { id: string; team_id?: string | undefined } },
    channelId: string | null,
  ): Promise<CommandContext> {
    const home = body.user.team_id ?? null;
    const team = body.team?.id ?? home ?? '';
    return contextFor(await people.actor({ team, userId: body.user.id, home, channelId }));
  }

  function contextFor(actor: Actor): CommandContext {
    return { actor, now: now(), signal: AbortSignal.timeout(ANSWER_MS) };
  }

  function commandOf(path: string): Command | undefined {
    return dispatch.commands.find((command) => command.path.join(' ') === path);
  }
}

function said(line: string, { locale }: Actor): Reply {
  return { private: true, shareable: false, failed: true, locale, blocks: [{ kind: 'text', text: [line] }] };
}

function note(text: string): KnownBlock {
  return richText([{ type: 'rich_text_section', elements: [inert(text, 300), raw(' ')] }]);
}
