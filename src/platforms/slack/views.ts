import type { BlockAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Command, Completion, Dispatch } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { decodeCall } from './action-id.ts';
import { answerInView, lineView, openView, type Place } from './answer-views.ts';
import type { Answers, Asked } from './answers.ts';
import { COMPLETE } from './form-field.ts';
import { renderHome } from './home.ts';
import { LIMITS } from './limits.ts';
import type { People, SlackActor, UserGroup } from './people.ts';
import { readMemory, renderForm, type ViewMemory } from './render-form.ts';

const COMPLETE_MS = 2_500;
/** An answer sent to the person alone may be longer than one in a channel. */
const MOST_SENT = 12;

export interface ViewsDeps {
  dispatch: Dispatch;
  answers: Answers;
  people: Pick<People, 'groups'>;
}

/** A press on a button of ours, wherever it stands: runs, opens a form, or shares. */
export async function answerPress(
  body: BlockAction,
  actor: SlackActor,
  respond: RespondFn,
  client: WebClient,
  { dispatch, answers, people }: ViewsDeps,
): Promise<void> {
  const action = body.actions[0] as { action_id: string; value?: string };
  const asked = { actor, respond: body.response_url ? respond : null, thread: threadOf(body) };
  const decoded = decodeCall(action.action_id, action.value);
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
  { dispatch, answers, people }: ViewsDeps,
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
  { dispatch, answers }: ViewsDeps,
): Promise<void> {
  const view = await renderHome(dispatch, answers.wording, answers.context(actor));
  await client.views.publish({ user_id: actor.userId, view });
}

/** What an external select may offer for what is typed; what is typed itself too, where any text is a value. */
export async function completions(
  actionId: string,
  typed: string,
  actor: SlackActor,
  { dispatch, answers, people }: ViewsDeps,
): Promise<object[]> {
  const [path, name] = actionId.slice(COMPLETE.length).split(':');
  const option = commandOf(dispatch, path ?? '')?.options.find((one) => one.name === name);
  if (!path || !option) return [];
  if (option.type === 'group') {
    if (!(await dispatch.allowed(path, actor))) return [];
    return offer(groupsLike(typed, await people.groups(actor.scope)), (label) => label);
  }
  const context = { ...answers.context(actor), signal: AbortSignal.timeout(COMPLETE_MS) };
  const found = await dispatch.complete(path, option.name, typed, context);
  const own = typed.trim();
  const isValue = option.type === 'integer' ? /^\d{1,9}$/.test(own) : own !== '';
  const mayComplete = found.length > 0 || (await dispatch.allowed(path, actor));
  const offered = found.slice(0, LIMITS.options - 1);
  if (isValue && mayComplete && !offered.some((entry) => entry.value === own))
    offered.push({ value: own, label: own });
  return offer(offered, answers.wording.typed);
}

/** User groups by handle, name or id. */
function groupsLike(typed: string, groups: readonly UserGroup[]): Completion[] {
  const word = typed.trim().replace(/^@/, '').toLowerCase();
  return groups
    .map(({ id, handle, name }) => ({ value: id, label: name ? `@${handle}: ${name}` : `@${handle}` }))
    .filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(word));
}

function offer(entries: readonly Completion[], worded: (label: string) => string): object[] {
  return entries
    .filter(({ value }) => value && value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ value, label }) => ({
      text: {
        type: 'plain_text',
        text: clip(inertText(worded(label)), LIMITS.optionText) || value.slice(0, LIMITS.optionText),
        emoji: false,
      },
      value,
    }));
}

/** The form of a call, filled in with what is there, each value as a person calls it. */
async function formOf(
  command: Command,
  memory: ViewMemory,
  actor: SlackActor,
  { dispatch, answers, people }: ViewsDeps,
): Promise<ReturnType<typeof renderForm>> {
  const { call } = memory;
  const context = { ...answers.context(actor), signal: AbortSignal.timeout(COMPLETE_MS) };
  const known = await dispatch.prefill(call, context);
  const labels: Record<string, string> = {};
  for (const { name, type, complete } of command.options) {
    const value = call.options[name] ?? known[name];
    if (value === undefined || !(complete || type === 'group')) continue;
    const text = String(value);
    const found =
      type === 'group'
        ? groupsLike(text, await people.groups(actor.scope))
        : [
            ...(await dispatch.complete(call.path, name, text, context)),
            ...(await dispatch.complete(call.path, name, '', context)),
          ];
    const label = found.find((entry) => entry.value === text)?.label;
    if (label) labels[name] = answers.wording.typed(label);
  }
  return renderForm(command, memory, known, labels);
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

function commandOf(dispatch: Dispatch, path: string): Command | undefined {
  return dispatch.commands.find((command) => command.path.join(' ') === path);
}
