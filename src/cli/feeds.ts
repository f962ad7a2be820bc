import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { type SampleVerdict, sampleVerdicts } from '../commands/feeds-add.ts';
import { feedName } from '../commands/feeds-deps.ts';
import type { Core } from '../core.ts';
import { type AddedFeed, createFeedAdder } from '../feeds/add-feed.ts';
import { discoverFeeds, typedAddress } from '../feeds/discover-feeds.ts';
import { feedStatus } from '../feeds/feed-status.ts';
import { importOpml } from '../feeds/import-opml.ts';
import { writeOpml } from '../feeds/opml.ts';
import { createPollDeps, pollFeed } from '../feeds/poll-feed.ts';
import { feedWords } from '../locale/feed-words.ts';
import { UserError } from '../model/errors.ts';
import { type Feed, type FeedProblem, maskUrl } from '../model/feed.ts';
import type { Scope } from '../model/scope.ts';
import { checkUrl } from '../net/address-guard.ts';
import { syncFeeds } from '../pipeline/sync-feeds.ts';
import type { CliIo } from './io.ts';
import { readNumber } from './read-number.ts';
import { withCore } from './with-core.ts';

/** Feeds added here serve everybody who uses this installation's console. */
const SCOPE: Scope = 'console:local';
/** Feeds checked at once. */
const AT_ONCE = 8;

/** `feeds`: the feed list; data to stdout as a table or OPML, words to stderr. */
export function feedsCommand(io: CliIo): Command {
  const feeds = new Command('feeds')
    .description('The feed list: what is read, how it is doing, and lists for other readers')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run --silent tumen -- feeds check\n  $ npm run --silent tumen -- feeds add https://news.example.org/\n  $ npm run --silent tumen -- feeds export > feeds.opml\n  $ npm run --silent tumen -- feeds import feeds.opml\n',
    );
  const verb = (name: string, description: string) => feeds.command(name).description(description);

  verb('list', 'every feed with its id').action(() =>
    withCore(io, async (core) => {
      for (const feed of await feedsOf(io, core))
        io.stdout.write(`${feed.id}\t${feed.language ?? '??'}\t${feedName(feed)}\t${maskUrl(feed.url)}\n`);
    }),
  );
  verb('check', 'how every feed is doing')
    .option('--now', 'ask the servers now, storing nothing')
    .action((options: { now?: boolean }) => withCore(io, (core) => check(io, core, options.now ?? false)));
  verb('add', 'read another feed; of a page, its feeds are found')
    .argument('<url>')
    .option('--dry-run', 'only show what was found')
    .option('--full-text', 'read the page of a relevant article that has only a teaser')
    .option('--no-full-text', 'keep to what the feed says')
    .action((url: string, options: AddOptions) => withCore(io, (core) => add(io, core, url, options)));
  verb('remove', 'stop reading a feed that was added by hand')
    .argument('<id>', 'its number in the list', readNumber)
    .action((id: number) => withCore(io, (core) => remove(io, core, id)));
  verb('import', 'add the feeds of an OPML list; one line for each')
    .argument('[file]', 'a file, or - for stdin', '-')
    .action((file: string) => withCore(io, (core) => importList(io, core, file)));
  verb('export', 'all feeds as OPML').action(() => withCore(io, (core) => exportList(io, core)));
  return feeds;
}

async function check(io: CliIo, core: Core, now: boolean): Promise<void> {
  const polling = createPollDeps({ ...core.config, now: core.now, random: core.random });
  const feeds = (await feedsOf(io, core)).values();
  let failing = 0;
  const lane = async () => {
    for (const feed of feeds) {
      const poll = now ? (await pollFeed(feed, polling, io.signal)).poll : feed.poll;
      const line = describe({ ...feed, poll });
      if (!line.ok) failing++;
      io.stdout.write(`${line.text}\n`);
    }
  };
  await Promise.all(Array.from({ length: now ? AT_ONCE : 1 }, lane));
  await polling.close();
  if (failing)
    io.stderr.write(
      `${failing} of these ${failing === 1 ? 'needs' : 'need'} a look; npm run --silent tumen -- poll --feed ID asks one again\n`,
    );
}

/** All feeds; where there are none, people are told why. */
async function feedsOf(io: CliIo, { store, config }: Core): Promise<Feed[]> {
  const feeds = await store.feeds.list();
  if (!feeds.length) io.stderr.write(`There are no feeds yet. ${knownLater(config)}\n`);
  return feeds;
}

const knownLater = ({ feedsFile }: Core['config']) =>
  `Those of ${feedsFile} are known after the first \`npm run --silent tumen -- poll\` or start.`;

/** Status, last success, newest entry, error in plain words. */
function describe(feed: Feed): { text: string; ok: boolean } {
  const { state, lastSuccessAt, newestEntryAt, problem } = feedStatus(feed);
  const minute = (time: number | null) =>
    time === null ? 'never' : `${new Date(time).toISOString().slice(0, 16)}Z`;
  const columns = [
    feed.id,
    state,
    `read ${minute(lastSuccessAt)}`,
    `newest ${minute(newestEntryAt)}`,
    feedName(feed),
    maskUrl(feed.url),
    problem?.message ?? (state === 'silent' ? 'it is quiet for longer than is its way' : ''),
  ];
  return { text: columns.join('\t').trimEnd(), ok: state === 'ok' || state === 'new' };
}

interface AddOptions {
  dryRun?: boolean;
  fullText?: boolean;
}

