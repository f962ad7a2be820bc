import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Digest, DigestStory } from '../../../src/model/digest.ts';
import { storiesOfMessage } from '../../../src/platforms/slack/message-stories.ts';
import { renderDigest, renderNotice } from '../../../src/platforms/slack/render-digest.ts';
import { distinct, renderBlocks, renderReply } from '../../../src/platforms/slack/render-reply.ts';
import { button } from '../../../src/platforms/slack/story-blocks.ts';
import { checkMessage, checkView } from '../../fakes/slack-limits.ts';
import { NAUGHTY_TITLES } from '../../fixtures/discord/naughty-titles.ts';
import { sampleDigest, sampleStory } from '../../fixtures/discord/sample-digest.ts';

const marker = (index: number) => `mark-${index}`;
const SLACK_TITLES = [
  '<!channel> the treaty is signed',
  '<!here|here> <!everyone>',
  '<@U0ADMIN> and <#C0NEWS|news> and <!subteam^S0DESK|@desk>',
  '<https://evil.example|wire.example>',
  '*bold* _it_ ~no~ `code` &lt;!channel&gt; <!date^0^{date}|now>',
  ':smile: &amp; <mailto:a@b.example|mail>',
];

function digestOf(stories: DigestStory[], change: Partial<Digest> = {}): Digest {
  return sampleDigest({
    sections: [{ theme: { slug: 'arms', title: 'Arms' }, stories }],
    alsoNoted: [],
    ...change,
  });
}

function violations(digest: Digest): string[] {
  return [false, true].flatMap((threaded) =>
    renderDigest(digest, { marker, threaded }).flatMap(({ payload }) => checkMessage(payload)),
  );
}

describe('hostile titles', () => {
  test.each([...NAUGHTY_TITLES, ...SLACK_TITLES])('%s is inert, wherever it stands', (title) => {
    const story = sampleStory();
    const text = { ...story.headline, text: title };
    const hostile: DigestStory = {
      ...story,
      headline: text,
      sentences: story.sentences.map((sentence) => ({ ...sentence, text: title })),
      sources: story.sources.map((source) => ({ ...source, outlet: title })),
    };
    const digest = digestOf([hostile], {
      topic: { slug: 'x', title },
      matches: [{ query: title, words: [title] }] as never,
      coverage: { ...sampleDigest().coverage, silent: [title], failing: [{ name: title, reason: title }] },
    });
    expect(violations(digest)).toEqual([]);
    for (const { payload } of renderDigest(digest, { marker })) expect(payload.text).not.toMatch(/<[!@#h]/);
    const notice = { kind: 'notice' as const, code: 'x', title, text: `${title}\n${title}` };
    expect(checkMessage(renderNotice(notice, 'm').payload)).toEqual([]);
  });
});

/** What a feed may say: any length, escapes, characters of every plane. */
const anyText = fc.oneof(
  fc.string({ maxLength: 900, unit: 'binary' }),
  fc.constantFrom('&'.repeat(700), '<'.repeat(700), '*_~`'.repeat(200), '', '<!channel>'.repeat(80)),
);
const anyUrl = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 2900 }).map((n) => `https://wire.example/${'p'.repeat(n)}`),
  fc.constant(`https://${`${'d'.repeat(60)}.`.repeat(3)}example/a`),
);
const anySource = fc
  .record({ outlet: anyText, url: anyUrl, title: anyText })
  .map(({ outlet, url, title }, i = 0) => ({ ...sampleStory().sources[i % 3]!, outlet, url, title }));
const anyStory = fc
  .record({
    headline: anyText,
    sentences: fc.array(fc.record({ text: anyText, translation: fc.option(anyText, { nil: undefined }) }), {
      maxLength: 9,
    }),
    sources: fc.array(anySource, { maxLength: 12 }),
    conflicts: fc.array(fc.record({ who: anyText, text: anyText }), { maxLength: 5 }),
    changes: fc.array(anyText, { maxLength: 5 }),
    onlyStateMedia: fc.option(anyText),
    kind: fc.constantFrom('report' as const, 'opinion' as const),
    badge: fc.constantFrom('NEW' as const, 'UPDATED' as const, 'CORRECTED' as const),
  })
  .map(({ headline, sentences, conflicts, changes, ...more }): DigestStory => {
    const story = sampleStory();
    const quote = story.headline;
    return {
      ...story,
      ...more,
      headline: { ...quote, text: headline },
      sentences: sentences.map(({ text, translation }) => ({
        ...quote,
        text,
        also: [1, 2],
        ...(translation === undefined ? {} : { translation }),
      })),
      conflicts: conflicts.map(({ who, text }) => ({
        who,
        sentence: { ...quote, text },
        stateMedia: true,
      })),
      changes: changes.map((now) => ({ kind: 'figure', now, was: now, wasAt: 0 }) as never),
    };
  });
