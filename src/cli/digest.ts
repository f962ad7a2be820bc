import { Command, Option } from 'commander';
import { parseDuration } from '../config/duration.ts';
import { buildDigest } from '../digests/build-digest.ts';
import type { Digest } from '../model/digest.ts';
import { UserError } from '../model/errors.ts';
import { isTimeZone } from '../model/time-zone.ts';
import { renderText } from '../platforms/console/render-text.ts';
import { renderDigest } from '../platforms/discord/render-digest.ts';
import { previewDigest } from '../platforms/preview-html/preview-digest.ts';
import { renderDigest as renderSlackDigest } from '../platforms/slack/render-digest.ts';
import type { CliIo } from './io.ts';
import { textOptions } from './terminal.ts';
import { withCore } from './with-core.ts';

const FORMATS = ['text', 'json', 'html', 'discord', 'slack'] as const;

interface DigestOptions {
  since: string;
  format: (typeof FORMATS)[number];
  languages: string;
  zone?: string;
}

/** `tumen digest`: what would go out now, posted nowhere and remembered nowhere. */
export function digestCommand(io: CliIo): Command {
  return new Command('digest')
    .description('Prints the digest that would go out now. Posts nothing, remembers nothing.')
    .option('--since <duration>', 'how far back it reaches', '24h')
    .addOption(new Option('--format <format>', 'how it is drawn').choices(FORMATS).default('text'))
    .option('--languages <codes>', 'languages in order of preference', '')
    .option('--zone <zone>', 'IANA time zone of its times')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run --silent tumen -- digest --since 48h\n  $ npm run --silent tumen -- digest --format html > digest.html\n  $ npm run --silent tumen -- digest --format json --languages ko,en',
    )
    .action(async (options: DigestOptions) => {
      const since = parseDuration(options.since);
      if (since === null)
        throw new UserError('duration', `--since: "${options.since}" is no duration`, {
          hint: 'A valid example: --since 24h',
        });
      if (options.zone !== undefined && !isTimeZone(options.zone))
        throw new UserError('zone', `--zone: "${options.zone}" is no IANA time zone`, {
          hint: 'A valid example: --zone Asia/Seoul',
        });
      const languages = options.languages ? options.languages.split(',').map((code) => code.trim()) : null;
      const unknown = languages?.find((code) => !/^[a-z]{2,3}$/.test(code));
      if (unknown !== undefined)
        throw new UserError('languages', `--languages: "${unknown}" is no language code`, {
          hint: 'A valid example: --languages ko,en',
        });
      await withCore(io, async (core) => {
        const { console: defaults } = core.config;
        const now = core.now();
        const digest = await buildDigest(
          {
            destinationId: null,
            scope: 'instance',
            languages: languages ?? defaults.languages,
            zone: options.zone ?? defaults.zone,
            topics: core.topics,
            themes: [],
            length: defaults.length,
            sentences: 3,
            window: { since: now - since, until: now },
            at: now,
            late: false,
          },
          core,
        );
        io.stdout.write(draw(digest, options.format, io));
        if (!digest.coverage.feedsTotal)
          io.stderr.write('No feed has been read yet: npm run --silent tumen -- poll\n');
      });
    });
}

function draw(digest: Digest, format: DigestOptions['format'], io: CliIo): string {
  switch (format) {
    case 'text':
      return renderText(digest, textOptions(io));
    case 'json':
      return `${JSON.stringify(digest)}\n`;
    case 'html':
      return previewDigest(digest);
    case 'discord':
      return lines(
        renderDigest(digest, { marker: (index) => `preview-${index}` }).map((message) => message.payload),
      );
    case 'slack':
      return lines(
        renderSlackDigest(digest, { marker: (index) => `preview-${index}` }).map(
          (message) => message.payload,
        ),
      );
  }
}

const lines = (payloads: unknown[]) => payloads.map((payload) => `${JSON.stringify(payload)}\n`).join('');
