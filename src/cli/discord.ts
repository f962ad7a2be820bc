import { Command } from 'commander';
import { commandsFor } from '../commands/commands-for.ts';
import { COMMAND_GROUPS } from '../commands/groups.ts';
import { loadConfig } from '../config/load-config.ts';
import { openCore } from '../core.ts';
import { createPollDeps } from '../feeds/poll-feed.ts';
import { UserError } from '../model/errors.ts';
import { createCommands } from '../open-platforms.ts';
import { registerCommands } from '../platforms/discord/register-commands.ts';
import type { CliIo } from './io.ts';

/** `tumen discord register`: puts the commands at Discord. */
export function discordCommand(io: CliIo): Command {
  const discord = new Command('discord').description('What Discord needs to know of tumen.');
  discord
    .command('register')
    .description(
      'Registers the commands at Discord. The service does this at start by itself where they changed.',
    )
    .option('--guild <id>', 'in one server only, where they show at once')
    .addHelpText(
      'after',
      '\nExamples:\n  $ DISCORD_TOKEN=… npm run --silent tumen -- discord register\n  $ npm run --silent tumen -- discord register --guild 123456789012345678',
    )
    .action(async ({ guild }: { guild?: string }) => {
      const config = loadConfig(io.env);
      const token = config.secrets.discordToken;
      if (!token)
        throw new UserError('token', 'there is no Discord token', {
          hint: 'Set DISCORD_TOKEN to the token from the Bot page of your application; docs/discord.md names each click.',
        });
      if (guild !== undefined && !/^\d{15,21}$/.test(guild))
        throw new UserError('guild', `--guild: "${guild}" is no server id`, {
          hint: 'Turn on Developer Mode in Discord, right-click the server, Copy Server ID; for example 123456789012345678.',
        });
      const core = await openCore(config);
      try {
        const polling = createPollDeps({ ...core.config, ...core });
        const commands = createCommands(
          core,
          polling,
          () => undefined,
          () => [],
        );
        await polling.close();
        const dispatch = { commands: commandsFor(commands, 'discord'), groups: COMMAND_GROUPS };
        const { count, app } = await registerCommands({
          token,
          apiUrl: config.discord.apiUrl,
          dispatch,
          ...(guild ? { guild } : {}),
        });
        io.stderr.write(`${count} commands registered for ${app}${guild ? ` in server ${guild}` : ''}.\n`);
      } finally {
        await core.close();
      }
    });
  return discord;
}
