import { createHash } from 'node:crypto';
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Command, CommandGroup, Localized, OptionSpec } from '../../commands/command.ts';
import { clip } from '../../text/inert-text.ts';
import { LIMITS } from './limits.ts';
import { POSTABLE_CHANNELS } from './render-form.ts';

type Definition = RESTPutAPIApplicationCommandsJSONBody[number];

/**
 * The command table as Discord registers it; pure. No default permissions are set: roles that a server's settings
 * name may use what others may not, and every call is checked anyway.
 */
export function commandDefinitions(
  commands: readonly Command[],
  groups: readonly CommandGroup[],
): RESTPutAPIApplicationCommandsJSONBody {
  const names = [...new Set(commands.map((command) => command.path[0]))];
  const chat = names.map((name): Definition => {
    const family = commands.filter((command) => command.path[0] === name);
    const where = reach(family.some((command) => command.personal));
    const single = family.find((command) => command.path.length === 1);
    if (single)
      return {
        type: ApplicationCommandType.ChatInput,
        ...wording(name, single.names, single.description),
        options: basicOptions(single.options),
        ...where,
      };
    const group = groups.find((one) => one.name === name);
    if (!group) throw new Error(`the command group ${name} has no description`);
    return {
      type: ApplicationCommandType.ChatInput,
      ...wording(name, group.names, group.description),
      options: family.map((command) => ({
        type: ApplicationCommandOptionType.Subcommand as const,
        ...wording(command.path[1]!, command.names, command.description),
        options: basicOptions(command.options) as APIApplicationCommandSubcommandOption['options'],
      })),
      ...where,
    };
  });
  const menus = commands
    .filter((command) => command.shortcut)
    .map(
      ({ shortcut, personal }): Definition => ({
        type: ApplicationCommandType.Message,
        name: shortcut!.en,
        name_localizations: { ko: shortcut!.ko, ru: shortcut!.ru },
        ...reach(personal),
      }),
    );
  return [...chat, ...menus];
}

/** Changes when what Discord would show changes. */
export function definitionHash(definitions: RESTPutAPIApplicationCommandsJSONBody): string {
  return createHash('sha256').update(JSON.stringify(definitions)).digest('base64url').slice(0, 22);
}

function reach(personal: boolean) {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  return personal
    ? { integration_types: [GuildInstall, UserInstall], contexts: [Guild, BotDM, PrivateChannel] }
    : { integration_types: [GuildInstall], contexts: [Guild] };
}

function wording(name: string, names: Localized | undefined, description: Localized) {
  return {
    name,
    ...(names ? { name_localizations: { ko: names.ko, ru: names.ru } } : {}),
    description: clip(description.en, LIMITS.description),
    description_localizations: {
      ko: clip(description.ko, LIMITS.description),
      ru: clip(description.ru, LIMITS.description),
    },
  };
}

function basicOptions(specs: readonly OptionSpec[]): APIApplicationCommandBasicOption[] {
  const required = specs.filter((spec) => spec.required);
  return [...required, ...specs.filter((spec) => !spec.required)].map(option);
}

function option(spec: OptionSpec): APIApplicationCommandBasicOption {
  const common = {
    ...wording(spec.name, spec.names, spec.description),
    required: spec.required === true,
  };
  switch (spec.type) {
    case 'integer':
      return {
        ...common,
        type: ApplicationCommandOptionType.Integer,
        ...(spec.min === undefined ? {} : { min_value: spec.min }),
        ...(spec.max === undefined ? {} : { max_value: spec.max }),
        ...(spec.complete ? { autocomplete: true as const } : {}),
      };
    case 'boolean':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
    case 'channel':
      return {
        ...common,
        type: ApplicationCommandOptionType.Channel,
        channel_types: POSTABLE_CHANNELS as [],
      };
    case 'group':
      return { ...common, type: ApplicationCommandOptionType.Role };
    case 'file':
      return { ...common, type: ApplicationCommandOptionType.Attachment };
    case 'choice':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: (spec.choices ?? []).slice(0, LIMITS.choices).map(({ value, label }) => ({
          name: clip(label.en, LIMITS.choice),
          name_localizations: { ko: clip(label.ko, LIMITS.choice), ru: clip(label.ru, LIMITS.choice) },
          value,
        })),
      };
    default:
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        ...(spec.maxLength ? { max_length: spec.maxLength } : {}),
        ...(spec.complete ? { autocomplete: true as const } : {}),
      };
  }
}
