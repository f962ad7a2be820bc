import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMentions } from '../../src/topics/find-mentions.ts';
import { topic } from './articles.ts';

/** The entities, pairs and groups of the sides that a text names, as written. */
function sidesIn(language: string, text: string): string[] {
  return findMentions(text, topic.vocabulary(language)).flatMap((m) => {
    const words = text.slice(m.start, m.end);
    if (m.role === 'pair' || m.role === 'group') return `${m.role}:${words}`;
    if (m.role !== 'clear' && m.role !== 'shorthand' && m.role !== 'ambiguous') return [];
    const entity = topic.entities[m.index]!;
    return entity.side < 0 ? [] : `${entity.slug}:${words}`;
  });
}

describe('names are found', () => {
  it.each([
    [
      'ru',
      'Переговоры с Пхеньяном о северокорейских рабочих',
      ['pyongyang:Пхеньяном', 'north-korea:северокорейских'],
    ],
    ['ru', 'Ким Чен Ыном и Северной Кореей', ['kim-jong-un:Ким Чен Ыном', 'north-korea:Северной Кореей']],
    ['en', 'Moscow’s envoy met the North Koreans', ['moscow:Moscow’s', 'north-korea:North Koreans']],
    [
      'ko',
      '러 국방부 “北최선희 방문”',
      ['russian-defence-ministry:러 국방부', 'north-korea:北', 'choe-son-hui:최선희'],
    ],
    ['ko', '북·러 회담', ['pair:북·러']],
    ['ko', '북중러 밀착', ['group:북중러']],
    ['ja', '露朝首脳が会談', ['pair:露朝']],
    ['ja', '北朝鮮のキム・ジョンウン総書記', ['north-korea:北朝鮮', 'kim-jong-un:キム・ジョンウン']],
    ['zh', '俄外长访朝', ['russia:俄外长', 'north-korea:访朝']],
    ['fr', 'La RPDC et la Russie', ['north-korea:RPDC', 'russia:Russie']],
  ])('in %s: %s', (language, text, expected) => {
    expect(sidesIn(language, text)).toEqual(expected);
  });
});

describe('words that only look like names are not', () => {
  it.each([
    ['zh', '白俄罗斯总统访问俄亥俄州'],
    ['zh', '《朝鲜日报》报道朝鲜战争'],
    ['ko', '조선소 수주, 13조로 늘어'],
    ['ko', '북한산 국립공원과 평양냉면'],
    ['ko', '러브레터와 러닝머신'],
    ['ja', 'キムチと朝食、北海道の露店'],
    ['en', 'A Moscow mule and Russian roulette'],
    ['ru', 'русская рулетка и белорусский трактор'],
  ])('in %s: %s', (language, text) => {
    expect(sidesIn(language, text)).toEqual([]);
  });
});

it('places lie in the text and words do not depend on what stands around them', () => {
  const pieces = fc.constantFrom(
    'Russia',
    '북한',
    'КНДР',
    '露朝',
    '俄罗斯',
    ' ',
    ', ',
    '。',
    'x',
    '…',
    '\u{1f600}',
    'é',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      for (const m of findMentions(text, topic.vocabulary('en'))) {
        expect(m.start).toBeGreaterThanOrEqual(0);
        expect(m.end).toBeGreaterThan(m.start);
        expect(m.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 200 },
  );
});
