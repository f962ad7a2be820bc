import type { AckFn, App, BlockAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Action, Command, Dispatch } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import { clip } from '../../text/inert-text.ts';
import { PRESSED } from './action-id.ts';
import { answerForm, answerInView } from './answer-views.ts';
import { type Asked, createAnswers } from './answers.ts';
import { completions } from './fill-fields.ts';
import { COMPLETE } from './form-field.ts';
import { LIMITS } from './limits.ts';
import { createLongCalls } from './long-calls.ts';
import { DIGEST_SHORTCUT_ID, messageShortcutId, SLASH_COMMAND } from './manifest.ts';
import { storiesOfMessage } from './message-stories.ts';
import type { People, SlackActor } from './people.ts';
import { FORM_ID, filesSent, MENU_ACTION, readForm, readMemory } from './render-form.ts';
import { answerTyped } from './typed.ts';
import { answerMenu, answerPress, publishHome, threadOf } from './views.ts';
import { createWording } from './word-for-slack.ts';

export interface DoorDeps {
  dispatch: Dispatch;
  store: { leases: Pick<Store['leases'], 'once'>; longCalls: Pick<Store['longCalls'], 'keep' | 'find'> };
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

/** Buttons of other ages; a form's fields are read when it is sent. */
const OTHER = new RegExp(`^(?!${PRESSED.source.slice(1)}|${MENU_ACTION})`);

/** Who did something, as all of Slack's interactions say it. */
interface Doer {
  team?: { id: string } | null;
  user: { id: string; team_id?: string | undefined };
}

export function createDoor({ store, people, clientOf, log, now, ...given }: DoorDeps): Door {
  const wording = createWording(given.dispatch.commands);
  const dispatch: Dispatch = { ...given.dispatch, commands: wording.commands };
  const underWay = new Set<Promise<void>>();
  let closed = false;
  const answers = createAnswers({
    dispatch,
    wording,
    longCalls: createLongCalls({ store, log, now }),
    clientOf,
    log,
    now,
    isClosed: () => closed,
  });
  const deps = { dispatch, answers, people };

  return {
    listen(app) {
      app.command(SLASH_COMMAND, ({ command, ack, respond, client }) => {
        const { team_id: team, user_id: userId, channel_id: channelId } = command;
        // Asked for at once: it is there when the command is known to be no duplicate.
        const who = people.actor({ team, userId, home: null, channelId });
        return take(ack, `command:${command.trigger_id}`, async () =>
          answerTyped(command, await who, respond, client, deps),
        );
      });
      app.action(PRESSED, ({ body, ack, respond, client }) => {
        const action = body as BlockAction;
        const who = actorOf(action);
        return take(ack, `action:${action.trigger_id}:${action.actions[0]?.action_ts}`, async () =>
          answerPress(action, await who, respond, client, deps),
        );
      });
      app.action(MENU_ACTION, ({ body, ack, client }) =>
        take(ack, null, async () =>
          answerMenu(body as BlockAction, await actorOf(body as BlockAction), client, deps),
        ),
      );
      app.action(OTHER, ({ body, ack, respond }) =>
        take(ack, null, async () => {
          const { response_url: url, type } = body as BlockAction;
          if (type !== 'block_actions' || !url) return;
          const actor = await actorOf(body as BlockAction);
          const asked = { actor, respond, thread: threadOf(body) };
          await answers.say(doorWords(actor.locale).tooOld, asked);
        }),
      );
      app.options(new RegExp(`^${COMPLETE}`), async ({ options, ack, body }) => {
        const found = closed
          ? []
          : await completions(options.action_id, options.value ?? '', await actorOf(body as never), deps);
        await ack({ options: found } as never);
      });
      app.view(FORM_ID, async ({ ack, body, view, client }) => {
        const memory = readMemory(view.private_metadata);
        if (!memory) return await ack();
        const options = readForm(view.state.values as never, memory.call.options);
        const asked = { ...memory, call: { path: memory.call.path, options } };
        // A duplicate is left alone: what the first is acknowledged with is what counts.
        await begin(`view:${view.id}:${view.hash}`, async () => {
          const who = actorOf(body, memory.channelId);
          const fields = Object.keys(view.state.values);
          const files = filesSent(view.state.values as never);
          const sent = { memory: asked, fields, files, viewId: view.id, who, ack: ack as AckFn<unknown> };
          await answerForm(sent, client, answers);
          if (memory.home) await publishHome(await who, client, deps);
        });
      });
      app.shortcut(DIGEST_SHORTCUT_ID, ({ shortcut, ack, client }) =>
        take(ack, `shortcut:${shortcut.trigger_id}`, async () => {
          const actor = await actorOf(shortcut);
          const call = { path: 'digest now', options: {} };
          const memory = { call, channelId: null, locale: actor.locale };
          const place = { trigger: shortcut.trigger_id };
          await answerInView(memory, { actor, respond: null }, client, place, answers);
        }),
      );
      for (const command of dispatch.commands.filter((c) => c.shortcut))
        app.shortcut(messageShortcutId(command), ({ shortcut, ack, respond }) =>
          take(ack, `shortcut:${shortcut.trigger_id}`, async () => {
            const { message, channel } = shortcut as {
              message?: { blocks?: unknown };
              channel?: { id: string };
            };
            const actor = await actorOf(shortcut, channel?.id);
            const thread = threadOf(shortcut);
            await onMessage(command, message?.blocks, { actor, respond: respond as RespondFn, thread });
          }),
        );
      app.event('app_home_opened', async ({ event, client, body }) => {
        if (event.tab !== 'home') return;
        await begin(`event:${body.event_id}`, async () => {
          const { user } = event;
          const actor = await people.actor({ team: body.team_id, userId: user, home: null, channelId: null });
          await publishHome(actor, client, deps);
        });
      });
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };

  /** Slack waits three seconds for a sign: it gets one before any work. */
  async function take(ack: unknown, key: string | null, work: () => Promise<void>): Promise<void> {
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

  /** "Why this story?" on a message: the story it shows, or the choice where it shows several. */
  async function onMessage(command: Command, blocks: unknown, asked: Asked): Promise<void> {
    const { locale } = asked.actor;
    const stories = storiesOfMessage(blocks);
    const path = command.path.join(' ');
    if (!stories.length) return await answers.say(doorWords(locale).noStory, asked);
    if (stories.length === 1)
      return await answers.run({ path, options: { story: stories[0]!.story } }, asked);
    const actions = stories.slice(0, LIMITS.actions).map(
      ({ story, headline }): Action => ({
        label: clip(headline, LIMITS.buttonText) || String(story),
        call: { path, options: { story } },
      }),
    );
    const title = { kind: 'heading' as const, text: doorWords(locale).whichStory };
    const which = {
      private: true,
      shareable: false,
      locale,
      blocks: [title, { kind: 'actions' as const, actions }],
    };
    await answers.reply(which, asked);
  }

  /** @param channelId where the thing that was done stands, when the interaction does not say it itself */
  async function actorOf(body: Doer, channelId?: string | null): Promise<SlackActor> {
    const { channel, view } = body as { channel?: { id?: string }; view?: { private_metadata?: string } };
    const home = body.user.team_id ?? null;
    return await people.actor({
      team: body.team?.id ?? home ?? '',
      userId: body.user.id,
      home,
      channelId: channelId ?? channel?.id ?? readMemory(view?.private_metadata ?? '')?.channelId ?? null,
    });
  }
}
