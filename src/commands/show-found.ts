import { fill } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Snippet } from '../search/make-snippet.ts';
import type { FoundStory } from '../search/search-articles.ts';
import type { Action, Block, Inline } from './command.ts';

/** Found stories, one item each: headline, who and when, the piece that matched, and what else of it was found. */
export function showFound(stories: readonly FoundStory[], locale: Locale): Block {
  const words = newsWords(locale);
  return {
    kind: 'list',
    items: stories.map(({ storyId, articles, more }) => {
      const [best, ...others] = articles;
      if (!best) return { text: [] };
      const { article, title, snippet } = best;
      const text: Inline[] = [
        ...marked(title),
        ' — ',
        article.url === null ? article.outlet.name : { link: article.url, text: article.outlet.name },
        ', ',
        { time: article.published },
      ];
      if (snippet.text) text.push('\n', ...marked(snippet));
      if (others.length) text.push('\n', `${words.also}: `);
      for (const [i, { article: other }] of others.entries())
        text.push(
          ...(i ? [', '] : []),
          other.url === null ? other.outlet.name : { link: other.url, text: other.outlet.name },
        );
      if (more) text.push(` ${fill(words.more, { n: more })}`);
      const actions: Action[] =
        storyId === null
          ? []
          : [{ label: words.story, call: { path: 'story show', options: { story: storyId } } }];
      return { text, actions };
    }),
  };
}

/** A snippet with its matched places strong. */
function marked({ text, marks }: Snippet): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push({ strong: text.slice(start, end) });
    at = end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
