import type { RawEntry, RawFeed } from './raw-feed.ts';

/** JSON Feed 1 and 1.1, and what writers make of it. @throws where the text is no JSON Feed */
export async function readJsonFeed(source: string): Promise<RawFeed> {
  // Loaded with the first JSON Feed: most instances have none.
  const { parseJsonFeed } = await import('feedsmith');
  const feed = parseJsonFeed(source);
  return {
    titles: [{ value: feed.title ?? '', kind: 'text' }],
    links: link(feed.home_page_url),
    language: feed.language ?? null,
    base: null,
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
