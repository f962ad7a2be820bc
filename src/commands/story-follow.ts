import type { VisibleStory } from '../digests/collect-stories.ts';
import { fill } from '../locale/labels.ts';
import { storyWords } from '../locale/story-words.ts';
import type { Scope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { followStory } from '../subscriptions/manage-subscriptions.ts';
import type { Actor, Command, CommandContext, Completion } from './command.ts';
import { completeChoices } from './complete-choices.ts';
import { refuse, say, text } from './say.ts';
import { STORY, type StoryDeps, visibleStory } from './story-deps.ts';
import { fateOf, missingStory } from './story-fate.ts';
import { everySubscription, ownMessages } from './subscription-deps.ts';

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
      if (!story) return missingStory(deps, Number(options.story), actor);
      const { id: destinationId, zone } = await ownMessages(store, actor);
      const { storyId } = story;
      await followStory(
        store,
        { scope: scopeOf(story, actor), owner: actor.userId, destinationId, zone, storyId },
        now,
      );
      const unfollow = {
        label: words.unfollow,
        call: { path: 'story unfollow', options: { story: storyId } },
      };
      return say(
        actor,
        [
          ...(await fateOf(store, Number(options.story), actor)),
          text(fill(words.following, { a: storyId })),
          { kind: 'actions', actions: [unfollow] },
        ],
        {
          changed: { object: `story ${storyId}`, detail: 'followed', own: true },
        },
      );
    },
  };
}

/** Asked in a direct message, a story that only one server's feeds carry is followed as that server's reader. */
function scopeOf({ articles }: VisibleStory, { scope }: Actor): Scope {
  const seen = [...articles.values()].flatMap((article) => article.scopes);
  return seen.some((one) => one === 'instance' || one === scope) ? scope : (seen[0] ?? scope);
}

/** The stories this person follows, by headline. */
async function completeFollowed(
  store: Store,
  typed: string,
  { actor }: CommandContext,
): Promise<Completion[]> {
  const ids = (await everySubscription(store, actor)).flatMap(({ storyId }) => storyId ?? []);
  const stories = await store.stories.getMany(ids);
  const leads = stories.flatMap(({ id, members }) =>
    members[0] ? [{ id, lead: members[0].articleId }] : [],
  );
  const titles = new Map(
    (await store.articles.getMany(leads.map(({ lead }) => lead))).map(({ id, title }) => [id, title]),
  );
  return completeChoices(
    typed,
    leads.map(({ id, lead }) => ({ value: String(id), label: `${id} · ${titles.get(lead) ?? ''}` })),
  );
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
    options: [{ ...STORY, complete: (typed, context) => completeFollowed(store, typed, context) }],
    right: 'anyone',
    changes: true,
    personal: true,
    examples: ['/story unfollow story:128'],
    async run(options, { actor }) {
      const words = storyWords(actor.locale);
      const asked = Number(options.story);
      // A followed story may have become part of another since.
      const root = (await store.stories.get(asked))?.id;
      const own = await everySubscription(store, actor);
      const followed = own.filter(
        ({ storyId }) => storyId !== null && (storyId === asked || storyId === root),
      );
      if (!followed.length) return refuse(actor, [fill(words.notFollowing, { a: asked })]);
      for (const { id } of followed) await store.subscriptions.remove(id);
      return say(actor, [text(fill(words.unfollowed, { a: asked }))], {
        changed: { object: `story ${asked}`, detail: 'unfollowed', own: true },
      });
    },
  };
}
