import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Digest, DigestStory } from '../../../src/model/digest.ts';
import { carriesMarker, customIdsOf, decodeCustomId } from '../../../src/platforms/discord/custom-id.ts';
import { renderDigest } from '../../../src/platforms/discord/render-digest.ts';
import { checkMessage } from '../../fakes/discord-limits.ts';
import { NAUGHTY_TITLES } from '../../fixtures/discord/naughty-titles.ts';
import { sampleDigest, sampleStory } from '../../fixtures/discord/sample-digest.ts';

const marker = (index: number) => `mark-${index}`;
const render = (digest: Digest) => renderDigest(digest, { marker });

function textsOf(digest: Digest): string[] {
  return render(digest).flatMap(({ payload }) => texts(payload.components));
}

function texts(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(texts);
  const { content, components } = node as { content?: string; components?: unknown };
  return [...(content === undefined ? [] : [content]), ...(components ? texts(components) : [])];
}

function violations(digest: Digest): string[] {
  return render(digest).flatMap(({ payload }) => checkMessage(payload));
}

function digestOf(stories: DigestStory[], change: Partial<Digest> = {}): Digest {
  return sampleDigest({
    sections: [{ theme: { slug: 'arms', title: 'Arms' }, stories }],
    alsoNoted: [],
    ...change,
  });
}

test('header, window, coverage, themes, badges, sources and times stand as a reader expects them', () => {
  const all = textsOf(sampleDigest()).join('\n');
  expect(all).toContain('## Russia–North Korea');
  expect(all).toContain('last 24 h');
  expect(all).toContain('212 articles → 9 stories');
  expect(all).toContain('### Treaty and alliance');
  expect(all).toContain('`NEW` **Leaders sign treaty with a mutual-defence clause**');
  expect(all).toContain('31 reports · 6 origins · first seen <t:');
  expect(all).toContain('[Sample Post · post.example](https://www.post.example/news/');
  expect(all).toContain(
    '\\+ new figure: “more than 10,000 containers” (was: “at least 7,000 containers”, 19 Mar)',
  );
  expect(all).toContain('*(Russian)*');
  expect(all).toContain('> Carried only by state media (Sample Central).');
});

test('each story has its three buttons, and every message carries its marker', () => {
  const messages = render(sampleDigest());
  for (const [index, { payload }] of messages.entries())
    expect(carriesMarker(payload.components, marker(index))).toBe(true);
  const calls = messages
    .flatMap(({ payload }) => customIdsOf(payload.components))
    .map((id) => decodeCustomId(id)!.call);
  for (const path of ['story follow', 'story sources', 'why'])
    expect(calls.filter((call) => call.path === path).map((call) => call.options.story)).toEqual([
      '41',
      '42',
      '43',
      '44',
    ]);
});

test('a quiet day is one short message whose Coverage button carries the marker', () => {
  const quiet = sampleDigest({ sections: [], alsoNoted: [] });
  const [message, ...rest] = render(quiet);
  expect(rest).toEqual([]);
  expect(texts(message!.payload.components).join()).toContain('Nothing new on this topic.');
  expect(customIdsOf(message!.payload.components)).toEqual(['!tumen status~mark-0']);
});

test('a broken day does not look like a quiet one', () => {
  const coverage = { ...sampleDigest().coverage, feedsRead: 0 };
  const broken = sampleDigest({ sections: [], alsoNoted: [], coverage });
  expect(textsOf(broken).join()).toContain('this is not a quiet day');
});

test('a long digest splits between stories, in order, and says which message continues', () => {
  const stories = Array.from({ length: 30 }, (_, i) => sampleStory({ storyId: 100 + i }));
  const messages = render(digestOf(stories));
  expect(messages.length).toBeGreaterThan(3);
  expect(messages.flatMap((message) => message.stories)).toEqual(stories.map((story) => story.storyId));
  expect(texts(messages[1]!.payload.components)[0]).toContain(`continued 2 of ${messages.length}`);
  expect(violations(digestOf(stories))).toEqual([]);
});

