import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { normalizeEntries } from '../articles/normalize-article.ts';
import { type ArticleExplained, explainArticle } from '../commands/explain-article.ts';
import { createOutbox } from '../deliveries/outbox.ts';
import { dueSlots } from '../digests/due-slots.ts';
import type { ArticleContent } from '../model/article.ts';
import type { Digest } from '../model/digest.ts';
import type { Feed } from '../model/feed.ts';
import { ensureConsoleSchedule } from '../pipeline/console-schedule.ts';
import { createProcessor } from '../pipeline/process-articles.ts';
import { publishDigests } from '../pipeline/publish-digests.ts';
import { createConsolePublisher } from '../platforms/console/console-platform.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { createExtractiveSummarizer } from '../summaries/extractive-summarizer.ts';
import type { Topic } from '../topics/compile-topic.ts';

export interface ReplayOptions {
  topics: readonly Topic[];
  schedule: { times: string[]; zone: string; languages: string[]; length: number };
  signal: AbortSignal;
}

export interface Replayed {
  digests: Digest[];
  /** In the order of ingest; an article that came twice stands once. */
  articles: ArticleExplained[];
}

const DAY = 86_400_000;
/** The last articles are in before the hour strikes. */
const BEFORE_SLOT = 60_000;
const AFTER_SLOT = 5_000;
const POLL_EVERY = 15 * 60_000;

/**
 * Sends an archive through the service itself in its own time: stored, judged and grouped before each slot, then the
 * digest that is due is built, frozen and "sent" to nowhere, so that what was shown counts for the next one.
 */
export async function replayArchive(
  archive: readonly ArticleContent[],
  options: ReplayOptions,
): Promise<Replayed> {
  const sorted = archive.toSorted((a, b) => a.published - b.published);
  const first = sorted[0]?.published ?? 0;
  const last = sorted.at(-1)?.published ?? 0;
  const slots = dueSlots({ ...options.schedule, days: [1, 2, 3, 4, 5, 6, 7] }, first, last + DAY);

  const home = await mkdtemp(join(tmpdir(), 'tumen-backtest-'));
  const store = await openStore({ file: ':memory:' });
  try {
    const slugs = options.topics.map((topic) => topic.slug);
    await ensureConsoleSchedule(store, options.schedule, slugs, first);
    const replay = createReplay(store, options, home, first);
    let from = 0;
    for (const { due } of slots) {
      if (options.signal.aborted) break;
      let to = from;
      while (to < sorted.length && sorted[to]!.published <= due - BEFORE_SLOT) to++;
      for (const [at, articles] of byPoll(sorted.slice(from, to), due)) await replay.poll(articles, at);
      await replay.publish(due);
      from = to;
    }
    return await replay.finish();
  } finally {
    await store.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Articles by the poll that would have brought them, the last one just before the slot. */
function byPoll(articles: readonly ArticleContent[], due: number): Map<number, ArticleContent[]> {
  return Map.groupBy(articles, ({ published }) =>
    Math.min(Math.ceil((published || 1) / POLL_EVERY) * POLL_EVERY, due - BEFORE_SLOT),
  );
}

function createReplay(store: Store, { topics, signal }: ReplayOptions, home: string, start: number) {
  let clock = start;
  const now = () => clock;
  const log = pino({ level: 'silent' });
  const owner = 'backtest';
  const out = new Writable({ write: (_chunk, _encoding, done) => done() });
  const publisher = createConsolePublisher({
    out,
    width: 80,
    color: false,
    historyFile: join(home, 'history.jsonl'),
    now,
  });
  const publishers = new Map([['console' as const, publisher]]);
  const outbox = createOutbox({ store, publishers: [publisher], owner, log, now });
  const processor = createProcessor({ store, topics, owner, log });
  const summarizer = createExtractiveSummarizer();
  const feeds = new Map<string, Feed>();
  const ids = new Set<number>();

  return {
    async poll(articles: readonly ArticleContent[], at: number): Promise<void> {
      clock = at;
      for (const [name, ofOutlet] of Map.groupBy(articles, (article) => article.outlet.name)) {
        const feed = feeds.get(name) ?? (await addFeed(store, ofOutlet[0]!));
        feeds.set(name, feed);
        const stored = await store.articles.ingest(
          feed.id,
          normalizeEntries(ofOutlet.map(toEntry), feed, clock),
          clock,
        );
        for (const { article } of stored) if (article) ids.add(article.id);
      }
      await processor.run(now, signal);
    },
    async publish(due: number): Promise<void> {
      clock = due + AFTER_SLOT;
      await publishDigests(
        { store, topics, summarizer, publishers, owner, graceMs: DAY, log },
        clock,
        signal,
      );
      await outbox.tick();
    },
    async finish(): Promise<Replayed> {
      await outbox.stop();
      const deliveries = await store.deliveries.list({ limit: 100_000 });
      const destinations = await store.destinations.list();
      const articles: ArticleExplained[] = [];
      for (const article of await store.articles.getMany([...ids]))
        articles.push(await explainArticle(store, article, destinations, clock));
      return { digests: deliveries.map((delivery) => delivery.content as Digest).reverse(), articles };
    },
  };
}

async function addFeed(store: Store, { outlet, language }: ArticleContent): Promise<Feed> {
  const { id } = await store.outlets.save({
    ...outlet,
    domain: null,
    country: outlet.country ?? null,
    language,
  });
  const { feed } = await store.feeds.add({
    url: `https://${encodeURIComponent(outlet.slug)}.invalid/archive`,
    scope: 'instance',
    outletId: id,
    title: null,
    language: null,
    fullText: 'never',
    nextPollAt: Number.MAX_SAFE_INTEGER,
  });
  return feed;
}

function toEntry(article: ArticleContent) {
  return {
    id: null,
    url: article.url,
    title: article.title,
    text: article.text,
    published: article.published ? new Date(article.published).toISOString() : null,
    updated: null,
    authors: [],
    categories: [],
    language: article.language,
  };
}
