import type { ArticleContent } from '../model/article.ts';
import { articleTerms } from './article-terms.ts';
import { creditsOf, outletNames, sourceKey } from './find-origins.ts';
import type { LiveArticle, LiveStory, StoryIndex } from './story-index.ts';

/** Labels by which a title says that it holds a view, not news. */
const VIEW =
  /^\s*(?:[[【(]\s*)?(?:opinion|analysis|comment(?:ary)?|editorial|op-ed|explainer|column|мнение|аналитика|колонка|комментарий|사설|칼럼|기고|시론|오피니언|분석|해설|기자수첩|특파원 칼럼|社説|論説|解説|コラム|社评|社論|社论|评论|评析|分析)\s*(?:[\]】):|：—–-]|$)/iu;

/** What grouping reads of an article. */
export interface GroupedArticle {
  id: number;
  content: ArticleContent;
  /** Entity slugs that the topics found: they join reports across languages. */
  entities: string[];
  /** Side slugs, likewise. */
  sides?: string[];
  /** Ingest time, ms UTC, not falling from one article to the next. */
  ingestedAt: number;
}

/** A story that nothing is in yet. */
export function emptyStory(id: number): LiveStory {
  return { id, members: [], profile: null, query: 0, score: 0 };
}

/** Turns an article into what the index compares; its story is set when it is placed. */
export function readArticle(article: GroupedArticle, index: StoryIndex): Omit<LiveArticle, 'story'> {
  const { content } = article;
  const read = articleTerms(content, article.entities);
  return {
    id: article.id,
    ingestedAt: article.ingestedAt,
    published: Math.min(content.published || article.ingestedAt, article.ingestedAt),
    language: content.language,
    outlet: sourceKey(content.outlet),
    names: outletNames(content.outlet),
    entities: article.entities.length,
    terms: Int32Array.from(read.terms, (term) => index.intern(term)),
    weights: Uint8Array.from(read.weights),
    titleTerms: read.titleTerms,
    textTerms: read.textTerms,
    flags: read.flags,
    headless: read.headless,
    view: VIEW.test(content.title),
    numbers: read.numbers,
    signature: read.signature,
    ...creditsOf(content),
    originId: article.id,
  };
}
