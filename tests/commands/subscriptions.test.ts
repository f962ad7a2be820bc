import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Action, Actor, Block, Command, Options, Reply } from '../../src/commands/command.ts';
import { readQuietHours } from '../../src/commands/describe-subscription.ts';
import { newsCommands } from '../../src/commands/news.ts';
import type { SubscriptionDeps } from '../../src/commands/subscription-deps.ts';
import { subscriptionCommands } from '../../src/commands/subscriptions.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createExtractiveSummarizer } from '../../src/summaries/extractive-summarizer.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { SAMPLE_MEMBER } from '../fakes/sample-actor.ts';
import { addSampleFeed, SAMPLE_TIME, sampleEntry, sampleVerdict } from '../fakes/sample-store.ts';

const topic = await loadTopic('config/topics/russia-north-korea.yaml');
const NOW = SAMPLE_TIME + 3_600_000;

let store: Store;
let commands: Command[];
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
  const deps: SubscriptionDeps = {
    store,
    topics: [topic],
    summarizer: createExtractiveSummarizer(),
    describeChannel: async () => ({ kind: 'text', name: '#news', missing: [] }),
    nameOf: async (scope) => (scope === 'discord:1' ? 'First server' : null),
  };
  commands = [...subscriptionCommands(deps), ...newsCommands(deps)];
});
afterEach(() => store.close());

function run(
  path: string,
  options: Options = {},
  actor: Actor = SAMPLE_MEMBER,
  manager = false,
): Promise<Reply> {
  const command = commands.find((c) => c.path.join(' ') === path)!;
  return command.run(options, { actor, now: NOW, signal: new AbortController().signal, manager });
}
const actions = (reply: Reply): Action[] =>
  reply.blocks.flatMap((block: Block) =>
    block.kind === 'actions'
      ? block.actions
      : block.kind === 'list'
        ? block.items.flatMap((i) => i.actions ?? [])
        : [],
  );
const said = (reply: Reply): string => JSON.stringify(reply.blocks);

/** Articles of last week, all relevant; `titles` in order. */
async function archive(...titles: string[]): Promise<void> {
  const feed = await addSampleFeed(store);
  const entries = titles.map((title, i) => ({
    ...sampleEntry(feed, i),
    title,
    text: 'Freight crossed the river.',
  }));
  const stored = await store.articles.ingest(feed.id, entries, SAMPLE_TIME);
  const verdict = sampleVerdict(topic.slug);
  await store.search.put(stored.map(({ article }) => ({ ...article!, verdicts: [verdict] })));
}

