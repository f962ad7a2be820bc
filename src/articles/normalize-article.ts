import { setImmediate } from 'node:timers/promises';
import type { NewArticle } from '../model/article.ts';
import type { Feed, ParsedEntry, PollState } from '../model/feed.ts';
import { paced } from '../model/right-of-way.ts';
import { identify } from './article-identity.ts';
import { canonicalUrl } from './canonical-url.ts';
import { detectLanguage } from './detect-language.ts';

/** First seen with an older published time, an article is posted nowhere by itself. */
const BACKFILL_MS = 72 * 3_600_000;
/** Clocks of publishers run ahead a little. */
const SKEW_MS = 10 * 60_000;
const TITLE_FROM_TEXT = 120;
/** Others wait no longer than this for the main loop, ms. */
const TURN_MS = 8;

/** What must be known of a feed to make articles of its entries. */
type EntriesOf = Pick<Feed, 'outletId' | 'language'> & {
  outlet: Pick<Feed['outlet'], 'slug'>;
  poll: Pick<PollState, 'lastSuccessAt'>;
};

/** Entries of one document as articles; what has neither title nor text is left out. @param now ms UTC, counts as first seen */
export function normalizeEntries(
  entries: readonly ParsedEntry[],
  feed: EntriesOf,
  now: number,
): NewArticle[] {
  return [...normalizeEach(entries, feed, now)];
}

/** The same for a document of any length: others have their turn in between. */
export async function normalizeInTurns(
  entries: readonly ParsedEntry[],
  feed: EntriesOf,
  now: number,
  giveWay: () => Promise<unknown> = setImmediate,
): Promise<NewArticle[]> {
  const articles: NewArticle[] = [];
  const pace = paced(giveWay, TURN_MS);
  for (const article of normalizeEach(entries, feed, now)) {
    articles.push(article);
    await pace();
  }
  return articles;
}

function* normalizeEach(
  entries: readonly ParsedEntry[],
  feed: EntriesOf,
  now: number,
): Generator<NewArticle> {
  const readable = entries.filter(({ title, text }) => title !== null || text !== null);
  const identities = identify(readable, feed.outlet.slug);
  for (const [i, entry] of readable.entries()) {
    const time = Date.parse(entry.published ?? entry.updated ?? '');
    const known = Number.isFinite(time) && time > 0 && time <= now + SKEW_MS;
    const title = entry.title ?? titleFrom(entry.text!);
    const text = entry.text === title ? '' : (entry.text ?? '');
    yield {
      ...identities[i]!,
      guid: entry.id,
      outletId: feed.outletId,
      url: entry.url === null ? null : canonicalUrl(entry.url),
      title,
      text,
      language: detectLanguage(`${title}\n${text}`, entry.language ?? feed.language),
      published: known ? Math.min(time, now) : now,
      firstSeen: now,
      // A feed's first document without dates may be a whole archive.
      backfill: known ? now - time > BACKFILL_MS : feed.poll.lastSuccessAt === null && !Number.isFinite(time),
      authors: entry.authors,
      categories: entry.categories,
      thumbnail: entry.thumbnail ?? null,
    };
  }
}

/** Telegram-like feeds have no titles: the first line, cut at a word. */
function titleFrom(text: string): string {
  const line = text.split('\n', 1)[0]!;
  if (line.length <= TITLE_FROM_TEXT) return line;
  const cut = line.slice(0, TITLE_FROM_TEXT);
  const space = cut.lastIndexOf(' ');
  return `${(space > TITLE_FROM_TEXT / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}
