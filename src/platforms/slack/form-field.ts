import type { InputBlock, PlainTextOption } from '@slack/types';
import type { OptionSpec, OptionValue } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Locale } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { LIMITS } from './limits.ts';

/** `complete:<command>:<option>`: an external select asks for what it may offer. */
export const COMPLETE = 'complete:';
const ONE_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The second field of an option that takes a person or a user group: Slack has no picker for both. */
export const GROUP_FIELD = ':group';

/** A value that is filled in, with what a person calls it. */
export interface Filled {
  value: OptionValue;
  label?: string | undefined;
}

/** An option as fields of a form, with what is known filled in. */
export function fields(
  path: string,
  option: OptionSpec,
  filled: Filled | undefined,
  locale: Locale,
): InputBlock[] {
  const first = field(path, option, filled, locale);
  if (option.type !== 'group') return [first];
  const words = slackWords(locale);
  const isGroup = filled !== undefined && String(filled.value).startsWith('S');
  const select = {
    type: 'external_select' as const,
    action_id: `${COMPLETE}${path}:${option.name}`,
    min_query_length: 0,
    placeholder: plain(words.userGroup, LIMITS.placeholder),
  };
  const second: InputBlock = {
    type: 'input',
    block_id: option.name + GROUP_FIELD,
    optional: true,
    label: plain(words.userGroup, LIMITS.label),
    element: withInitial(select, isGroup ? optionOf(filled) : undefined),
  };
  return [first, second];
}

function optionOf({ value, label }: Filled): PlainTextOption {
  return { text: plain(label ?? String(value), LIMITS.optionText), value: String(value) };
}

function field(path: string, option: OptionSpec, filled: Filled | undefined, locale: Locale): InputBlock {
  return {
    type: 'input',
    block_id: option.name,
    optional: option.required !== true,
    label: plain(option.names?.[locale] ?? option.name, LIMITS.label),
    hint: plain(option.description[locale], LIMITS.label),
    element: element(path, option, filled, locale),
  };
}

function element(
  path: string,
  option: OptionSpec,
  filled: Filled | undefined,
  locale: Locale,
): InputBlock['element'] {
  const action_id = option.name;
  const placeholder = plain(option.example, LIMITS.placeholder);
  const text = filled === undefined ? null : String(filled.value);
  switch (option.type) {
    case 'choice': {
      const options = (option.choices ?? []).map(({ value: v, label }) => ({
        text: plain(label[locale], LIMITS.optionText),
        value: v,
      }));
      return withInitial(
        { type: 'static_select', action_id, options },
        options.find((o) => o.value === text),
      );
    }
    case 'boolean': {
      const words = actionWords(locale);
      const options = [
        { text: plain(words.yes, LIMITS.optionText), value: 'true' },
        { text: plain(words.no, LIMITS.optionText), value: 'false' },
      ];
      return withInitial(
        { type: 'static_select', action_id, options },
        options.find((o) => o.value === text),
      );
    }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        // No default: where the channel is left open, a subscription comes by DM and a digest goes where it was asked for.
        ...(text ? { initial_conversation: text } : {}),
      };
    case 'group':
      return {
        type: 'users_select',
        action_id,
        ...(text && /^[UW]/.test(text) ? { initial_user: text } : {}),
      };
    case 'file':
      return { type: 'file_input', action_id, max_files: 1 };
    case 'integer':
      if (!option.complete)
        return {
          type: 'number_input',
          action_id,
          is_decimal_allowed: false,
          ...(option.min === undefined ? {} : { min_value: String(option.min) }),
          ...(option.max === undefined ? {} : { max_value: String(option.max) }),
          ...(text ? { initial_value: text } : {}),
        };
  }
  // A picker holds one time: several are typed.
  if (option.name === 'time' && (text === null || ONE_TIME.test(text)))
    return {
      type: 'timepicker',
      action_id,
      ...(text === null ? {} : { initial_time: text }),
    };
  if (option.complete && !option.freeText && (text?.length ?? 0) <= LIMITS.optionValue) {
    const select = {
      type: 'external_select' as const,
      action_id: `${COMPLETE}${path}:${option.name}`,
      min_query_length: 0,
      placeholder,
    };
    return withInitial(select, text && filled ? optionOf(filled) : undefined);
  }
  const longest = Math.min(option.maxLength ?? LIMITS.input, LIMITS.input);
  return {
    type: 'plain_text_input',
    action_id,
    placeholder,
    max_length: longest,
    ...(text ? { initial_value: text.slice(0, longest) } : {}),
  };
}

function withInitial<T extends object>(
  select: T,
  initial: PlainTextOption | undefined,
): T & { initial_option?: PlainTextOption } {
  return initial ? { ...select, initial_option: initial } : select;
}

export function plain(text: string, most: number) {
  return { type: 'plain_text' as const, text: clip(inertText(text), most) || '–', emoji: false };
}
