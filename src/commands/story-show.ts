import { buildStoryDigest } from '../digests/build-digest.ts';
import type { VisibleStory } from '../digests/collect-stories.ts';
import { fill, labelsOf, plural } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import type { Source } from '../model/digest.ts';
import { countOrigins, type StoryReport } from '../stories/story-report.ts';
import { audienceIn } from './audience.ts';
import type { Actor, Block, Command, Inline } from './command.ts';
import { say, text } from './say.ts';
import { STORY, type StoryDeps, visibleStory } from './story-deps.ts';
import { fateOf, missingStory } from './story-fate.ts';
import { topicsOf } from './subscription-deps.ts';

/** Reports that one answer lists. */
const LISTED = 25;

/** The story as an alert would bring it now. */
export function showStoryCommand(deps: StoryDeps): Command {
  return {
    path: ['story', 'show'],
    names: { en: 'show', ko: '보기', ru: 'показать' },
    description: { en: 'What is known of a story', ko: '소식의 내용을 봅니다', ru: 'Что известно о сюжете' },
    options: [STORY],
    right: 'anyone',
    personal: true,
    examples: ['/story show story:128'],
    async run(options, { actor, now, signal }) {
      const { store, summarizer } = deps;
      const settings = await store.settings.get(actor.scope);
      const slugs = await topicsOf(deps, actor);
      const digest = await buildStoryDigest(
        Number(options.story),
        {
          destinationId: null,
          scope: actor.scope,
          scopes: await audienceIn(store, actor),
          languages: [settings?.locale ?? actor.locale],
          zone: settings?.zone ?? 'UTC',
          topics: deps.topics.filter((topic) => slugs.includes(topic.slug)),
          sentences: 3,
          window: { since: 0, until: now },
          at: now,
          late: false,
          matches: [],
          anyTopic: true,
        },
        { store, summarizer, signal },
      );
      const stories = digest?.sections.flatMap((section) => section.stories) ?? [];
      if (!stories.length) return missingStory(deps, Number(options.story), actor);
      const fate = await fateOf(store, Number(options.story), actor);
      return say(actor, [...fate, { kind: 'stories', stories }], { shareable: true });
    },
  };
}

/** Report by report, in the order in which they came. */
export function timelineCommand(deps: StoryDeps): Command {
  return {
    path: ['story', 'timeline'],
    names: { en: 'timeline', ko: '경과', ru: 'хроника' },
    description: {
      en: 'How a story went, report by report',
      ko: '소식의 경과를 보도순으로',
      ru: 'Ход сюжета по сообщениям',
    },
    options: [STORY],
    right: 'anyone',
    personal: true,
    examples: ['/story timeline story:128'],
    async run(options, context) {
      const { actor } = context;
      const story = await visibleStory(deps, Number(options.story), context);
      if (!story) return missingStory(deps, Number(options.story), actor);
      const fate = await fateOf(deps.store, Number(options.story), actor);
      return say(actor, [...fate, ...timelineOf(story, actor)], { shareable: true });
    },
  };
}

/** The first report of each origin, with its outlet and link. */
export function sourcesCommand(deps: StoryDeps): Command {
  return {
    path: ['story', 'sources'],
    names: { en: 'sources', ko: '출처', ru: 'источники' },
    description: {
      en: 'Who reported a story first-hand',
      ko: '소식을 처음 보도한 곳',
      ru: 'Кто сообщил о сюжете сам',
    },
    options: [STORY],
    right: 'anyone',
    personal: true,
    examples: ['/story sources story:128'],
    async run(options, context) {
      const { actor } = context;
      const story = await visibleStory(deps, Number(options.story), context);
      if (!story) return missingStory(deps, Number(options.story), actor);
      const firsts = [...Map.groupBy(story.reports, (report) => report.originId).values()].map(
        ([first]) => first!,
      );
      const heading: Block = {
        kind: 'heading',
        text: fill(storyWords(actor.locale).sources, { a: story.storyId }),
      };
      const sources = firsts.slice(0, LISTED).map(sourceOf);
      const fate = await fateOf(deps.store, Number(options.story), actor);
      const blocks: Block[] = [heading, text(countsOf(story, actor)), { kind: 'sources', sources }];
      return say(actor, [...fate, ...blocks], { shareable: true });
    },
  };
}

function countsOf({ reports }: VisibleStory, { locale }: Actor): string {
  const labels = labelsOf(locale);
  return `${plural(locale, labels.reports, reports.length)} · ${plural(locale, labels.origins, countOrigins(reports))}`;
}

function timelineOf(story: VisibleStory, actor: Actor): Block[] {
  const words = storyWords(actor.locale);
  const byId = new Map(story.reports.map((report) => [report.articleId, report]));
  const items = story.reports.slice(-LISTED).map((report) => {
    const origin = byId.get(report.originId);
    const note =
      report.originId === report.articleId || !origin
        ? words.firstReport
        : fill(words.repeats, { a: origin.outlet.name });
    const state = report.outlet.stateMedia ? ` (${words.stateMedia})` : '';
    const title: Inline = report.url ? { link: report.url, text: report.title } : report.title;
    return {
      text: [
        { time: report.joinedAt },
        ` #${report.articleId} `,
        title,
        ` — ${report.outlet.name}${state}, ${note}`,
      ],
    };
  });
  return [
    { kind: 'heading', text: fill(words.timeline, { a: story.storyId }) },
    text(countsOf(story, actor)),
    { kind: 'list', items },
  ];
}

function sourceOf(report: StoryReport): Source {
  const { articleId, revision, outlet, url, title, language, published } = report;
  return {
    articleId,
    revision,
    outlet: outlet.name,
    stateMedia: outlet.stateMedia,
    paywalled: outlet.paywalled,
    url,
    title,
    language,
    published,
  };
}