describe('/subscribe', () => {
  test('an empty query is answered with an example, one in use with the way to change it', async () => {
    const empty = await run('subscribe', { query: ' ' }, { ...SAMPLE_MEMBER, locale: 'ko' });
    expect(said(empty)).toContain('포탄 러시아 -축구');
    expect(said(empty)).not.toContain('⌃');
    await run('subscribe', { query: 'missile' });
    const again = await run('subscribe', { query: 'missile', mode: 'daily' });
    expect(actions(again)).toMatchObject([{ form: true, call: { options: { id: 1, mode: 'daily' } } }]);
  });

  test('themes are named as people call them', async () => {
    await run('subscribe', { query: 'missile', themes: 'arms' });
    expect(said(await run('subscriptions', {}, { ...SAMPLE_MEMBER, locale: 'ko' }))).toContain('무기·탄약');
  });

  test('what is paused says so, and resumes by a press', async () => {
    await run('subscribe', { query: 'missile' });
    const paused = await run('subscriptions', { pause: 1 });
    expect(said(paused)).toContain('Paused.');
    const [resume] = actions(paused);
    expect(said(await run(resume!.call.path, resume!.call.options))).toContain('Resumed.');
    expect(await store.subscriptions.get(1)).toMatchObject({ paused: false });
  });

  test('saves, shows how it was read and what last week would have brought', async () => {
    await archive('Missile train', 'Grain train', 'Missile test');
    const reply = await run('subscribe', {
      query: 'missile train OR volcano',
      quiet: '22:00-07:00',
      zone: 'Seoul',
    });
    expect(said(reply)).toContain('(missile AND train) OR volcano');
    expect(said(reply)).toContain('1 of 3 articles');
    expect(reply.changed?.object).toBe('subscription 1');
    expect(await store.subscriptions.list()).toMatchObject([
      { owner: '10', zone: 'Asia/Seoul', quietHours: { start: 1320, end: 420 }, mode: 'instant' },
    ]);
    const [subscription] = await store.subscriptions.list();
    expect(await store.destinations.get(subscription!.destinationId)).toMatchObject({
      kind: 'dm',
      target: '10',
    });
  });

  test('a bad query comes back with its place and the corrected one on a form', async () => {
    const reply = await run('subscribe', { query: '"mutual defence', mode: 'daily' });
    expect(reply.failed).toBe(true);
    expect(actions(reply)).toMatchObject([
      { form: true, call: { path: 'subscribe', options: { query: '"mutual defence"', mode: 'daily' } } },
    ]);
    expect(said(await run('subscribe', { query: 'theme:amrs' }))).toContain('theme:arms');
    expect(said(await run('subscribe', { query: '-x' }, { ...SAMPLE_MEMBER, locale: 'ko' }))).toContain(
      '제외할 말만',
    );
    expect(await store.subscriptions.list()).toEqual([]);
  });

  test('without words it gives an example and the form', async () => {
    const reply = await run('subscribe', { mode: 'daily' });
    expect(reply.failed).toBe(true);
    expect(actions(reply)).toMatchObject([{ form: true, call: { options: { mode: 'daily' } } }]);
  });

  test('says where alerts go, and limits them to languages and themes', async () => {
    await archive('Missile train', 'Missile test');
    expect(said(await run('subscribe', { query: 'missile' }))).toContain('by direct message');
    const here = await run(
      'subscribe',
      { query: 'missile', here: true, languages: 'ko', mode: 'hourly' },
      SAMPLE_MEMBER,
      true,
    );
    expect(said(here)).toContain('"Alerts come ","every hour",", into ",{"channel":"20"}');
    expect(said(here)).toContain('0 of 2 articles');
    expect((await store.subscriptions.list())[1]).toMatchObject({ languages: ['ko'], themes: [] });
    // In one's own messages "here" is by direct message.
    const alone = { ...SAMPLE_MEMBER, channelId: null };
    const command = commands.find(({ path }) => path[0] === 'subscribe')!;
    const right = command.right as (options: Options, actor: Actor) => string;
    expect([right({ here: true }, SAMPLE_MEMBER), right({ here: true }, alone)]).toEqual([
      'manage',
      'anyone',
    ]);
  });

  test('one that would have brought nothing says so with the nearest that would', async () => {
    await archive('Missile train');
    const reply = await run('subscribe', { query: 'missile zebra' });
    expect(said(reply)).toContain('0 of 1 articles');
    expect(actions(reply)).toMatchObject([
      { label: 'missile (1)', form: true, call: { path: 'subscribe', options: { id: 1, query: 'missile' } } },
    ]);
  });

  test('the nearest is counted in the languages it is for', async () => {
    await archive('Missile train');
    const reply = await run('subscribe', { query: 'missile zebra', languages: 'ko' });
    expect(said(reply)).toContain('No broader query');
  });

  test.each<[Options, string, Options]>([
    [{ zone: 'Aisa/Seoul' }, 'Aisa/Seoul', { zone: 'Asia/Seoul' }],
    [{ quiet: '22 to seven' }, '22 to seven', { quiet: '22:00-07:00' }],
    [{ languages: 'ko,korean' }, 'korean', { languages: 'ko' }],
    [{ languages: 'kr' }, 'kr', { languages: 'ko' }],
    [{ themes: 'amrs' }, 'amrs', { themes: 'arms' }],
  ])('%j is echoed, with what was likely meant', async (options, echoed, meant) => {
    const reply = await run('subscribe', { query: 'missile', ...options });
    expect(reply.failed).toBe(true);
    expect(said(reply)).toContain(echoed);
    expect(actions(reply)).toMatchObject([{ form: true, call: { options: { query: 'missile', ...meant } } }]);
    expect(await store.subscriptions.list()).toEqual([]);
  });

  test('a language that is none is refused', async () => {
    expect((await run('subscribe', { query: 'missile', languages: 'xx' })).failed).toBe(true);
  });

  test('a source that is none is met with those there are', async () => {
    await addSampleFeed(store);
    expect(said(await run('subscribe', { query: 'source:nosuch' }))).toContain('source:sample-wire');
  });

  test('a very broad one is told so, and taken when the person insists', async () => {
    await archive(...Array.from({ length: 30 }, (_, i) => `Freight train ${i}`));
    const reply = await run('subscribe', { query: 'freight' });
    expect(said(reply)).toContain('30 of 30 articles');
    expect(await store.subscriptions.list()).toEqual([]);
    const anyway = actions(reply).find((action) => action.call.options.anyway === true)!;
    await run(anyway.call.path, anyway.call.options);
    expect(await store.subscriptions.list()).toHaveLength(1);
  });

  test('twice the same is one; the 51st is refused', async () => {
    await run('subscribe', { query: 'missile' });
    expect((await run('subscribe', { query: 'missile' })).failed).toBe(true);
    for (let i = 1; i < 50; i++) await run('subscribe', { query: `word${i}` });
    expect(said(await run('subscribe', { query: 'one more' }))).toContain('50 subscriptions');
    expect(await store.subscriptions.list()).toHaveLength(50);
  });

  test('what goes into a channel is changed only by who may manage it', async () => {
    await run('subscribe', { query: 'missile', channel: '20' }, SAMPLE_MEMBER, true);
    expect((await run('subscribe', { id: 1, query: 'volcano' })).failed).toBe(true);
    await run('subscribe', { id: 1, query: 'volcano' }, { ...SAMPLE_MEMBER, userId: '11' }, true);
    expect(await store.subscriptions.list()).toMatchObject([{ query: 'volcano', owner: '10' }]);
    expect((await run('subscribe', { id: 1, query: 'x1' }, { ...SAMPLE_MEMBER, userId: '12' })).failed).toBe(
      true,
    );
  });
});

