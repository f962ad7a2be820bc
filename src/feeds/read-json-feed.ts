import type { RawEntry, RawFeed } from './raw-feed.ts';

/** More is no feed; at 8 MB of `{},` the objects would end the process before any limit of its memory is looked at. */
const MAX_VALUES = 600_000;

/** JSON Feed 1 and 1.1, and what writers make of it. @throws where the text is no JSON Feed */
export async function readJsonFeed(source: string): Promise<RawFeed> {
  if (hasMoreValues(source, MAX_VALUES)) throw new Error(`there are more than ${MAX_VALUES} values in it`);
  const document: unknown = JSON.parse(source);
  // Loaded with the first JSON Feed: most instances have none.
  const { parseJsonFeed } = await import('feedsmith');
  const feed = parseJsonFeed(withoutEmptyItems(document));
  return {
    titles: [{ value: feed.title ?? '', kind: 'text' }],
    links: link(feed.home_page_url),
    language: feed.language ?? null,
    base: null,
    authors: (feed.authors ?? []).flatMap(({ name }) => name ?? []),
    entries: (feed.items ?? []).map(
      (item): RawEntry => ({
        id: item.id ?? null,
        idIsLink: true,
        links: link(item.url ?? item.external_url),
        titles: [{ value: item.title ?? '', kind: 'text' }],
        contents: [
          { value: item.content_html ?? '', kind: 'html' },
          { value: item.content_text ?? '', kind: 'text' },
        ],
        summaries: [{ value: item.summary ?? '', kind: 'text' }],
        published: item.date_published ? [item.date_published] : [],
        updated: item.date_modified ? [item.date_modified] : [],
        authors: (item.authors ?? []).flatMap(({ name }) => name ?? []),
        categories: item.tags ?? [],
        thumbnails: [item.image, item.banner_image].flatMap((url) => url ?? []),
        source: null,
        language: item.language ?? null,
        base: null,
      }),
    ),
    ttl: null,
    updatePeriod: null,
    updateFrequency: null,
    skipHours: [],
    skipDays: [],
  };
}

function link(href: string | undefined) {
  return href ? [{ href, rel: 'alternate', type: '', base: null }] : [];
}

/** Counts the marks that begin or part values, save those inside of strings. */
function hasMoreValues(source: string, limit: number): boolean {
  let count = 0;
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 34 /* " */) i = endOfString(source, i);
    else if (code === 44 /* , */ || code === 91 /* [ */ || code === 123 /* { */) {
      if (++count > limit) return true;
    }
  }
  return false;
}

function endOfString(source: string, open: number): number {
  for (let end = source.indexOf('"', open + 1); end >= 0; end = source.indexOf('"', end + 1)) {
    let slashes = 0;
    while (source.charCodeAt(end - 1 - slashes) === 92 /* \\ */) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return source.length;
}

/** feedsmith takes its time over each item, whatever is in it. */
function withoutEmptyItems(document: unknown): object {
  if (typeof document !== 'object' || document === null) throw new Error('it is no JSON Feed');
  if (!('items' in document) || !Array.isArray(document.items)) return document;
  const items = document.items.filter((item) => typeof item === 'object' && item && Object.keys(item).length);
  return { ...document, items };
}
