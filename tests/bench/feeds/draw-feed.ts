const WORDS =
  'freight train bridge river customs grain container port ministry spokesman treaty clause delegation border station wagon timetable exercise shipment embassy summit article official Wednesday regional trade cargo inspection rail crossing talks'.split(
    ' ',
  );

/** Words that look like news and repeat for the same seed. */
function words(seed: number, count: number): string {
  let state = seed * 2_654_435_761 + 1;
  const out: string[] = [];
  for (let i = 0; i < count; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    out.push(WORDS[state % WORDS.length]!);
  }
  return out.join(' ');
}

/** A feed as publishers write them: RSS 2.0 with teasers and whole texts in HTML. */
export function drawFeed(feed: number, items: number, first = 0, textWords = 120): string {
  const drawn = Array.from({ length: items }, (_, i) => {
    const n = feed * 1_000_000 + first + items - i;
    const link = `https://outlet-${feed}.example/news/${n}`;
    const date = new Date(Date.UTC(2024, 5, 19) + (first + items - i) * 60_000).toUTCString();
    return `<item><title>${words(n, 9)} &amp; ${n}</title><link>${link}?utm_source=rss</link><guid isPermaLink="false">${n}</guid><pubDate>${date}</pubDate><dc:creator><![CDATA[Desk ${n % 7}]]></dc:creator><category>World</category><description><![CDATA[${words(n + 1, 25)}&nbsp;&hellip;]]></description><content:encoded><![CDATA[<p>${words(n + 2, textWords / 2)} <a href="${link}">more</a></p><p>${words(n + 3, textWords / 2)} &#8220;${words(n, 5)}&#8221;</p>]]></content:encoded></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Outlet ${feed}</title><link>https://outlet-${feed}.example/</link><language>en</language>${drawn.join('\n')}</channel></rss>`;
}
