import type { ArticleContent } from '../../src/model/article.ts';

/**
 * Queries as people could follow them over these articles: words of random articles joined by AND, OR, NOT,
 * phrases, prefixes and fields, 1 to 6 terms each. Words that stand in more than `common` of the articles are
 * left out, as people do who want to hear something.
 */
export function makeQueries(
  articles: readonly ArticleContent[],
  count: number,
  random: () => number,
  common = 0.02,
): string[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const words = articles.map((a) => [...new Set(splitWords(`${a.title} ${a.text}`))]);
  const seenIn = new Map<string, number>();
  for (const list of words) for (const w of list) seenIn.set(w, (seenIn.get(w) ?? 0) + 1);
  const limit = Math.max(2, common * articles.length);
  const usable = words
    .map((list) => list.filter((w) => seenIn.get(w)! <= limit))
    .filter((list) => list.length > 0);

  function term(list: readonly string[]): string {
    const r = random();
    const word = pick(list);
    if (r < 0.1) return `"${word} ${pick(list)}"`;
    if (r < 0.15 && /^[\p{Script=Latin}\p{Script=Cyrillic}]{5,}$/u.test(word)) return `${word.slice(0, -1)}*`;
    return word;
  }

  const queries: string[] = [];
  while (queries.length < count) {
    const list = pick(usable);
    const other = random() < 0.5 ? list : pick(usable);
    const a = (): string => term(list);
    const b = (): string => term(other);
    const shapes = [
      () => a(),
      () => `${a()} ${a()}`,
      () => `${a()} OR ${b()}`,
      () => `${a()} -${b()}`,
      () => `${a()} (${b()} OR ${b()})`,
      () => `(${a()} OR ${b()}) (${a()} OR ${b()}) -${b()}`,
      () => `${a()} ${b()} ${a()} -(${b()} ${a()})`,
      () => `${a()} OR (${b()} ${b()}) OR (${a()} ${a()} -${b()})`,
      () => `${a()} lang:${pick(['ko', 'en', 'ru', 'ja', 'zh'])}`,
    ];
    queries.push(pick(shapes)());
  }
  return queries;
}

/** Words by spaces; of unspaced runs, pieces of two to four characters. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const run of text.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{Script=Latin}\p{Script=Cyrillic}]+|\d+/gu,
  )) {
    const word = run[0];
    if (/^[\p{Script=Latin}\p{Script=Cyrillic}\d]/u.test(word)) {
      if (word.length > 2 && !/^(?:AND|NOT)$/.test(word)) words.push(word);
    } else if (/\p{Script=Hangul}/u.test(word)) {
      if (word.length > 1) words.push(word.slice(0, 2 + (word.length % 3)));
    } else for (let i = 0; i + 2 <= word.length; i += 3) words.push(word.slice(i, i + 2 + (i % 3)));
  }
  return words;
}
