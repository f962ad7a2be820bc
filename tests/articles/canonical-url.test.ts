import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, urlKey } from '../../src/articles/canonical-url.ts';

describe('canonicalUrl', () => {
  test.each([
    ['https://wire.example/a?utm_source=rss&utm_medium=feed&id=7', 'https://wire.example/a?id=7'],
    ['https://wire.example/a?fbclid=x&gclid=y&yclid=z', 'https://wire.example/a'],
    ['https://wire.example/a?at_medium=RSS&at_campaign=KARANGA', 'https://wire.example/a'],
    ['https://wire.example/a?UTM_Source=x&page=2', 'https://wire.example/a?page=2'],
    ['https://wire.example/a?ref=rss', 'https://wire.example/a'],
    ['https://wire.example/a?ref=77', 'https://wire.example/a?ref=77'],
    ['https://wire.example/a?output=amp&id=7', 'https://wire.example/a?id=7'],
    ['https://wire.example/a?output=7', 'https://wire.example/a?output=7'],
    ['https://wire.example/a?_x_tr_sl=ko&_x_tr_tl=en&_openstat=z&mkt_tok=y&igsh=x', 'https://wire.example/a'],
    ['https://wire.example/a#comments', 'https://wire.example/a'],
    ['https://wire.example/a??', 'https://wire.example/a'],
    ['https://wire.example/#!/story/7', 'https://wire.example/#!/story/7'],
    ['https://WIRE.example:443/A?b=%EA%B0%80', 'https://wire.example/A?b=%EA%B0%80'],
    [
      'https://www-wire-example.cdn.ampproject.org/c/s/www.wire.example/a/amp',
      'https://www.wire.example/a/amp',
    ],
    ['https://www.google.com/amp/s/wire.example/a', 'https://wire.example/a'],
    ['https://user:secret@wire.example/a', 'https://wire.example/a'],
  ])('%s', (url, canonical) => {
    expect(canonicalUrl(url)).toBe(canonical);
  });

  test.each(['', 'mailto:a@b.example', 'not a url', 'javascript:alert(1)', '/relative'])(
    '"%s" is no web address',
    (url) => {
      expect(canonicalUrl(url)).toBeNull();
    },
  );

  test('is stable: doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url);
        expect(once === null ? null : canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('urlKey', () => {
  const same = [
    'https://www.wire.example/news/1?b=2&a=1',
    'http://wire.example/news/1/?a=1&b=2',
    'https://m.wire.example/news/1?a=1&b=2&utm_source=x',
    'https://amp.wire.example/news/1/amp?a=1&b=2',
    'https://wire.example/amp/news/1?a=1&b=2#top',
    'https://mobile.wire.example/news/1?a=1&b=2&amp=1',
  ];
  test('is one for all the ways to one page', () => {
    expect(new Set(same.map(urlKey))).toEqual(new Set(['wire.example/news/1?a=1&b=2']));
  });

  test.each([
    ['https://wire.example/1', 'https://wire.example/2'],
    ['https://wire.example/a?id=1', 'https://wire.example/a?id=2'],
    ['https://ko.wire.example/1', 'https://en.wire.example/1'],
    ['https://wire.example/a', 'https://wire.example/A'],
  ])('%s and %s stay two', (a, b) => {
    expect(urlKey(a)).not.toBe(urlKey(b));
  });

  test('a short host that begins like a mobile one keeps its name', () => {
    expect(urlKey('https://m.example/1')).toBe('m.example/1');
  });
});
