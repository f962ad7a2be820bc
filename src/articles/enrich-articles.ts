import type { Logger } from 'pino';
import type { Article } from '../model/article.ts';
import type { Store } from '../store/store.ts';
import type { PageReader } from './read-page.ts';

/** Older news is not improved any more. */
const RECENT_MS = 72 * 3_600_000;
/** Characters of a text that is more than a teaser. */
const TEASER = 600;
/** A page that could not be read is tried again after this time, and then left. */
const RETRY_MS = 6 * 3_600_000;
const MOST_TRIES = 2;
/** Pages of one round, and hosts at once. */
const BATCH = 50;
const HOSTS_AT_ONCE = 4;
/** A host that wants long pauses is left for the next round after this time. */
const HOST_MS = 60_000;
/** A page must say clearly more than the teaser. */
const GAIN = 1.3;

export interface EnrichDeps {
  store: Pick<Store, 'articles'>;
  pages: PageReader;
  log: Pick<Logger, 'info' | 'debug'>;
  now: () => number;
}

export interface Enricher {
  /** Reads the pages of relevant articles whose feed wants that; the teaser stays where it fails. @returns articles enriched */
  run(signal: AbortSignal): Promise<number>;
}

/** Full text on demand: what is found becomes a revision, which is judged like any other. */
export function createEnricher({ store, pages, log, now }: EnrichDeps): Enricher {
  return {
    async run(signal) {
      const at = now();
      const wanting = await store.articles.wantingFullText({
        now: at,
        since: at - RECENT_MS,
        shorterThan: TEASER,
        mostTries: MOST_TRIES,
        limit: BATCH,
      });
      const hosts = [
        ...Map.groupBy(wanting, ({ url }) => URL.parse(url ?? '')?.host ?? '').values(),
      ].values();
      let enriched = 0;
      const lane = async () => {
        // One page of a host at a time.
        for (const articles of hosts) {
          const began = performance.now();
          for (const article of articles) {
            if (signal.aborted || performance.now() - began > HOST_MS) break;
            if (await enrich(article, signal)) enriched++;
          }
        }
      };
      await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, lane));
      return enriched;
    },
  };

  async function enrich(article: Article, signal: AbortSignal): Promise<boolean> {
    try {
      const text = await pages.read(article.url!, signal);
      if (text === null || text.length < article.text.length * GAIN)
        throw new Error('the page says no more than the feed');
      await store.articles.enrich(article.id, text, now());
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      await store.articles.noteUnreadPage(article.id, now() + RETRY_MS);
      log.debug({ article: article.id, reason: (error as Error).message }, 'full text not read');
      return false;
    }
  }
}
