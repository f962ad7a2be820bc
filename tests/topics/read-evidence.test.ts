import { describe, expect, it } from 'vitest';
import { judgeArticle } from '../../src/topics/judge-article.ts';
import { readEvidence } from '../../src/topics/read-evidence.ts';
import { article, topic } from './articles.ts';

const joins = (language: string, text: string) =>
  readEvidence(article(language, '', text), topic).sentences.map(({ together }) => together);

describe('what a sentence implies', () => {
  it.each([
    ['en', 'Putin spoke to reporters in Hanoi. The treaty with North Korea, he said, is no threat.'],
    ['ru', 'Путин выступил в Ханое. Договор с КНДР, по его словам, никому не угрожает.'],
  ])('in %s goes on about the person of the sentence before', (language, text) => {
    expect(joins(language, text)).toEqual(['no', 'implied']);
  });

  it('is nothing where somebody else may be meant', () => {
    expect(joins('en', 'Trump has disappointed Putin. North Korea, he said, is a friend.')).toEqual([
      'no',
      'no',
    ]);
    expect(joins('en', 'Russia sold wheat. North Korea, he said, is a friend.')).toEqual(['no', 'no']);
  });
});

describe('ambiguous names', () => {
  it('confirm each other where another side is clear', () => {
    const sidesOf = (text: string) => judgeArticle(article('en', '', text), topic).sides;
    expect(sidesOf('Kim is paid by Russia. The bill of the North grows.')).toContain('north-korea');
    expect(sidesOf('Russia is cold. The North is colder.')).toEqual(['russia']);
  });

  it('are not names of others after a word that begins a sentence', () => {
    expect(joins('en', 'Without Kim and his shells Putin would wait.')).toEqual(['yes']);
    expect(joins('en', 'Jennie Kim sang, and Putin listened.')).toEqual(['no']);
  });
});

describe('kinds of official texts', () => {
  const kindOf = (language: string, title: string, text: string) =>
    judgeArticle(article(language, title, text), topic).kind;

  it('tell a state that declares from news of a text', () => {
    expect(
      kindOf(
        'en',
        'Comrade Kim Jong Un receives Russian delegation',
        'Comrade Kim Jong Un warmly met the guests. The friendship, it was stressed, is eternal.',
      ),
    ).toBe('statement');
    expect(
      kindOf(
        'ko',
        '북, 공동성명 전문 공개',
        '북한이 러시아와 낸 공동성명 전문을 공개했다고 표본통신이 보도했다.',
      ),
    ).toBe('report');
    expect(
      kindOf(
        'en',
        'Pyongyang publishes full text of treaty with Moscow',
        'North Korea released all 23 articles on Thursday, the agency said. Russia had announced it before.',
      ),
    ).toBe('report');
  });
});
