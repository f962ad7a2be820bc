import { describe, expect, it } from 'vitest';
import type { ArticleContent } from '../../src/model/article.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { article, topic } from './articles.ts';

interface Piece {
  article: ArticleContent;
  leftover: string;
  kind: string;
  themes: string[];
  /** Themes that its words could be mistaken for. */
  without: string[];
}

const paragraphs = (...lines: string[]) => lines.join('\n\n');

/** Pieces that a filter of keywords loses or takes for what they are not. */
const PIECES: Record<string, Piece> = {
  'an editorial on the alliance, rhetoric and no news': {
    article: article(
      'en',
      'No storm can part two nations bound by blood',
      paragraphs(
        'The friendship between the DPRK and Russia was not born in an office. It was forged in fire, and it must be guarded like the apple of the eye.',
        'Let the brazen slanderers in the West bark as they like. Our alliance is invincible because it is just, and history will prove it so.',
        'Those who dare to come between the two peoples should remember how such follies ended. We must close our ranks ever tighter. The sacred bond of Pyongyang and Moscow is an example to all who will not kneel.',
      ),
    ),
    leftover: 'Read more: Ten recipes for a cold winter night',
    kind: 'opinion',
    themes: ['treaty'],
    without: ['arms', 'navy', 'culture', 'economy'],
  },
  'an analysis of the treaty of 2024, with "Loading..." at its end': {
    article: article(
      'en',
      'What the 2024 treaty promises, article by article',
      paragraphs(
        'The treaty that Russia and North Korea signed in June 2024 is longer than its forerunner of 2000 and less cautious. Its fourth article promises military assistance if either is attacked, which analysts read as a mutual defence clause with room for ambiguity.',
        'Pyongyang hopes for more than words. Experts expect it to ask for help with the re-entry of long-range missiles and with solid fuel. Whether Moscow would share what makes a ballistic missile accurate is doubtful.',
        'A second wish concerns the navy. A submarine with a reactor would need designs that Russia has given to nobody but India, and then on lease.',
        'The third is space. After two failures North Korea put a reconnaissance satellite into orbit in 2023, and observers in Seoul suspect that Russian engineers advised it.',
        'The implications reach beyond the peninsula. Neither side has to publish what it transfers, and the treaty has no term.',
      ),
    ),
    leftover: 'Loading...',
    kind: 'analysis',
    themes: ['treaty', 'missiles-nuclear', 'navy', 'space'],
    without: ['culture', 'cyber'],
  },
  'a report of the summit at Vostochny, followed by a reader’s comment': {
    article: article(
      'en',
      'Leaders tour rocket hall at Vostochny before five hours of talks',
      paragraphs(
        'Vladimir Putin received Kim Jong Un at the Vostochny cosmodrome on Wednesday and showed him the hall where rockets are assembled. Asked whether Russia would help North Korea to build satellites, he said that this was why they had come here.',
        'The two then talked for more than five hours, first with their delegations and later alone, a Kremlin spokesman told reporters. No document was signed.',
        'Kim travelled on by train to Komsomolsk on Thursday, according to local officials.',
      ),
    ),
    leftover: paragraphs(
      'Comments (1)',
      'harbour_fox wrote: You should all be ashamed. Where are the cheap submarine tickets and the hockey results, this must be a joke!',
    ),
    kind: 'report',
    themes: ['summits', 'space'],
    without: ['navy', 'treaty', 'culture', 'sanctions'],
  },
  'an editorial on the summit and the peace of the world': {
    article: article(
      'en',
      'Editorial: A handshake the world should not applaud',
      paragraphs(
        'When Kim Jong Un and Vladimir Putin met this week, each had something the other wanted. That is how most summits go, and it should worry everyone who cares for peace.',
        'We must not shrug. A country that sells shells to an aggressor and one that pays for them with know-how do not serve stability. The United Nations should say so, and the Security Council must do its duty.',
        'It is time for the neighbours to act together. Peace needs patience, but it cannot afford silence.',
      ),
    ),
    leftover: 'Sign up for our newsletter',
    kind: 'opinion',
    themes: ['summits', 'sanctions'],
    without: ['transport', 'culture', 'cyber'],
  },
  'a preview of a leader’s visit': {
    article: article(
      'en',
      'Putin to visit North Korea next week, first trip in 24 years',
      paragraphs(
        'Russian President Vladimir Putin will travel to Pyongyang on Tuesday for a two-day state visit at the invitation of Kim Jong Un, the Kremlin said on Monday.',
        'Streets in the North Korean capital have been hung with flags, and a grandstand has gone up on Kim Il Sung Square, pictures show. The two leaders are expected to hold talks and to attend a concert.',
        'An aide said that several documents would be signed. He declined to say whether a treaty was among them.',
      ),
    ),
    leftover: 'Photo: Sample Post',
    kind: 'report',
    themes: ['summits'],
    without: ['navy', 'cyber', 'arms', 'sanctions'],
  },
};

describe.each(Object.entries(PIECES))('%s', (_, piece) => {
  const verdict = judgeArticle(piece.article, topic);

  it('passes', () => {
    expect(verdict.relevant).toBe(true);
    expect(verdict.reasons[0]!.code).toBe('relevant');
  });

  it('gets its kind', () => {
    expect(verdict.kind).toBe(piece.kind);
  });

  it('gets its themes', () => {
    expect(verdict.themes).toEqual(expect.arrayContaining(piece.themes));
    for (const theme of piece.without) expect(verdict.themes).not.toContain(theme);
  });

  it('is judged alike with what the page left in its text', () => {
    const dirty = { ...piece.article, text: `${piece.article.text}\n\n${piece.leftover}` };
    expect(judgeArticle(dirty, topic)).toEqual(verdict);
  });
});
