import iconv from 'iconv-lite';
import type { SampleArticle, SampleOutlet } from './read-samples.ts';

/** One entry as a feed of the sample carries it. */
export interface DrawnEntry extends Pick<SampleArticle, 'title' | 'text' | 'at'> {
  guid: string;
  url: string;
}

/** Draws a feed document in the outlet's format and charset. @returns the bytes and their content type */
export function drawFeed(
  outlet: SampleOutlet,
  link: string,
  entries: DrawnEntry[],
): { type: string; body: Buffer } {
  const { text, type } = DRAW[outlet.format](outlet, link, entries);
  return { type: `${type}; charset=${outlet.charset}`, body: iconv.encode(text, outlet.charset) };
}

type Draw = (outlet: SampleOutlet, link: string, entries: DrawnEntry[]) => { text: string; type: string };

const DRAW: Record<SampleOutlet['format'], Draw> = {
  rss2: (outlet, link, entries) => ({
    type: 'application/rss+xml',
    text: `<?xml version="1.0" encoding="${outlet.charset}"?>
<rss version="2.0"><channel>
<title>${xml(outlet.name)}</title><link>${xml(link)}</link><description>Sample feed</description><language>${outlet.language}</language>
${entries
  .map(
    (entry) =>
      `<item><title>${xml(entry.title)}</title><link>${xml(entry.url)}</link><guid isPermaLink="false">${xml(entry.guid)}</guid><pubDate>${new Date(entry.at).toUTCString()}</pubDate><description>${xml(paragraphs(entry.text))}</description></item>`,
  )
  .join('\n')}
</channel></rss>`,
  }),

  rss1: (outlet, link, entries) => ({
    type: 'application/rdf+xml',
    text: `<?xml version="1.0" encoding="${outlet.charset}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${xml(link)}"><title>${xml(outlet.name)}</title><link>${xml(link)}</link><dc:language>${outlet.language}</dc:language></channel>
${entries
  .map(
    (entry) =>
      `<item rdf:about="${xml(entry.guid)}"><title>${xml(entry.title)}</title><link>${xml(entry.url)}</link><dc:date>${new Date(entry.at).toISOString()}</dc:date><description>${xml(entry.text)}</description></item>`,
  )
  .join('\n')}
</rdf:RDF>`,
  }),

  atom: (outlet, link, entries) => ({
    type: 'application/atom+xml',
    text: `<?xml version="1.0" encoding="${outlet.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${outlet.language}">
<title>${xml(outlet.name)}</title><id>${xml(link)}</id><link href="${xml(link)}"/><updated>${new Date(entries[0]?.at ?? 0).toISOString()}</updated>
${entries
  .map(
    (entry) =>
      `<entry><title>${xml(entry.title)}</title><id>${xml(entry.guid)}</id><link href="${xml(entry.url)}"/><published>${new Date(entry.at).toISOString()}</published><updated>${new Date(entry.at).toISOString()}</updated><content type="html">${xml(paragraphs(entry.text))}</content></entry>`,
  )
  .join('\n')}
</feed>`,
  }),

  json: (outlet, link, entries) => ({
    type: 'application/feed+json',
    text: JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: outlet.name,
      home_page_url: link,
      language: outlet.language,
      items: entries.map((entry) => ({
        id: entry.guid,
        url: entry.url,
        title: entry.title,
        content_text: entry.text,
        date_published: new Date(entry.at).toISOString(),
      })),
    }),
  }),
};

function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => `<p>${xml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
