import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Digest, DigestStory } from '../../../src/model/digest.ts';
import { storiesOfMessage } from '../../../src/platforms/slack/message-stories.ts';
import { renderDigest, renderNotice } from '../../../src/platforms/slack/render-digest.ts';
import { renderReply } from '../../../src/platforms/slack/render-reply.ts';
import { checkMessage } from '../../fakes/slack-limits.ts';
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

test('digests of any size keep to the limits, lose no story and repeat none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.string({ maxLength: 900, unit: 'binary' }),
      fc.boolean(),
      (count, text, threaded) => {
        const stories = Array.from({ length: count }, (_, i) => {
          const story = sampleStory({ storyId: i + 1 } as never);
          return { ...story, storyId: i + 1, headline: { ...story.headline, text: `${i} ${text}` } };
        });
        const messages = renderDigest(digestOf(stories), { marker, threaded });
        expect(messages.flatMap(({ payload }) => checkMessage(payload))).toEqual([]);
        expect(messages.flatMap((message) => message.stories)).toEqual(stories.map(({ storyId }) => storyId));
        const shown = messages.flatMap(({ payload }) => storiesOfMessage(payload.blocks));
        expect(shown.map(({ story }) => story)).toEqual(stories.map(({ storyId }) => storyId));
      },
    ),
    { numRuns: 60 },
  );
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
  expect(JSON.stringify(messages.at(-1))).toContain('…');
});
