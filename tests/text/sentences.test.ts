import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/text/sentences.ts';

function split(text: string, language = 'en'): string[] {
  return splitSentences(text, language).map((span) => text.slice(span.start, span.end));
}

/** Each row: language, then the sentences, joined by one space unless they are of an unspaced script. */
const SENTENCES: [language: string, sentences: string[]][] = [
  ['en', ['Mr. Park met Gen. Ivanov in Rason.', 'They spoke for two hours.']],
  ['en', ['The U.S. Navy sent two ships.', 'Talks began in the U.S.', 'They ended at 9 p.m. Monday.']],
  ['en', ['Output rose 1.5 percent to 3.2 million tonnes.', 'It fell 0.4 percent a year earlier.']],
  ['en', ['J. K. Harmon and A.B. Dole signed for Harmon Inc. of Ohio.', 'Both left at once.']],
  ['en', ['See No. 5 and Fig. 3.', 'On Jan. 12 the port, St. Peter, reopened.']],
  ['en', ['"We agree. We go on," the envoy said.', 'He left early.']],
  ['en', ['“Is it true? I doubt it,” she said.', '“It is.”', 'Nobody moved.']],
  ['en', ['He paused ... and went on.', 'Then silence…', 'The hall emptied.']],
  ['en', ['Read the text at rail.example.org/news.html today.', 'It has 40 pages!', 'Why?', 'Nobody knows.']],
  ['en', ['The firm, Alder Co., lost $4.5 bn.', 'However, its head stayed.']],
  [
    'ko',
    [
      '양측은 19일 회담을 열었다.',
      '합의문에는 3.5%라는 수치가 담겼다.',
      '다음 회담은 언제인가?',
      '아직 모른다.',
    ],
  ],
  ['ko', ['"협력을 넓히겠다. 길은 열려 있다"고 대변인이 말했다.', '그는 더 설명하지 않았다.']],
  ['ru', ['В 2024 г. Россия поставила 1,5 тыс. тонн муки.', 'Об этом сообщил А. С. Петров.']],
  [
    'ru',
    ['Завод в г. Хасане получил 20 млн руб. в виде ссуды.', 'Срок — до 2027 г.', 'Он может быть продлён.'],
  ],
  [
    'ru',
    ['«Мы готовы. Дело за ними», — сказал посол.', 'Т. е. решение есть и т. д.', 'Переговоры продолжатся.'],
  ],
];

const UNSPACED: [language: string, sentences: string[]][] = [
  [
    'ja',
    ['両国は6月に協定を結んだ。', '「支援は続く。約束だ」と報道官は述べた。', '次はいつか？', '未定だ。'],
  ],
  ['zh', ['双方于19日签署协议。', '“我们会继续。路很长。”发言人说。', '下一轮何时举行？', '尚未确定！']],
];

describe('splitSentences', () => {
  test.each(SENTENCES)('splits %s text at its sentence ends: %j', (language, sentences) => {
    expect(split(sentences.join(' '), language)).toEqual(sentences);
  });

  test.each(UNSPACED)('splits unspaced %s text: %j', (language, sentences) => {
    expect(split(sentences.join(''), language)).toEqual(sentences);
  });

  test('line ends are borders and spans are trimmed', () => {
    expect(split('  Rail link reopens\n\n The bridge was closed for years.  \nTraffic is light')).toEqual([
      'Rail link reopens',
      'The bridge was closed for years.',
      'Traffic is light',
    ]);
  });

  test('a space lost between sentences does not join them, in English and Korean', () => {
    expect(split('The talks ended.The envoys left.')).toEqual(['The talks ended.', 'The envoys left.']);
    expect(split('회담이 끝났다.대표단은 떠났다.', 'ko')).toEqual(['회담이 끝났다.', '대표단은 떠났다.']);
  });

  test('an unclosed quotation mark does not swallow the text', () => {
    expect(split('He said "no. Then he left. The room was empty.')).toHaveLength(3);
  });

  test('numbers of a list stay with their text, and German ordinals with their month', () => {
    expect(split('1. Rail link reopens')).toEqual(['1. Rail link reopens']);
    expect(split('Am 5. Mai kam er. Er blieb.', 'de')).toEqual(['Am 5. Mai kam er.', 'Er blieb.']);
  });

  test('a closing mark after a space still closes, and a quotation may begin in lower case', () => {
    expect(split('He said " it is over . " Nobody moved . "we will see ," she said .')).toEqual([
      'He said " it is over . "',
      'Nobody moved .',
      '"we will see ," she said .',
    ]);
  });

  test('an empty text has no sentences', () => {
    expect(split('')).toEqual([]);
    expect(split(' \n ')).toEqual([]);
  });

  test('a long text takes time in proportion to its length', () => {
    const text = 'The “envoy” of the U.S. said 1.5 tonnes. "Open quote. '.repeat(40_000);
    const from = process.cpuUsage();
    const count = splitSentences(text, 'en').length;
    expect(count).toBeGreaterThan(10_000);
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(3_000);
  });
});
