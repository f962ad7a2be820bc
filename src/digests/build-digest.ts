import { setImmediate as nextTurn } from 'node:timers/promises';
import { localeOf } from '../locale/labels.ts';
import type { Shown } from '../model/delivery.ts';
import type {
  Digest,
  DigestSection,
  DigestStory,
  LeftOut,
  Locale,
  NotedStory,
  StoryMemory,
} from '../model/digest.ts';
import { audienceOf, type Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { rankStories } from '../stories/rank-stories.ts';
import { storyChanges } from '../stories/story-changes.ts';
import type { Summarizer } from '../summaries/summarizer.ts';
import { chooseHeadline } from './choose-headline.ts';
import { collectActive, collectStories, type VisibleStory } from './collect-stories.ts';
import { composeStory, kindOf, rememberStory } from './compose-story.ts';
import { coverageOf } from './coverage.ts';

/** The part of a topic that a digest words. */
export interface TopicHeading {
  slug: string;
  title: Title;
  themes: { slug: string; title: Title }[];
}

/** English always, our other locales where the topic has them. */
type Title = { en: string } & Partial<Record<Locale, string>>;

export interface DigestRequest {
  /** Null for a digest posted nowhere: nothing was shown before. */
  destinationId: number | null;
  scope: Scope;
  /** Whose articles it is made of; those of `scope` and the instance's where it is left out. */
  scopes?: readonly Scope[];
  languages: string[];
  zone: string;
  topics: TopicHeading[];
  /** Theme slugs wanted; empty means all. */
  themes: string[];
  /** Most stories in sections. */
  length: number;
  /** Most sentences for each. */
  sentences: number;
  /** Ingest times `(since, until]`, ms UTC. */
  window: { since: number; until: number };
  /** The slot's due moment. */
  at: number;
  late: boolean;
  /** Stories that another delivery is bringing to this destination: not told beside it. */
  waiting?: ReadonlySet<number>;
}

export interface DigestParts {
  store: Store;
  summarizer: Summarizer;
  signal?: AbortSignal;
  /** Called between stories: one takes a while to compose, and people wait for the same thread. */
  giveWay?: () => Promise<void>;
}

/** One-line entries beyond the sections. */
const MOST_NOTED = 8;

/** The digest for one slot, from what the store holds: read-only, and the same for the same store and request. */
export async function buildDigest(request: DigestRequest, parts: DigestParts): Promise<Digest> {
  const { store, giveWay = nextTurn } = parts;
  const scopes = [...(request.scopes ?? audienceOf(request.scope))];
  const active = await collectActive(store, {
    scope: request.scope,
    scopes,
    topics: request.topics.map((topic) => topic.slug),
    ...request.window,
  });
  const shownBefore = await loadShown(store, request.destinationId, active);
  const leftOut: LeftOut[] = [];
  /** What is posted nowhere is shown to nobody. */
  const isRemembered = request.destinationId !== null;
  const memory: StoryMemory[] = [];
  const notes = new Set<string>();

  const candidates = active.flatMap((story) => {
    const shown = shownBefore.get(story.storyId) ?? null;
    const reason = request.waiting?.has(story.storyId) ? 'waiting' : whyNot(story, shown, request.themes);
    if (reason) {
      leftOut.push({ storyId: story.storyId, reason });
      return [];
    }
    return [{ story, shown, ...storyChanges(shown, story.reports) }];
  });
  const alerted: NotedStory[] = [];
  const news = candidates.filter(({ story, shown, badge }) => {
    if (badge !== 'UNCHANGED') return true;
    // An alert or an update has told it since: one line says so.
    const isTold = shown !== null && shown.via !== 'digest' && shown.at > request.window.since;
    if (isTold) alerted.push(noteStory(story, request.languages));
    else leftOut.push({ storyId: story.storyId, reason: 'unchanged' });
    return false;
  });

  const order = new Map(
    rankStories(
      news.map(({ story }) => story),
      request.window.until,
    ).map(({ storyId }, place) => [storyId, place]),
  );
  news.sort((a, b) => order.get(a.story.storyId)! - order.get(b.story.storyId)!);
  const isMain = ({ story }: (typeof news)[number]) =>
    !['opinion', 'roundup'].includes(kindOf(story.reports));
  const main = news.filter(isMain).slice(0, request.length);
  const rest = news.filter((entry) => !main.includes(entry));

  const composed: { topic: string; story: DigestStory }[] = [];
  for (const { story, shown, badge, changes } of main) {
    await giveWay();
    const made = await composeStory(
      {
        story,
        badge: badge as DigestStory['badge'],
        changes,
        shown,
        languages: request.languages,
        sentences: request.sentences,
        now: request.at,
      },
      parts.summarizer,
      parts.signal,
    );
    composed.push({ topic: story.topic, story: made.story });
    if (isRemembered) memory.push(rememberStory(story, shown, made.said));
    if (made.method !== 'extractive') notes.add(made.method);
  }
  const noted = rest.slice(0, MOST_NOTED);
  if (isRemembered) for (const { story, shown } of noted) memory.push(rememberStory(story, shown, []));
  rest.slice(MOST_NOTED).forEach(({ story }, i) => {
    const detail = `${main.length + MOST_NOTED + i + 1} of ${news.length}`;
    leftOut.push({ storyId: story.storyId, reason: 'outranked', detail });
  });

  const paused = (await store.settings.get(request.scope))?.pausedFeeds ?? [];
  const feeds = (await store.feeds.list(scopes)).filter((feed) => !paused.includes(feed.id));
  return {
    ...frame(request),
    kind: 'digest',
    coverage: {
      ...coverageOf(feeds, request.window.since),
      articles: await store.articles.count(request.window.since, request.window.until, scopes),
      stories: composed.length + noted.length,
    },
    sections: groupByTheme(composed, request),
    alsoNoted: noted.map(({ story }) => noteStory(story, request.languages)),
    alerted,
    notes: [...notes],
    memory,
    leftOut,
  };
}

/** A digest of one story, for an alert or an answer; null where the audience sees nothing of it. */
export async function buildStoryDigest(
  storyId: number,
  request: Omit<DigestRequest, 'themes' | 'length'> &
    Pick<Digest, 'matches'> & {
      /** Also what is relevant to no topic: for subscriptions with `topic:any`. */
      anyTopic?: boolean;
    },
  parts: DigestParts,
): Promise<Digest | null> {
  const { store } = parts;
  const topics = request.topics.map((topic) => topic.slug);
  const [story] = await collectStories(store, [storyId], {
    scope: request.scope,
    scopes: request.scopes,
    topics,
    until: request.window.until,
    anyTopic: request.anyTopic,
  });
  if (!story) return null;
  const shown = (await loadShown(store, request.destinationId, [story])).get(story.storyId) ?? null;
  const { badge, changes } = storyChanges(shown, story.reports);
  const { languages, sentences, at } = request;
  const made = await composeStory(
    { story, badge: badge === 'UNCHANGED' ? 'NEW' : badge, changes, shown, languages, sentences, now: at },
    parts.summarizer,
    parts.signal,
  );
  return {
    ...frame(request),
    kind: 'alert',
    coverage: { ...coverageOf([], 0), articles: story.reports.length, stories: 1 },
    sections: groupByTheme([{ topic: story.topic, story: made.story }], request),
    alsoNoted: [],
    alerted: [],
    matches: request.matches,
    notes: made.method === 'extractive' ? [] : [made.method],
    memory: request.destinationId === null ? [] : [rememberStory(story, shown, made.said)],
    leftOut: [],
  };
}

function frame(request: Omit<DigestRequest, 'themes' | 'length'>) {
  const [first] = request.topics;
  const locale = localeOf(request.languages);
  return {
    topic: {
      slug: first?.slug ?? '',
      title: request.topics.map(({ title }) => title[locale] ?? title.en).join(' · '),
    },
    locale,
    zone: request.zone,
    at: request.at,
    window: request.window,
    late: request.late,
    matches: [],
  };
}

async function loadShown(
  store: Store,
  destinationId: number | null,
  stories: VisibleStory[],
): Promise<Map<number, Shown>> {
  if (destinationId === null || !stories.length) return new Map();
  const rows = await store.deliveries.shown(
    destinationId,
    stories.map((story) => story.storyId),
  );
  return new Map(rows.map((row) => [row.storyId, row]));
}

function whyNot(story: VisibleStory, shown: Shown | null, themes: string[]): LeftOut['reason'] | null {
  if (story.muted) return 'muted';
  // What was shown and then edited by its source is news, however long ago it joined.
  if (!story.fresh && !shown) return 'too-old';
  if (themes.length && !story.themes.some((theme) => themes.includes(theme))) return 'theme';
  return null;
}

function noteStory(story: VisibleStory, languages: string[]): NotedStory {
  const report = chooseHeadline(story.reports, languages, null);
  const { id, revision, outlet, url, title, language, published } = story.articles.get(report.articleId)!;
  return {
    storyId: story.storyId,
    storyRevision: story.revision,
    kind: kindOf(story.reports),
    headline: { text: title, source: 0, language, in: 'title', start: 0, end: title.length },
    source: {
      articleId: id,
      revision,
      outlet: outlet.name,
      stateMedia: outlet.stateMedia,
      paywalled: outlet.paywalled,
      url,
      title,
      language,
      published,
    },
  };
}

/** Sections in the order in which their best story ranks; a story stands under its strongest theme that the topic knows. */
function groupByTheme(
  stories: { topic: string; story: DigestStory }[],
  { topics, languages }: Pick<DigestRequest, 'topics' | 'languages'>,
): DigestSection[] {
  const locale = localeOf(languages);
  const sections = new Map<string, DigestSection>();
  for (const { topic, story } of stories) {
    const heading = topics.find((t) => t.slug === topic)!;
    const theme = story.themes
      .map((slug) => heading.themes.find((t) => t.slug === slug))
      .find((t) => t !== undefined);
    const { slug, title } = theme ?? heading;
    const key = `${topic} ${slug}`;
    const section = sections.get(key);
    if (section) section.stories.push(story);
    else sections.set(key, { theme: { slug, title: title[locale] ?? title.en }, stories: [story] });
  }
  return [...sections.values()];
}