test.each([
  ['22:00-07:00', { start: 1320, end: 420 }],
  ['22–7', { start: 1320, end: 420 }],
  ['0:00-24:00', null],
  ['off', null],
  ['25:00-07:00', 'bad'],
  ['at night', 'bad'],
])('quiet hours %s', (typed, expected) => {
  expect(readQuietHours(typed)).toEqual(expected);
});

describe('/subscriptions and /unsubscribe', () => {
  test('lists with buttons to edit, test, pause and remove', async () => {
    await run('subscribe', { query: 'missile', mode: 'hourly' });
    const list = await run('subscriptions');
    expect(said(list)).toContain('1: missile · every hour');
    expect(actions(list).map((action) => action.label)).toEqual(['Edit', 'Test', 'Pause', 'Remove']);
    await run('subscriptions', { pause: 1 });
    expect(said(await run('subscriptions'))).toContain('paused');
    expect(actions(await run('subscriptions')).map((action) => action.label)).toContain('Resume');
  });

  test('a test shows what last week would have brought', async () => {
    await archive('Missile train', 'Grain train');
    await run('subscribe', { query: 'missile' });
    const reply = await run('subscriptions', { test: 1 });
    expect(said(reply)).toContain('1 of 2 articles');
    expect(said(reply)).toContain('{"strong":"Missile"}');
  });

  test('a test that finds nothing offers the nearest query of last week', async () => {
    await archive('Missile train', 'Missile test');
    await run('subscribe', { query: 'missile zebra' });
    const reply = await run('subscriptions', { test: 1 });
    expect(said(reply)).toContain('Nothing of last week matches');
    expect(actions(reply)).toMatchObject([
      { label: 'missile (2)', form: true, call: { path: 'subscribe', options: { id: 1, query: 'missile' } } },
    ]);
  });

  test('the form to edit one brings everything it has', async () => {
    const wish = {
      query: 'missile',
      quiet: '22-7',
      zone: 'Seoul',
      channel: '20',
      languages: 'ko,en',
      themes: 'arms',
    };
    await run('subscribe', wish, SAMPLE_MEMBER, true);
    const edit = actions(await run('subscriptions', {}, SAMPLE_MEMBER, true)).find(
      ({ label }) => label === 'Edit',
    )!;
    const context = { actor: SAMPLE_MEMBER, now: NOW, signal: new AbortController().signal, manager: true };
    const form = await commands.find(({ path }) => path[0] === 'subscribe')!.prefill!(
      edit.call.options,
      context,
    );
    expect(form).toEqual({
      id: 1,
      query: 'missile',
      mode: 'instant',
      quiet: '22:00-07:00',
      zone: 'Asia/Seoul',
      channel: '20',
      languages: 'ko,en',
      themes: 'arms',
    });
    // Sent as it is, it changes nothing.
    await run('subscribe', { ...form, mode: 'daily' }, SAMPLE_MEMBER, true);
    expect(await store.subscriptions.list()).toMatchObject([
      { mode: 'daily', languages: ['ko', 'en'], themes: ['arms'], quietHours: { start: 1320, end: 420 } },
    ]);
  });

  test('a channel that was paused is said, resumed by its verb, and by a new subscription', async () => {
    await run('subscribe', { query: 'missile', here: true }, SAMPLE_MEMBER, true);
    const { destinationId } = (await store.subscriptions.list())[0]!;
    const pause = { at: NOW, why: 'not-allowed' as const, detail: 'Send Messages' };
    await store.destinations.pause(destinationId, pause);
    const list = await run('subscriptions', {}, SAMPLE_MEMBER, true);
    expect(said(list)).toContain('posting there is paused: A permission is missing. (Send Messages)');
    const resume = actions(list).find(({ label }) => label === 'Resume')!;
    expect((await run(resume.call.path, resume.call.options)).failed).toBe(true);
    expect(said(await run(resume.call.path, resume.call.options, SAMPLE_MEMBER, true))).toContain(
      'goes on now',
    );
    expect((await store.destinations.get(destinationId))!.paused).toBeNull();

    await store.destinations.pause(destinationId, pause);
    const reply = await run('subscribe', { query: 'volcano', channel: '20' }, SAMPLE_MEMBER, true);
    expect(said(reply)).toContain('goes on now');
    expect((await store.destinations.get(destinationId))!.paused).toBeNull();
  });

  test('without a number, unsubscribe lists what there is, each with its button', async () => {
    await run('subscribe', { query: 'missile' });
    const reply = await run('unsubscribe');
    expect(reply.failed).toBeUndefined();
    expect(actions(reply)).toMatchObject([{ label: 'Remove', call: { options: { id: 1 } } }]);
    const wrong = await run('unsubscribe', { id: 9 });
    expect(said(wrong)).toContain('no subscription 9');
    expect(actions(wrong)).toHaveLength(1);
  });

  test("nobody removes or sees another person's", async () => {
    await run('subscribe', { query: 'missile' });
    const other = { ...SAMPLE_MEMBER, userId: '11' };
    expect((await run('unsubscribe', { id: 1 }, other)).failed).toBe(true);
    expect(said(await run('subscriptions', {}, other))).toContain('nothing yet');
    await run('unsubscribe', { all: true });
    expect(await store.subscriptions.list()).toEqual([]);
  });

  test('forget-me removes them with what waits', async () => {
    await run('subscribe', { query: 'missile' });
    expect(await store.subscriptions.exportPerson('discord', '10')).toMatchObject({
      subscriptions: [{ query: 'missile' }],
    });
    await store.subscriptions.forgetPerson('discord', '10');
    expect(await store.subscriptions.list()).toEqual([]);
    expect(await store.destinations.find('discord', '10')).toBeNull();
  });
});

