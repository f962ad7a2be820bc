import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import {
  type Call,
  type Command,
  isRequired,
  type OptionSpec,
  type Options,
  type OptionValue,
} from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import type { Locale } from '../../model/digest.ts';
import { clip } from '../../text/inert-text.ts';
import { encodeCustomId, type LongCalls } from './custom-id.ts';
import { LIMITS } from './limits.ts';

/** Channels that a form offers: where digests and alerts can go. */
export const POSTABLE_CHANNELS = [0, 5, 10, 11, 12, 15, 16];

/** A field is one line, unless its option takes more. */
const LONGEST_LINE = 300;
const LONGEST_NUMBER = 15;

/**
 * A command as a form with what is known filled in. A form has five fields: the required options come first;
 * what is filled in and finds no field is kept in the form's id. Null where the command has no options.
 */
export function renderForm(
  command: Command,
  call: Call,
  locale: Locale,
  long: LongCalls,
  /** What is there already, beside what the call says itself. */
  known: Options = {},
): APIModalInteractionResponseCallbackData | null {
  const fields = formFields(command);
  if (!fields.length) return null;
  const shown = new Set(fields.map((field) => field.name));
  const kept = Object.fromEntries(Object.entries(call.options).filter(([name]) => !shown.has(name)));
  return {
    title: titleOf(command, locale),
    custom_id: encodeCustomId(
      { press: 'send', call: { path: call.path, options: kept }, marker: null },
      long,
    ),
    components: fields.map((field) => {
      const spec = { ...field, required: isRequired(field, call.options) };
      return label(spec, call.options[field.name] ?? known[field.name], locale);
    }),
  };
}

/** Fields sent, added to the call that the form was opened with; an emptied field is no option. */
export function readForm(components: unknown, kept: Options): Options {
  const options = { ...kept };
  for (const entry of (components ?? []) as {
    component?: { custom_id?: string; customId?: string; value?: string; values?: readonly string[] };
  }[]) {
    const field = entry.component;
    const name = field?.custom_id ?? field?.customId;
    const value = field?.value ?? field?.values?.[0];
    if (name !== undefined && value) options[name] = value;
  }
  return options;
}

/** A whole sentence or a name of its own, never a clipped one. */
function titleOf({ title, description, path }: Command, locale: Locale): string {
  const words = [title?.[locale], description[locale]].find(
    (one) => one !== undefined && one.length <= LIMITS.modalTitle,
  );
  return words ?? `/${path.join(' ')}`;
}

/** `audit-channel` → `Audit channel`. */
function readable(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function formFields(command: Command): OptionSpec[] {
  const usable = command.options.filter((option) => option.type !== 'file');
  return [...usable.filter((o) => o.required), ...usable.filter((o) => !o.required)].slice(
    0,
    LIMITS.modalComponents,
  );
}

function label(spec: OptionSpec, value: OptionValue | undefined, locale: Locale): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: clip(readable(spec.names?.[locale] ?? spec.name), LIMITS.labelText),
    description: clip(spec.description[locale], LIMITS.labelDescription),
    component: field(spec, value, locale),
  };
}

function field(
  spec: OptionSpec,
  value: OptionValue | undefined,
  locale: Locale,
): APILabelComponent['component'] {
  const custom_id = spec.name;
  const required = spec.required === true;
  const id = value === undefined ? null : String(value);
  switch (spec.type) {
    case 'choice':
      return {
        type: ComponentType.StringSelect,
        custom_id,
        required,
        options: (spec.choices ?? []).slice(0, LIMITS.choices).map((choice) => ({
          value: choice.value,
          label: clip(choice.label[locale], LIMITS.choice),
          default: choice.value === id,
        })),
      };
    case 'boolean': {
      const words = actionWords(locale);
      return {
        type: ComponentType.StringSelect,
        custom_id,
        required,
        options: [
          { value: 'true', label: words.yes, default: id === 'true' },
          { value: 'false', label: words.no, default: id === 'false' },
        ],
      };
    }
    case 'channel':
      return {
        type: ComponentType.ChannelSelect,
        custom_id,
        required,
        channel_types: POSTABLE_CHANNELS,
        ...(id ? { default_values: [{ id, type: SelectMenuDefaultValueType.Channel as const }] } : {}),
      };
    case 'group':
      return {
        type: ComponentType.RoleSelect,
        custom_id,
        required,
        ...(id ? { default_values: [{ id, type: SelectMenuDefaultValueType.Role as const }] } : {}),
      };
    default: {
      const most =
        spec.type === 'integer' ? LONGEST_NUMBER : Math.min(spec.maxLength ?? LONGEST_LINE, LIMITS.textInput);
      return {
        type: ComponentType.TextInput,
        custom_id,
        required,
        style: most > LONGEST_LINE ? TextInputStyle.Paragraph : TextInputStyle.Short,
        placeholder: clip(spec.example, LIMITS.placeholder),
        max_length: most,
        ...(id ? { value: id.slice(0, most) } : {}),
      };
    }
  }
}
