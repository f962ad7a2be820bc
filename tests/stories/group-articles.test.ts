import { describe, expect, test } from 'vitest';
import { crossLanguagePairs } from '../../scripts/cross-language-pairs.ts';
import { outletFromName } from '../../src/model/outlet.ts';
import type { StoryEdit } from '../../src/model/story.ts';
import { createGrouper, type Grouper } from '../../src/stories/group-articles.ts';
import type { GroupedArticle } from '../../src/stories/live-article.ts';

const HOUR = 3_600_000;
const START = Date.parse('2025-06-01T00:00:00Z');

function article(
  id: number,
  title: string,
  more: Partial<{ at: number; text: string; outlet: string }> = {},
): GroupedArticle {
  const at = START + (more.at ?? id) * HOUR;
  const outlet = outletFromName(more.outlet ?? `Sample ${id}`);
  const content = { url: null, title, text: more.text ?? '', language: 'en', published: at, outlet };
  return { id, content, entities: [], ingestedAt: at };
}

/** Carries out what a grouper says, as the store does. */
class Ledger {
  readonly members = new Map<number, { article: GroupedArticle; storyId: number; originId: number }>();
  next = 1;
  assign(grouper: Grouper, given: GroupedArticle): number {
    const { storyId, originId, merged, reattributed } = grouper.assign(given, () => this.next++);
    this.members.set(given.id, { article: given, storyId, originId });
    for (const { from, into } of merged)
      for (const member of this.members.values()) if (member.storyId === from) member.storyId = into;
    for (const member of reattributed) this.members.get(member.articleId)!.originId = member.originId;
    return this.storyOf(given.id);
  }
  storyOf(id: number): number {
    return this.members.get(id)!.storyId;
  }
  restored(): Grouper {
    const grouper = createGrouper();
    for (const { article, storyId, originId } of this.members.values())
      grouper.restore(article, storyId, originId);
    return grouper;
  }
}

/** A stream of eighty invented events, each told several times in other words, over sixteen days. */
function stream(): GroupedArticle[] {
  let seed = 7;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const pick = (words: string[]) => words[Math.floor(random() * words.length)]!;
  const towns = [
    'Rason',
    'Khasan',
    'Nampo',
    'Kursk',
    'Sinuiju',
    'Hamhung',
    'Artem',
    'Ussuriysk',
    'Wonsan',
    'Chita',
  ];
  const things = [
    'bridge',
    'ferry',
    'factory',
    'school',
    'museum',
    'railway',
    'hospital',
    'harbour',
    'orchestra',
    'mine',
  ];
  const acts = [
    'opens',
    'closes',
    'burns',
    'grows',
    'moves',
    'halts work',
    'gets new owner',
    'marks anniversary',
  ];
  const articles: GroupedArticle[] = [];
  for (let event = 0; event < 80; event++) {
    const [town, thing, act] = [pick(towns), pick(things), pick(acts)];
    const count = 10 + Math.floor(random() * 900);
    for (let report = 0; report < 1 + Math.floor(random() * 5); report++)
      articles.push(
        article(
          0,
          `${thing} in ${town} ${act}, ${pick(['officials say', 'agency reports', 'residents say', 'as planned'])}`,
          {
            at: event * 5 + report * 2,
            text: `The ${thing} in ${town} ${act} with ${count} people present. ${pick(['Snow fell.', 'Guests came by train.', 'A band played.', 'No questions were taken.'])}`,
          },
        ),
      );
  }
  articles.sort((a, b) => a.ingestedAt - b.ingestedAt);
  return articles.map((given, i) => ({ ...given, id: i + 1 }));
}

