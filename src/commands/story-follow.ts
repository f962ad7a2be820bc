import { fill } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import { followStory } from '../subscriptions/manage-subscriptions.ts';
import type { Command } from './command.ts';
import { refuse, say, text } from './say.ts';
import { STORY, type StoryDeps, visibleStory } from './story-deps.ts';
import { ownMessages } from './subscription-deps.ts';

/** Tells a person by direct message when one story changes; also a shortcut on the message that shows it. */
export function followCommand(deps: StoryDeps): Command {
  const { store } = deps;
  return {
    path: ['story', 'follow'],
    names: { en: 'follow', ko: '팔로우', ru: 'следить' },
    description: {
      en: 'Be told when a story changes',
      ko: '소식이 바뀌면 알림 받기',
      ru: 'Узнать, когда сюжет изменится',
    },
    options: [STORY],
    right: 'anyone',
    changes: true,
    personal: true,
    shortcut: { en: 'Follow this story', ko: '이 소식 팔로우', ru: 'Следить за сюжетом' },
    examples: ['/story follow story:128'],
    async run(options, context) {
      const { actor, now } = context;
      const words = storyWords(actor.locale);
      const story = await visibleStory(deps, Number(options.story), context);
      if (!story) return refuse(actor, [fill(words.noStory, { a: String(options.story) })]);
      const { id: destinationId, zone } = await ownMessages(store, actor);
      const { storyId } = story;
      await followStory(
        store,
        { scope: actor.scope, owner: actor.userId, destinationId, zone, storyId },
        now,
      );
      const unfollow = {
        label: words.unfollow,
        call: { path: 'story unfollow', options: { story: storyId } },
      };
      return say(
        actor,
        [text(fill(words.following, { a: storyId })), { kind: 'actions', actions: [unfollow] }],
        {
          changed: { object: `story ${storyId}`, detail: 'followed' },
        },
      );
    },
  };
}

export function unfollowCommand({ store }: StoryDeps): Command {
  return {
    path: ['story', 'unfollow'],
    names: { en: 'unfollow', ko: '팔로우취소', ru: 'не-следить' },
    description: {
      en: 'No longer follow a story',
      ko: '소식 팔로우 취소',
      ru: 'Больше не следить за сюжетом',
    },
    options: [STORY],
    right: 'anyone',
    changes: true,
    personal: true,
    examples: ['/story unfollow story:128'],
    async run(options, { actor }) {
      const words = storyWords(actor.locale);
      const asked = Number(options.story);
      // A followed story may have become part of another since.
      const root = (await store.stories.get(asked))?.id;
      const own = await store.subscriptions.list({ scope: actor.scope, owner: actor.userId });
      const followed = own.filter(
        ({ storyId }) => storyId !== null && (storyId === asked || storyId === root),
      );
      if (!followed.length) return refuse(actor, [fill(words.notFollowing, { a: asked })]);
      for (const { id } of followed) await store.subscriptions.remove(id);
      return say(actor, [text(fill(words.unfollowed, { a: asked }))], {
        changed: { object: `story ${asked}`, detail: 'unfollowed' },
      });
    },
  };
}
