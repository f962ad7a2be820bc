import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { openCore } from '../core.ts';
import { createPollDeps } from '../feeds/poll-feed.ts';
import { createCommands } from '../open-platforms.ts';
import { slackManifest } from '../platforms/slack/manifest.ts';
import { openStore } from '../store/open-store.ts';
import type { CliIo } from './io.ts';

/** `tumen slack manifest`: the app manifest, drawn from the command table. */
export function slackCommand(io: CliIo): Command {
  const slack = new Command('slack').description('What Slack needs to know of tumen.');
  slack
    .command('manifest')
    .description(
      'Prints the app manifest to paste at api.slack.com/apps: the same as config/slack-manifest.yaml.',
    )
    .option('--url <url>', 'address under which Slack reaches tumen: for HTTP mode and OAuth', httpsUrl)
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run --silent tumen -- slack manifest > manifest.yaml\n  $ npm run --silent tumen -- slack manifest --url https://tumen.example.org',
    )
    .action(async ({ url }: { url?: string }) => {
      // The table is described, not run: it needs a store, but none that lasts.
      const core = await openCore(loadConfig(io.env), { store: await openStore({ file: ':memory:' }) });
      const polling = createPollDeps({ ...core.config, ...core });
      try {
        const commands = createCommands(
          core,
          polling,
          () => undefined,
          () => [],
        );
        io.stdout.write(slackManifest(commands, url));
      } finally {
        await polling.close();
        await core.close();
      }
    });
  return slack;
}

function httpsUrl(typed: string): string {
  const url = URL.parse(typed);
  if (url?.protocol !== 'https:')
    throw new InvalidArgumentError('Slack wants an address that begins with https://.');
  return typed;
}
