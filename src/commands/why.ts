import { dispatchWords } from '../locale/dispatch-words.ts';
import { formatShort } from '../locale/format-date.ts';
import { fill } from '../locale/labels.ts';
import { whyWords } from '../locale/why-words.ts';
import type { Article } from '../model/article.ts';
import type { Scope } from '../model/scope.ts';
import type { Store, StoryWithMembers } from '../store/store.ts';
import { explainVerdict } from '../topics/explain-verdict.ts';
import { audienceIn } from './audience.ts';
import type { Action, Actor, Block, Command } from './command.ts';
import { explainArticle, findArticle, isVisibleTo } from './explain-article.ts';
import { refuse, say, text } from './say.ts';
import { fateOf, missingStory } from './story-fate.ts';

export interface WhyDeps {
  store: Store;
  topics: readonly { slug: string; title: { en: string; ko?: string; ru?: string }; threshold: number }[];
  /** How long articles are kept, ms. */
  keptMs?: number;
}

const EXAMPLES = ['/why url:https://example.org/article', '/why story:12'];

/** `/why`: why an article or a story is or is not in this channel's digest; also the message shortcut. */
export function whyCommand({ store, topics, keptMs }: WhyDeps): Command {
  return {
    path: ['why'],
    names: { en: 'why', ko: '이유', ru: 'почему' },
    description: {
      en: 'Why an article or a story was posted here, or was not',
      ko: '기사나 소식이 여기에 실린 이유와 실리지 않은 이유',
      ru: 'Почему статья или сюжет здесь показаны или нет',
    },
    options: [
      {
        name: 'url',
        names: { en: 'url', ko: '주소', ru: 'адрес' },
        description: {
          en: 'Address of an article, or the number of a story',
          ko: '기사 주소 또는 소식 번호',
          ru: 'Адрес статьи или номер сюжета',
        },
        type: 'string',
        maxLength: 2000,
        rest: true,
        example: 'https://example.org/article',
      },
      {
        name: 'story',
        names: { en: 'story', ko: '소식', ru: 'сюжет' },
        description: { en: 'Number of a story', ko: '소식 번호', ru: 'Номер сюжета' },
        type: 'string',
        maxLength: 20,
        example: '12',
        look: 'number',
      },
    ],
    right: 'anyone',
    personal: true,
    shortcut: { en: 'Why this story?', ko: '왜 이 소식인가요?', ru: 'Почему этот сюжет?' },
    examples: EXAMPLES,
    async run(options, { actor, now, manager }) {
      const words = whyWords(actor.locale);
      if (!options.url && !options.story) return refuse(actor, [words.nothingAsked, ...example(actor)]);
      const audience = await audienceIn(store, actor);
      const typed = String(options.url ?? options.story).trim();
      // A bare number is a story, wherever it was typed.
      const [, number] = /^#?(\d{1,15})$/.exec(typed) ?? [];
      const article =
        number === undefined
          ? await findArticle(store, typed)
          : await leadOf(await store.stories.get(Number(number)), audience);
      if (!article || !isVisibleTo(article, audience))
        return number === undefined
          ? refuse(actor, [fill(words.unknownArticle, { a: typed }), ...example(actor)])
          : missingStory({ store, keptMs }, Number(number), actor);
      const here = await store.destinations.find(actor.platform, actor.channelId ?? actor.userId);
      const { verdicts, story, duplicateOf, ends } = await explainArticle(
        store,
        article,
        here ? [here] : [],
        now,
      );

      const blocks: Block[] = [
        ...(number === undefined ? [] : await fateOf(store, Number(number), actor)),
        { kind: 'heading', text: article.title },
        text(article.url ? { link: article.url, text: article.outlet.name } : article.outlet.name),
      ];
      if (!verdicts.length) blocks.push(text(words.notJudged));
      const actions: Action[] = [];
      for (const verdict of verdicts) {
        const topic = topics.find(({ slug }) => slug === verdict.topic);
        if (!topic) continue;
        const { end, grounds } = explainVerdict(verdict, topic.threshold, actor.locale);
        const title = topic.title[actor.locale] ?? topic.title.en;
        blocks.push(text({ strong: fill(words.topic, { a: title }) }, `: ${end}`));
        blocks.push({ kind: 'list', items: grounds.map((ground) => ({ text: [ground] })) });
        if (article.url && manager)
          actions.push({
            label: verdict.relevant ? words.notRelevantButton : words.relevantButton,
            call: {
              path: 'label',
              options: { article: String(article.id), topic: topic.slug, relevant: !verdict.relevant },
            },
          });
      }
      if (duplicateOf && isVisibleTo(duplicateOf, audience))
        blocks.push(text(fill(words.duplicate, { a: duplicateOf.outlet.name })));
      if (story) {
        const reports = await store.articles.getMany(story.members.map(({ articleId }) => articleId));
        const seen = reports.filter((report) => isVisibleTo(report, audience)).length;
        blocks.push(text(fill(words.story, { n: story.id, m: seen })));
      }
      for (const { at, code, detail, destination } of ends)
        blocks.push(
          text(
            fill(words.slot[code] ?? code, {
              a: formatShort(actor.locale, destination.zone, at),
              b: detail ?? '',
            }),
          ),
        );
      if (story && !here && actor.channelId !== null) blocks.push(text(words.notHere));
      if (actions.length) blocks.push({ kind: 'actions', actions });
      return say(actor, blocks, { shareable: true });
    },
  };

  /** The first report of a story that the asker may see. */
  async function leadOf(story: StoryWithMembers | null, audience: readonly Scope[]): Promise<Article | null> {
    if (!story) return null;
    const articles = await store.articles.getMany(story.members.map((member) => member.articleId));
    const byId = new Map(articles.map((article) => [article.id, article]));
    const visible = story.members
      .map((m) => byId.get(m.articleId))
      .filter((a) => a && isVisibleTo(a, audience));
    return visible[0] ?? null;
  }
}

function example({ locale }: Actor): string[] {
  return EXAMPLES.map((typed) => fill(dispatchWords(locale).example, { a: typed }));
}
