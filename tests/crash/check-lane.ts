import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { ChatServer } from '../fakes/chat-server.ts';
import type { FeedSource } from './feed-source.ts';

/** What a lane's channels and database say once everything has come to rest. */
export interface Damage {
  lost: number;
  doubled: number;
  uncertain: number;
  /** Uncertain where the history can be read, or recorded as something that does not stand there. */
  wrongly: number;
  words: string[];
}

/** Compares what the feed published, what is on record and what stands in the channels. */
export async function checkLane(
  database: string,
  chat: ChatServer,
  feed: FeedSource,
  denied: string[],
): Promise<Damage> {
  const damage: Damage = { lost: 0, doubled: 0, uncertain: 0, wrongly: 0, words: [] };
  const say = (kind: 'lost' | 'doubled' | 'wrongly', words: string) => {
    damage[kind]++;
    damage.words.push(`${kind}: ${words}`);
  };
  const store = await openStore({ file: database });
  const stories = await checkArticles(store, feed, say);
  for (const destination of await store.destinations.list()) {
    const channel = destination.target;
    const isDenied = denied.includes(channel);
    const news = new Map<number, number>();
    for (const { id } of await store.deliveries.list({ destinationId: destination.id, limit: 1_000_000 })) {
      const delivery = (await store.deliveries.get(id))!;
      if (delivery.state === 'skipped') {
        if (delivery.parts.some((part) => stand(channel, part.marker).length))
          say('wrongly', `${delivery.key} was skipped and stands there`);
        continue;
      }
      if (delivery.content.kind !== 'notice')
        for (const section of delivery.content.sections)
          for (const story of section.stories)
            if (story.badge === 'NEW') news.set(story.storyId, (news.get(story.storyId) ?? 0) + 1);
      for (const part of delivery.parts) {
        const standing = stand(channel, part.marker);
        const where = `part ${part.index} of ${delivery.key} in ${channel}, ${part.state}, stands ${standing.length} times`;
        if (standing.length > 1) say('doubled', where);
        if (part.state === 'uncertain') {
          damage.uncertain++;
          if (!isDenied) say('wrongly', where);
        } else if (standing.length === 0) say('lost', where);
        else if (part.state !== 'sent' || !standing.some((message) => message.id === part.messageId))
          say('wrongly', where);
      }
    }
    for (const [story, times] of news)
      if (times > 1) say('doubled', `story ${story} is new ${times} times in ${channel}`);
    const shown = new Set(
      (await store.deliveries.shown(destination.id, [...stories])).map((row) => row.storyId),
    );
    for (const story of stories)
      if (!isDenied && !shown.has(story)) say('lost', `story ${story} was never shown in ${channel}`);
  }
  await store.close();
  return damage;

  function stand(channel: string, marker: string) {
    return chat.messages(channel).filter((message) => carries(message.body, marker));
  }
}

/** Each item is one article, each article in one story. @returns the stories */
async function checkArticles(
  store: Store,
  feed: FeedSource,
  say: (kind: 'lost' | 'doubled' | 'wrongly', words: string) => void,
): Promise<Set<number>> {
  const stories = new Set<number>();
  const articles = Map.groupBy(await store.articles.since(0, 1_000_000), (article) => article.url);
  for (const link of feed.links()) {
    const [article, ...more] = articles.get(link) ?? [];
    if (!article) say('lost', `${link} was not stored`);
    if (more.length) say('doubled', `${link} was stored ${more.length + 1} times`);
    const story = article && (await store.stories.ofArticle(article.id));
    if (article && !story) say('lost', `${link} is in no story`);
    // A story that was merged since was shown, if at all, as what it has become.
    if (story) stories.add((await store.stories.get(story.id))?.id ?? story.id);
  }
  return stories;
}

/** The marker ends where its string ends: `…:1` does not stand in `…:10`. */
function carries(body: string, marker: string): boolean {
  return body.includes(`${marker}"`) || body.includes(`${marker}\\"`);
}
