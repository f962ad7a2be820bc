import { describe, expect, test } from 'vitest';
import { contentSpans } from '../../src/text/boilerplate.ts';

function content(text: string, language = 'en'): string[] {
  return contentSpans(text, language).map((span) => text.slice(span.start, span.end));
}

const NEWS: Record<string, string> = {
  en: 'The two ministries signed the rail protocol on Tuesday after three days of talks.',
  ko: '양국 철도 당국은 사흘간의 회담 끝에 화요일 의정서에 서명했다.',
  ru: 'Министерства подписали железнодорожный протокол во вторник после трёх дней переговоров.',
  ja: '両国の鉄道当局は三日間の協議を経て火曜日に議定書に署名した。',
  zh: '两国铁路部门经过三天会谈后于周二签署议定书。',
};

const FURNITURE: [language: string, line: string][] = [
  ['en', 'Loading...'],
  ['en', 'By Dana Whitlock, staff writer'],
  ['en', 'Read more: Bridge to open in spring'],
  ['en', 'Share this article on Facebook'],
  ['en', 'Sign up for our morning newsletter'],
  ['en', 'Photo: Harbour Press / Lee Arden'],
  ['en', '© 2026 Harbour Press. All rights reserved.'],
  ['en', 'The post Bridge to open appeared first on Harbour Press.'],
  ['en', 'Reporting by Dana Whitlock; editing by Omar Reyes'],
  ['ko', '홍길순 기자 hong@press.example'],
  ['ko', '무단 전재 및 재배포 금지'],
  ['ko', '[사진=하버프레스]'],
  ['ko', '뉴스레터 구독하기'],
  ['ko', '기사 더보기'],
  ['ru', 'Читать далее'],
  ['ru', 'Фото: Пресс-служба порта'],
  ['ru', 'Подписывайтесь на наш канал'],
  ['ru', 'Автор: Анна Светлова'],
  ['ru', 'Все права защищены.'],
  ['ja', '続きを読む'],
  ['ja', '写真：港湾プレス'],
  ['ja', '無断転載を禁じます'],
  ['ja', '会員登録はこちら'],
  ['zh', '责任编辑：王小明'],
  ['zh', '图片来源：港口社'],
  ['zh', '转载请注明出处'],
  ['zh', '阅读全文'],
];

const DATELINES: [language: string, dateline: string][] = [
  ['en', 'RASON, June 20 (Harbour Press) -- '],
  ['en', 'MOSCOW (Harbour Press) - '],
  ['en', 'Pyongyang, June 19 /HP/. '],
  ['ko', '(서울=하버통신) 홍길순 기자 = '],
  ['ko', '[서울=하버통신]홍길순 기자 = '],
  ['ru', 'МОСКВА, 19 июня. /ПОРТ/. '],
  ['ru', 'ВЛАДИВОСТОК, 19 июн — Порт Пресс. '],
  ['ja', '【ソウル19日港湾通信】'],
  ['zh', '港口社平壤6月19日电（记者王小明）'],
];

describe('contentSpans', () => {
  test.each(FURNITURE)('%s: "%s" is no content, as a line or as a sentence', (language, line) => {
    const news = NEWS[language]!;
    expect(content(`${news}\n\n${line}\n\n${news}`, language)).toEqual([news, news]);
  });

  test.each(DATELINES)('%s: the dateline "%s" is cut from the first sentence', (language, dateline) => {
    expect(content(dateline + NEWS[language], language)).toEqual([NEWS[language]]);
  });

  test.each(Object.entries(NEWS))('%s: news stays whole', (language, news) => {
    expect(content(news, language)).toEqual([news]);
  });

  test.each([
    ['en', 'Comments (12)'],
    ['ko', '댓글 3개'],
    ['ru', 'Комментарии (4)'],
    ['ja', 'コメント'],
    ['zh', '网友评论'],
  ])('%s: everything after "%s" is by readers', (language, heading) => {
    const news = NEWS[language]!;
    expect(content(`${news}\n${heading}\nannak78: this will never work.\n${news}`, language)).toEqual([news]);
  });

  test.each([
    ['en', 'Related articles', 'Ferry to stop in winter'],
    ['ko', '관련기사', '겨울철 여객선 운항 중단'],
    ['ru', 'Читайте также', 'Паром остановят на зиму'],
    ['ja', '関連記事', '冬季のフェリー運休'],
    ['zh', '相关新闻', '渡轮冬季停运'],
  ])('%s: a list of links under "%s" is left out, the text after it is not', (language, heading, link) => {
    const news = NEWS[language]!.repeat(3);
    expect(content(`${news}\n${heading}\n1. ${link}\n2. ${link}\n${news}`, language)).toEqual([news, news]);
  });

  test('furniture inside a paragraph splits it', () => {
    expect(content(`${NEWS.en} Read more. ${NEWS.en} Sign up for our newsletter.`)).toEqual([
      NEWS.en,
      NEWS.en,
    ]);
  });

  test.each([
    'By Friday the bridge had carried nine trains, the ministry said in a statement released overnight.',
    'By Friday nine trains had crossed.',
    'The two leaders – long estranged – met in Rason for an hour.',
    'Lee (Harbour Party) said the copyright law would pass.',
    'The newspaper share of the market fell as readers moved on to weekly magazines last year.',
    'Seoul said on Thursday - a day after the visit - that it would review its policy on arms.',
    'The committee published comments by 12 members on the draft of the new border agreement.',
    'Photographs of the port taken on Monday show two ships beside the rebuilt pier.',
  ])('an ordinary sentence is content: %s', (sentence) => {
    expect(content(sentence)).toEqual([sentence]);
  });

  test('an empty text has no content', () => {
    expect(contentSpans('', 'en')).toEqual([]);
  });
});
