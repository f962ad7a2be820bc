import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { parseFeed } from '../feeds/parse-feed.ts';
import type { ParsedEntry } from '../model/feed.ts';
import type { CliIo } from './io.ts';

interface Options {
  url?: string;
  contentType?: string;
}

/** `parse`: feed documents as bytes in, one JSON line for each out, in order. */
export function parseCommand(io: CliIo): Command {
  return new Command('parse')
    .description('Read feed documents in any format, charset and state; one JSON line each')
    .argument('[files...]', 'files, or - for stdin', ['-'])
    .option('--url <url>', 'where the document came from: relative links are resolved against it')
    .option('--content-type <type>', 'the Content-Type header that came with it')
    .addHelpText(
      'after',
      '\nExample:\n  $ npm run --silent tumen -- parse saved.xml --url https://news.example.org/rss.xml\n',
    )
    .action(async (files: string[], options: Options) => {
      let failed = 0;
      for (const file of files) {
        const line = await parseOne(io, file, options);
        if (line.error !== null) failed++;
        io.stdout.write(`${JSON.stringify(line)}\n`);
      }
      if (failed === files.length) io.exit(1);
    });
}

async function parseOne(io: CliIo, file: string, options: Options) {
  const bytes = await (file === '-' ? buffer(io.stdin) : readFile(file)).catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (bytes instanceof Error)
    return failure(file, `the file cannot be read (${bytes.code ?? bytes.message})`);
  const { feed, problem } = await parseFeed(bytes, { url: options.url, contentType: options.contentType });
  if (problem) return failure(file, problem.message);
  const { title, link, language } = feed;
  return {
    file,
    feed: { title, link, language },
    entries: feed.entries.map(toOutput),
    warnings: feed.warnings,
    error: null,
  };
}

function failure(file: string, error: string) {
  return { file, feed: { title: null, link: null, language: null }, entries: [], warnings: [], error };
}

function toOutput({ id, url, title, text, published, updated, authors, categories }: ParsedEntry) {
  return { id, url, title, text, published, updated, authors, categories };
}
