import type { Logger } from 'pino';
import type { Article } from '../model/article.ts';
import type { Store } from '../store/store.ts';
import type { PageReader } from './read-page.ts';

/** A page that could not be read is tried again after this time, and then left. */
const RETRY_MS = 6 * 3_600_000;
const MOST_TRIES = 2;
/** Pages of one round, and hosts at once. */
const BATCH = 50;
const HOSTS_AT_ONCE = 4;
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
  const failures = new Map<number, { tries: number; next: number }>();

  return {
    async run(signal) {
      const wanting = (await store.articles.wantingFullText(BATCH * 4)).filter(isDue).slice(0, BATCH);
      const hosts = [
        ...Map.groupBy(wanting, ({ url }) => URL.parse(url ?? '')?.host ?? '').values(),
      ].values();
      let enriched = 0;
      const lane = async () => {
        // One page of a host at a time.
        for (const articles of hosts)
          for (const article of articles) if (!signal.aborted && (await enrich(article, signal))) enriched++;
      };
      await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, lane));
      return enriched;
    },
  };

  function isDue({ id, url }: Article): boolean {
    const failed = failures.get(id);
    return url !== null && (!failed || (failed.tries < MOST_TRIES && failed.next <= now()));
  }

  async function enrich(article: Article, signal: AbortSignal): Promise<boolean> {
    try {
      const text = await pages.read(article.url!, signal);
      if (text === null || text.length < article.text.length * GAIN)
        throw new Error('the page says no more than the feed');
      await store.articles.enrich(article.id, text, now());
      failures.delete(article.id);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const tries = (failures.get(article.id)?.tries ?? 0) + 1;
      failures.set(article.id, { tries, next: now() + RETRY_MS });
      if (failures.size > 5_000) failures.delete(failures.keys().next().value!);
      log.debug({ article: article.id, reason: (error as Error).message }, 'full text not read');
      return false;
    }
  }
}
