import { describe, expect, it } from 'vitest';
import { readOwnSet } from '../../scripts/labelled-sets.ts';
import { explainVerdict } from '../../src/topics/explain-verdict.ts';
import { TERMINAL } from '../../src/topics/give-reasons.ts';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { loadTopic } from '../../src/topics/load-topic.ts';
import { article, topic } from './articles.ts';

const endOf = (language: string, title: string, text = '') =>
  judgeArticle(article(language, title, text), topic).reasons[0]!.code;

describe('a verdict', () => {
  it('ends in exactly one way, whatever the article', () => {
    for (const { article: each } of readOwnSet()) {
      const { reasons, relevant, score } = judgeArticle(each, topic);
      const ends = reasons.filter(({ code }) => (TERMINAL as readonly string[]).includes(code));
      expect(ends).toHaveLength(1);
      expect(ends[0]).toBe(reasons[0]);
      expect(ends[0]!.code === 'relevant').toBe(relevant);
      expect(score >= topic.threshold).toBe(relevant);
    }
  });

  it('says how it ended', () => {
    expect(endOf('en', 'Putin and Kim sign a treaty in Pyongyang')).toBe('relevant');
    expect(endOf('en', 'Heavy rain floods three valleys')).toBe('no-side');
    expect(endOf('en', 'Kim Jong Un opens a greenhouse')).toBe('one-side');
    expect(endOf('en', 'Hackers from Russia, China, Iran and North Korea probe water plants')).toBe(
      'in-list',
    );
    expect(endOf('en', 'Which film won? Moscow, Pyongyang and the box office quiz')).toBe('left-out');
    expect(
      endOf(
        'en',
        'Wheat is dear',
        'Russia sold less. Nobody bought. Prices rose. Ships waited. A port in North Korea closed.',
      ),
    ).toBe('apart');
  });

  it('names the sentence that decided, at its place in the text', () => {
    const text = 'It rained all day. Russian engineers met North Korean officers in Rason. Nobody spoke.';
    const { reasons } = judgeArticle(article('en', 'Talks at the border', text), topic);
    const deciding = reasons.find(({ code }) => code === 'deciding-sentence')!;
    expect(deciding.text).toBe('Russian engineers met North Korean officers in Rason.');
    expect(text.slice(deciding.start, deciding.end)).toBe(deciding.text);
  });

  it('lists the names found with their sides, verbatim', () => {
    const { reasons } = judgeArticle(article('ru', 'Лавров встретился с Цой Сон Хи в Пхеньяне'), topic);
    const names = reasons.filter(({ code }) => code === 'names').map(({ side, text }) => `${side}: ${text}`);
    expect(names).toEqual(['russia: Лавров', 'north-korea: Цой Сон Хи', 'north-korea: Пхеньяне']);
  });

  it('has weights that add up to its score', () => {
    const { reasons, score } = judgeArticle(
      article(
        'en',
        'Seoul summons Russian envoy',
        'South Korea protested over North Korean troops in Russia.',
      ),
      topic,
    );
    const logit = reasons.reduce((sum, { weight }) => sum + (weight ?? 0), topic.weights.bias);
    expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(score, 1);
  });

  it('finds the same entities in each language', () => {
    const entities = (language: string, title: string) =>
      judgeArticle(article(language, title), topic).entities.toSorted();
    const english = entities('en', 'Lavrov meets Kim Jong Un in Wonsan');
    expect(english).toEqual(['kim-jong-un', 'sergey-lavrov', 'wonsan']);
    expect(entities('ko', '라브로프, 원산서 김정은 면담')).toEqual(english);
    expect(entities('ru', 'Лавров встретился с Ким Чен Ыном в Вонсане')).toEqual(english);
    expect(entities('ja', 'ラブロフ外相、元山で金正恩氏と会談')).toEqual(english);
    expect(entities('zh', '拉夫罗夫在元山会见金正恩')).toEqual(english);
  });

  it('is the same each time: judging keeps no memory', () => {
    const items = readOwnSet().slice(0, 40);
    const first = items.map((item) => judgeArticle(item.article, topic));
    const again = items.toReversed().map((item) => judgeArticle(item.article, topic));
    expect(again.reverse()).toEqual(first);
  });

  it('survives any text', () => {
    for (const text of [
      '',
      ' ',
      '\u0000',
      '\ud800',
      'Kim\u202e',
      '북'.repeat(50_000),
      'Russia '.repeat(20_000),
    ])
      expect(judgeArticle(article('en', text, text), topic).score).toBeLessThanOrEqual(1);
  });
});

it('words a verdict in each of our languages', () => {
  const verdict = judgeArticle(
    article(
      'en',
      'Hackers from Russia, China and North Korea',
      'A match of the league. The quiz and the film.',
    ),
    topic,
  );
  for (const locale of ['en', 'ko', 'ru'] as const) {
    const { end, grounds } = explainVerdict(verdict, topic.threshold, locale);
    expect([end, ...grounds].join('\n')).not.toMatch(/undefined|NaN|\{[a-z]\}/);
    expect(grounds.length).toBeGreaterThan(1);
  }
});

it('nothing is wired to one topic: a topic of one side judges by the same rules', async () => {
  const arctic = await loadTopic('config/topics/arctic-shipping.yaml');
  const voyage = article(
    'en',
    'Container ship completes Northern Sea Route voyage in 20 days',
    'The ice-class vessel carried cargo from Ningbo along the Northern Sea Route without an escort. Insurers watched closely.',
  );
  const verdict = judgeArticle(voyage, arctic);
  expect(verdict.relevant).toBe(true);
  expect(verdict.themes).toContain('transits');
  expect(judgeArticle(article('en', 'Suez Canal tolls rise', 'Carriers complained.'), arctic).relevant).toBe(
    false,
  );
  expect(judgeArticle(voyage, topic).relevant).toBe(false);
});
