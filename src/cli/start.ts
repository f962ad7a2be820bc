import { once } from 'node:events';
import { Command } from 'commander';
import { createApp } from '../app.ts';
import { loadConfig } from '../config/load-config.ts';
import type { CliIo } from './io.ts';
import { textOptions } from './terminal.ts';

/** `tumen start`: the service, until SIGINT or SIGTERM. */
export function startCommand(io: CliIo): Command {
  return new Command('start')
    .description(
      'Runs the service: polls feeds, sends digests and alerts, answers commands. Ends cleanly on SIGTERM.',
    )
    .addHelpText('after', '\nExample:\n  $ npm start\n  $ DISCORD_TOKEN=… npm start')
    .action(async () => {
      const app = await createApp(loadConfig(io.env), { stdout: io.stdout, text: textOptions(io) });
      try {
        await app.start();
        if (!io.signal.aborted) await once(io.signal, 'abort');
      } finally {
        await app.stop();
      }
    });
}
