import type { Notice } from '../../src/model/delivery.ts';
import type { Digest, DigestStory } from '../../src/model/digest.ts';

const AT = Date.UTC(2026, 4, 5, 23);
const HOUR = 3_600_000;

/** A digest of so many invented stories, ids from `firstId` on; 0 is a quiet day. */
export function sampleDigest(stories: number, firstId = 1): Digest {
  const shown = Array.from({ length: stories }, (_, i) => sampleStory(firstId + i));
  return {
    kind: 'digest',
    topic: { slug: 'russia-north-korea', title: 'Russia–North Korea' },
    locale: 'en',
    zone: 'Asia/Seoul',
    at: AT,
    window: { since: AT - 24 * HOUR, until: AT },
    late: false,
    coverage: {
      articles: stories * 4,
      stories,
      feedsRead: 38,
      feedsTotal: 41,
      silent: ['Sample Daily ru'],
      failing: [{ name: 'Sample Gazette', reason: 'the server answered 503' }],
    },
    sections: shown.length ? [{ theme: { slug: 'transport', title: 'Transport' }, stories: shown }] : [],
    alsoNoted: [],
    alerted: [],
    matches: [],
    notes: [],
    memory: shown.map((story) => ({
      storyId: story.storyId,
      storyRevision: story.storyRevision,
      articles: [{ id: story.storyId * 10, revision: 1 }],
      origins: [story.storyId * 10],
      facts: [],
      sentences: story.sentences.map((sentence) => ({
        articleId: story.storyId * 10,
        revision: 1,
        text: sentence.text,
      })),
    })),
    leftOut: [],
  };
}

export function sampleNotice(): Notice {
  return {
    kind: 'notice',
    code: 'welcome',
    title: 'tumen is here',
    text: 'The first digest comes at 08:00.',
  };
}

function sampleStory(storyId: number): DigestStory {
  const title = `Ferry ${storyId} carries its first passengers across the estuary`;
  const sentence = `The crossing number ${storyId} took forty minutes, the harbour office said.`;
  return {
    storyId,
    storyRevision: 1,
    badge: 'NEW',
    headline: { text: title, source: 0, language: 'en', in: 'title', start: 0, end: title.length },
    sentences: [{ text: sentence, source: 0, language: 'en', in: 'text', start: 0, end: sentence.length }],
    changes: [],
    conflicts: [],
    onlyStateMedia: null,
    kind: 'report',
    themes: ['transport'],
    reports: 4,
    origins: 1,
    firstSeen: AT - 5 * HOUR,
    sources: [
      {
        articleId: storyId * 10,
        revision: 1,
        outlet: 'Sample Wire',
        stateMedia: false,
        paywalled: false,
        url: `https://wire.example.org/ferry/${storyId}`,
        title,
        language: 'en',
        published: AT - 6 * HOUR,
      },
    ],
  };
}