describe('/news search', () => {
  test('pages by its More button, marks the match, offers to subscribe', async () => {
    await archive(...Array.from({ length: 12 }, (_, i) => `Missile number ${i}`));
    const titles: string[] = [];
    let reply = await run('news search', { query: 'missile' });
    expect(said(reply)).toContain('12 articles found');
    for (;;) {
      titles.push(...(said(reply).match(/number \d+/g) ?? []));
      const next = actions(reply).find((action) => action.label === 'More');
      if (!next) break;
      reply = await run(next.call.path, next.call.options);
    }
    expect(new Set(titles).size).toBe(12);
    expect(titles).toHaveLength(12);
    expect(actions(reply)).toMatchObject([
      { call: { path: 'subscribe', options: { query: 'missile' } }, form: true },
    ]);
  });

  test('nothing found says where was searched, how fresh that is, and the nearest query that finds something', async () => {
    await archive('Missile train', 'Missile test');
    const [feed] = await store.feeds.list();
    await store.feeds.finishPoll(feed!.id, { ...feed!.poll, lastSuccessAt: SAMPLE_TIME });
    const reply = await run('news search', { query: 'zebra giraffe missile' });
    expect(said(reply)).toContain('zebra giraffe missile');
    expect(said(reply)).toContain(
      `"Searched: ","articles relevant to the topic",", from ",{"time":${SAMPLE_TIME}}," to ","now"`,
    );
    expect(said(reply)).toContain(`"Last successful poll: ",{"time":${SAMPLE_TIME}}`);
    expect(actions(reply)).toMatchObject([
      { label: 'missile (2)', call: { path: 'news search', options: { query: 'missile' } } },
    ]);
    const days = await run('news search', { query: 'missile before:2024-01-31' });
    expect(said(days)).toContain(`{"time":${Date.UTC(2024, 1, 1) - 1}}`);
    expect(actions(days)).toMatchObject([{ label: 'missile (2)' }]);
    expect(said(await run('news search', { query: 'zebra' }))).toContain('No broader query');
  });

  test('that no feed can be read is said beside an empty answer', async () => {
    const feed = await addSampleFeed(store);
    const lastError = { code: 'timeout' as const, message: 'did not answer' };
    await store.feeds.finishPoll(feed.id, { ...feed.poll, failures: 3, lastError });
    expect(said(await run('news search', { query: 'zebra' }))).toContain(
      'No feed can be read at present: ","Sample Wire"',
    );
  });

  test('a bad query comes back corrected', async () => {
    expect(actions(await run('news search', { query: 'kim (train' }))).toMatchObject([
      { call: { options: { query: 'kim (train)' } } },
    ]);
    expect((await run('news search', { query: 'kim', page: 'junk' })).failed).toBe(true);
  });
});

