import type { ArticleContent } from '../../src/model/article.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';

export const topic = await loadTopic('config/topics/russia-north-korea.yaml');

/** An article of an invented outlet. */
export function article(
  language: string,
  title: string,
  text = '',
  more: Partial<ArticleContent> = {},
): ArticleContent {
  return { url: null, title, text, language, published: 0, outlet: outletFromName('Sample Post'), ...more };
}
