import { describe, expect, test } from 'vitest';
import { finishFeed } from '../../src/feeds/finish-feed.ts';
import { isOrdinary, readOrdinaryFeed } from '../../src/feeds/read-ordinary-feed.ts';
import { readXml } from '../../src/feeds/read-xml.ts';
import { readXmlFeed } from '../../src/feeds/read-xml-feed.ts';

/** Feeds as they should be; what is read of them must not depend on who reads, or articles would seem edited. */
const FEEDS: [string, string][] = [
  [
    'RSS 2.0 with everything',
    `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
  <title>Sample Wire &amp; Post</title><link>https://wire.example/</link><atom:link href="https://wire.example/rss" rel="self" type="application/rss+xml"/>
  <language>en-GB</language><ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
  <skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays>
  <item>
    <title>Treaty signed &lt;b&gt;today&lt;/b&gt; &#8212; &quot;a new page&quot;</title><link>/news/1?a=1&amp;b=2</link><guid isPermaLink="false">wire-1</guid>
    <pubDate>Wed, 19 Jun 2024 15:12:00 +0900</pubDate><dc:creator><![CDATA[Jane Roe]]></dc:creator><category domain="x">Treaty</category><category>Arms</category>
    <description>A teaser &amp;amp; more.</description><content:encoded><![CDATA[<p>The first paragraph &nbsp; of it.</p><p>The second<br/>one.</p>]]></content:encoded>
    <media:thumbnail url="/t.jpg"/><media:content url="https://wire.example/big.jpg" medium="image"/><enclosure url="https://wire.example/e.jpg" type="image/jpeg" length="1"/>
  </item>
  <item><title>Second</title><link> https://wire.example/2 </link><guid>https://wire.example/2</guid><dc:date>2024-06-19T06:00:00Z</dc:date><author>desk@wire.example (John Roe)</author><description></description></item>
  <item><guid>https://wire.example/3</guid><description>Without a title</description></item>
</channel></rss>`,
  ],
  [
    'Atom 1.0',
    `<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Sample Atom</title><link rel="self" href="https://atom.example/feed"/><link rel="alternate" type="text/html" href="https://atom.example/"/>
<entry><title type="html">Rail &amp;amp; road</title><link rel="enclosure" href="https://atom.example/a.mp3"/><link href="https://atom.example/1"/><id>urn:1</id><published>2024-06-19T06:00:00Z</published><updated>2024-06-19T07:00:00+09:00</updated>
<author><name>Jane Roe</name><email>jane@atom.example</email></author><category term="rail" label="Rail"/><summary>Teaser</summary><content type="html">&lt;p&gt;Whole text&lt;/p&gt;</content></entry>
<entry><title>Second &lt; third</title><link href="https://atom.example/2" rel="alternate"/><id>urn:2</id><updated>2024-06-20T06:00:00Z</updated></entry></feed>`,
  ],
  [
    'Korean RSS in CDATA',
    `<rss version="2.0"><channel><title><![CDATA[표본 통신]]></title><link>https://korea.example</link><item><title><![CDATA[북러 조약 '서명' & 발표]]></title><link><![CDATA[https://korea.example/a?id=1&s=2]]></link><pubDate>Wed, 19 Jun 2024 15:12:00 KST</pubDate><description><![CDATA[첫 문장이다.<br><br>둘째 문장&middot;이다.]]></description></item></channel></rss>`,
  ],
];

describe('both readers', () => {
  test.each(FEEDS)('read the same of %s', async (_, source) => {
    expect(isOrdinary(source)).toBe(true);
    const url = 'https://feeds.example/rss';
    const ours = finishFeed(readXmlFeed(readXml(source))!, url, []);
    const theirs = finishFeed(await readOrdinaryFeed(source), url, []);
    expect(ours).toEqual(theirs);
    expect(ours.entries.length).toBeGreaterThan(0);
  });

  test.each([
    ['a base', FEEDS[0]![1].replace('<channel>', '<channel xml:base="/x/">')],
    ['a document type', `<!DOCTYPE rss>${FEEDS[2]![1]}`],
    ['references by name', FEEDS[0]![1].replace('Second', 'Caf&eacute;')],
    ['XHTML', FEEDS[1]![1].replace('type="html"', 'type="xhtml"')],
    ['RDF', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/></rdf:RDF>'],
    ['other prefixes', FEEDS[0]![1].replaceAll('xmlns:dc', 'xmlns:d').replaceAll('dc:', 'd:')],
  ])('%s is not left to rss-parser', (_, source) => {
    expect(isOrdinary(source)).toBe(false);
  });
});
