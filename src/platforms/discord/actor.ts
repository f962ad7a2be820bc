import type { BaseInteraction } from 'discord.js';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor } from '../../commands/command.ts';
import type { Locale } from '../../model/digest.ts';
import { personalScope } from '../../model/scope.ts';

/** Who asks, by Discord's own word, which comes with each interaction anew. */
export function actorOf(interaction: BaseInteraction): Actor {
  const { guildId, user, member, memberPermissions } = interaction;
  const installed = guildId !== null && interaction.authorizingIntegrationOwners.guildId === guildId;
  const roles = member?.roles ?? [];
  return {
    platform: 'discord',
    // Where the server has not taken tumen in, a person asks for themselves and sees nothing of the server's.
    scope: installed ? `discord:${guildId}` : personalScope('discord', user.id),
    userId: user.id,
    channelId: guildId === null ? null : interaction.channelId,
    admin: installed && (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false),
    groups: Array.isArray(roles) ? roles : [...roles.cache.keys()],
    guest: false,
    installed,
    locale: localeOfClient(interaction.locale),
  };
}

/** The locale of ours for a language that Discord names. */
export function localeOfClient(name: string): Locale {
  return name === 'ko' || name === 'ru' ? name : 'en';
}