describe("in a person's own messages", () => {
  const alone: Actor = { ...SAMPLE_MEMBER, scope: 'discord:user-10', channelId: null };

  test('what was subscribed in any server is listed, changed and ended', async () => {
    await run('subscribe', { query: 'missile' });
    await run('subscribe', { query: 'volcano' }, { ...SAMPLE_MEMBER, scope: 'discord:2' });
    const list = await run('subscriptions', {}, alone);
    expect(said(list)).toContain('1: missile');
    expect(said(list)).toContain('by direct message');
    expect(said(list)).toContain('First server');
    expect(said(list)).toContain('2: volcano');
    await run('subscribe', { id: 1, query: 'missile train', mode: 'daily' }, alone);
    expect(await store.subscriptions.get(1)).toMatchObject({ scope: 'discord:1', query: 'missile train' });
    await run('unsubscribe', { id: 2 }, alone);
    expect(await store.subscriptions.list()).toMatchObject([{ id: 1 }]);
    expect(
      said(await run('subscriptions', {}, { ...alone, scope: 'discord:user-11', userId: '11' })),
    ).toContain('nothing yet');
    // In another server, what was made in this one is not to be seen.
    expect(said(await run('subscriptions', {}, { ...SAMPLE_MEMBER, scope: 'discord:3' }))).toContain(
      'nothing yet',
    );
  });

  test('one into a channel is changed there, not from here', async () => {
    await run('subscribe', { query: 'missile', channel: '20' }, SAMPLE_MEMBER, true);
    expect((await run('subscribe', { id: 1, query: 'volcano' }, alone)).failed).toBe(true);
  });

  test('a server that is purged takes no subscription of another with it', async () => {
    await run('subscribe', { query: 'missile' });
    await run('subscribe', { query: 'volcano' }, { ...SAMPLE_MEMBER, scope: 'discord:2' });
    expect(await store.destinations.list()).toMatchObject([{ scope: 'discord:user-10', target: '10' }]);
    await store.settings.purge('discord:1');
    expect(await store.subscriptions.list()).toMatchObject([{ query: 'volcano' }]);
    expect(await store.destinations.list()).toHaveLength(1);
    await store.settings.purge('discord:2');
    expect(await store.destinations.list()).toEqual([]);
  });
});

describe('completion', () => {
  async function completed(path: string, option: string, typed: string): Promise<string[]> {
    const spec = commands
      .find((c) => c.path.join(' ') === path)!
      .options.find(({ name }) => name === option)!;
    const context = { actor: SAMPLE_MEMBER, now: NOW, signal: new AbortController().signal };
    return (await spec.complete!(typed, context)).map(({ value }) => value);
  }

  test('subscriptions by number, where one is named', async () => {
    await run('subscribe', { query: 'missile' });
    await run('subscribe', { query: 'volcano' });
    await run('subscriptions', { pause: 2 });
    expect(await completed('subscribe', 'id', 'volc')).toEqual(['2']);
    expect(await completed('subscriptions', 'test', '')).toEqual(['1', '2']);
    expect(await completed('subscriptions', 'pause', '')).toEqual(['1']);
    expect(await completed('unsubscribe', 'id', 'mis')).toEqual(['1']);
  });

  test('fields of a query with their values, and what the person asked for before', async () => {
    await addSampleFeed(store);
    expect(await completed('news search', 'query', 'missile source:sam')).toEqual([
      'missile source:sample-wire',
    ]);
    expect(await completed('news search', 'query', 'missile -lang:k')).toEqual(['missile -lang:ko']);
    expect(await completed('subscribe', 'query', 'theme:ar')).toContain('theme:arms');
    await run('news search', { query: '"mutual defence" treaty' });
    expect(await completed('news search', 'query', 'defence')).toEqual(['"mutual defence" treaty']);
  });

  test('one after another of several languages and themes', async () => {
    expect(await completed('subscribe', 'languages', 'ko,eng')).toEqual(['ko,en']);
    expect(await completed('subscribe', 'themes', 'arm')).toContain('arms');
  });
});
