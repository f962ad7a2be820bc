import type { Command, Completion, Dispatch } from '../../commands/command.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import type { Answers } from './answers.ts';
import { COMPLETE } from './form-field.ts';
import { LIMITS } from './limits.ts';
import type { People, SlackActor, UserGroup } from './people.ts';
import { renderForm, type ViewMemory } from './render-form.ts';

const COMPLETE_MS = 2_500;

export interface FieldDeps {
  dispatch: Dispatch;
  answers: Answers;
  people: Pick<People, 'groups'>;
}

/** What an external select may offer for what is typed; what is typed itself too, where any text is a value. */
export async function completions(
  actionId: string,
  typed: string,
  actor: SlackActor,
  { dispatch, answers, people }: FieldDeps,
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
export async function formOf(
  command: Command,
  memory: ViewMemory,
  actor: SlackActor,
  { dispatch, answers, people }: FieldDeps,
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

export function commandOf(dispatch: Dispatch, path: string): Command | undefined {
  return dispatch.commands.find((command) => command.path.join(' ') === path);
}
