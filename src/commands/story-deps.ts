import { collectStories, type VisibleStory } from '../digests/collect-stories.ts';
import { audienceIn } from './audience.ts';
import type { CommandContext, OptionSpec } from './command.ts';
import { type SubscriptionDeps, topicsOf } from './subscription-deps.ts';

/** What `/story` stands on. */
export interface StoryDeps extends SubscriptionDeps {
  /** How long articles are kept, ms. */
  keptMs?: number;
}

/** A story as those who ask may see it, whatever its age; null where they see nothing of it. */
export async function visibleStory(
  deps: StoryDeps,
  id: number,
  { actor, now }: Pick<CommandContext, 'actor' | 'now'>,
): Promise<VisibleStory | null> {
  const topics = await topicsOf(deps, actor);
  const [story] = await collectStories(deps.store, [id], {
    scope: actor.scope,
    scopes: await audienceIn(deps.store, actor),
    topics,
    until: now,
    anyTopic: true,
  });
  return story ?? null;
}

/** The option that names a story: its number stands in the line under it, a message shortcut fills it in. */
export const storyOption = (name: string, description: OptionSpec['description']): OptionSpec => ({
  name,
  names: STORY_NAMES[name],
  description,
  type: 'integer',
  required: true,
  min: 1,
  example: '128',
});

const STORY_NAMES: Record<string, OptionSpec['names']> = {
  story: { en: 'story', ko: '소식', ru: 'сюжет' },
  into: { en: 'into', ko: '대상', ru: 'куда' },
};

export const STORY = storyOption('story', {
  en: 'Its number in the digest',
  ko: '다이제스트에 표시된 번호',
  ru: 'Его номер в сводке',
});

export const WHY: OptionSpec = {
  name: 'why',
  names: { en: 'why', ko: '이유', ru: 'почему' },
  description: { en: 'Why, for the record', ko: '기록으로 남길 이유', ru: 'Почему, для записи' },
  type: 'string',
  maxLength: 200,
  example: 'same visit',
  rest: true,
};
