import { expect, it } from 'vitest';
import { namedFeeds } from '../../src/feeds/named-feeds.ts';

const PAGE = 'https://wire.example/news/';
const named = (html: string) => namedFeeds(html, PAGE);

it('takes alternates of a feed type, in any case and quoting, against the base of the page', () => {
  const html = `<BASE href='/world/'><link REL="alternate home" TYPE=application/rss+xml HREF=a.xml>
    <link rel=alternate type="application/atom+xml" href="/b?x=1&amp;y=2"><link rel="alternate" type="text/html" href="/c">
    <a href="/feed">not looked at</a>`;
  expect(named(html)).toEqual(['https://wire.example/world/a.xml', 'https://wire.example/b?x=1&y=2']);
});

it('takes links that look like feeds where there are no alternates, those of comments last', () => {
  const html = `<a class="x" href="/comments/feed">c</a><a href="/rss.xml">r</a><a href="/feedback">f</a>
    <a href="javascript:feed">j</a><abbr href="/atom">no link</abbr>`;
  expect(named(html)).toEqual(['https://wire.example/rss.xml', 'https://wire.example/comments/feed']);
});

it('takes nothing out of comments and scripts', () => {
  expect(
    named('<!-- <a href="/rss">old</a> --><script>"<a href=/feed>"</SCRIPT><a href="/about">a</a>'),
  ).toEqual([]);
  expect(named('İİİİ<!-- x --><a href="/rss">r</a>')).toEqual(['https://wire.example/rss']);
  expect(named('<a href="/rss">r</a><!-- never closed <a href="/feed">f</a>')).toEqual([
    'https://wire.example/rss',
  ]);
});

it.each([
  ['a nest', '<div>'.repeat(400_000)],
  ['links', '<a href="/feed">x</a>'.repeat(90_000)],
  ['one tag', `<a ${'b=c '.repeat(400_000)}>`],
  ['opened tags', '<a '.repeat(600_000)],
  ['quotes', `<a ${'b="'.repeat(600_000)}>`],
  ['comments', '<!--'.repeat(500_000)],
])('reads 2 MB of %s in no time', (_, html) => {
  const before = process.cpuUsage();
  named(html);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_500);
});