const anyDigest = fc
  .record({
    stories: fc.array(anyStory, { maxLength: 30 }),
    noted: fc.array(fc.record({ headline: anyText, source: anySource }), { maxLength: 30 }),
    title: anyText,
    theme: anyText,
    kind: fc.constantFrom('digest' as const, 'alert' as const),
    matches: fc.array(fc.record({ query: anyText, words: fc.array(anyText, { maxLength: 8 }) }), {
      maxLength: 12,
    }),
    names: fc.array(anyText, { maxLength: 5 }),
    notes: fc.subarray(['llm', 'extractive-fallback']),
  })
  .map(({ stories, noted, title, theme, kind, matches, names, notes }) => {
    const numbered = stories.map((story, i) => ({ ...story, storyId: i + 1 }));
    const lines = noted.map(({ headline, source }, i) => ({
      storyId: 1000 + i,
      storyRevision: 1,
      kind: 'opinion' as const,
      headline: { ...sampleStory().headline, text: headline },
      source,
    }));
    const { coverage } = sampleDigest();
    return sampleDigest({
      kind,
      topic: { slug: 'x', title },
      sections: [{ theme: { slug: 'x', title: theme }, stories: numbered }],
      alsoNoted: lines,
      alerted: lines.map((line) => ({ ...line, storyId: line.storyId + 1000 })),
      matches: matches.map((match) => ({ subscriptionId: 1, ...match })),
      coverage: {
        ...coverage,
        silent: names,
        failing: names.map((name) => ({ name, reason: name })),
      },
      notes,
    });
  });

