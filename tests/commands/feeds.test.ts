import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Options, Reply } from '../../src/commands/command.ts';
import { feedsCommands } from '../../src/commands/feeds.ts';
import { createFeedParser } from '../../src/feeds/feed-parser.ts';
import { createHttpClient } from '../../src/net/http-client.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { addSampleFeed } from '../fakes/sample-store.ts';
import { startWebServer } from '../fakes/web-server.ts';

const NOW = Date.UTC(2024, 5, 20);
const topic = await loadTopic('config/topics/russia-north-korea.yaml');
const discover = {
  client: createHttpClient({ userAgent: 'test', allowPrivate: true }),
  parser: createFeedParser(),
};
afterAll(() => Promise.all([discover.client.close(), discover.parser.close()]));

let store: Store;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
});
afterEach(() => store.close());

const admin: Actor = {
  platform: 'discord',
  scope: 'discord:1',
  userId: '900',
  channelId: '100',
  admin: true,
  groups: [],
  guest: false,
  locale: 'en',
};

async function run(verb: string, options: Options = {}, actor = admin): Promise<Reply> {
  const command = feedsCommands({ store, discover, topics: [topic] }).find(({ path }) => path[1] === verb)!;
  return command.run(options, { actor, now: NOW, signal: new AbortController().signal, manager: true });
}
const said = (reply: Reply) => JSON.stringify(reply.blocks);

const entries = [
  'Russia and North Korea sign a treaty in Pyongyang',
  'Bakery opens in the old town',
  'Kim Jong Un thanks Putin for the visit to North Korea',
]
  .map((title, n) => `<item><title>${title}</title><link>https://wire.example/${n}</link></item>`)
  .join('');
const rss = (title: string) =>
  `<rss version="2.0"><channel><title>${title}</title><link>https://wire.example/</link><language>en</language>${entries}</channel></rss>`;

describe('/feeds add', () => {
  test('finds the feed of a page, adds it for this server only, and shows three entries with the verdict', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url === '/rss') response.end(rss('River Wire'));
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>');
    });
    const reply = await run('add', { url: server.origin });
    expect(reply.failed).toBeUndefined();
    expect(reply.changed?.object).toBe('feed River Wire');
    const list = reply.blocks.find((block) => block.kind === 'list');
    expect(list?.items.map(({ text }) => text.join(''))).toEqual([
      expect.stringMatching(/treaty.* · relevant to Russia–North Korea/),
      expect.stringMatching(/Bakery.* · not relevant to Russia–North Korea/),
      expect.stringMatching(/Kim.* · relevant to Russia–North Korea/),
    ]);
    expect((await store.feeds.list()).map(({ scope, outlet }) => [scope, outlet.tier])).toEqual([
      ['discord:1', 3],
    ]);
    expect(said(await run('add', { url: `${server.origin}/rss` }))).toContain('is read already');
    expect(await store.feeds.list(['discord:2'])).toEqual([]);
  });

  test('a page with several feeds asks which, and adds none', async () => {
    await using server = await startWebServer((request, response) => {
      if (request.url !== '/') response.end(rss(`Feed ${request.url}`));
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            '<html><head><link rel="alternate" type="application/rss+xml" href="/a"><link rel="alternate" type="application/rss+xml" href="/b"></head></html>',
          );
    });
    const reply = await run('add', { url: server.origin });
    const items = reply.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
    expect(items.flatMap(({ actions }) => actions?.[0]?.call.options.url ?? [])).toEqual([
      `${server.origin}/a`,
      `${server.origin}/b`,
    ]);
    // Under each, what it brings.
    expect(items.map(({ text }) => text.length > 1 || String(text[0]))).toEqual([
      ...[
        true,
        expect.stringMatching(/treaty.* · relevant/),
        expect.stringMatching(/Bakery.* · not relevant/),
      ],
      ...[expect.stringMatching(/Kim/), true, ...Array(3).fill(expect.any(String))],
    ]);
    expect(await store.feeds.list()).toEqual([]);
    const again = await run('add', { url: server.origin, 'full-text': true });
    expect(said(again)).toContain('"full-text":true');
  });

  test('the pages of relevant articles are read where that is asked for, and no more where it is taken back', async () => {
    await using server = await startWebServer((_, response) => response.end(rss('River Wire')));
    const wanted = async (options: Options) => {
      await run('add', { url: server.origin, ...options });
      return (await store.feeds.list())[0]!.fullText;
    };
    expect(await wanted({})).toBe('never');
    expect(await wanted({ 'full-text': true })).toBe('relevant');
    expect(await wanted({})).toBe('relevant');
    expect(await wanted({ 'full-text': false })).toBe('never');
  });

  test('a feed that was given up as gone is taken up again, and that is said', async () => {
    await using server = await startWebServer((_, response) => response.end(rss('River Wire')));
    const { id, poll } = await addSampleFeed(store, `${server.origin}/rss`);
    const lastError = { code: 'gone' as const, message: 'x', status: 410 };
    for (const [locale, words] of Object.entries({
      en: 'given up',
      ko: '다시 읽습니다',
      ru: 'снова читается',
    })) {
      await store.feeds.finishPoll(id, { ...poll, goneAt: 1, failures: 9, lastError });
      const reply = await run('add', { url: `${server.origin}/rss` }, { ...admin, locale: locale as 'en' });
      expect(said(reply)).toContain(words);
      expect((await store.feeds.list()).map((feed) => feed.poll)).toMatchObject([
        { goneAt: null, failures: 0, lastError: null, nextPollAt: NOW },
      ]);
    }
  });

  test('says in each language why there is none', async () => {
    await using server = await startWebServer((_, response) => response.writeHead(500).end());
    for (const locale of ['en', 'ko', 'ru'] as const) {
      const reply = await run('add', { url: server.origin }, { ...admin, locale });
      expect(reply.failed).toBe(true);
      expect(said(reply)).toMatch(
        { en: /answers with an error/, ko: /오류로 응답/, ru: /отвечает ошибкой/ }[locale],
      );
    }
    expect(said(await run('add', { url: 'http://user:secret@wire.example/' }))).not.toContain('secret');
  });
});

