import { accessSync, constants, existsSync } from 'node:fs';
import { Command } from 'commander';
import { type Config, loadConfig } from '../config/load-config.ts';
import { openCore } from '../core.ts';
import { UserError } from '../model/errors.ts';
import { createDiscordPublisher } from '../platforms/discord/publisher.ts';
import { checkSecrets } from '../platforms/slack/check-secrets.ts';
import { createInstallations } from '../platforms/slack/installations.ts';
import { createSlackPublisher } from '../platforms/slack/publisher.ts';
import { createSeal } from '../platforms/slack/seal.ts';
import type { Store } from '../store/store.ts';
import type { CliIo } from './io.ts';

/** One thing looked at: fine, or what to do. */
interface Finding {
  what: string;
  ok: boolean;
  /** What was found, and for a fault what to do. */
  detail: string;
}

const SILENT_DAYS = 3;

/** `tumen doctor`: config, database, feeds, tokens; each line ok or what to do. */
export function doctorCommand(io: CliIo): Command {
  return new Command('doctor')
    .description('Looks at configuration, database, feeds and tokens: each line is ok, or says what to do.')
    .addHelpText('after', '\nExample:\n  $ npm run --silent tumen -- doctor')
    .action(async () => {
      for await (const { ok, what, detail } of examine(io)) {
        io.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(10)} ${detail}\n`);
        if (!ok) io.exit(1);
      }
    });
}

async function* examine(io: CliIo): AsyncGenerator<Finding> {
  const config = attempt(() => loadConfig(io.env));
  if (config instanceof UserError) return yield fault('config', config);
  yield {
    what: 'config',
    ok: true,
    detail: `${config.file}: ${count(config.outlets.length, 'outlet')}, ${count(config.topicFiles.length, 'topic')}`,
  };
  if (!config.databaseUrl) yield examineFolder(config);
  try {
    const core = await openCore(config);
    try {
      yield {
        what: 'database',
        ok: true,
        detail: config.databaseUrl ? 'Postgres answers' : `${config.home}/tumen.db opens`,
      };
      yield { what: 'topics', ok: true, detail: core.topics.map((topic) => topic.slug).join(', ') };
      yield examineFeeds(await core.store.feeds.list(), core.now());
      if (config.secrets.slackClientId) yield await examineInstallations(config, core.store);
    } finally {
      await core.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield fault('database', error);
  }
  yield* examineTokens(config);
}

function examineFolder({ home }: Config): Finding {
  if (!existsSync(home)) return { what: 'data', ok: true, detail: `${home} will be made` };
  try {
    accessSync(home, constants.W_OK);
    return { what: 'data', ok: true, detail: `${home} is writable` };
  } catch {
    return {
      what: 'data',
      ok: false,
      detail: `${home} is not writable: give the user that runs tumen the right, or set TUMEN_HOME`,
    };
  }
}

function examineFeeds(
  feeds: { poll: { lastSuccessAt: number | null; lastPolledAt: number | null } }[],
  now: number,
): Finding {
  const polled = feeds.filter((feed) => feed.poll.lastPolledAt !== null);
  if (!polled.length)
    return { what: 'feeds', ok: true, detail: 'none polled yet: npm run --silent tumen -- poll' };
  const lost = polled.filter(
    ({ poll }) => poll.lastSuccessAt === null || now - poll.lastSuccessAt > SILENT_DAYS * 86_400_000,
  );
  const well = `${polled.length - lost.length} of ${feeds.length} read in the last ${SILENT_DAYS} days`;
  return {
    what: 'feeds',
    ok: lost.length <= polled.length / 2,
    detail: lost.length ? `${well}: npm run --silent tumen -- feeds check says why` : well,
  };
}

/** Whether the workspaces that installed tumen by OAuth can be spoken to. */
async function examineInstallations({ secrets }: Config, store: Store): Promise<Finding> {
  const what = 'slack';
  try {
    checkSecrets(secrets, 'http');
    const installations = createInstallations(store.settings, createSeal(secrets.tumenSecret!), {
      joined: async () => {},
    });
    await installations.check();
    const problem = installations.problem();
    const hint = 'set the TUMEN_SECRET they were stored with, or install tumen there again';
    if (problem) return { what, ok: false, detail: `${problem}: ${hint}` };
    const { length } = await store.settings.installations('slack');
    const detail = length
      ? `${length} workspaces, all open`
      : 'no workspace yet: they install at /slack/install';
    return { what, ok: true, detail };
  } catch (error) {
    if (error instanceof UserError) return fault(what, error);
    throw error;
  }
}

async function* examineTokens({ secrets, discord, slack }: Config): AsyncGenerator<Finding> {
  if (secrets.discordToken) {
    const publisher = createDiscordPublisher({ token: secrets.discordToken, apiUrl: discord.apiUrl });
    const outcome = await publisher.whoAmI();
    yield {
      what: 'discord',
      ok: outcome.ok,
      detail: outcome.ok ? `speaks as ${outcome.name}` : `${outcome.reason}: check DISCORD_TOKEN`,
    };
  }
  if (secrets.slackBotToken) {
    const publisher = createSlackPublisher({
      tokenOf: async () => secrets.slackBotToken,
      apiUrl: slack.apiUrl,
    });
    const outcome = await publisher.whoAmI('slack:own');
    yield {
      what: 'slack',
      ok: outcome.ok,
      detail: outcome.ok ? `speaks as ${outcome.name}` : `${outcome.reason}: check SLACK_BOT_TOKEN`,
    };
  }
  if (!secrets.discordToken && !secrets.slackBotToken && !secrets.slackClientId)
    yield {
      what: 'platforms',
      ok: true,
      detail: 'no token set: the console prints the digest (docs/discord.md, docs/slack.md)',
    };
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

function attempt<T>(work: () => T): T | UserError {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function fault(what: string, error: UserError): Finding {
  return { what, ok: false, detail: `${error.message}${error.hint ? ` ${error.hint}` : ''}` };
}
