import type { BlockAction, RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { doorWords } from '../../locale/door-words.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { decodeCall } from './action-id.ts';
import { answerInView, lineView, openView, type Place } from './answer-views.ts';
import type { Answers, Asked } from './answers.ts';
import { commandOf, type FieldDeps, formOf } from './fill-fields.ts';
import { renderHome } from './home.ts';
import type { SlackActor } from './people.ts';
import { readMemory, type renderForm, type ViewMemory } from './render-form.ts';

/** An answer sent to the person alone may be longer than one in a channel. */
const MOST_SENT = 12;

/** A press on a button of ours, wherever it stands: runs, opens a form, or shares. */
export async function answerPress(
  body: BlockAction,
  actor: SlackActor,
  respond: RespondFn,
  client: WebClient,
  { dispatch, answers, people }: FieldDeps,
): Promise<void> {
  const action = body.actions[0] as { action_id: string; value?: string };
  const asked = { actor, respond: body.response_url ? respond : null, thread: threadOf(body) };
  const decoded = decodeCall(action.action_id, await answers.longCalls.find(action.value));
  if (!decoded) return await answers.say(doorWords(actor.locale).tooOld, asked);
  const { press, call } = decoded;
  const isHome = body.view?.type === 'home';
  const memory: ViewMemory = {
    call,
    channelId: actor.channelId,
    locale: actor.locale,
    ...(isHome || readMemory(body.view?.private_metadata ?? '')?.home ? { home: true } : {}),
  };
  // A modal is answered in its own place: Slack stacks no more than three.
  const place: Place = body.view?.type === 'modal' ? { viewId: body.view.id } : { trigger: body.trigger_id };
  const command = commandOf(dispatch, call.path);
  if (press === 'form' && command?.options.length && (await dispatch.allowed(call.path, actor)))
    return await show(
      await formOf(command, memory, actor, { dispatch, answers, people }),
      asked,
      client,
      place,
      answers,
    );
  if (press === 'share') return await answers.share(call, asked);
  if (press === 'send') {
    await answers.run(call, { actor, respond: null }, MOST_SENT);
    if ('viewId' in place) {
      const view = lineView(slackWords(actor.locale).sentToYou, memory);
      await client.views.update({ view_id: place.viewId, view });
    }
    return;
  }
  if (!body.view) return await answers.run(call, asked);
  await answerInView(memory, asked, client, place, answers);
  if (memory.home && (command?.changes || command?.right !== 'anyone'))
    await publishHome(actor, client, { dispatch, answers, people });
}

/** A choice in the menu turns it into the form of the command, or runs a command that asks for nothing. */
export async function answerMenu(
  body: BlockAction,
  actor: SlackActor,
  client: WebClient,
  { dispatch, answers, people }: FieldDeps,
): Promise<void> {
  const action = body.actions[0] as { selected_option?: { value: string } };
  const command = commandOf(dispatch, action.selected_option?.value ?? '');
  if (!command || !body.view) return;
  const call = { path: command.path.join(' '), options: {} };
  const memory = { call, channelId: actor.channelId, locale: actor.locale };
  const place = { viewId: body.view.id };
  if (command.options.length && (await dispatch.allowed(call.path, actor)))
    return await show(
      await formOf(command, memory, actor, { dispatch, answers, people }),
      { actor, respond: null },
      client,
      place,
      answers,
    );
  await answerInView(memory, { actor, respond: null }, client, place, answers);
}

export async function publishHome(
  actor: SlackActor,
  client: WebClient,
  { dispatch, answers }: FieldDeps,
): Promise<void> {
  const view = await renderHome(dispatch, answers.wording, answers.context(actor));
  const blocks = await answers.longCalls.keep(view.blocks as KnownBlock[], actor);
  await client.views.publish({ user_id: actor.userId, view: { ...view, blocks } });
}

/** The thread in which the message stands that something was done with; null where it stands in the channel. */
export function threadOf(body: unknown): string | null {
  const { container, message } = body as Record<'container' | 'message', MessageInThread | undefined>;
  const ts = message?.ts ?? container?.message_ts;
  const thread = message?.thread_ts ?? container?.thread_ts;
  return thread && thread !== ts ? thread : null;
}

interface MessageInThread {
  ts?: string;
  message_ts?: string;
  thread_ts?: string;
}

async function show(
  view: ReturnType<typeof renderForm>,
  asked: Asked,
  client: WebClient,
  place: Place,
  answers: Answers,
): Promise<void> {
  if ('viewId' in place) await client.views.update({ view_id: place.viewId, view });
  else await openView(client, place.trigger, view, asked, answers);
}
