import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import { runDemo } from '../demo/run-demo.ts';
import { previewDigest } from '../platforms/preview-html/preview-digest.ts';
import type { CliIo } from './io.ts';
import { textOptions } from './terminal.ts';

/** `tumen demo`: sample feeds on loopback, three days of digests in the terminal, the first as an HTML page. */
export function demoCommand(io: CliIo): Command {
  return new Command('demo')
    .description('Shows the whole job with sample feeds on loopback: no network, no token, no configuration.')
    .option('--languages <codes>', 'languages in order of preference', 'en')
    .option('--html <file>', 'where the first digest goes as a web page', 'demo.html')
    .addHelpText('after', '\nExamples:\n  $ npm run demo\n  $ npm run demo -- --languages ko,en')
    .action(async (options: { languages: string; html: string }) => {
      const days = ['the first morning', 'the next: only what is new or changed', 'a day with nothing new'];
      const digests = await runDemo(loadConfig({}), {
        out: io.stdout,
        text: textOptions(io),
        languages: options.languages.split(','),
        onRound: (round) => io.stderr.write(`\n── ${days[round]} ──\n\n`),
        signal: io.signal,
      });
      if (digests[0]) await writeFile(options.html, previewDigest(digests[0]));
      io.stderr.write(`\nThe first digest as Discord draws it: ${resolve(options.html)}\n`);
    });
}
