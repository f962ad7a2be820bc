import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewArticle } from '../../src/model/article.ts';
import type { Part, Shown } from '../../src/model/delivery.ts';
import { FenceError } from '../../src/model/errors.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Outlet } from '../../src/model/outlet.ts';
import type { Destination, Schedule } from '../../src/model/schedule.ts';
import type { Scope } from '../../src/model/scope.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Verdict } from '../../src/model/topic.ts';
import type { Store } from '../../src/store/store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2024-06-19T00:00Z, the day of our samples. */
const T0 = 1_718_755_200_000;
const GUILD: Scope = 'discord:100';
const TEAM: Scope = 'slack:T200';

/** Every database passes this. @param open an empty store of the database under test */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const addOutlet = (slug = 'sample-wire'): Promise<Outlet> =>
      store.outlets.save({
        slug,
        name: 'Sample Wire',
        domain: 'wire.example',
        country: 'KR',
        language: 'en',
        tier: 1,
        stateMedia: false,
        paywalled: true,
      });

    const addFeed = async (
      url = 'https://wire.example/rss',
      scope: Scope = 'instance',
      more: Partial<Feed> = {},
    ) => {
      const outlet = await addOutlet();
      const added = await store.feeds.add({
        url,
        scope,
        outletId: outlet.id,
        title: null,
        language: 'en',
        fullText: 'never',
        nextPollAt: T0,
        ...more,
      });
      return added.feed;
    };

    const entry = (key: string, more: Partial<NewArticle> = {}): NewArticle => ({
      identity: `url:https://wire.example/${key}`,
      url: `https://wire.example/${key}`,
      guid: `guid-${key}`,
      outletId: 1,
      title: `Title of ${key}`,
      text: `Text of ${key}.`,
      language: 'en',
      published: T0,
      firstSeen: T0,
      backfill: false,
      authors: ['A. Writer'],
      categories: ['World'],
      thumbnail: null,
      ...more,
    });

    const addArticles = async (feed: Feed, keys: string[], now = T0) => {
      const results = await store.articles.ingest(
        feed.id,
        keys.map((key) => entry(key)),
        now,
      );
      return results.map(({ article }) => article!);
    };

    const addStory = async (articleIds: number[], at = T0) => {
      const id = await store.stories.nextId();
      await store.stories.create({ id, at });
      for (const articleId of articleIds)
        await store.stories.join(
          { storyId: id, articleId, originId: articleIds[0]!, joinedAt: at },
          'engine',
        );
      return id;
    };

    const addDestination = (target = 'channel-1', more: Partial<Destination> = {}) =>
      store.destinations.save({
        platform: 'discord',
        scope: GUILD,
        kind: 'text',
        target,
        name: '#news',
        languages: ['en', 'ko'],
        zone: 'Asia/Seoul',
        silent: false,
        crosspost: true,
        tags: ['tag-1'],
        setUpBy: 'person-1',
        ...more,
      });

    const addSchedule = (destinationId: number, more: Partial<Schedule> = {}) =>
      store.schedules.add({
        destinationId,
        times: ['08:00', '18:30'],
        zone: 'Asia/Seoul',
        days: [1, 2, 3, 4, 5],
        topics: ['russia-north-korea'],
        themes: [],
        length: 10,
        sentences: 2,
        quietDay: 'line',
        updates: 'digest',
        paused: false,
        createdAt: T0,
        slotsUntil: T0,
        ...more,
      });

    const notice = { kind: 'notice' as const, code: 'test', title: 'Title', text: 'Text' };

    const addDelivery = async (
      destinationId: number,
      key: string,
      more: Partial<Parameters<Store['deliveries']['create']>[0]> = {},
      parts: Pick<Part, 'index' | 'action' | 'marker' | 'stories'>[] = [
        {
          index: 0,
          action: { kind: 'message', payload: { content: 'one' } },
          marker: `${key}-0`,
          stories: [],
        },
      ],
    ) =>
      store.deliveries.create(
        {
          kind: 'digest',
          destinationId,
          scheduleId: null,
          slotId: null,
          key,
          dueAt: T0,
          expiresAt: T0 + 3 * HOUR,
          content: notice,
          cutoff: T0,
          createdAt: T0,
          ...more,
        },
        parts,
      );

    const claimOne = async (now = T0, owner = 'a', leaseMs = 60_000) => {
      const [delivery] = await store.deliveries.claimDue(now, owner, leaseMs, 1, 'discord');
      return delivery!;
    };

    const showing = (destinationId: number, storyId: number, more: Partial<Shown> = {}): Shown => ({
      destinationId,
      storyId,
      storyRevision: 1,
      at: T0,
      via: 'digest',
      articles: [{ id: 1, revision: 1 }],
      origins: [1],
      facts: [{ of: 'container', value: '7000', text: '7,000 containers' }],
      sentences: [{ articleId: 1, revision: 1, text: 'Text of a.' }],
      message: { channelId: 'channel-1', messageId: 'm1' },
      ...more,
    });

    describe('outlets', () => {
      test('are saved by slug: the second save changes the first', async () => {
        const first = await addOutlet();
        const second = await store.outlets.save({ ...first, name: 'Sample Wire Service', tier: 2 });
        expect(second).toEqual({ ...first, name: 'Sample Wire Service', tier: 2 });
        await addOutlet('a-sample-post');
        expect((await store.outlets.list()).map((outlet) => outlet.slug)).toEqual([
          'a-sample-post',
          'sample-wire',
        ]);
      });

      test('compare as bytes, whatever the language of the database', async () => {
        for (const slug of ['b', 'A', 'ä', 'a', 'B', '조선']) await addOutlet(slug);
        expect((await store.outlets.list()).map((outlet) => outlet.slug)).toEqual([
          'A',
          'B',
          'a',
          'b',
          'ä',
          '조선',
        ]);
      });
    });

    describe('feeds', () => {
      test('are one for each scope and URL', async () => {
        const feed = await addFeed();
        const again = await store.feeds.add({ ...feed, nextPollAt: 5 });
        expect(again).toEqual({ feed, added: false });
        const other = await addFeed(feed.url, GUILD);
        expect(other.id).not.toBe(feed.id);
        expect((await store.feeds.list()).map(({ id }) => id)).toEqual([feed.id, other.id]);
        expect((await store.feeds.list([GUILD])).map(({ id }) => id)).toEqual([other.id]);
        expect(feed.outlet).toEqual({
          slug: 'sample-wire',
          name: 'Sample Wire',
          tier: 1,
          stateMedia: false,
          paywalled: true,
          country: 'KR',
        });
      });

      test('that are due go to one owner, the longest due first, until the lease ends', async () => {
        const late = await addFeed('https://wire.example/1', 'instance', {});
        await store.feeds.finishPoll(late.id, { ...late.poll, nextPollAt: T0 - 10 });
        const due = await addFeed('https://wire.example/2');
        const later = await addFeed('https://wire.example/3');
        await store.feeds.finishPoll(later.id, { ...later.poll, nextPollAt: T0 + 1 });
        const listed = async (now: number, after: number | null = null) =>
          (await store.feeds.due(after, now)).map(({ id }) => id);
        const claim = async (now: number, owner: string, ...ids: number[]) =>
          (await store.feeds.claim(ids, now, owner, 1_000)).map(({ id }) => id);
        const all = [later.id, due.id, late.id];
        expect(await listed(T0)).toEqual([late.id, due.id]);
        expect(await listed(T0, T0 - 10)).toEqual([due.id]);
        expect(await claim(T0, 'a', late.id)).toEqual([late.id]);
        expect(await listed(T0)).toEqual([due.id]);
        expect(await claim(T0, 'b', ...all)).toEqual([due.id]);
        expect(await claim(T0, 'c', ...all)).toEqual([]);
        await store.feeds.releaseAll('a');
        expect(await claim(T0, 'c', ...all)).toEqual([late.id]);
        await store.feeds.renew(all, 'b', T0 + 5_000);
        expect(await claim(T0 + 1_000, 'd', ...all)).toEqual([late.id, later.id]);
        expect(await claim(T0 + 5_000, 'd', due.id)).toEqual([due.id]);
      });

      test('are listed with the address they led to, and can be asked at another time', async () => {
        const feed = await addFeed();
        const redirect = { url: 'https://cdn.example/rss', sightings: 0 };
        await store.feeds.finishPoll(feed.id, { ...feed.poll, redirect });
        expect(await store.feeds.due(null, T0)).toEqual([
          { id: feed.id, url: feed.url, target: redirect.url },
        ]);
        await store.feeds.reschedule([{ id: feed.id, nextPollAt: T0 + 5 }]);
        expect(await store.feeds.due(null, T0 + 4)).toEqual([]);
        expect(await store.feeds.due(null, T0 + 5)).toHaveLength(1);
      });

      test('move to an address that no other feed of their scope has', async () => {
        const feed = await addFeed();
        await addFeed('https://wire.example/taken');
        await addFeed('https://wire.example/new', GUILD);
        expect(await store.feeds.relocate(feed.id, 'https://wire.example/taken', feed.url)).toBe(false);
        expect(await store.feeds.get(feed.id)).toEqual(feed);
        expect(await store.feeds.relocate(feed.id, 'https://wire.example/new', feed.url)).toBe(true);
        expect(await store.feeds.get(feed.id)).toMatchObject({
          url: 'https://wire.example/new',
          movedFrom: feed.url,
        });
      });

      test('keep what a poll found, validators byte for byte; a gone feed is not polled', async () => {
        const feed = await addFeed();
        await store.feeds.claim([feed.id], T0, 'a', HOUR);
        const poll: Feed['poll'] = {
          etag: 'W/"ä\u00a0x"',
          lastModified: 'Wed, 19 Jun 2024 00:00:00 GMT ',
          bodyHash: 'hash',
          intervalMs: 60_000,
          nextPollAt: T0 + 60_000,
          failures: 2,
          lastError: { code: 'http-status', message: 'answered 500', status: 500 },
          lastPolledAt: T0,
          lastSuccessAt: T0 - 1,
          newestEntryAt: T0 - 2,
          silentSince: T0 - 3,
          goneAt: null,
          redirect: { url: 'https://wire.example/new', sightings: 2 },
          habits: {
            minIntervalMs: HOUR,
            skipHours: [1],
            skipDays: [],
            freshForMs: 0,
            silenceLimit: DAY,
            undated: 'hash',
          },
        };
        await store.feeds.finishPoll(feed.id, poll);
        expect((await store.feeds.get(feed.id))!.poll).toEqual(poll);
        expect(await store.feeds.claim([feed.id], T0 + 60_000, 'b', HOUR)).toHaveLength(1);
        await store.feeds.finishPoll(feed.id, { ...poll, goneAt: T0 });
        expect(await store.feeds.due(null, T0 + DAY)).toEqual([]);
        expect(await store.feeds.claim([feed.id], T0 + DAY, 'b', HOUR)).toEqual([]);
      });

      test('can be changed and removed; their articles stay', async () => {
        const feed = await addFeed();
        const [article] = await addArticles(feed, ['a']);
        await store.feeds.update(feed.id, { title: 'News', language: 'ko', fullText: 'relevant' });
        expect(await store.feeds.get(feed.id)).toMatchObject({
          title: 'News',
          language: 'ko',
          fullText: 'relevant',
        });
        await store.feeds.update(feed.id, {});
        await store.feeds.remove(feed.id);
        expect(await store.feeds.get(feed.id)).toBeNull();
        expect(await store.articles.get(article!.id)).toEqual(article);
      });
    });

    describe('articles', () => {
      test('come back as they were stored, with growing sequences in the order given', async () => {
        const feed = await addFeed();
        const text = 'Пхеньян 평양 "quoted" 💬\n\nsecond paragraph';
        const given = [
          entry('a', { text, thumbnail: 'https://wire.example/a.png', backfill: true }),
          entry('b'),
        ];
        const results = await store.articles.ingest(feed.id, given, T0);
        expect(results.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
        const { guid: _, outletId: __, ...fields } = given[0]!;
        expect(results[0]!.article).toEqual({
          ...fields,
          id: results[0]!.article!.id,
          sequence: 1,
          revision: 1,
          scopes: ['instance'],
          outlet: feed.outlet,
          fullText: false,
        });
        expect(await store.articles.get(results[0]!.article!.id)).toEqual(results[0]!.article);
        expect((await store.articles.since(0, 10)).map(({ sequence }) => sequence)).toEqual([1, 2]);
        expect((await store.articles.since(1, 10)).map(({ title }) => title)).toEqual(['Title of b']);
        expect(await store.articles.lastSequence()).toBe(2);
        expect(await store.articles.byUrl('https://wire.example/b')).toEqual(results[1]!.article);
        expect(await store.articles.byUrl('https://wire.example/none')).toBeNull();
      });

      test('any number of entries in one poll', async () => {
        const feed = await addFeed();
        const keys = Array.from({ length: 1_205 }, (_, i) => `n${i}`);
        const articles = await addArticles(feed, keys);
        expect(articles.map(({ title }) => title)).toEqual(keys.map((key) => `Title of ${key}`));
        expect(await store.articles.ingest(feed.id, [], T0)).toEqual([]);
      });

      test('a known entry is the same article, whatever its date says', async () => {
        const feed = await addFeed();
        const [a] = await addArticles(feed, ['a']);
        const [again] = await store.articles.ingest(
          feed.id,
          [entry('a', { published: T0 + DAY })],
          T0 + HOUR,
        );
        expect(again).toEqual({ article: a, outcome: 'known' });
      });

      test.each([
        ['a new guid', { guid: 'fresh' }],
        ['no guid', { guid: null }],
        ['a new URL', { url: 'https://wire.example/a2', identity: 'url:https://wire.example/a2' }],
      ])('with %s it is still the same article, now and ever after', async (_, change) => {
        const feed = await addFeed();
        const [a] = await addArticles(feed, ['a']);
        const changed = entry('a', change);
        const poll = async (given: NewArticle) => (await store.articles.ingest(feed.id, [given], T0))[0]!;
        expect(await poll(changed)).toEqual({ article: a, outcome: 'known' });
        expect(await poll({ ...changed, guid: 'another' })).toEqual({ article: a, outcome: 'known' });
        expect(await poll(entry('a'))).toEqual({ article: a, outcome: 'known' });
      });

      test('a changed title or text is a new revision with a new sequence; earlier texts are kept', async () => {
        const feed = await addFeed();
        const [a] = await addArticles(feed, ['a', 'b']);
        const retitled = entry('a', { title: 'Corrected title' });
        const [first] = await store.articles.ingest(feed.id, [retitled], T0 + 1);
        expect(first).toMatchObject({ outcome: 'revised', article: { id: a!.id, revision: 2, sequence: 3 } });
        const [second] = await store.articles.ingest(feed.id, [{ ...retitled, text: 'New text.' }], T0 + 2);
        expect(second).toMatchObject({
          outcome: 'revised',
          article: { revision: 3, sequence: 4, text: 'New text.' },
        });
        expect(second!.article!.firstSeen).toBe(T0);
        const [same] = await store.articles.ingest(feed.id, [{ ...retitled, text: 'New text.' }], T0 + 3);
        expect(same!.outcome).toBe('known');
        expect(await store.articles.revisions(a!.id)).toEqual([
          { revision: 1, title: 'Title of a', text: 'Text of a.', at: T0 },
          { revision: 2, title: 'Corrected title', text: 'Text of a.', at: T0 + 1 },
          { revision: 3, title: 'Corrected title', text: 'New text.', at: T0 + 2 },
        ]);
      });

      test('a text that a feed drops is not forgotten', async () => {
        const feed = await addFeed();
        await addArticles(feed, ['a']);
        const [result] = await store.articles.ingest(feed.id, [entry('a', { text: '' })], T0);
        expect(result).toMatchObject({ outcome: 'known', article: { text: 'Text of a.' } });
      });

      test('an entry that stands twice in one document is one article, each poll', async () => {
        const feed = await addFeed();
        const twice = [entry('a'), entry('a', { text: 'Another wording.' })];
        for (const outcomes of [
          ['new', 'known'],
          ['known', 'known'],
          ['known', 'known'],
        ]) {
          const results = await store.articles.ingest(feed.id, twice, T0);
          expect(results.map(({ outcome }) => outcome)).toEqual(outcomes);
          expect(results[1]!.article!.id).toBe(results[0]!.article!.id);
        }
      });

      test('a known guid or address with other words is another article', async () => {
        const feed = await addFeed();
        await addArticles(feed, ['a']);
        const outcomes = async (...given: NewArticle[]) =>
          (await store.articles.ingest(feed.id, given, T0)).map(({ outcome }) => outcome);
        const reused = entry('b', { guid: 'guid-a' });
        const live = entry('a', { guid: 'new', title: 'Other', text: 'Words.', otherIdentity: 'guid:x:new' });
        expect(await outcomes(reused, live)).toEqual(['new', 'new']);
        expect(await outcomes(reused, live)).toEqual(['known', 'known']);
      });

      test("an aggregator's entry is the article of the outlet that it names, whichever comes first", async () => {
        const [own, search] = [await addFeed(), await addFeed('https://search.example/rss')];
        const credited = (key: string): NewArticle =>
          entry(`search-${key}`, {
            identity: `title:sample wire:Title of ${key}`,
            titleKey: `Title of ${key}`,
            creditedTo: { name: 'Sample Wire', domain: null },
          });
        const poll = async (feed: Feed, given: NewArticle) =>
          (await store.articles.ingest(feed.id, [given], T0))[0]!.outcome;
        expect(await poll(own, entry('a'))).toBe('new');
        expect(await poll(search, credited('a'))).toBe('known');
        expect(await poll(search, credited('b'))).toBe('new');
        expect(await poll(own, entry('b'))).toBe('revised');
        expect(await store.articles.byUrl('https://wire.example/b')).toMatchObject({ text: 'Text of b.' });
      });

      test('a guid that all entries of a document share tells nothing apart', async () => {
        const feed = await addFeed();
        const results = await store.articles.ingest(
          feed.id,
          [entry('a', { guid: 'same' }), entry('b', { guid: 'same' })],
          T0,
        );
        expect(results.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
        const [later] = await store.articles.ingest(feed.id, [entry('c', { guid: 'same' })], T0);
        expect(later!.outcome).toBe('new');
      });

      test('two feeds that carry one article in different lengths do not rewrite it in turn', async () => {
        const long = await addFeed('https://wire.example/long');
        const short = await addFeed('https://wire.example/short');
        const [a] = await addArticles(long, ['a']);
        for (let round = 0; round < 2; round++) {
          const [other] = await store.articles.ingest(short.id, [entry('a', { text: 'Text…' })], T0);
          expect(other).toEqual({ article: a, outcome: 'known' });
          const [own] = await store.articles.ingest(long.id, [entry('a')], T0);
          expect(own).toEqual({ article: a, outcome: 'known' });
        }
        await store.feeds.remove(long.id);
        const [taken] = await store.articles.ingest(
          short.id,
          [entry('a', { text: 'Text, longer now.' })],
          T0,
        );
        expect(taken).toMatchObject({ outcome: 'revised', article: { text: 'Text, longer now.' } });
      });

      test("a server's feed never changes what others read, nor is its text shown to them", async () => {
        const instance = await addFeed('https://wire.example/all');
        const guild = await addFeed('https://wire.example/token', GUILD);
        const team = await addFeed('https://wire.example/other-token', TEAM);
        const [ours] = await addArticles(instance, ['a']);
        const [seen] = await store.articles.ingest(
          guild.id,
          [entry('a', { title: 'Forged', text: 'Forged.' })],
          T0,
        );
        expect(seen).toEqual({ article: ours, outcome: 'known' });

        const [first] = await store.articles.ingest(guild.id, [entry('b', { text: 'Paid text.' })], T0);
        const [second] = await store.articles.ingest(team.id, [entry('b', { text: 'Teaser.' })], T0);
        expect(first!.article).toMatchObject({ scopes: [GUILD], text: 'Paid text.' });
        expect(second!.article).toMatchObject({ scopes: [TEAM], text: 'Teaser.' });
        expect(second!.article!.id).not.toBe(first!.article!.id);

        const [promoted] = await store.articles.ingest(
          instance.id,
          [entry('b', { text: 'Public text.' })],
          T0,
        );
        expect(promoted).toMatchObject({
          outcome: 'revised',
          article: { id: first!.article!.id, scopes: ['instance'], text: 'Public text.' },
        });
        const [after] = await store.articles.ingest(guild.id, [entry('b', { text: 'Paid text 2.' })], T0);
        expect(after).toMatchObject({ outcome: 'known', article: { text: 'Public text.' } });
        expect(await store.articles.count(T0 - 1, T0, ['instance'])).toBe(2);
        expect(await store.articles.count(T0 - 1, T0, ['instance', TEAM])).toBe(3);
        expect(await store.articles.count(T0, T0 + DAY, ['instance', TEAM])).toBe(0);
        expect(await store.articles.oldest(['instance', TEAM])).toBe(T0);
        expect(await store.articles.oldest(['slack:T-none'])).toBeNull();
      });

      test('full text of a page is a revision that the feed does not undo', async () => {
        const feed = await addFeed('https://wire.example/rss', 'instance', { fullText: 'relevant' });
        const [a, b] = await addArticles(feed, ['a', 'b']);
        const wish = { now: T0, since: T0 - DAY, shorterThan: 100, mostTries: 2, limit: 10 };
        expect(await store.articles.wantingFullText(wish)).toEqual([]);
        await store.verdicts.saveMany([
          { ...verdict({ relevant: true }), articleId: a!.id, revision: 1 },
          { ...verdict({ relevant: false }), articleId: b!.id, revision: 1 },
        ]);
        expect((await store.articles.wantingFullText(wish)).map(({ id }) => id)).toEqual([a!.id]);
        for (const refused of [{ since: T0 }, { shorterThan: a!.text.length }, { limit: 0 }])
          expect(await store.articles.wantingFullText({ ...wish, ...refused })).toEqual([]);
        await store.articles.noteUnreadPage(a!.id, T0 + 5);
        expect(await store.articles.wantingFullText({ ...wish, now: T0 + 4 })).toEqual([]);
        expect(await store.articles.wantingFullText({ ...wish, now: T0 + 5 })).toHaveLength(1);
        expect(await store.articles.wantingFullText({ ...wish, now: T0 + 5, mostTries: 1 })).toEqual([]);
        const enriched = await store.articles.enrich(a!.id, 'The whole story.', T0 + 5);
        expect(enriched).toMatchObject({
          revision: 2,
          sequence: 3,
          text: 'The whole story.',
          fullText: true,
        });
        expect(await store.articles.wantingFullText(wish)).toEqual([]);
        const [poll] = await store.articles.ingest(feed.id, [entry('a')], T0 + 6);
        expect(poll).toEqual({ article: enriched, outcome: 'known' });
        const [retitled] = await store.articles.ingest(feed.id, [entry('a', { title: 'New' })], T0 + 7);
        expect(retitled!.article).toMatchObject({ revision: 3, text: 'The whole story.', fullText: true });
        const read = await store.articles.enrich(b!.id, '', T0 + 8);
        expect(read).toEqual({ ...b, fullText: true });
      });

      test('retention forgets the article and never takes it for new again', async () => {
        const feed = await addFeed();
        const [old, held] = await addArticles(feed, ['old', 'held'], T0);
        const [recent] = await addArticles(feed, ['recent'], T0 + 40 * DAY);
        const story = await addStory([held!.id], T0);
        await addStory([old!.id], T0);
        await store.stories.join(
          { storyId: story, articleId: recent!.id, originId: held!.id, joinedAt: T0 + 40 * DAY },
          'engine',
        );
        expect(await store.articles.forget(T0 + 30 * DAY, 100)).toBe(1);
        expect(await store.articles.get(old!.id)).toBeNull();
        expect(await store.articles.get(held!.id)).not.toBeNull();
        for (const again of [
          entry('old'),
          entry('old', { guid: 'x' }),
          entry('old2', { guid: 'guid-old', title: 'Title of old' }),
        ])
          expect(await store.articles.ingest(feed.id, [again], T0 + 41 * DAY)).toEqual([
            { article: null, outcome: 'forgotten' },
          ]);
        const other = await addFeed('https://wire.example/other');
        expect((await store.articles.ingest(other.id, [entry('old')], T0 + 41 * DAY))[0]!.outcome).toBe(
          'forgotten',
        );
        const [fresh] = await store.articles.ingest(feed.id, [entry('fresh')], T0 + 41 * DAY);
        expect(fresh!.article!.id).toBeGreaterThan(recent!.id);
        expect(fresh!.article!.sequence).toBe(4);
      });

      test('an identity is dropped when no feed has carried it for long, not while one does', async () => {
        const feed = await addFeed();
        await addArticles(feed, ['gone', 'carried'], T0);
        await store.articles.forget(T0 + 1, 100);
        await store.articles.ingest(feed.id, [entry('carried')], T0 + DAY);
        // The feed answers "not modified" from here on.
        expect(await store.articles.forgetIdentities(T0 + 100 * DAY)).toBe(1);
        const results = await store.articles.ingest(
          feed.id,
          [entry('carried'), entry('gone')],
          T0 + 101 * DAY,
        );
        expect(results.map(({ outcome }) => outcome)).toEqual(['forgotten', 'new']);
      });

      test('ids are not used again after the newest article is gone', async () => {
        const feed = await addFeed();
        const [a] = await addArticles(feed, ['a']);
        await store.articles.forget(T0 + 1, 10);
        const [b] = await addArticles(feed, ['b']);
        expect(b!.id).toBeGreaterThan(a!.id);
      });
    });

    const verdict = (more: Partial<Verdict> = {}): Verdict => ({
      topic: 'russia-north-korea',
      score: 0.75,
      relevant: true,
      kind: 'report',
      themes: ['arms'],
      entities: ['kim-jong-un'],
      sides: ['russia', 'north-korea'],
      reasons: [{ code: 'relation', text: 'signed', weight: 1.5, in: 'title', start: 0, end: 6 }],
      ...more,
    });

    describe('verdicts', () => {
      test('belong to a revision; only the present one is read', async () => {
        const feed = await addFeed();
        const [a, b] = await addArticles(feed, ['a', 'b']);
        await store.verdicts.save(a!.id, 1, [verdict(), verdict({ topic: 'another', relevant: false })]);
        await store.verdicts.save(b!.id, 1, [verdict({ score: 0.1 })]);
        expect(await store.verdicts.of(a!.id)).toEqual([
          { ...verdict({ topic: 'another', relevant: false }), articleId: a!.id, revision: 1 },
          { ...verdict(), articleId: a!.id, revision: 1 },
        ]);
        await store.verdicts.save(a!.id, 1, [verdict({ score: 0.5 })]);
        expect(
          (await store.verdicts.ofMany([b!.id, a!.id], 'russia-north-korea')).map(({ score }) => score),
        ).toEqual([0.5, 0.1]);
        await store.articles.enrich(a!.id, 'Longer.', T0);
        expect(await store.verdicts.of(a!.id)).toEqual([]);
        expect(await store.verdicts.ofMany([], 'russia-north-korea')).toEqual([]);
      });
    });

    describe('stories', () => {
      test('grow by members in join order, with a log that only grows', async () => {
        const feed = await addFeed();
        const [a, b, c] = await addArticles(feed, ['a', 'b', 'c']);
        const story = await addStory([a!.id]);
        await store.stories.join(
          { storyId: story, articleId: c!.id, originId: a!.id, joinedAt: T0 + 5 },
          'engine',
        );
        await store.stories.join(
          { storyId: story, articleId: b!.id, originId: b!.id, joinedAt: T0 + 5 },
          'engine',
        );
        expect(await store.stories.get(story)).toEqual({
          id: story,
          mergedInto: null,
          createdAt: T0,
          updatedAt: T0 + 5,
          revision: 3,
          muted: false,
          members: [
            { storyId: story, articleId: a!.id, originId: a!.id, joinedAt: T0 },
            { storyId: story, articleId: b!.id, originId: b!.id, joinedAt: T0 + 5 },
            { storyId: story, articleId: c!.id, originId: a!.id, joinedAt: T0 + 5 },
          ],
        });
        await store.stories.leave(story, b!.id, 'person-1', T0 + 6);
        await store.stories.leave(story, b!.id, 'person-1', T0 + 6);
        await store.stories.touch(story, T0 + 7);
        expect(await store.stories.get(story)).toMatchObject({ revision: 5, updatedAt: T0 + 7 });
        expect(await store.stories.log(story)).toEqual([
          { articleId: a!.id, change: 'joined', by: 'engine', at: T0 },
          { articleId: c!.id, change: 'joined', by: 'engine', at: T0 + 5 },
          { articleId: b!.id, change: 'joined', by: 'engine', at: T0 + 5 },
          { articleId: b!.id, change: 'left', by: 'person-1', at: T0 + 6 },
        ]);
      });

      test('an article is in one story: joining another takes it out of the first', async () => {
        const feed = await addFeed();
        const [a] = await addArticles(feed, ['a']);
        const first = await addStory([a!.id]);
        const second = await addStory([a!.id], T0 + 1);
        expect((await store.stories.get(first))!.members).toEqual([]);
        expect((await store.stories.ofArticle(a!.id))!.id).toBe(second);
        expect((await store.stories.log(first)).map(({ change }) => change)).toEqual(['joined', 'left']);
        expect(await store.stories.ofArticle(999)).toBeNull();
      });

      test('a merged story leads to the one it ended in, over any number of merges', async () => {
        const feed = await addFeed();
        const [a, b, c] = await addArticles(feed, ['a', 'b', 'c']);
        const [one, two, three] = [await addStory([a!.id]), await addStory([b!.id]), await addStory([c!.id])];
        await store.stories.merge(one, two, 'engine', T0 + 1);
        await store.stories.merge(two, three, 'person-1', T0 + 2);
        await store.stories.merge(three, one, 'engine', T0 + 3);
        const end = await store.stories.get(one);
        expect(end).toMatchObject({ id: three, mergedInto: null });
        expect(end!.members.map(({ articleId }) => articleId)).toEqual([a!.id, b!.id, c!.id]);
        expect((await store.stories.getMany([three, one, two, 99])).map(({ id }) => id)).toEqual([three]);
        expect((await store.stories.liveMembers(0)).map(({ storyId }) => storyId)).toEqual([
          three,
          three,
          three,
        ]);
        expect(await store.stories.get(99)).toBeNull();
      });

      test('the number of a merged story can lead elsewhere, that of another one cannot', async () => {
        const feed = await addFeed();
        const [a, b, c] = await addArticles(feed, ['a', 'b', 'c']);
        const [one, two, three] = [await addStory([a!.id]), await addStory([b!.id]), await addStory([c!.id])];
        await store.stories.merge(one, two, 'person-1', T0 + 1);
        await store.stories.redirect(one, three);
        await store.stories.redirect(two, three);
        expect((await store.stories.get(one))!.id).toBe(three);
        expect((await store.stories.get(two))!.id).toBe(two);
      });

      test('are active in the window in which a member joined or was revised', async () => {
        const feed = await addFeed();
        const [a, b] = await addArticles(feed, ['a', 'b'], T0);
        const joined = await addStory([a!.id], T0 + 10);
        const revised = await addStory([b!.id], T0);
        const active = async (since: number, until: number) =>
          (await store.stories.active(since, until)).map(({ id }) => id);
        expect(await active(T0 + 9, T0 + 10)).toEqual([joined]);
        expect(await active(T0 + 10, T0 + 100)).toEqual([]);
        await store.articles.ingest(feed.id, [entry('b', { title: 'Changed' })], T0 + 50);
        expect(await active(T0 + 10, T0 + 100)).toEqual([revised]);
        await store.stories.mute(revised, true);
        expect(await store.stories.get(revised)).toMatchObject({ muted: true });
        await store.stories.muteFor(GUILD, revised, true, T0);
        await store.stories.muteFor(GUILD, revised, true, T0);
        expect(await store.stories.mutedFor(GUILD, [revised, 999])).toEqual([revised]);
        expect(await store.stories.mutedFor(TEAM, [revised])).toEqual([]);
        await store.stories.muteFor(GUILD, revised, false, T0);
        expect(await store.stories.mutedFor(GUILD, [revised])).toEqual([]);
      });

      test('what people said of them is kept until it is undone', async () => {
        const said = {
          kind: 'split' as const,
          storyIds: [1],
          articleIds: [2, 3],
          who: 'person-1',
          scope: null,
          why: null,
          at: T0,
        };
        const first = await store.stories.recordEdit(said);
        const second = await store.stories.recordEdit({
          ...said,
          kind: 'mute',
          scope: GUILD,
          why: 'off topic',
        });
        expect(await store.stories.edits()).toEqual([
          { ...said, id: first.id, undoneAt: null },
          { ...said, kind: 'mute', scope: GUILD, why: 'off topic', id: second.id, undoneAt: null },
        ]);
        await store.stories.undoEdit(first.id, T0);
        expect(await store.stories.edits()).toEqual([second]);
      });

      test('ids are given once', async () => {
        const ids = await Promise.all(Array.from({ length: 20 }, () => store.stories.nextId()));
        expect(new Set(ids).size).toBe(20);
      });
    });

    describe('destinations and schedules', () => {
      test('a destination is one for each target', async () => {
        const destination = await addDestination();
        const again = await addDestination('channel-1', { zone: 'Europe/London' });
        expect(again).toEqual({ ...destination, zone: 'Europe/London' });
        expect(await store.destinations.find('discord', 'channel-1')).toEqual(again);
        expect(await store.destinations.find('slack', 'channel-1')).toBeNull();
        const pause = { at: T0, why: 'target-gone' as const, detail: '404' };
        await store.destinations.pause(destination.id, pause);
        expect((await store.destinations.get(destination.id))!.paused).toEqual(pause);
        await addDestination('channel-1');
        expect((await store.destinations.get(destination.id))!.paused).toEqual(pause);
        await store.destinations.pause(destination.id, null);
        expect((await store.destinations.list(GUILD))[0]!.paused).toBeNull();
        expect(await store.destinations.list(TEAM)).toEqual([]);
      });

      test('a schedule comes back as given, and changes', async () => {
        const destination = await addDestination();
        const schedule = await addSchedule(destination.id);
        expect(schedule).toMatchObject({ times: ['08:00', '18:30'], days: [1, 2, 3, 4, 5], cutoff: null });
        await store.schedules.update(schedule.id, { times: ['09:00'], paused: true });
        const changed = { ...schedule, times: ['09:00'], paused: true };
        expect(await store.schedules.get(schedule.id)).toEqual(changed);
        expect(await store.schedules.list({ scope: GUILD })).toEqual([changed]);
        expect(await store.schedules.list({ destinationId: 99 })).toEqual([]);
        await store.schedules.remove(schedule.id);
        expect(await store.schedules.list()).toEqual([]);
      });

      test('a slot is one for each schedule and moment', async () => {
        const schedule = await addSchedule((await addDestination()).id);
        const slots = [
          { due: T0 + HOUR, local: '2024-06-19T10:00' },
          { due: T0, local: '2024-06-19T09:00' },
        ];
        const added = await store.schedules.addSlots(schedule.id, slots, T0 + DAY);
        expect(added.map(({ due }) => due)).toEqual([T0, T0 + HOUR]);
        expect(await store.schedules.addSlots(schedule.id, slots, T0 + 2 * DAY)).toEqual([]);
        expect((await store.schedules.get(schedule.id))!.slotsUntil).toBe(T0 + 2 * DAY);
      });

      test('a due slot is built by one instance; with a delivery or a reason it is settled', async () => {
        const destination = await addDestination();
        const schedule = await addSchedule(destination.id);
        const [first, second] = await store.schedules.addSlots(
          schedule.id,
          [
            { due: T0, local: '2024-06-19T09:00' },
            { due: T0 + 1, local: '2024-06-19T09:01' },
            { due: T0 + DAY, local: '2024-06-20T09:00' },
          ],
          T0 + DAY,
        );
        expect(await store.schedules.claimSlots(T0 + 1, 'a', 1_000, 10)).toEqual([first, second]);
        expect(await store.schedules.claimSlots(T0 + 1, 'b', 1_000, 10)).toEqual([]);
        await addDelivery(destination.id, 'd1', { scheduleId: schedule.id, slotId: first!.id });
        await store.schedules.skipSlot(second!.id, 'nothing new');
        expect(await store.schedules.claimSlots(T0 + HOUR, 'b', 1_000, 10)).toEqual([]);
        expect(
          (await store.schedules.slots(schedule.id, 2)).map(({ due, skipped, deliveryId }) => [
            due,
            skipped,
            deliveryId === null,
          ]),
        ).toEqual([
          [T0 + DAY, null, true],
          [T0 + 1, 'nothing new', true],
        ]);
        await store.schedules.update(schedule.id, { paused: true });
        expect(await store.schedules.claimSlots(T0 + 2 * DAY, 'b', 1_000, 10)).toEqual([]);
      });
    });

    describe('deliveries', () => {
      test('are made once for each key, with their parts', async () => {
        const destination = await addDestination();
        const delivery = await addDelivery(destination.id, 'digest:1');
        expect(delivery).toMatchObject({ state: 'pending', content: notice, lease: null, nextAttemptAt: T0 });
        expect(await addDelivery(destination.id, 'digest:1')).toBeNull();
        expect(await store.deliveries.byKey('digest:1')).toEqual(delivery);
        expect(await store.deliveries.get(delivery!.id)).toEqual({
          ...delivery,
          parts: [
            {
              id: expect.any(Number),
              deliveryId: delivery!.id,
              index: 0,
              action: { kind: 'message', payload: { content: 'one' } },
              marker: 'digest:1-0',
              state: 'pending',
              attempts: 0,
              sendingSince: null,
              messageId: null,
              channelId: null,
              lastError: null,
              stories: [],
            },
          ],
        });
      });

      test('are listed newest first', async () => {
        const destination = await addDestination();
        const other = await addDestination('team-channel', { platform: 'slack', scope: TEAM });
        const one = await addDelivery(destination.id, 'd1');
        const two = await addDelivery(other.id, 'd2');
        const keys = async (filter: Omit<Parameters<Store['deliveries']['list']>[0], 'limit'>) =>
          (await store.deliveries.list({ ...filter, limit: 10 })).map(({ key }) => key);
        expect(await keys({})).toEqual([two!.key, one!.key]);
        expect(await keys({ scope: GUILD })).toEqual(['d1']);
        expect(await keys({ destinationId: other.id, state: 'pending' })).toEqual(['d2']);
        expect(await keys({ state: 'sent' })).toEqual([]);
      });

      test('are leased by due time; each claim raises the fence and shuts out the holder before', async () => {
        const destination = await addDestination();
        await addDelivery(destination.id, 'later', { dueAt: T0 + 2 });
        await addDelivery(destination.id, 'first');
        const claimed = await claimOne(T0 + 2);
        expect(claimed).toMatchObject({
          key: 'first',
          lease: { owner: 'a', until: T0 + 2 + 60_000, fence: 1 },
        });
        expect(claimed.parts).toHaveLength(1);
        expect((await claimOne(T0 + 2, 'b')).key).toBe('later');
        expect(await store.deliveries.claimDue(T0 + 2, 'c', 1_000, 5, 'discord')).toEqual([]);

        await store.deliveries.renew(claimed.id, { owner: 'a', until: T0 + HOUR, fence: 1 });
        expect(await store.deliveries.claimDue(T0 + HOUR - 1, 'c', 1_000, 1, 'slack')).toEqual([]);
        const taken = await claimOne(T0 + HOUR, 'c');
        expect(taken).toMatchObject({ key: 'first', lease: { owner: 'c', fence: 2 } });
        const part = claimed.parts[0]!.id;
        await expect(
          store.deliveries.renew(claimed.id, { owner: 'a', until: T0 + DAY, fence: 1 }),
        ).rejects.toThrow(FenceError);
        await expect(store.deliveries.beginPart(part, 1, T0)).rejects.toThrow(FenceError);
        await expect(store.deliveries.finishPart(part, 1, { state: 'sent' }, [])).rejects.toThrow(FenceError);
        await expect(store.deliveries.finish(claimed.id, 1, { state: 'sent', now: T0 })).rejects.toThrow(
          FenceError,
        );
        await store.deliveries.beginPart(part, 2, T0 + HOUR);
        expect((await store.deliveries.get(claimed.id))!.parts[0]).toMatchObject({
          state: 'sending',
          attempts: 1,
          sendingSince: T0 + HOUR,
        });
      });

      test('of a paused destination wait', async () => {
        const destination = await addDestination();
        await addDelivery(destination.id, 'd1');
        await store.destinations.pause(destination.id, { at: T0, why: 'person', detail: null });
        expect(await store.deliveries.claimDue(T0, 'a', 1_000, 5, 'discord')).toEqual([]);
        await store.destinations.pause(destination.id, null);
        expect(await store.deliveries.claimDue(T0, 'a', 1_000, 5, 'discord')).toHaveLength(1);
      });

      test('sent: the part, what it showed and the cut-off stand together', async () => {
        const destination = await addDestination();
        const schedule = await addSchedule(destination.id);
        await addDelivery(destination.id, 'd1', { scheduleId: schedule.id, cutoff: T0 + 7 });
        const { id, parts } = await claimOne();
        await store.deliveries.beginPart(parts[0]!.id, 1, T0);
        expect((await store.deliveries.get(id))!.state).toBe('sending');
        const story = await addStory([]);
        await store.deliveries.finishPart(
          parts[0]!.id,
          1,
          { state: 'sent', messageId: 'm1', channelId: 'c1' },
          [showing(destination.id, story)],
        );
        expect((await store.deliveries.get(id))!.parts[0]).toMatchObject({
          state: 'sent',
          messageId: 'm1',
          channelId: 'c1',
        });
        expect(await store.deliveries.shown(destination.id, [story, 77])).toEqual([
          showing(destination.id, story),
        ]);
        expect((await store.schedules.get(schedule.id))!.cutoff).toBeNull();
        await store.deliveries.finish(id, 1, { state: 'sent', now: T0 });
        expect((await store.schedules.get(schedule.id))!.cutoff).toBe(T0 + 7);
        expect(await store.deliveries.get(id)).toMatchObject({ state: 'sent', lease: null });
        expect(await store.deliveries.claimDue(T0 + DAY, 'a', 1_000, 5, 'discord')).toEqual([]);
      });

      test('a cut-off never goes back', async () => {
        const destination = await addDestination();
        const schedule = await addSchedule(destination.id);
        for (const [key, cutoff] of [
          ['new', T0 + 9],
          ['old', T0 + 3],
        ] as const) {
          await addDelivery(destination.id, key, { scheduleId: schedule.id, cutoff });
          const { id } = await claimOne();
          await store.deliveries.finish(id, 1, { state: 'sent', now: T0 });
        }
        expect((await store.schedules.get(schedule.id))!.cutoff).toBe(T0 + 9);
      });

      test('postponed: comes back at its next attempt, with what failed', async () => {
        const destination = await addDestination();
        await addDelivery(destination.id, 'd1');
        const { id, parts } = await claimOne();
        await store.deliveries.beginPart(parts[0]!.id, 1, T0);
        await store.deliveries.finishPart(parts[0]!.id, 1, { state: 'pending', error: 'rate-limited' }, []);
        await store.deliveries.finish(id, 1, {
          state: 'pending',
          reason: 'rate-limited',
          nextAttemptAt: T0 + 5_000,
          now: T0,
        });
        expect(await store.deliveries.claimDue(T0 + 4_999, 'a', 1_000, 5, 'discord')).toEqual([]);
        expect(await claimOne(T0 + 5_000)).toMatchObject({
          lease: { fence: 2 },
          parts: [{ state: 'pending', attempts: 1, sendingSince: null, lastError: 'rate-limited' }],
        });
      });

      test('past their expiry they end, and a holder that wakes up cannot send them', async () => {
        const destination = await addDestination();
        await addDelivery(destination.id, 'late', { expiresAt: T0 + 10 });
        await addDelivery(destination.id, 'good', { expiresAt: T0 + 11 });
        const held = await claimOne();
        expect((await store.deliveries.expire(T0 + 10)).map(({ key, state }) => [key, state])).toEqual([
          ['late', 'expired'],
        ]);
        await expect(store.deliveries.beginPart(held.parts[0]!.id, 1, T0)).rejects.toThrow(FenceError);
        expect(await store.deliveries.expire(T0 + 10)).toEqual([]);
      });

      test('an operator sends again or settles what is uncertain', async () => {
        const destination = await addDestination();
        const schedule = await addSchedule(destination.id);
        const story = await addStory([]);
        const end = async (key: string) => {
          await addDelivery(destination.id, key, {
            scheduleId: schedule.id,
            cutoff: T0 + 9,
            expiresAt: T0 + 1,
          });
          const { id, parts, lease } = await claimOne();
          await store.deliveries.beginPart(parts[0]!.id, lease!.fence, T0);
          await store.deliveries.finishPart(
            parts[0]!.id,
            lease!.fence,
            { state: 'uncertain', error: 'no history' },
            [],
          );
          await store.deliveries.finish(id, lease!.fence, {
            state: 'uncertain',
            reason: 'no history',
            now: T0,
          });
          return id;
        };
        const again = await end('again');
        await store.deliveries.resolve(again, 'pending', 'not there', T0 + DAY);
        expect(await store.deliveries.expire(T0 + DAY)).toEqual([]);
        expect(await claimOne(T0 + DAY)).toMatchObject({ id: again, parts: [{ state: 'pending' }] });
        const seen = await end('seen');
        await store.deliveries.resolve(seen, 'sent', 'it is there', T0, [showing(destination.id, story)]);
        expect(await store.deliveries.get(seen)).toMatchObject({
          state: 'sent',
          reason: 'it is there',
          parts: [{ state: 'sent' }],
        });
        expect((await store.schedules.get(schedule.id))!.cutoff).toBe(T0 + 9);
        expect(await store.deliveries.shownOf(story)).toHaveLength(1);
      });

      test('what was shown adds up, but a corrected sentence is shown only in its new words', async () => {
        const destination = await addDestination();
        const story = await addStory([]);
        const send = async (key: string, shown: Shown) => {
          await addDelivery(destination.id, key);
          const { parts } = await claimOne();
          await store.deliveries.beginPart(parts[0]!.id, 1, T0);
          await store.deliveries.finishPart(parts[0]!.id, 1, { state: 'sent' }, [shown]);
        };
        await send('d1', showing(destination.id, story));
        const second = showing(destination.id, story, {
          at: T0 + DAY,
          storyRevision: 4,
          articles: [
            { id: 1, revision: 2 },
            { id: 5, revision: 1 },
          ],
          origins: [1, 5],
          facts: [{ of: 'container', value: '10000', text: '10,000 containers' }],
          sentences: [{ articleId: 1, revision: 2, text: 'Text of a, corrected.' }],
          message: null,
        });
        await send('d2', second);
        expect(await store.deliveries.shown(destination.id, [story])).toEqual([
          {
            ...second,
            facts: [...showing(1, 1).facts, ...second.facts],
            message: { channelId: 'channel-1', messageId: 'm1' },
          },
        ]);
      });

      test('what was shown of a story counts for the story it was merged into', async () => {
        const feed = await addFeed();
        const [a, b] = await addArticles(feed, ['a', 'b']);
        const [from, into] = [await addStory([a!.id]), await addStory([b!.id])];
        const destination = await addDestination();
        await addDelivery(destination.id, 'd1');
        const { parts } = await claimOne();
        await store.deliveries.beginPart(parts[0]!.id, 1, T0);
        await store.deliveries.finishPart(parts[0]!.id, 1, { state: 'sent' }, [
          showing(destination.id, from),
        ]);
        await store.stories.merge(from, into, 'engine', T0);
        expect(await store.deliveries.shown(destination.id, [into])).toEqual([showing(destination.id, into)]);
        expect(await store.deliveries.shownOf(into)).toEqual([showing(destination.id, into)]);
      });

      test('retention removes what has ended; what was shown stays as long as its story', async () => {
        const destination = await addDestination();
        const story = await addStory([]);
        await addDelivery(destination.id, 'ended');
        const { id, parts } = await claimOne();
        await addDelivery(destination.id, 'open');
        await store.deliveries.beginPart(parts[0]!.id, 1, T0);
        await store.deliveries.finishPart(parts[0]!.id, 1, { state: 'sent' }, [
          showing(destination.id, story),
        ]);
        await store.deliveries.finish(id, 1, { state: 'sent', now: T0 });
        expect(await store.deliveries.removeOlderThan(T0 + 1, 10)).toBe(1);
        expect((await store.deliveries.list({ limit: 10 })).map(({ key }) => key)).toEqual(['open']);
        expect(await store.deliveries.shown(destination.id, [story])).toHaveLength(1);
        await store.articles.forget(T0 + 1, 10);
        expect(await store.deliveries.shown(destination.id, [story])).toEqual([]);
      });
    });

    const addSubscription = (destinationId: number, more: Partial<Subscription> = {}) =>
      store.subscriptions.add({
        scope: GUILD,
        owner: 'person-1',
        destinationId,
        query: 'railway AND "Khasan"',
        mode: 'instant',
        quietHours: { start: 1_320, end: 420 },
        zone: 'Asia/Seoul',
        languages: ['en'],
        themes: [],
        updates: true,
        storyId: null,
        paused: false,
        createdAt: T0,
        ...more,
      });

    describe('subscriptions', () => {
      test('every change is seen by who asks what changed since', async () => {
        const destination = await addDestination();
        const start = await store.subscriptions.version();
        const a = await addSubscription(destination.id);
        const b = await addSubscription(destination.id, { quietHours: null });
        const first = await store.subscriptions.changedSince(start);
        expect(first).toMatchObject({ changed: [a, b], removed: [] });
        await store.subscriptions.update(b.id, { paused: true });
        await store.subscriptions.remove(a.id);
        const second = await store.subscriptions.changedSince(first.version);
        expect(second).toMatchObject({ changed: [{ ...b, paused: true }], removed: [a.id] });
        await store.subscriptions.update(b.id, { lastAlertAt: T0 });
        expect(await store.subscriptions.version()).toBe(second.version);
        expect(await store.subscriptions.changedSince(second.version)).toMatchObject({
          changed: [],
          removed: [],
        });
        expect(await store.subscriptions.list({ scope: GUILD, owner: 'person-1' })).toEqual([
          { ...b, paused: true, lastAlertAt: T0 },
        ]);
        await store.destinations.remove(destination.id);
        expect(await store.subscriptions.changedSince(second.version)).toMatchObject({ removed: [b.id] });
        const c = await addSubscription((await addDestination('other')).id);
        expect(c.id).toBeGreaterThan(b.id);
      });

      test('alerts queue once for each subscription, story and article, and go with their subscription', async () => {
        const feed = await addFeed();
        const [article] = await addArticles(feed, ['a']);
        const destination = await addDestination();
        const { id } = await addSubscription(destination.id);
        const alert = {
          subscriptionId: id,
          destinationId: destination.id,
          articleId: article!.id,
          storyId: 7,
          words: ['Khasan'],
          dueAt: T0 + 5,
        };
        await store.subscriptions.queueAlerts([alert, alert, { ...alert, storyId: 8, dueAt: T0 }]);
        await store.subscriptions.queueAlerts([alert]);
        await store.subscriptions.queueAlerts([]);
        const due = await store.subscriptions.dueAlerts(T0 + 5, 10);
        expect(due.map(({ id: _, ...rest }) => rest)).toEqual([{ ...alert, storyId: 8, dueAt: T0 }, alert]);
        expect(await store.subscriptions.dueAlerts(T0, 10)).toHaveLength(1);
        await store.subscriptions.removeAlerts([due[0]!.id]);
        expect(await store.subscriptions.dueAlerts(T0 + 5, 10)).toHaveLength(1);
        await store.subscriptions.remove(id);
        expect(await store.subscriptions.dueAlerts(T0 + 5, 10)).toEqual([]);
      });

      test('a person can see all that is stored about them, and have it forgotten', async () => {
        const channel = await addDestination();
        const dm = await addDestination('person-1', { kind: 'dm', setUpBy: 'person-1' });
        await addSubscription(dm.id);
        const others = await addSubscription(channel.id, { owner: 'person-2' });
        await store.labels.add({
          articleId: 1,
          topic: 't',
          relevant: true,
          who: 'person-1',
          scope: GUILD,
          at: T0,
        });
        await store.settings.audit({
          scope: GUILD,
          who: 'person-1',
          action: 'subscribe',
          object: 'x',
          detail: null,
          at: T0,
        });
        const all = await store.subscriptions.exportPerson('discord', 'person-1');
        expect(all).toMatchObject({
          subscriptions: [{ query: 'railway AND "Khasan"' }],
          directMessages: [{ target: 'person-1' }],
          setUp: [{ target: 'channel-1' }, { target: 'person-1' }],
          labels: [{ topic: 't' }],
          actions: [{ action: 'subscribe' }],
        });
        const elsewhere = await store.subscriptions.exportPerson('slack', 'person-1');
        expect(Object.values(elsewhere).flat()).toEqual([]);
        await store.subscriptions.forgetPerson('discord', 'person-1');
        const left = await store.subscriptions.exportPerson('discord', 'person-1');
        expect(Object.values(left).flat()).toEqual([]);
        expect(await store.subscriptions.list()).toEqual([others]);
        expect((await store.settings.audits(GUILD, 10))[0]).toMatchObject({
          who: 'forgotten',
          action: 'subscribe',
        });
      });
    });

    describe('scopes', () => {
      const settings = {
        scope: GUILD,
        managers: ['role-1'],
        auditChannel: null,
        locale: 'ko' as const,
        zone: 'Asia/Seoul',
        topics: ['russia-north-korea'],
        pausedFeeds: [3],
        removedAt: null,
      };

      test('settings are saved whole', async () => {
        expect(await store.settings.get(GUILD)).toBeNull();
        await store.settings.save(settings);
        await store.settings.save({ ...settings, removedAt: T0 });
        expect(await store.settings.list()).toEqual([{ ...settings, removedAt: T0 }]);
      });

      test('installations and audits', async () => {
        await store.settings.saveInstallation('slack', 'T200', 'sealed');
        await store.settings.saveInstallation('slack', 'T200', 'sealed again');
        expect(await store.settings.installation('slack', 'T200')).toBe('sealed again');
        await store.settings.saveInstallation('slack', 'T100', 'sealed');
        await store.settings.saveInstallation('other', 'T300', 'sealed');
        expect(await store.settings.installations('slack')).toEqual(['T100', 'T200']);
        await store.settings.removeInstallation('slack', 'T100');
        await store.settings.removeInstallation('slack', 'T200');
        expect(await store.settings.installation('slack', 'T200')).toBeNull();
        for (const action of ['one', 'two'])
          await store.settings.audit({ scope: GUILD, who: 'p', action, object: 'o', detail: 'd', at: T0 });
        expect((await store.settings.audits(GUILD, 1)).map(({ action }) => action)).toEqual(['two']);
      });

      test('a purge removes what a server owns and nothing else', async () => {
        const shared = await addFeed('https://wire.example/all');
        const own = await addFeed('https://wire.example/own', GUILD);
        const [kept] = await addArticles(shared, ['kept']);
        const [gone] = await addArticles(own, ['gone']);
        await addStory([kept!.id, gone!.id]);
        const destination = await addDestination();
        const other = await addDestination('T-channel', { platform: 'slack', scope: TEAM });
        const schedule = await addSchedule(destination.id);
        await store.schedules.addSlots(schedule.id, [{ due: T0, local: 'x' }], T0);
        await addDelivery(destination.id, 'd1', { scheduleId: schedule.id });
        await store.settings.save(settings);
        await store.settings.saveInstallation('discord', '100', 'sealed');
        // Two people's messages: to one, alerts of another server go as well.
        const both = await addDestination('p1', { kind: 'dm', scope: 'discord:user-p1' });
        const alone = await addDestination('p2', { kind: 'dm', scope: 'discord:user-p2' });
        const elsewhere = await addSubscription(both.id, { scope: 'discord:999', owner: 'p1' });
        await addSubscription(both.id, { owner: 'p1' });
        const first = await addDestination('p3', { kind: 'dm', scope: GUILD });
        const later = await addSubscription(first.id, { scope: TEAM, owner: 'p3' });
        await addSubscription(alone.id, { owner: 'p2' });
        await store.settings.purge(GUILD);
        expect(await store.subscriptions.list()).toEqual([elsewhere, later]);
        expect((await store.feeds.list()).map(({ id }) => id)).toEqual([shared.id]);
        expect(await store.articles.get(gone!.id)).toBeNull();
        expect(await store.articles.get(kept!.id)).not.toBeNull();
        expect(await store.destinations.list()).toEqual([other, both, { ...first, scope: TEAM }]);
        expect(await store.schedules.list()).toEqual([]);
        expect(await store.deliveries.list({ limit: 10 })).toEqual([]);
        expect(await store.settings.list()).toEqual([]);
        expect(await store.settings.installation('discord', '100')).toBeNull();
        await expect(store.settings.purge('instance')).rejects.toThrow('instance');
      });

      test('labels: the last word of each person on an article stands', async () => {
        const label = { articleId: 4, topic: 't', relevant: true, who: 'p', scope: GUILD, at: T0 };
        await store.labels.add(label);
        await store.labels.add({ ...label, relevant: false, at: T0 + 1 });
        await store.labels.add({ ...label, who: 'q' });
        expect(await store.labels.list('t')).toEqual([
          { ...label, relevant: false, at: T0 + 1 },
          { ...label, who: 'q' },
        ]);
      });
    });

    describe('leases', () => {
      test('one holder at a time; a new holder raises the fence', async () => {
        expect(await store.leases.acquire('grouper', 'a', 100, T0)).toEqual({
          owner: 'a',
          until: T0 + 100,
          fence: 1,
        });
        expect(await store.leases.acquire('grouper', 'b', 100, T0 + 99)).toBeNull();
        expect(await store.leases.acquire('grouper', 'a', 100, T0 + 99)).toMatchObject({
          until: T0 + 199,
          fence: 1,
        });
        expect(await store.leases.acquire('grouper', 'b', 100, T0 + 199)).toMatchObject({
          owner: 'b',
          fence: 2,
        });
        await store.leases.release('grouper', 'a');
        expect(await store.leases.acquire('grouper', 'a', 100, T0 + 200)).toBeNull();
        await store.leases.release('grouper', 'b');
        expect(await store.leases.acquire('grouper', 'a', 100, T0 + 200)).toMatchObject({ fence: 3 });
      });

      test('of many at once, one wins', async () => {
        const all = await Promise.all(
          Array.from({ length: 8 }, (_, i) => store.leases.acquire('x', `o${i}`, 100, T0)),
        );
        expect(all.filter(Boolean)).toHaveLength(1);
        const once = await Promise.all(
          Array.from({ length: 8 }, () => store.leases.once('interaction-1', T0)),
        );
        expect(once.filter(Boolean)).toHaveLength(1);
        expect(await store.leases.once('interaction-1', T0 + HOUR)).toBe(false);
        expect(await store.leases.once('interaction-1', T0 + 25 * HOUR)).toBe(true);
      });

      test('long calls are found by their key until nobody has used them for long', async () => {
        const day = 86_400_000;
        const [one, two] = ['{"path":"one"}', '{"path":"two"}'];
        await store.longCalls.keep(
          new Map([
            ['a', one],
            ['b', two],
          ]),
          'discord:900',
          0,
        );
        expect(await store.longCalls.find('a', 2 * day)).toBe(one);
        expect(await store.longCalls.find('c', 2 * day)).toBeNull();
        expect(await store.longCalls.forget(day)).toBe(1);
        expect(await store.longCalls.find('a', 3 * day)).toBe(one);
        expect(await store.longCalls.find('b', 3 * day)).toBeNull();
        await store.longCalls.keep(new Map([['a', one]]), 'discord:900', 9 * day);
        expect(await store.longCalls.forget(8 * day)).toBe(0);
        // What a person typed may stand in it.
        const theirs = await store.subscriptions.exportPerson('discord', '900');
        expect(theirs.buttons).toEqual([{ call: one, usedAt: 9 * day }]);
        await store.subscriptions.forgetPerson('slack', '900');
        expect(await store.longCalls.find('a', 9 * day)).toBe(one);
        await store.subscriptions.forgetPerson('discord', '900');
        expect(await store.longCalls.find('a', 9 * day)).toBeNull();
      });

      test('meta keeps the last value', async () => {
        expect(await store.meta.get('tick')).toBeNull();
        await store.meta.set('tick', '1');
        await store.meta.set('tick', '2');
        expect(await store.meta.get('tick')).toBe('2');
      });
    });

    describe('transactions', () => {
      test('all or nothing', async () => {
        await store.transaction(async (inside) => {
          await inside.meta.set('a', '1');
          await inside.transaction((same) => same.meta.set('b', '1'));
        });
        const failing = store.transaction(async (inside) => {
          await inside.meta.set('a', '2');
          await inside.articles.lastSequence();
          throw new Error('stop');
        });
        await expect(failing).rejects.toThrow('stop');
        expect([await store.meta.get('a'), await store.meta.get('b')]).toEqual(['1', '1']);
      });

      test('nothing else gets into one, however calls interleave', async () => {
        await Promise.all(
          Array.from({ length: 20 }, async (_, i) => {
            if (i % 2) return store.meta.set(`outside-${i}`, 'kept');
            const failed = store.transaction(async (inside) => {
              for (let k = 0; k < 5; k++) {
                await inside.meta.set(`inside-${i}-${k}`, 'lost');
                await new Promise((resolve) => setImmediate(resolve));
              }
              throw new Error('undo');
            });
            await expect(failed).rejects.toThrow('undo');
          }),
        );
        for (let i = 0; i < 20; i++)
          expect(await store.meta.get(i % 2 ? `outside-${i}` : `inside-${i}-0`)).toBe(i % 2 ? 'kept' : null);
      });

      test('hostile characters pass through', async () => {
        const value = "'; drop table meta; -- \u202e \ud83d\ude00 \u0001";
        await store.meta.set('hostile', value);
        expect(await store.meta.get('hostile')).toBe(value);
        const feed = await addFeed();
        const [result] = await store.articles.ingest(feed.id, [entry('nul', { title: 'a\0b' })], T0);
        expect(result!.article!.title).toBe('ab');
      });
    });
  });
}
