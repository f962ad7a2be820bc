import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import {
  type Call,
  type Command,
  type CommandGroup,
  isRequired,
  type Options,
} from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Locale } from '../../model/digest.ts';
import { fields, GROUP_FIELD, plain } from './form-field.ts';
import { LIMITS } from './limits.ts';
import type { SentFile } from './read-upload.ts';
import { raw, richText } from './rich-text.ts';
import { typedPath } from './word-for-slack.ts';

/** What a view has to remember until it is sent. */
export interface ViewMemory {
  call: Call;
  channelId: string | null;
  locale: Locale;
  /** Opened from the home tab, which shows what came of it. */
  home?: boolean;
}

export const FORM_ID = 'form';
export const MENU_ID = 'menu';
export const MENU_ACTION = 'menu:command';
const MOST_MEMORY = LIMITS.privateMetadata;

/** A command as a modal with what is known filled in. */
export function renderForm(
  command: Command,
  { call, ...memory }: ViewMemory,
  /** What is there already, beside what the call says itself. */
  known: Options = {},
  /** What a person calls the values, by option. */
  labels: Record<string, string> = {},
): ModalView {
  const { locale } = memory;
  const path = command.path.join(' ');
  const shown = new Set(command.options.map((option) => option.name));
  const kept = Object.fromEntries(Object.entries(call.options).filter(([name]) => !shown.has(name)));
  const intro: KnownBlock = richText([
    {
      type: 'rich_text_section',
      elements: [raw(command.description[locale]), raw(`\n${typedPath(path)}`, { code: true })],
    },
  ]);
  return {
    type: 'modal',
    callback_id: FORM_ID,
    title: plain(typedPath(path), LIMITS.modalTitle),
    submit: plain(actionWords(locale).send, LIMITS.modalTitle),
    close: plain('×', LIMITS.modalTitle),
    private_metadata: remember({ ...memory, call: { path, options: kept } }),
    blocks: [
      intro,
      ...command.options.flatMap((option) => {
        const spec = { ...option, required: isRequired(option, call.options) };
        const value = call.options[option.name] ?? known[option.name];
        const filled = value === undefined ? undefined : { value, label: labels[option.name] };
        return fields(path, spec, filled, locale);
      }),
    ],
  };
}

/** What a bare `/tumen` opens: every command by group; choosing one turns the view into its form. */
export function renderMenu(
  commands: readonly Command[],
  groups: readonly CommandGroup[],
  { channelId, locale }: Pick<ViewMemory, 'channelId' | 'locale'>,
): ModalView {
  const named = Map.groupBy(commands, ({ path }) => (path.length === 2 ? path[0] : null));
  const option_groups = [...named].map(([name, members]) => ({
    label: plain(
      groups.find((group) => group.name === name)?.description[locale] ?? slackWords(locale).alone,
      LIMITS.optionText,
    ),
    options: members.slice(0, LIMITS.options).map(
      (command): PlainTextOption => ({
        text: plain(`${command.path.join(' ')}: ${command.description[locale]}`, LIMITS.optionText),
        value: command.path.join(' '),
      }),
    ),
  }));
  return {
    type: 'modal',
    callback_id: MENU_ID,
    title: plain('tumen', LIMITS.modalTitle),
    close: plain('×', LIMITS.modalTitle),
    private_metadata: remember({ call: { path: '', options: {} }, channelId, locale }),
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            action_id: MENU_ACTION,
            placeholder: plain('/tumen …', LIMITS.placeholder),
            option_groups: option_groups.slice(0, 100),
          },
        ],
      },
    ],
  };
}

/** A modal that shows blocks: an answer, or that one is on its way. */
export function renderView(title: string, blocks: KnownBlock[], memory: ViewMemory): ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    title: plain(title, LIMITS.modalTitle),
    close: plain('×', LIMITS.modalTitle),
    private_metadata: remember(memory),
    blocks,
  };
}

interface FieldState {
  type?: string;
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_conversation?: string | null;
  selected_user?: string | null;
  selected_time?: string | null;
  files?: SentFile[] | null;
}

/** Fields sent, added to the call the form was opened with; an emptied field is no option. */
export function readForm(values: Record<string, Record<string, FieldState>>, kept: Options): Options {
  const options = { ...kept };
  for (const [name, fields] of Object.entries(values)) {
    const [state] = Object.values(fields);
    const value =
      state?.value ??
      state?.selected_option?.value ??
      state?.selected_conversation ??
      state?.selected_user ??
      state?.selected_time;
    // A user group, which has a field of its own, comes after the person of the same option.
    const option = name.endsWith(GROUP_FIELD) ? name.slice(0, -GROUP_FIELD.length) : name;
    if (value !== undefined && value !== null && value !== '') options[option] = value;
  }
  return options;
}

/** The files sent, by field. */
export function filesSent(values: Record<string, Record<string, FieldState>>): Record<string, SentFile> {
  const sent: Record<string, SentFile> = {};
  for (const [name, fields] of Object.entries(values)) {
    const [state] = Object.values(fields);
    if (state?.files?.[0]) sent[name] = state.files[0];
  }
  return sent;
}

/** Null where it is not what we put there. */
export function readMemory(metadata: string): ViewMemory | null {
  try {
    const memory = JSON.parse(metadata) as ViewMemory;
    return typeof memory.call?.path === 'string' ? memory : null;
  } catch {
    return null;
  }
}

/** A call too long to remember is asked for again. */
function remember(memory: ViewMemory): string {
  const text = JSON.stringify(memory);
  return text.length <= MOST_MEMORY
    ? text
    : JSON.stringify({ ...memory, call: { path: memory.call.path, options: {} } });
}
