import { buildDigest } from '../digests/build-digest.ts';
import { fill } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import type { Command } from './command.ts';
import { hoursOption } from './hours-option.ts';
import { searchCommand } from './news-search.ts';
import { say, text } from './say.ts';
import { type SubscriptionDeps, topicsOf } from './subscription-deps.ts';

const HOUR = 3_600_000;

/** `/news latest|search` */
export function newsCommands(deps: SubscriptionDeps): Command[] {
  return [latestCommand(deps), searchCommand(deps)];
}

/** The strongest stories of the last hours, whatever was shown before. */
function latestCommand(deps: SubscriptionDeps): Command {
  const { store, topics, summarizer } = deps;
  const themes = topics.flatMap((topic) => topic.themes);
  return {
    path: ['news', 'latest'],
    names: { en: 'latest', ko: '최신', ru: 'последние' },
    description: {
      en: 'The strongest stories of the last hours',
      ko: '최근 몇 시간의 주요 소식',
      ru: 'Главные сюжеты последних часов',
    },
    options: [
      hoursOption(720),
      {
        name: 'theme',
        names: { en: 'theme', ko: '주제', ru: 'раздел' },
        description: { en: 'Only this theme', ko: '이 분야만', ru: 'Только этот раздел' },
        type: 'string',
        maxLength: 64,
        complete: async (typed, { actor }) =>
          themes
            .map(({ slug, title }) => ({ value: slug, label: title[actor.locale] ?? title.en }))
            .filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(typed.toLowerCase()))
            .slice(0, 25),
        example: 'arms',
      },
      {
        name: 'count',
        names: { en: 'count', ko: '개수', ru: 'число' },
        description: { en: 'How many, 5 by default', ko: '개수 (기본 5)', ru: 'Сколько, обычно 5' },
        type: 'integer',
        min: 1,
        max: 10,
        example: '3',
      },
    ],
    right: 'anyone',
    personal: true,
    examples: ['/news latest', '/news latest hours:72 theme:arms'],
    async run(options, { actor, now, signal }) {
      const words = newsWords(actor.locale);
      const settings = await store.settings.get(actor.scope);
      const wanted = await topicsOf(deps, actor);
      const hours = Number(options.hours ?? 24);
      const digest = await buildDigest(
        {
          destinationId: null,
          scope: actor.scope,
          languages: [actor.locale],
          zone: settings?.zone ?? 'UTC',
          topics: topics.filter(({ slug }) => wanted.includes(slug)),
          themes: options.theme === undefined ? [] : [String(options.theme)],
          length: Number(options.count ?? 5),
          sentences: 2,
          window: { since: now - hours * HOUR, until: now },
          at: now,
          late: false,
        },
        { store, summarizer, signal },
      );
      const stories = digest.sections.flatMap((section) => section.stories);
      if (!stories.length) return say(actor, [text(fill(words.quiet, { a: hours }))]);
      return say(
        actor,
        [
          { kind: 'heading', text: words.latest },
          { kind: 'stories', stories },
        ],
        { shareable: true },
      );
    },
  };
}
