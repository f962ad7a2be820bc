import { feedWords } from '../locale/feed-words.ts';
import { fill } from '../locale/labels.ts';
import { maskUrl } from '../model/feed.ts';
import type { Command } from './command.ts';
import { type FeedsDeps, feedName, feedOption, findFeed } from './feeds-deps.ts';
import { refuse, say, text } from './say.ts';
import { defaultSettings } from './tumen-settings.ts';

export function removeFeedCommand({ store }: FeedsDeps): Command {
  return {
    path: ['feeds', 'remove'],
    names: { en: 'remove', ko: '삭제', ru: 'удалить' },
    description: {
      en: 'Stop reading a feed that was added here',
      ko: '여기서 추가한 피드를 더 이상 읽지 않기',
      ru: 'Больше не читать ленту, добавленную здесь',
    },
    options: [feedOption(store)],
    right: 'manage',
    personal: false,
    examples: ['/feeds remove feed:Sample Wire'],
    async run(options, { actor }) {
      const words = feedWords(actor.locale);
      const feed = await findFeed(store, actor.scope, String(options.feed));
      if (!feed) return refuse(actor, [fill(words.noSuchFeed, { a: String(options.feed) })]);
      const name = feedName(feed);
      if (feed.scope !== actor.scope) {
        const call = { path: 'feeds pause', options: { feed: String(feed.id) } };
        return refuse(actor, [words.configured], [{ label: words.state.paused, call }]);
      }
      await store.feeds.remove(feed.id);
      return say(actor, [text(fill(words.removed, { a: name }))], {
        changed: { object: `feed ${name}`, detail: `removed ${maskUrl(feed.url)}` },
      });
    },
  };
}

export function pauseFeedCommand({ store }: FeedsDeps): Command {
  return {
    path: ['feeds', 'pause'],
    names: { en: 'pause', ko: '일시중지', ru: 'пауза' },
    description: {
      en: 'Leave a feed out for this server; again brings it back',
      ko: '이 서버에서 피드 제외. 다시 하면 되돌립니다',
      ru: 'Не показывать ленту на этом сервере; повтор возвращает',
    },
    options: [feedOption(store)],
    right: 'manage',
    personal: false,
    examples: ['/feeds pause feed:Sample Wire'],
    async run(options, { actor }) {
      const words = feedWords(actor.locale);
      const feed = await findFeed(store, actor.scope, String(options.feed));
      if (!feed) return refuse(actor, [fill(words.noSuchFeed, { a: String(options.feed) })]);
      const settings = (await store.settings.get(actor.scope)) ?? defaultSettings(actor.scope, actor.locale);
      const wasPaused = settings.pausedFeeds.includes(feed.id);
      const pausedFeeds = wasPaused
        ? settings.pausedFeeds.filter((id) => id !== feed.id)
        : [...settings.pausedFeeds, feed.id];
      await store.settings.save({ ...settings, pausedFeeds });
      const name = feedName(feed);
      return say(actor, [text(fill(wasPaused ? words.resumed : words.paused, { a: name }))], {
        changed: { object: `feed ${name}`, detail: wasPaused ? 'resumed' : 'paused' },
      });
    },
  };
}
