import { setTimeout as delay } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Reply } from '../../commands/command.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { UserError } from '../../model/errors.ts';
import { encodeCall } from './action-id.ts';
import { type Answers, type Asked, refusal } from './answers.ts';
import { LIMITS } from './limits.ts';
import type { SlackActor } from './people.ts';
import { readUpload, type SentFile } from './read-upload.ts';
import { renderView, type ViewMemory } from './render-form.ts';
import { distinct, renderBlocks } from './render-reply.ts';
import { raw, richText, words } from './rich-text.ts';
import { actions, button } from './story-blocks.ts';
import { typedPath } from './word-for-slack.ts';

/** A view that stands, or a trigger that may open one. */
export type Place = { viewId: string } | { trigger: string };

/** A form that was sent: what it asks for, and the fields it has. */
export interface SentForm {
  memory: ViewMemory;
  fields: string[];
  files: Record<string, SentFile>;
  viewId: string;
  who: Promise<SlackActor>;
  /** Once, within three seconds. */
  ack: (answer: object) => Promise<void>;
}

/** Slack waits three seconds for what becomes of a form: an answer that takes less is shown at once. */
const PATIENCE_MS = 1_800;
/** An acknowledgment and a call of the Web API come to Slack by two ways: so much later the second is the later one. */
const BEHIND_MS = 700;

/** Where there is no message to answer to: a view says that work is under way, then shows what came of it. */
export async function answerInView(
  memory: ViewMemory,
  asked: Asked,
  client: WebClient,
  place: Place,
  answers: Answers,
): Promise<void> {
  const viewId =
    'viewId' in place
      ? place.viewId
      : await openView(client, place.trigger, workingView(memory), asked, answers);
  if (!viewId) return;
  const answered = await answers.ask(memory.call, asked.actor);
  await show(answered, memory, viewId, asked.actor, client, answers);
}

/** A form's answer takes its place; where one of its fields is at fault, the form stays and says it there. */
export async function answerForm(sent: SentForm, client: WebClient, answers: Answers): Promise<void> {
  const { memory, fields, viewId, who, ack } = sent;
  const answering = who.then(async (actor) => ({
    actor,
    answered: await askWithFiles(sent, actor, client, answers),
  }));
  const quick = await Promise.race([answering, delay(PATIENCE_MS, null, { ref: false })]);
  if (!quick) {
    await ack({ response_action: 'update', view: workingView(memory) });
    const behind = delay(BEHIND_MS);
    const { actor, answered } = await answering;
    await behind;
    return await show(answered, memory, viewId, actor, client, answers);
  }
  const { actor, answered } = quick;
  const field = answered.failed ? fields.find((name) => name === answered.option) : undefined;
  if (field) await ack({ response_action: 'errors', errors: { [field]: linesOf(answered) } });
  else await ack({ response_action: 'update', view: await answerView(memory, answered, actor, answers) });
}

/** Who closed the view meanwhile is answered by direct message. */
async function show(
  answered: Reply,
  memory: ViewMemory,
  viewId: string,
  actor: SlackActor,
  client: WebClient,
  answers: Answers,
): Promise<void> {
  const view = await answerView(memory, answered, actor, answers);
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (errorName(error) !== 'not_found') throw error;
    await answers.reply(answered, { actor, respond: null });
  }
}

async function askWithFiles(
  { memory: { call }, files }: SentForm,
  actor: SlackActor,
  client: WebClient,
  answers: Answers,
): Promise<Reply> {
  const options = { ...call.options };
  for (const [name, file] of Object.entries(files))
    try {
      const { signal } = answers.context(actor);
      options[name] = await readUpload(file, client, actor.locale, signal);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ...refusal(error.message, actor), option: name };
    }
  return await answers.ask({ path: call.path, options }, actor);
}

/** Null where Slack no longer takes the trigger: that is said. */
export async function openView(
  client: WebClient,
  trigger: string,
  view: ModalView,
  asked: Asked,
  answers: Answers,
): Promise<string | null> {
  try {
    return (await client.views.open({ trigger_id: trigger, view })).view?.id ?? null;
  } catch (error) {
    if (!TRIGGER_GONE.has(errorName(error))) throw error;
    await answers.say(slackWords(asked.actor.locale).tooSlow, asked);
    return null;
  }
}

const TRIGGER_GONE = new Set([
  'expired_trigger_id',
  'invalid_trigger',
  'invalid_trigger_id',
  'exchanged_trigger_id',
  'trigger_exchanged',
]);

function errorName(error: unknown): string {
  return (error as { data?: { error?: string } }).data?.error ?? '';
}

/** Shown while a call in a view is under way. */
export function workingView(memory: ViewMemory): ModalView {
  const { locale, call } = memory;
  const line = richText([
    { type: 'rich_text_section', elements: [words(slackWords(locale).working, LIMITS.section), raw(' ')] },
  ]);
  return renderView(typedPath(call.path), [line], memory);
}

/** A line in a view of ours. */
export function lineView(line: string, memory: ViewMemory): ModalView {
  const block = richText([{ type: 'rich_text_section', elements: [words(line, LIMITS.section)] }]);
  return renderView(typedPath(memory.call.path), [block], memory);
}

async function answerView(
  memory: ViewMemory,
  reply: Reply,
  actor: SlackActor,
  { longCalls }: Answers,
): Promise<ModalView> {
  const { call, locale } = memory;
  const labels = slackWords(locale);
  const isStuck = reply.failed && Object.keys(call.options).length > 0 && !hasForm(reply);
  const back = isStuck
    ? [actions([{ ...button(labels.backToForm, call), ...encodeCall('form', call) }])]
    : [];
  const whole = { ...button(labels.sendAll, call), ...encodeCall('send', call) };
  const shareable = actor.channelId ? call : null;
  const blocks = renderBlocks(reply, shareable, LIMITS.viewBlocks - back.length, whole);
  const shown = await longCalls.keep(distinct([...blocks, ...back]), actor);
  return renderView(typedPath(call.path), shown, memory);
}

function hasForm(reply: Reply): boolean {
  return reply.blocks.some(
    (block) => block.kind === 'actions' && block.actions.some((action) => action.form),
  );
}

function linesOf(reply: Reply): string {
  const lines = reply.blocks.flatMap((block) =>
    block.kind === 'text' ? [block.text.filter((part) => typeof part === 'string').join('')] : [],
  );
  return lines.join(' ').slice(0, LIMITS.label);
}