test('forty also-noted lines split between lines', () => {
  const [noted] = sampleDigest().alsoNoted;
  const alsoNoted = Array.from({ length: 120 }, (_, i) => ({ ...noted!, storyId: 500 + i }));
  const digest = sampleDigest({ sections: [], alsoNoted });
  expect(violations(digest)).toEqual([]);
  expect(render(digest).flatMap((message) => message.stories)).toHaveLength(120);
});

test('an alert leads with what matched', () => {
  const alert = digestOf([sampleStory()], {
    kind: 'alert',
    matches: [{ subscriptionId: 1, query: 'treaty | pact', words: ['treaty'] }],
  });
  expect(textsOf(alert).join('\n')).toContain('Matched: treaty \\| pact → **treaty**');
});

test('an alert of a followed story says that it is followed, not that nothing matched', () => {
  const alert = digestOf([sampleStory()], {
    kind: 'alert',
    matches: [{ subscriptionId: 1, query: '', storyId: 7, words: [] }],
  });
  expect(textsOf(alert).join('\n')).toContain('-# You follow story 7\n');
});

test('labels come in Korean and Russian', () => {
  expect(textsOf(sampleDigest({ locale: 'ko' })).join('\n')).toContain('`신규`');
  expect(textsOf(sampleDigest({ locale: 'ru' })).join('\n')).toContain('`НОВОЕ`');
});

test('no message pings, embeds, or makes a sound where silence is wanted', () => {
  for (const { payload } of renderDigest(sampleDigest(), { marker, silent: true })) {
    expect(payload.allowed_mentions).toEqual({ parse: [] });
    expect(payload.flags! & (1 << 2)).toBeTruthy();
    expect(payload.flags! & (1 << 12)).toBeTruthy();
  }
});

describe('hostile titles', () => {
  const hostile = NAUGHTY_TITLES.map((title, i) => {
    const quotation = { text: title, source: 0, language: 'en', in: 'title' as const, start: 0, end: 0 };
    const [first] = sampleStory().sources;
    return sampleStory({
      storyId: 1000 + i,
      headline: quotation,
      sentences: [quotation, quotation],
      changes: [{ kind: 'figure', now: title, was: title, wasAt: 0, articleId: 1 }],
      conflicts: [{ who: title, sentence: quotation, stateMedia: false }],
      onlyStateMedia: title,
      sources: [
        { ...first!, outlet: title },
        { ...first!, url: title },
        { ...first!, url: `https://evil.example/${title}` },
      ],
    });
  });
  const digest = digestOf(hostile, {
    topic: { slug: 'x', title: NAUGHTY_TITLES[0]! },
    coverage: { ...sampleDigest().coverage, silent: [...NAUGHTY_TITLES] },
    matches: NAUGHTY_TITLES.map((title, i) => ({ subscriptionId: i, query: title, words: [title, title] })),
    alsoNoted: hostile.map((story, i) => ({
      storyId: 5000 + i,
      storyRevision: 1,
      kind: 'report',
      headline: story.headline,
      source: story.sources[0]!,
    })),
  });
  const all = textsOf(digest);

  test('keep every limit, lose no story, and leave no empty text', () => {
    expect(violations(digest)).toEqual([]);
    expect(new Set(render(digest).flatMap((message) => message.stories)).size).toBe(2 * hostile.length);
  });

  test('mention nobody and name no channel, command or moment', () => {
    for (const text of all) {
      const ours = text.replace(/<t:\d+:f>/g, '');
      expect(ours).not.toMatch(/@everyone|@here/i);
      expect(unescaped(ours)).not.toMatch(/<(@[!&]?|#|\/|id:|t:|a?:|https?:|mailto:|tel:)/);
    }
  });

  test('make no link of their own, and every link names its domain', () => {
    for (const text of all) {
      const links = [...text.matchAll(/(?<!\\)\[((?:\\.|[^\\\]])*)\]\(([^)\s]+)\)/gs)];
      for (const [, label, url] of links)
        expect(label!.replaceAll('\\', '')).toContain(new URL(url!).host.replace(/^www\./, ''));
      const rest = text.replace(/(?<!\\)\[((?:\\.|[^\\\]])*)\]\(([^)\s]+)\)/gs, '');
      expect(rest).not.toMatch(/https?:\/\//i);
    }
  });

  test('carry no control, bidi, invisible or broken character', () => {
    for (const text of all) {
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/,
      );
    }
  });

  test('format nothing: no mark of theirs is left unescaped', () => {
    const bold = digestOf([
      sampleStory({ headline: { ...sampleStory().headline, text: '**x** `y` ||z|| # _u_' } }),
    ]);
    expect(textsOf(bold).join('\n')).toContain('**\\*\\*x\\*\\* \\`y\\` \\|\\|z\\|\\| # \\_u\\_**');
  });

  /** What is left once each escaped character is gone. */
  function unescaped(text: string): string {
    return text.replace(/\\./gs, '');
  }
});