async function add(io: CliIo, core: Core, url: string, { dryRun, fullText }: AddOptions): Promise<void> {
  const polling = createPollDeps({ ...core.config, now: core.now, random: core.random });
  const { found, problem } = await discoverFeeds(url, polling, io.signal);
  await polling.close();
  if (problem)
    throw new UserError('no-feed', `${shown(url)}: ${problem.message}`, {
      hint: hintFor(url, problem, core),
    });
  for (const { url: address, feed } of found) {
    io.stdout.write(`${maskUrl(address)}\t${feed.title ?? ''}\n`);
    for (const sample of sampleVerdicts(feed, core.topics, core.now()))
      io.stdout.write(`  ${verdict(sample)}  ${sample.title}\n`);
  }
  if (dryRun) return;
  if (found.length > 1) {
    io.stderr.write('Several feeds were found. Add one of them by its own address.\n');
    return io.exit(1);
  }
  const { url: address, feed } = found[0]!;
  const { title, link, language } = feed;
  // What a first start would read is known before it.
  await syncFeeds(core.store, core.config.outlets, core.now(), core.config.polling.interval);
  const adder = await createFeedAdder(core.store, SCOPE);
  const { outcome } = await adder.add(
    {
      ...{ url: address, title, link, language },
      ...(fullText === undefined ? {} : { fullText: fullText ? 'relevant' : 'never' }),
    },
    core.now(),
  );
  io.stderr.write(`${SAID[outcome]}\n`);
}

/** The address that was asked, without its secrets. */
function shown(typed: string): string {
  const address = typedAddress(typed);
  return URL.canParse(address) ? maskUrl(address) : typed;
}

/** What to do where no feed was found. */
function hintFor(typed: string, { code, message }: FeedProblem, { config }: Core): string {
  const address = typedAddress(typed);
  if (
    code === 'refused-address' &&
    !config.net.allowPrivate &&
    refusal(address, { allowPrivate: true }) === null
  )
    return `With \`net: { allowPrivate: true }\` in ${config.file} such addresses are read too.`;
  if (message.includes('OPML'))
    return 'Save it, and read it with `npm run --silent tumen -- feeds import FILE`.';
  return ['unreachable', 'timeout', 'http-status', 'rate-limited'].includes(code)
    ? 'If the address is right, try again later.'
    : 'Give the address of a feed, or of a page that names its feeds.';
}

/** Why an address is not fetched, by its look; null where it may be. */
function refusal(url: string, rules: { allowPrivate: boolean }): string | null {
  try {
    checkUrl(url, rules);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const SAID: Record<AddedFeed['outcome'], string> = {
  added: 'It is read from now on.',
  known: 'It is read already.',
  revived: 'It had been given up as gone; it is read again from now on.',
};

/** `relevant (russia-north-korea)`, with the topics that want it. */
function verdict({ wantedBy }: SampleVerdict): string {
  return wantedBy.length ? `relevant (${wantedBy.map(({ slug }) => slug).join(', ')})` : 'not relevant';
}

async function remove(io: CliIo, { store, config }: Core, id: number): Promise<void> {
  const feed = await store.feeds.get(id);
  if (!feed)
    throw new UserError('no-feed', `there is no feed ${id}`, {
      hint: '`npm run --silent tumen -- feeds list` shows the ids.',
    });
  if (feed.scope === 'instance')
    throw new UserError('configured-feed', `feed ${id} stands in the configuration`, {
      hint: `Take it out of ${config.feedsFile}; it is gone with the next start.`,
    });
  await store.feeds.remove(feed.id);
  io.stderr.write(`${feedName(feed)} is not read any more.\n`);
}

async function importList(io: CliIo, { store, config, now }: Core, file: string): Promise<void> {
  const bytes = await (file === '-' ? buffer(io.stdin) : readFile(file)).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UserError(
        'unreadable',
        `${/^https?:/i.test(file) ? maskUrl(file) : file} cannot be read (${error.code})`,
        {
          cause: error,
          hint: /^https?:/i.test(file)
            ? 'This is an address: curl -s URL | npm run --silent tumen -- feeds import -'
            : 'Give an OPML file, or - for stdin.',
        },
      );
    },
  );
  const check = (url: string) => refusal(url, config.net);
  await syncFeeds(store, config.outlets, now(), config.polling.interval);
  const { lines, faults } = await importOpml(store, bytes, SCOPE, now(), { check }).catch((error: Error) => {
    throw new UserError('no-opml', `${file}: ${error.message}`, { cause: error });
  });
  for (const { text, url, outcome, reason } of lines)
    io.stdout.write(`${[outcome, text, url ? maskUrl(url) : '', reason ?? ''].join('\t').trimEnd()}\n`);
  for (const fault of faults) io.stderr.write(`${feedWords('en').opmlFault[fault]}\n`);
  if (lines.every(({ outcome }) => outcome === 'invalid')) io.exit(1);
}

async function exportList(io: CliIo, { store, config, now }: Core): Promise<void> {
  const feeds = (await store.feeds.list()).map(({ url, title, outlet, language }) => ({
    url,
    title: title ?? outlet.name,
    page: null,
    language,
    folders: [outlet.name],
  }));
  // An OPML list without an outline is none, by the specification of OPML 2.0.
  if (!feeds.length)
    throw new UserError('no-feeds', 'there are no feeds to export yet', {
      hint: knownLater(config),
    });
  io.stdout.write(await writeOpml('tumen', feeds, now()));
}
