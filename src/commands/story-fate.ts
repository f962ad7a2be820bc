import { fill, plural } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Source } from '../model/digest.ts';
import type { Store } from '../store/store.ts';
import type { Actor, Block, Reply } from './command.ts';
import { refuse, say, text } from './say.ts';
import type { StoryDeps } from './story-deps.ts';

const DAY = 86_400_000;
/** Deliveries that are searched for the headline of a story that is gone. */
const MOST_READ = 50;

/** What a number that still leads somewhere does not say by itself: that it is part of another story, or muted here. */
export async function fateOf(store: Store, asked: number, { scope, locale }: Actor): Promise<Block[]> {
  const words = storyWords(locale);
  const story = await store.stories.get(asked);
  if (!story) return [];
  const isMutedHere = (await store.stories.mutedFor(scope, [story.id])).length > 0;
  const muted = story.muted ? words.mutedForAll : isMutedHere ? words.mutedHere : null;
  return [
    ...(story.id === asked ? [] : [text(fill(words.nowPartOf, { a: asked, b: story.id }))]),
    ...(muted === null ? [] : [text(fill(muted, { a: story.id }))]),
  ];
}

/** A number that leads nowhere: what it was, where a message here has shown it, and for how long stories are kept. */
export async function missingStory(
  { store, keptMs }: Pick<StoryDeps, 'store' | 'keptMs'>,
  asked: number,
  actor: Actor,
): Promise<Reply> {
  const words = storyWords(actor.locale);
  const shown = await lastShown(store, asked, actor);
  const kept = keptMs === undefined ? '' : plural(actor.locale, words.kept, Math.round(keptMs / DAY));
  if (!shown) return refuse(actor, [fill(words.noStory, { a: asked }), kept]);
  const { source, at } = shown;
  const headline = [
    { strong: source.title },
    ' — ',
    source.url === null ? source.outlet : { link: source.url, text: source.outlet },
    ', ',
    { time: at },
  ];
  return say(
    actor,
    [
      text(`${fill(words.wasShown, { a: asked })} `, ...headline),
      text(words.goneNow),
      ...(kept ? [text(kept)] : []),
    ],
    { failed: true },
  );
}

/** The headline under which a message of the place asked in has shown a story last. */
async function lastShown(
  store: Store,
  storyId: number,
  { platform, channelId, userId }: Actor,
): Promise<{ source: Source; at: number } | null> {
  const here = await store.destinations.find(platform, channelId ?? userId);
  if (!here) return null;
  const deliveries = await store.deliveries.list({ destinationId: here.id, limit: MOST_READ });
  for (const delivery of deliveries) {
    const source = sourceIn(delivery, storyId);
    if (source) return { source, at: delivery.dueAt };
  }
  return null;
}

function sourceIn({ content }: Delivery, storyId: number): Source | null {
  if (content.kind === 'notice') return null;
  const story = content.sections.flatMap(({ stories }) => stories).find((one) => one.storyId === storyId);
  if (story) return story.sources[story.headline.source] ?? null;
  return [...content.alsoNoted, ...content.alerted].find((one) => one.storyId === storyId)?.source ?? null;
}