test('whatever a digest holds, every message keeps the limits and each story stands once', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3000 }),
    fc.constantFrom(...NAUGHTY_TITLES),
    fc.string({ unit: 'grapheme', maxLength: 600 }),
  );
  const quotation = fc.record({
    text,
    source: fc.nat(8),
    language: fc.constantFrom('en', 'ko', 'und', 'x-odd'),
    in: fc.constant('text' as const),
    start: fc.constant(0),
    end: fc.constant(0),
    translation: fc.option(text, { nil: undefined }),
  });
  const source = fc.record({
    articleId: fc.nat(),
    revision: fc.constant(1),
    outlet: text,
    stateMedia: fc.boolean(),
    paywalled: fc.boolean(),
    url: fc.option(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), text), {
      nil: null,
    }),
    title: text,
    language: fc.constant('en'),
    published: fc.nat(),
  });
  const story = fc.record({
    storyRevision: fc.nat(),
    badge: fc.constantFrom('NEW' as const, 'UPDATED' as const, 'CORRECTED' as const),
    headline: quotation,
    sentences: fc.array(quotation, { maxLength: 4 }),
    changes: fc.array(
      fc.record({
        kind: fc.constantFrom('figure' as const, 'origin' as const, 'correction' as const),
        now: text,
        was: fc.option(text, { nil: undefined }),
        wasAt: fc.nat(),
        articleId: fc.nat(),
      }),
      { maxLength: 5 },
    ),
    conflicts: fc.array(fc.record({ who: text, sentence: quotation, stateMedia: fc.boolean() }), {
      maxLength: 4,
    }),
    onlyStateMedia: fc.option(text, { nil: null }),
    kind: fc.constantFrom('report' as const, 'opinion' as const),
    themes: fc.constant<string[]>([]),
    reports: fc.nat(),
    origins: fc.nat(),
    firstSeen: fc.nat({ max: 2_000_000_000_000 }),
    sources: fc.array(source, { maxLength: 12 }),
  });
  fc.assert(
    fc.property(fc.array(story, { maxLength: 12 }), text, fc.boolean(), (stories, title, silent) => {
      const numbered: DigestStory[] = stories.map((one, i) => ({ ...one, storyId: i + 1 }));
      const digest = sampleDigest({
        topic: { slug: 'x', title },
        sections: [{ theme: { slug: 'a', title }, stories: numbered }],
        alsoNoted: [],
      });
      const messages = renderDigest(digest, { marker, silent });
      expect(messages.flatMap(({ payload }) => checkMessage(payload))).toEqual([]);
      expect(messages.flatMap((message) => message.stories)).toEqual(numbered.map((one) => one.storyId));
      for (const [index, { payload }] of messages.entries())
        expect(carriesMarker(payload.components, marker(index))).toBe(true);
    }),
    { numRuns: 150 },
  );
});
