import { REST } from 'discord.js';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import type { Dispatch } from '../../commands/command.ts';
import { UserError } from '../../model/errors.ts';
import type { Store } from '../../store/store.ts';
import { commandDefinitions, definitionHash } from './command-definitions.ts';

export interface RegisterOptions {
  token: string;
  apiUrl: string;
  dispatch: Pick<Dispatch, 'commands' | 'groups'>;
  /** Register in one server only, where it shows at once: for trying things out. */
  guild?: string;
}

/** Puts the whole command table at Discord. @returns how many, and whose application it is */
export async function registerCommands(options: RegisterOptions): Promise<{ count: number; app: string }> {
  const { token, apiUrl, dispatch, guild } = options;
  const rest = new REST({ api: apiUrl, version: '10' }).setToken(token);
  const definitions = commandDefinitions(dispatch.commands, dispatch.groups);
  try {
    const app = (await rest.get(Routes.currentApplication())) as APIApplication;
    const route = guild ? Routes.applicationGuildCommands(app.id, guild) : Routes.applicationCommands(app.id);
    await rest.put(route, { body: definitions });
    return { count: definitions.length, app: app.name };
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    const hint =
      status === 401
        ? 'Copy the token anew from the Bot page of your application and set DISCORD_TOKEN.'
        : status === 403
          ? 'Add the bot to that server with the scope applications.commands, then try again.'
          : undefined;
    throw new UserError('discord', `Discord did not take the commands: ${message}`, {
      ...(hint ? { hint } : {}),
      cause: error,
    });
  }
}

/** Registers only where the definition differs from what was registered last for this application. */
export async function registerIfChanged(
  options: RegisterOptions,
  applicationId: string,
  meta: Store['meta'],
): Promise<'registered' | 'unchanged'> {
  const { dispatch } = options;
  const hash = definitionHash(commandDefinitions(dispatch.commands, dispatch.groups));
  const key = `discord:commands:${applicationId}`;
  if ((await meta.get(key)) === hash) return 'unchanged';
  await registerCommands(options);
  await meta.set(key, hash);
  return 'registered';
}
