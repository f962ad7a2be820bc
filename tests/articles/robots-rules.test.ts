import { describe, expect, test } from 'vitest';
import { readRobots } from '../../src/articles/robots-rules.ts';

const allows = (text: string, path: string) => readRobots(text, 'tumen').allows(path);
const anybody = (rules: string) => `User-agent: *\n${rules}`;

describe('which rule counts (RFC 9309)', () => {
  test.each([
    ['', '/a', true],
    [anybody('Disallow:'), '/a', true],
    [anybody('Disallow: /'), '/a', false],
    [anybody('Disallow: /a'), '/abc', false],
    [anybody('Disallow: /a'), '/b/a', true],
    [anybody('Disallow: /a\nAllow: /a/b'), '/a/b/c', true],
    [anybody('Allow: /a/b\nDisallow: /a'), '/a/c', false],
    [anybody('Disallow: /a\nAllow: /a'), '/a', true],
    [anybody('Disallow: /*.pdf$'), '/x/y.pdf', false],
    [anybody('Disallow: /*.pdf$'), '/x/y.pdf?page=1', true],
    [anybody('Disallow: /a*b*c'), '/a-b-b-c-d', false],
    [anybody('Disallow: /a*b*c'), '/a-c-b', true],
    [anybody('Disallow: /*a$'), '/a', false],
    [anybody('Disallow: /a*a$'), '/a', true],
    [anybody('Disallow: /a$'), '/a', false],
    [anybody('Disallow: /a$'), '/ab', true],
    [anybody('Disallow: *'), '/a', false],
    [anybody('Disallow: /новости'), '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1', false],
    [anybody('Disallow: /%d0%bd'), '/%D0%BD', false],
    [anybody('Disallow: /%61b'), '/ab', false],
    [anybody('Disallow: /a # all of it'), '/a', false],
    ['user-AGENT : *\r\n disallow:/a', '/a', false],
    ['\ufeffUser-agent: *\nDisallow: /a', '/a', false],
    ['Disallow: /a', '/a', true],
  ])('%j of %s: %s', (text, path, expected) => {
    expect(allows(text, path)).toBe(expected);
  });

  test('our own group before the one for all; groups of one name are one, and a group may have several names', () => {
    const text = `User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-Agent: Tumen/2.0\nDisallow: /a\n
      Sitemap: https://wire.example/sitemap.xml\nUser-agent: tumen\nDisallow: /b`;
    expect(['/a', '/b', '/c'].map((path) => allows(text, path))).toEqual([false, false, true]);
    expect(allows('User-agent: tumen-archive\nDisallow: /', '/a')).toBe(true);
  });

  test.each([
    ['Crawl-delay: 2.5', 2_500],
    ['Crawl-delay: 86400', 30_000],
    ['Crawl-delay: -1', 0],
    ['Crawl-delay: soon', 0],
    ['Disallow: /a', 0],
  ])('%s is a pause of %i ms', (rule, expected) => {
    expect(readRobots(anybody(rule), 'tumen').delayMs).toBe(expected);
    expect(readRobots(`User-agent: other\n${rule}`, 'tumen').delayMs).toBe(0);
  });
});

test.each([
  ['rules with many wildcards', `Disallow: /${'a*'.repeat(50)}b\n`.repeat(4_000)],
  ['one rule of wildcards', `Disallow: /${'*a'.repeat(200_000)}b`],
  ['many short rules', 'Disallow: /*b\n'.repeat(36_000)],
  ['no rules', ':\n'.repeat(250_000)],
])('%s in half a megabyte hold nobody up', (_, rules) => {
  const before = process.cpuUsage();
  readRobots(anybody(rules), 'tumen').allows(`/${'a'.repeat(2_000)}`);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(400);
});
