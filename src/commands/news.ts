import { buildDigest } from '../digests/build-digest.ts';
import { fill } from '../locale/labels.ts';
import { newsWords } from '../locale/news-words.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { byNearness, nearest } from '../text/nearest.ts';
import { audienceIn } from './audience.ts';
import type { Actor, Command, Reply } from './command.ts';
import { completeChoices } from './complete-choices.ts';
import { RecentQueries } from './complete-query.ts';
import { hoursOption } from './hours-option.ts';
import { searchCommand } from './news-search.ts';
import { nothingLatest } from './nothing-latest.ts';
import { refuse, say } from './say.ts';
import { type SubscriptionDeps, themeChoices, topicsOf } from './subscription-deps.ts';

const HOUR = 3_600_000;

/** `/news latest|search` */
export function newsCommands(deps: SubscriptionDeps, recent = new RecentQueries()): Command[] {
  return [latestCommand(deps), searchCommand(deps, recent)];
}

/** The strongest stories of the last hours, whatever was shown before. */
function latestCommand(deps: SubscriptionDeps): Command {
  const { store, topics, summarizer } = deps;
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
        complete: async (typed, { actor }) => completeChoices(typed, themeChoices(topics, actor.locale)),
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
      const theme = options.theme === undefined ? null : readTheme(String(options.theme), topics, actor);
      if (theme && typeof theme !== 'string') return theme;
      const scopes = await audienceIn(store, actor);
      const digest = await buildDigest(
        {
          destinationId: null,
          scope: actor.scope,
          scopes,
          languages: [actor.locale],
          zone: settings?.zone ?? 'UTC',
          topics: topics.filter(({ slug }) => wanted.includes(slug)),
          themes: theme === null ? [] : [theme],
          length: Number(options.count ?? 5),
          sentences: 2,
          window: { since: now - hours * HOUR, until: now },
          at: now,
          late: false,
        },
        { store, summarizer, signal },
      );
      const stories = digest.sections.flatMap((section) => section.stories);
      if (!stories.length) {
        const seeker = { store, actor, scopes, topics: wanted, now };
        return say(actor, await nothingLatest(seeker, hours, theme));
      }
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

/** The theme that was typed; a refusal with the nearest and all there are. */
function readTheme(typed: string, topics: SubscriptionDeps['topics'], actor: Actor): string | Reply {
  const choices = themeChoices(topics, actor.locale);
  const known = choices.map(({ value }) => value);
  const lower = typed.toLowerCase();
  const found = choices.find(({ value, label }) => [value, label.toLowerCase()].includes(lower));
  if (found) return found.value;
  const words = scheduleWords(actor.locale);
  const near = nearest(lower, known);
  const action = near && { label: near, call: { path: 'news latest', options: { theme: near } } };
  return refuse(
    actor,
    [
      fill(words.unknownTheme, { a: typed, b: byNearness(lower, known).join(', ') }),
      near === null ? '' : fill(words.didYouMean, { a: near }),
    ],
    action ? [action] : [],
  );
}
