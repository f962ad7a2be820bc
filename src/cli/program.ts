import { Command, CommanderError } from 'commander';
import { UserError } from '../model/errors.ts';
import type { CliIo } from './io.ts';

interface Verb {
  name: string;
  summary: string;
  /** Loaded only when asked for: `parse` need not know what Discord is. */
  load: () => Promise<(io: CliIo) => Command>;
}

const VERBS: Verb[] = [
  { name: 'start', summary: 'the service', load: async () => (await import('./start.ts')).startCommand },
  {
    name: 'demo',
    summary: 'the whole job with sample feeds',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  { name: 'poll', summary: 'one polling round', load: async () => (await import('./poll.ts')).pollCommand },
  {
    name: 'digest',
    summary: 'the digest that would go out now',
    load: async () => (await import('./digest.ts')).digestCommand,
  },
  {
    name: 'parse',
    summary: 'feed documents → entries as JSON lines',
    load: async () => (await import('./parse.ts')).parseCommand,
  },
  {
    name: 'analyze',
    summary: 'articles → verdicts, stories, origins',
    load: async () => (await import('./analyze.ts')).analyzeCommand,
  },
  {
    name: 'summarize',
    summary: 'documents → sentences with their spans',
    load: async () => (await import('./summarize.ts')).summarizeCommand,
  },
  {
    name: 'match',
    summary: 'articles → the subscriptions that want them',
    load: async () => (await import('./match.ts')).matchCommand,
  },
  {
    name: 'why',
    summary: 'why an article was or was not posted',
    load: async () => (await import('./why.ts')).whyCommand,
  },
  {
    name: 'backtest',
    summary: 'the digests an archive would have given',
    load: async () => (await import('./backtest.ts')).backtestCommand,
  },
  {
    name: 'deliveries',
    summary: 'the outbox: list, show, retry, resolve',
    load: async () => (await import('./deliveries.ts')).deliveriesCommand,
  },
  {
    name: 'stories',
    summary: 'stories by hand: list, show, merge, split, mute, undo',
    load: async () => (await import('./stories.ts')).storiesCommand,
  },
  { name: 'feeds', summary: 'the feed list', load: async () => (await import('./feeds.ts')).feedsCommand },
  {
    name: 'db',
    summary: 'back up, restore, check, move to Postgres',
    load: async () => (await import('./db.ts')).dbCommand,
  },
  {
    name: 'discord',
    summary: 'registers the commands at Discord',
    load: async () => (await import('./discord.ts')).discordCommand,
  },
  {
    name: 'slack',
    summary: 'the app manifest for Slack',
    load: async () => (await import('./slack.ts')).slackCommand,
  },
  {
    name: 'doctor',
    summary: 'config, database, feeds, tokens: ok, or what to do',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'health',
    summary: '0 when the running service is well',
    load: async () => (await import('./health.ts')).healthCommand,
  },
];

const EXAMPLES = `
Examples:
  $ npm run demo                                        the whole job, without network or tokens
  $ npm run --silent tumen -- digest --since 24h        the digest that would go out now
  $ npm run --silent tumen -- why https://example.org/a why an article was or was not posted
  $ npm run --silent tumen -- doctor                    config, database, feeds, tokens
  $ curl -s https://example.org/rss | npm run --silent tumen -- parse -

Data goes to stdout, words to stderr. Exit 0 done, 1 failed, 2 bad use or bad configuration.`;

/** Runs one verb; never throws. @returns the exit code */
export async function runCli(argv: string[], io: Omit<CliIo, 'exit'>): Promise<0 | 1 | 2> {
  let code: 0 | 1 | 2 = 0;
  const exit = (next: 0 | 1 | 2) => {
    if (next > code) code = next;
  };
  const full: CliIo = { ...io, exit };
  try {
    const program = await buildProgram(argv[0], full);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    exit(report(error, io));
  }
  return code;
}

async function buildProgram(wanted: string | undefined, io: CliIo): Promise<Command> {
  const program = new Command('tumen')
    .description('Follows one topic across news feeds and brings each event once, with its sources.')
    .addHelpText('after', EXAMPLES);
  for (const verb of VERBS) {
    const command = verb.name === wanted ? (await verb.load())(io) : new Command(verb.name);
    program.addCommand(command.summary(verb.summary));
  }
  const all = [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
  for (const command of all)
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
      });
  return program;
}

/** One clear line for what a person can mend; the whole trace for what only we can. */
function report(error: unknown, io: Omit<CliIo, 'exit'>): 0 | 1 | 2 {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    io.stderr.write(`tumen: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`);
    return 2;
  }
  if (io.signal.aborted) return 1;
  io.stderr.write(`tumen: this should not have happened: ${(error as Error)?.stack ?? String(error)}\n`);
  return 1;
}
