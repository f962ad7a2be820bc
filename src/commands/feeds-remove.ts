import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { type Feed, maskUrl } from '../model/feed.ts';
import type { Store } from '../store/store.ts';
import type { Action, Actor, Command, Localized, Reply } from './command.ts';
import { type FeedsDeps, feedName, feedOption, findFeed, noSuchFeed } from './feeds-deps.ts';
import { say, text } from './say.ts';
import { defaultSettings } from './tumen-settings.ts';

/** A feed that was added here is read no more; one that serves everybody is left out here alone. */
export function removeFeedCommand({ store }: FeedsDeps): Command {
  return {
    path: ['feeds', 'remove'],
    names: { en: 'remove', ko: '삭제', ru: 'удалить' },
    description: {
      en: 'Stop reading a feed added here; leave any other out here',
      ko: '여기서 추가한 피드는 읽기 중단, 공용 피드는 여기서 제외',
      ru: 'Не читать ленту, добавленную здесь; общую здесь не показывать',
    },
    options: [feedOption(store)],
    right: 'manage',
    personal: false,
    examples: ['/feeds remove feed:Sample Wire'],
    async run(options, { actor }) {
      const words = feedWords(actor.locale);
      const feed = await findFeed(store, actor.scope, String(options.feed));
      if (!feed) return noSuchFeed(store, actor, String(options.feed));
      const name = feedName(feed);
      if (feed.scope !== actor.scope) return setPaused(store, feed, true, actor, words.configured);
      await store.feeds.remove(feed.id);
      return say(actor, [text(fill(words.removed, { a: name }))], {
        changed: { object: `feed ${name}`, detail: `removed ${maskUrl(feed.url)}` },
      });
    },
  };
}

export function pauseFeedCommand({ store }: FeedsDeps): Command {
  return pausing(
    store,
    'pause',
    { en: 'pause', ko: '일시중지', ru: 'пауза' },
    {
      en: 'Leave a feed out here',
      ko: '여기서 피드 제외',
      ru: 'Не показывать ленту здесь',
    },
  );
}

export function resumeFeedCommand({ store }: FeedsDeps): Command {
  return pausing(
    store,
    'resume',
    { en: 'resume', ko: '재개', ru: 'возобновить' },
    {
      en: 'Show a feed that was paused here again',
      ko: '여기서 일시 중지한 피드를 다시 표시',
      ru: 'Снова показывать ленту, приостановленную здесь',
    },
  );
}

function pausing(store: Store, verb: 'pause' | 'resume', names: Localized, description: Localized): Command {
  const isPause = verb === 'pause';
  return {
    path: ['feeds', verb],
    names,
    description,
    options: [
      feedOption(store, async ({ actor }) => {
        const paused = (await store.settings.get(actor.scope))?.pausedFeeds ?? [];
        return ({ id }) => paused.includes(id) !== isPause;
      }),
    ],
    right: 'manage',
    personal: false,
    examples: [`/feeds ${verb} feed:Sample Wire`],
    async run(options, { actor }) {
      const feed = await findFeed(store, actor.scope, String(options.feed));
      if (!feed) return noSuchFeed(store, actor, String(options.feed));
      return setPaused(store, feed, isPause, actor);
    },
  };
}

/** Says how it stands, with the button for the other way round; twice the same changes nothing more. */
async function setPaused(
  store: Store,
  feed: Feed,
  paused: boolean,
  actor: Actor,
  why?: string,
): Promise<Reply> {
  const words = feedWords(actor.locale);
  const settings = (await store.settings.get(actor.scope)) ?? defaultSettings(actor.scope, actor.locale);
  const before = settings.pausedFeeds.includes(feed.id);
  const others = settings.pausedFeeds.filter((id) => id !== feed.id);
  if (before !== paused)
    await store.settings.save({ ...settings, pausedFeeds: paused ? [...others, feed.id] : others });
  const name = feedName(feed);
  const said = paused
    ? before
      ? words.pausedAlready
      : words.paused
    : before
      ? words.resumed
      : words.notPaused;
  const back: Action = {
    label: paused ? words.resume : words.pause,
    call: { path: paused ? 'feeds resume' : 'feeds pause', options: { feed: String(feed.id) } },
  };
  return say(
    actor,
    [
      ...(why === undefined ? [] : [text(why)]),
      text(fill(said, { a: name })),
      { kind: 'actions', actions: [back] },
    ],
    before === paused ? {} : { changed: { object: `feed ${name}`, detail: paused ? 'paused' : 'resumed' } },
  );
}