describe('the list', () => {
  test('check puts the troubled ones first, with the reason in words', async () => {
    const well = await addSampleFeed(store, 'https://wire.example/well');
    const ill = await addSampleFeed(store, 'https://wire.example/ill?token=hidden');
    await store.feeds.finishPoll(well.id, {
      ...well.poll,
      lastSuccessAt: NOW - 60_000,
      newestEntryAt: NOW - 120_000,
    });
    await store.feeds.finishPoll(ill.id, {
      ...ill.poll,
      failures: 3,
      lastError: { code: 'http-status', status: 503, message: 'x' },
    });
    const reply = await run('check');
    const list = reply.blocks.find((block) => block.kind === 'list')!;
    expect(JSON.stringify(list.items[0])).toMatch(/failing.*answers with an error \(HTTP 503\)/);
    expect(JSON.stringify(list.items[1])).toMatch(/well/);
    expect(said(reply)).not.toContain('hidden');
  });

  test('removing a feed of the configuration pauses it for this server, and offers to resume', async () => {
    const feed = await addSampleFeed(store);
    const removed = await run('remove', { feed: String(feed.id) });
    expect(removed.failed).toBeUndefined();
    expect(said(removed)).toContain('is paused here');
    expect(removed.changed).toEqual({ object: 'feed Sample Wire', detail: 'paused' });
    expect((await store.settings.get('discord:1'))?.pausedFeeds).toEqual([feed.id]);
    expect(await store.feeds.list()).toHaveLength(1);
    expect(said(await run('list'))).toContain('paused here');
    const back = removed.blocks.find((block) => block.kind === 'actions')!.actions[0]!;
    expect(back.label).toBe('Resume here');
    await run(back.call.path.split(' ')[1]!, back.call.options);
    expect((await store.settings.get('discord:1'))?.pausedFeeds).toEqual([]);
  });

  test('pausing twice is pausing once', async () => {
    const feed = await addSampleFeed(store);
    expect((await run('pause', { feed: 'sample wire' })).changed?.detail).toBe('paused');
    const again = await run('pause', { feed: 'sample wire' });
    expect(said(again)).toContain('paused here already');
    expect(again.changed).toBeUndefined();
    expect((await store.settings.get('discord:1'))?.pausedFeeds).toEqual([feed.id]);
    expect((await run('resume', { feed: 'sample wire' })).changed?.detail).toBe('resumed');
    expect(said(await run('resume', { feed: 'sample wire' }))).toContain('not paused here');
  });

  test('no feed that matches: what was looked through, and what would match', async () => {
    const feed = await addSampleFeed(store);
    await store.feeds.finishPoll(feed.id, { ...feed.poll, lastSuccessAt: NOW });
    const reply = await run('list', { words: 'wire zebra' });
    expect(said(reply)).toContain('1 feeds that serve everybody and 0 added here');
    expect(said(reply)).toContain(`{"time":${NOW}}`);
    const actions = reply.blocks.find((block) => block.kind === 'actions')!.actions;
    expect(actions).toMatchObject([
      { label: 'wire (1)', call: { path: 'feeds list', options: { words: 'wire' } } },
    ]);
    const all = await run('check', { words: 'zebra' });
    expect(said(all)).toContain('all feeds (1)');
    expect(said(await run('pause', { feed: 'smple wire' }))).toContain('For example: Sample Wire');
  });

  test('names of feeds complete, where one makes sense', async () => {
    const feed = await addSampleFeed(store);
    const complete = (verb: string, name: string) =>
      feedsCommands({ store, discover, topics: [topic] })
        .find(({ path }) => path[1] === verb)!
        .options.find((option) => option.name === name)!.complete!('sam', {
        actor: admin,
        now: NOW,
        signal: new AbortController().signal,
      });
    expect(await complete('list', 'words')).toMatchObject([{ value: 'Sample Wire' }]);
    expect(await complete('resume', 'feed')).toEqual([]);
    await run('pause', { feed: 'sample wire' });
    expect(await complete('resume', 'feed')).toMatchObject([{ value: String(feed.id) }]);
    expect(await complete('pause', 'feed')).toEqual([]);
  });

  test('one server cannot touch or see what another added', async () => {
    const { outletId } = await addSampleFeed(store);
    const other = await store.feeds.add({
      url: 'https://secret.example/rss',
      scope: 'discord:2',
      outletId,
      title: null,
      language: null,
      fullText: 'never',
      nextPollAt: 0,
    });
    expect((await run('remove', { feed: String(other.feed.id) })).failed).toBe(true);
    expect((await run('pause', { feed: 'https://secret.example/rss' })).failed).toBe(true);
    expect(said(await run('list')) + said(await run('export'))).not.toContain('secret.example');
  });

  test('what is exported can be imported by another installation; a feed of the instance is known to all', async () => {
    await addSampleFeed(store, 'https://wire.example/1');
    const file = (await run('export')).blocks.find((block) => block.kind === 'file')!;
    expect(said(await run('import', { file: file.content }))).toMatch(
      /0 added, 1 there already, 0 not usable/,
    );
    const other = await openStore({ file: ':memory:' });
    const command = feedsCommands({ store: other, discover, topics: [topic] }).find(
      ({ path }) => path[1] === 'import',
    )!;
    const context = { actor: admin, now: NOW, signal: new AbortController().signal, manager: true };
    const reply = await command.run({ file: file.content }, context);
    expect(said(reply)).toMatch(/1 added, 0 there already, 0 not usable/);
    await other.close();
    expect((await run('import', { file: 'hello' })).failed).toBe(true);
  });

  test('what cannot be read is told in the language of who asks', async () => {
    const korean = { ...admin, locale: 'ko' as const };
    const imported = async (file: string) => said(await run('import', { file }, korean));
    expect(await imported('hello')).toContain('OPML 목록이 아닙니다');
    expect(await imported('hello')).not.toMatch(/there is/);
    const list =
      '<opml version="2.0"><body><outline text="A" xmlUrl="nonsense"/><outline text="B"/></body></opml>';
    expect(await imported(list)).toContain('A: “nonsense”: http나 https 주소가 아님');
    expect(await imported(list)).toContain('B: 피드 주소(xmlUrl)가 없음');
    expect(said(await run('add', { url: '127.0.0.1:1/feed' }))).toContain(
      'No feed at https://127.0.0.1:1/feed',
    );
    expect(said(await run('add', { url: 'no address' }))).toContain('No feed at no address');
  });

  test('an import takes no address that is not of the open internet, and says what is wrong with the list', async () => {
    const guarded = createHttpClient({ userAgent: 'test', allowPrivate: false });
    const refused = [
      'http://169.254.169.254/x',
      'http://user:secret@wire.example/rss',
      'http://127.0.0.1:22/',
      'http://[::1]/',
    ];
    const outlines = [...refused, 'https://wire.example/rss'].map(
      (url) => `<outline text="A" xmlUrl="${url}"/>`,
    );
    const command = feedsCommands({
      store,
      discover: { ...discover, client: guarded },
      topics: [topic],
    }).find(({ path }) => path[1] === 'import')!;
    for (const [locale, words] of Object.entries({ en: 'breaks off', ko: '끊겼습니다', ru: 'обрывается' })) {
      const reply = await command.run(
        { file: `<opml><body>${outlines.join('')}` },
        {
          actor: { ...admin, scope: `discord:${locale}`, locale: locale as 'en' },
          ...{ now: NOW, signal: new AbortController().signal, manager: true },
        },
      );
      expect(said(reply)).toContain(words);
      expect(said(reply)).not.toContain('secret');
      const feeds = await store.feeds.list([`discord:${locale}`]);
      expect(feeds.map(({ url }) => url)).toEqual(['https://wire.example/rss']);
    }
    await guarded.close();
  });
});
