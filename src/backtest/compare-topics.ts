import type { ArticleContent } from '../model/article.ts';
import type { Verdict } from '../model/topic.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { judgeArticle } from '../topics/judge-article.ts';

export interface Change {
  article: ArticleContent;
  change: 'added' | 'removed';
  before: Verdict;
  after: Verdict;
}

/** What another topic file would add and remove, the surest first. */
export function compareTopics(articles: readonly ArticleContent[], topic: Topic, against: Topic): Change[] {
  return articles
    .map((article): Change | null => {
      const before = judgeArticle(article, topic);
      const after = judgeArticle(article, against);
      if (before.relevant === after.relevant) return null;
      return { article, change: after.relevant ? 'added' : 'removed', before, after };
    })
    .filter((change) => change !== null)
    .sort((a, b) => distance(b) - distance(a));
}

const distance = ({ before, after }: Change) => Math.abs(after.score - before.score);