test('digests of any feeds keep to the limits, lose no story and repeat none', () => {
  fc.assert(
    fc.property(anyDigest, fc.boolean(), (digest, threaded) => {
      const messages = renderDigest(digest, { marker, threaded });
      expect(messages.flatMap(({ payload }) => checkMessage(payload))).toEqual([]);
      for (const { payload } of messages) expect(payload.text.length).toBeLessThanOrEqual(4000);
      const told = digest.sections.flatMap(({ stories }) => stories.map(({ storyId }) => storyId));
      const noted = [...digest.alsoNoted, ...digest.alerted].map(({ storyId }) => storyId);
      expect(messages.flatMap((message) => message.stories)).toEqual([...told, ...noted]);
      const shown = messages.flatMap(({ payload }) => storiesOfMessage(payload.blocks));
      expect(new Set(shown.map(({ story }) => story))).toEqual(new Set([...told, ...noted]));
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('a story keeps its links as long as they are of a usual length, and shows the domain of others', () => {
  const [usual, long] = [500, 2100].map((n) => `https://wire.example/${'p'.repeat(n)}`);
  const sources = [usual!, long!].map((url) => ({ ...sampleStory().sources[0]!, url }));
  const [message] = renderDigest(digestOf([{ ...sampleStory(), sources }]), { marker });
  const text = JSON.stringify(message!.payload.blocks);
  expect(text).toContain(usual);
  expect(text).not.toContain(long);
  expect(text.match(/Sample Wire · wire\.example/g)).toHaveLength(2);
});

test('a shortcut on headlines alone, of a thread’s parent or below the stories, knows their stories', () => {
  const noted = { ...sampleDigest().alsoNoted[0]!, storyId: 77 };
  const digest = digestOf([sampleStory()], { alsoNoted: [noted] });
  const [parent, ...thread] = renderDigest(digest, { marker, threaded: true });
  expect(storiesOfMessage(parent!.payload.blocks)).toEqual([
    { story: 41, headline: sampleStory().headline.text },
  ]);
  expect(storiesOfMessage(thread.at(-1)!.payload.blocks)).toContainEqual({
    story: 77,
    headline: noted.headline.text,
  });
});

test('the notification of an alert says that it is one, and of which words', () => {
  const matches = [{ subscriptionId: 1, query: '"artillery shells"', words: [] }];
  const [en, ko, ru] = (['en', 'ko', 'ru'] as const).map(
    (locale) =>
      renderDigest(digestOf([sampleStory()], { kind: 'alert', matches, locale }), { marker })[0]!.payload
        .text,
  );
  expect(en).toBe('Alert for “"artillery shells"”: Leaders sign treaty with a mutual-defence clause');
  expect(ko).toMatch(/^알림 /);
  expect(ru).toMatch(/^Оповещение: /);
});

const anyInline = fc.oneof(
  anyText,
  anyText.map((strong) => ({ strong })),
  anyText.map((code) => ({ code })),
  fc.record({ link: anyUrl.map((url) => url ?? ''), text: anyText }),
  fc.constantFrom({ time: 1 }, { time: Number.NaN }, { channel: 'C0NEWS' }, { person: 'U0MEMBER' }),
);
const anyAction = fc.record({
  label: anyText,
  call: fc.record({ path: fc.constant('why'), options: fc.record({ url: anyText }) }),
});
const anyBlock = fc.oneof(
  anyText.map((text) => ({ kind: 'heading' as const, text })),
  fc.array(anyInline, { maxLength: 20 }).map((text) => ({ kind: 'text' as const, text })),
  fc
    .array(fc.record({ label: anyText, value: fc.array(anyInline, { maxLength: 20 }) }), { maxLength: 12 })
    .map((fields) => ({ kind: 'fields' as const, fields })),
  fc
    .array(
      fc.record({
        text: fc.array(anyInline, { maxLength: 20 }),
        actions: fc.array(anyAction, { maxLength: 4 }),
      }),
      { maxLength: 40 },
    )
    .map((items) => ({ kind: 'list' as const, items })),
  fc.array(anyStory, { maxLength: 10 }).map((stories) => ({ kind: 'stories' as const, stories })),
  fc.array(anySource, { maxLength: 30 }).map((sources) => ({ kind: 'sources' as const, sources })),
  anyDigest.map((digest) => ({ kind: 'digest' as const, digest })),
  fc.array(anyAction, { maxLength: 40 }).map((actions) => ({ kind: 'actions' as const, actions })),
);
const anyReply = fc.record({
  private: fc.boolean(),
  shareable: fc.boolean(),
  failed: fc.boolean(),
  locale: fc.constantFrom('en' as const, 'ko' as const, 'ru' as const),
  blocks: fc.array(anyBlock, { maxLength: 8 }),
});

test('answers of any kind keep to the limits, as messages and as a view', () => {
  const call = { path: 'news latest', options: {} };
  const whole = button('All', call);
  fc.assert(
    fc.property(anyReply, (reply) => {
      const { messages } = renderReply(reply, call);
      expect(messages.flatMap(checkMessage)).toEqual([]);
      const blocks = distinct(renderBlocks(reply, call, 100, whole));
      expect(checkView({ ...VIEW, blocks })).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

const VIEW = { type: 'modal', title: { type: 'plain_text', text: 'x' } };

test('a view that has no room for all says how much is left, with a button that brings it, and keeps Share', () => {
  const action = { label: 'Do', call: { path: 'why', options: { story: 1 } } };
  const items = Array.from({ length: 90 }, (_, i) => ({ text: [`line ${i}`], actions: [action] }));
  const reply = {
    private: true,
    shareable: true,
    locale: 'en' as const,
    blocks: [{ kind: 'list' as const, items }],
  };
  const call = { path: 'news latest', options: {} };
  const text = JSON.stringify(renderBlocks(reply, call, 100, button('Send me all of it', call)));
  expect(text).toContain('… 42 more');
  expect(text).toContain('Send me all of it');
  expect(text).toContain('share:news latest');
});

test.each([
  [
    { kind: 'stories' as const, stories: [sampleStory()] },
    'Leaders sign treaty with a mutual-defence clause',
  ],
  [{ kind: 'list' as const, items: [{ text: [{ strong: 'First' }, ' line'] }] }, 'First line'],
  [{ kind: 'sources' as const, sources: sampleStory().sources }, 'Leaders sign treaty'],
  [{ kind: 'fields' as const, fields: [{ label: 'Zone', value: ['UTC'] }] }, 'Zone: UTC'],
])('a notification says what the answer begins with: %o', (block, said) => {
  const reply = { private: true, shareable: false, locale: 'en' as const, blocks: [block] };
  expect(renderReply(reply, null).messages[0]!.text).toBe(said);
});

test('each message carries its marker in metadata, has its unfurls off, and says in a notification what is in it', () => {
  const [first, ...rest] = renderDigest(digestOf(Array.from({ length: 30 }, () => sampleStory())), {
    marker,
  });
  expect(rest.length).toBeGreaterThan(0);
  expect(first!.payload.text).toContain('Leaders sign treaty');
  for (const [index, { payload }] of [first!, ...rest].entries()) {
    expect(payload.metadata.event_payload.marker).toBe(`mark-${index}`);
    expect(payload).toMatchObject({ unfurl_links: false, unfurl_media: false });
  }
});

test('an answer too long for any message is split, then cut with a sign', () => {
  const item = { text: ['x'.repeat(900)] };
  const reply = {
    private: true,
    shareable: true,
    locale: 'en' as const,
    blocks: [{ kind: 'list' as const, items: Array.from({ length: 200 }, () => item) }],
  };
  const { messages } = renderReply(reply, { path: 'news latest', options: {} });
  expect(messages).toHaveLength(4);
  for (const message of messages) expect(checkMessage(message)).toEqual([]);
  expect(JSON.stringify(messages.at(-1))).toMatch(/… \d+ more/);
});
