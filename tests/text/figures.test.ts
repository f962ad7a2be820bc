import { describe, expect, test } from 'vitest';
import { daysIn } from '../../src/text/dates.ts';
import { figuresIn } from '../../src/text/figures.ts';
import { properNamesIn } from '../../src/text/proper-names.ts';

const read = (text: string) => figuresIn(text).map(({ value, of }) => `${value} ${of}`.trim());

describe('figures', () => {
  test.each([
    ['More than 10,000 containers have crossed', ['10000 container']],
    ['북한군 1만2000명이 이동했다', ['12000 soldier']],
    ['около 12 тыс. северокорейских военных', ['12000 soldier']],
    ['砲弾およそ800万発', ['8000000 shell']],
    ['1.5万名朝鲜士兵', ['15000 soldier']],
    ['погибли четверо военнослужащих, 10 ранены', ['4 soldier', '10 wounded']],
    ['trade rose 52.9% to $34.4 million in 2023', ['52.9 percent', '34400000 usd']],
    ['3억 5000만 달러', ['350000000 usd']],
    ['sent 1,000 sappers and 5,000 construction workers', ['1000 soldier', '5000 worker']],
  ])('%s', (text, figures) => {
    expect(read(text)).toEqual(figures);
  });

  test.each([
    'Su-35, KN-23 and Article 4',
    'on 3 September at 15:12',
    'the 28-year-old of 1945',
    '2024년 6월 19일',
    '제4조',
  ])('no quantity in: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  test('stand where the text has them', () => {
    const text = 'Officials counted 7,000 North Korean troops.';
    const [figure] = figuresIn(text);
    expect(text.slice(figure!.start, figure!.end)).toBe('7,000 North Korean troops');
  });
});

describe('days', () => {
  const published = Date.UTC(2025, 8, 2);
  test.each([
    ['on 3 September and May 9', ['2025-09-03', '2025-05-09']],
    ['3 сентября 2025 года', ['2025-09-03']],
    ['9월 3일 베이징에서, 지난달 31일', ['2025-09-03', '2025-08-31']],
    ['9月3日に、4日', ['2025-09-03', '2025-09-04']],
    ['20일간 12 marines may cross', []],
    ['31 June', []],
  ])('%s', (text, days) => {
    expect(daysIn(text, published).map(({ value }) => value)).toEqual(days);
  });
});

describe('proper names', () => {
  test('are words with a capital that the sentence does not ask for', () => {
    const names = properNamesIn('The visit of Alexander Kozlov began in Pyongyang. Officials met him.');
    expect(names.map(({ words, place }) => [words, place])).toEqual([
      [2, false],
      [1, true],
    ]);
  });
  test('none are found in a headline in title case', () => {
    expect(properNamesIn('Leaders Sign Broad Treaty After Long Talks')).toEqual([]);
  });
});

test('a text of nothing but days takes a moment, not seconds', () => {
  const text = '1日'.repeat(20_000);
  const start = process.cpuUsage();
  expect(daysIn(text, Date.UTC(2024, 5, 19))).toHaveLength(20_000);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(600);
});