describe('grouping', () => {
  test('joins two tellings of one event and keeps another event apart', () => {
    const ledger = new Ledger();
    const grouper = createGrouper();
    const first = ledger.assign(
      grouper,
      article(1, 'Ferry with 200 tourists runs aground near Rason harbour'),
    );
    expect(ledger.assign(grouper, article(2, 'Tourist ferry runs aground off Rason, 200 aboard'))).toBe(
      first,
    );
    expect(ledger.assign(grouper, article(3, 'New museum of railways opens in Hamhung'))).not.toBe(first);
  });

  test('gives the same stories for the same order', () => {
    const run = () => {
      const ledger = new Ledger();
      const grouper = createGrouper();
      return stream().map((given) => ledger.assign(grouper, given));
    };
    expect(run()).toEqual(run());
  });

  test('continues after a restart at any point as if nothing had happened', () => {
    const articles = stream();
    const whole = new Ledger();
    const grouper = createGrouper();
    for (const given of articles) whole.assign(grouper, given);
    const outcome = (ledger: Ledger) =>
      [...ledger.members.values()].map(({ storyId, originId }) => [storyId, originId]);
    expect(new Set(outcome(whole).map(([story]) => story)).size).toBeGreaterThan(20);
    for (const stop of [1, 17, 60, 111, 150, articles.length - 3]) {
      const ledger = new Ledger();
      let current = createGrouper();
      articles.forEach((given, i) => {
        if (i === stop || i === stop + 2) current = ledger.restored();
        ledger.assign(current, given);
      });
      expect(outcome(ledger)).toEqual(outcome(whole));
    }
  });

  test('forgets what is older than its window', () => {
    const ledger = new Ledger();
    const grouper = createGrouper({ windowMs: 24 * HOUR });
    const first = ledger.assign(
      grouper,
      article(1, 'Ferry with 200 tourists runs aground near Rason harbour'),
    );
    const later = ledger.assign(
      grouper,
      article(2, 'Ferry with 200 tourists runs aground near Rason harbour', { at: 30 }),
    );
    expect(later).not.toBe(first);
    expect(grouper.size()).toEqual({ stories: 1, articles: 1 });
  });

  test('compares a revised article by its new words', () => {
    const ledger = new Ledger();
    const grouper = createGrouper();
    const first = ledger.assign(grouper, article(1, 'Live: press conference in Moscow'));
    grouper.revise(article(1, 'Rocket engine explodes at test stand in Nampo'));
    expect(ledger.assign(grouper, article(2, 'Explosion of rocket engine at Nampo test stand'))).toBe(first);
    grouper.remove(1);
    grouper.remove(2);
    expect(grouper.size()).toEqual({ stories: 0, articles: 0 });
  });

  test('never merges what a person has split', () => {
    const titles = [
      'Ferry aground near Rason harbour',
      'Rescue tug reaches tourists',
      'Ferry aground near Rason harbour, rescue tug reaches tourists',
    ];
    const split: StoryEdit = {
      id: 1,
      kind: 'split',
      storyIds: [1, 2],
      articleIds: [2],
      who: 'cli:a',
      scope: null,
      why: null,
      at: 0,
      undoneAt: null,
    };
    for (const edits of [[split], []]) {
      const grouper = createGrouper({ edits });
      titles.slice(0, 2).forEach((title, i) => void grouper.restore(article(i + 1, title), i + 1, i + 1));
      const { merged } = grouper.assign(article(3, titles[2]!), () => 3);
      if (edits.length) expect(merged).toEqual([]);
    }
  });

  test('meets reports of one event in five languages and parts events of one day', async () => {
    const { articles, pairs } = await crossLanguagePairs();
    const ledger = new Ledger();
    const grouper = createGrouper();
    for (const given of articles) ledger.assign(grouper, given);
    const joined = pairs.filter(
      ({ a, b }) => ledger.storyOf(articles[a]!.id) === ledger.storyOf(articles[b]!.id),
    );
    const right = joined.filter(({ same }) => same).length;
    const positives = pairs.filter(({ same }) => same).length;
    expect((2 * right) / (joined.length + positives)).toBeGreaterThanOrEqual(0.85);
    expect((joined.length - right) / (pairs.length - positives)).toBeLessThanOrEqual(0.07);
  });
});
