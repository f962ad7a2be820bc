import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill } from '../locale/labels.ts';
import { whyWords } from '../locale/why-words.ts';
import { audienceOf } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import { completeArticles } from './complete-stories.ts';
import { findArticle, isVisibleTo } from './explain-article.ts';
import { refuse, say, text } from './say.ts';

const LABEL_EXAMPLE = '/label relevant:false article:https://example.org/article';

export interface LabelDeps {
  store: Store;
  topics: readonly { slug: string }[];
}

/** `/label`: a person's "not relevant" or "missing" on an article, kept for the next fit and the next backtest. */
export function labelCommand({ store, topics }: LabelDeps): Command {
  return {
    path: ['label'],
    names: { en: 'label', ko: '표시', ru: 'оценка' },
    description: {
      en: 'Say that an article belongs to the topic, or does not',
      ko: '기사가 주제에 맞는지 알려 줍니다',
      ru: 'Сказать, подходит ли статья к теме',
    },
    options: [
      {
        name: 'relevant',
        names: { en: 'relevant', ko: '관련', ru: 'подходит' },
        description: { en: 'Does it belong?', ko: '주제에 맞나요?', ru: 'Подходит?' },
        type: 'boolean',
        required: true,
        example: 'false',
      },
      {
        name: 'article',
        names: { en: 'article', ko: '기사', ru: 'статья' },
        description: {
          en: 'Address or number of the article',
          ko: '기사 주소나 번호',
          ru: 'Адрес или номер статьи',
        },
        type: 'string',
        required: true,
        maxLength: 2000,
        rest: true,
        freeText: true,
        complete: (typed, context) => completeArticles(store, typed, context),
        example: 'https://example.org/article',
      },
      {
        name: 'topic',
        names: { en: 'topic', ko: '주제', ru: 'тема' },
        description: { en: 'Which topic, the first by default', ko: '어느 주제인지', ru: 'Какая тема' },
        type: 'choice',
        choices: topics.map(({ slug }) => ({ value: slug, label: { en: slug, ko: slug, ru: slug } })),
        example: topics[0]?.slug ?? '',
      },
    ],
    right: 'manage',
    personal: false,
    examples: [LABEL_EXAMPLE],
    async run(options, { actor, now }) {
      const words = whyWords(actor.locale);
      const asked = String(options.article).trim();
      const article = /^\d+$/.test(asked)
        ? await store.articles.get(Number(asked))
        : await findArticle(store, asked);
      const topic = String(options.topic ?? topics[0]?.slug);
      if (!article || !isVisibleTo(article, audienceOf(actor.scope)))
        return refuse(actor, [
          fill(/^\d+$/.test(asked) ? words.unknownNumber : words.unknownArticle, { a: asked }),
          fill(dispatchWords(actor.locale).example, { a: LABEL_EXAMPLE }),
        ]);
      const relevant = options.relevant === true;
      await store.labels.add({
        articleId: article.id,
        topic,
        relevant,
        who: actor.userId,
        scope: actor.scope,
        at: now,
      });
      const detail = `${topic}: ${relevant ? 'relevant' : 'not relevant'}`;
      return say(actor, [text(words.labelled)], { changed: { object: `article ${article.id}`, detail } });
    },
  };
}
