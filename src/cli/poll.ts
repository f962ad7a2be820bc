import { Command, Option } from 'commander';
import type { Core } from '../core.ts';
import { createPollDeps } from '../feeds/poll-feed.ts';
import { reviveFeed } from '../feeds/revive-feed.ts';
import { UserError } from '../model/errors.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import { type PolledFeed, pollDueFeeds } from '../pipeline/ingest.ts';
import { createProcessor } from '../pipeline/process-articles.ts';
import { syncFeeds } from '../pipeline/sync-feeds.ts';
import type { CliIo } from './io.ts';
import { withCore } from './with-core.ts';

/** `tumen poll`: one polling round, judged and grouped; posts nothing. */
export function pollCommand(io: CliIo): Command {
  return new Command('poll')
    .description('Polls the feeds that are due, judges and groups what is new. Posts nothing.')
    .option('--feed <id>', 'only this feed, due or not; one given up as gone is asked again')
    .addOption(new Option('--all', 'every feed, due or not').conflicts('feed'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run --silent tumen -- poll\n  $ npm run --silent tumen -- poll --feed 12',
    )
    .action((options: { feed?: string; all?: boolean }) => withCore(io, (core) => poll(core, options, io)));
}

async function poll(core: Core, options: { feed?: string; all?: boolean }, io: CliIo): Promise<void> {
  const { store, config, topics, owner, log, now, random } = core;
  await syncFeeds(store, config.outlets, now(), 0);
  const wanted = await chooseFeeds(core, options, io);
  if (wanted) await store.feeds.reschedule(wanted.map(({ id }) => ({ id, nextPollAt: now() })));
  // One round is what is due at its start: an endless one would help nobody.
  const only = new Set((wanted ?? (await store.feeds.due(null, now()))).map(({ id }) => id));
  const counts = { fetched: 0, unchanged: 0, failed: 0 };
  let stored = 0;
  const polling = createPollDeps({ ...config, now, random });
  try {
    const onPolled = (feed: Feed, result: PolledFeed) => {
      counts[result.outcome]++;
      stored += result.stored;
      const done = counts.fetched + counts.unchanged + counts.failed;
      if (io.stderr.isTTY) io.stderr.write(`\r\u001b[2K${done}/${only.size} ${feed.outlet.name}`);
      if (result.problem)
        io.stderr.write(
          `${io.stderr.isTTY ? '\r\u001b[2K' : ''}${feed.outlet.name} (${maskUrl(feed.url)}): ${result.problem}\n`,
        );
    };
    const quiet = log.child({}, { level: 'silent' });
    await pollDueFeeds(
      { store, polling, owner, concurrency: config.net.concurrency, log: quiet, only, onPolled },
      io.signal,
    );
  } finally {
    await polling.close();
    await store.feeds.releaseAll(owner);
  }
  if (io.stderr.isTTY) io.stderr.write('\r\u001b[2K');
  const processor = createProcessor({ store, topics, owner, log });
  await processor.run(now, io.signal);
  await processor.release();
  io.stdout.write(`${JSON.stringify({ ...counts, stored })}\n`);
  const polled = counts.fetched + counts.unchanged + counts.failed;
  if (!polled) io.stderr.write(`${await nextDue(core)}\n`);
  if (polled && counts.failed === polled) io.exit(1);
}

async function chooseFeeds(
  { store, now }: Core,
  options: { feed?: string; all?: boolean },
  io: CliIo,
): Promise<Feed[] | null> {
  if (options.all) return store.feeds.list();
  if (options.feed === undefined) return null;
  const feed = /^\d+$/.test(options.feed) ? await store.feeds.get(Number(options.feed)) : null;
  if (!feed)
    throw new UserError('feed', `--feed: there is no feed "${options.feed}"`, {
      hint: 'npm run --silent tumen -- feeds list names them with their ids.',
    });
  if (await reviveFeed(store, feed, now()))
    io.stderr.write(
      `${feed.outlet.name} (${maskUrl(feed.url)}) had been given up as gone; it is asked again\n`,
    );
  return [feed];
}

async function nextDue({ store }: Core): Promise<string> {
  // One given up as gone is never due.
  const feeds = (await store.feeds.list()).filter(({ poll }) => poll.goneAt === null);
  if (!feeds.length) return 'all feeds have been given up as gone; --feed asks one again';
  const next = Math.min(...feeds.map(({ poll }) => poll.nextPollAt));
  return `no feed is due before ${new Date(next).toISOString()}; --all polls them now`;
}
