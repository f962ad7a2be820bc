import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeFeed } from '../../src/feeds/decode-feed.ts';
import { parseFeed } from '../../src/feeds/parse-feed.ts';

/** Headlines of ours about recorded facts, each in a charset that feeds of its language still use. */
const SAMPLES: [charset: string, codec: string, title: string, text: string][] = [
  [
    'utf-8',
    'utf8',
    'Договор подписан в Пхеньяне',
    'Стороны обязались помогать друг другу, если на одну из них нападут.',
  ],
  [
    'windows-1251',
    'win1251',
    'Железнодорожный мост снова открыт',
    'Первый грузовой состав прошёл через пограничную станцию Туманная утром в среду.',
  ],
  [
    'koi8-r',
    'koi8-r',
    'Делегация прибыла во Владивосток',
    'Переговоры о торговле и транспорте продолжатся до пятницы, сообщил представитель края.',
  ],
  [
    'euc-kr',
    'cp949',
    '북러 정상, 포괄적 동반자 조약에 서명',
    '양측은 한쪽이 공격을 받으면 서로 돕기로 했다고 관영 매체가 전했다. 뚜렷한 이행 시기는 밝히지 않았다.',
  ],
  [
    'shift_jis',
    'cp932',
    '両首脳が条約に署名',
    '平壌での会談の後、両国は軍事を含む協力を進めることで合意したと国営メディアが伝えた。',
  ],
  [
    'euc-jp',
    'eucjp',
    '国境の鉄道橋で貨物列車が再開',
    '豆満江にかかる橋を渡る列車の運行が、水曜日の朝に始まったと地元の関係者が話した。',
  ],
  [
    'gb18030',
    'gb18030',
    '两国领导人在平壤签署条约',
    '双方同意在一方遭到进攻时互相提供帮助，官方媒体星期四报道说，两国关系进入新的阶段。',
  ],
  [
    'big5',
    'big5',
    '兩國領導人在平壤簽署條約',
    '雙方同意在一方遭到進攻時互相提供幫助，官方媒體星期四報導說，兩國關係進入新的階段。',
  ],
];

const document = (title: string, text: string, declaration = '') =>
  `${declaration}<rss version="2.0"><channel><title>표본 Sample</title><item><title>${title}</title><description>${text}</description></item></channel></rss>`;

/** The four ways in which a server and a document can name a charset. */
const WAYS: [string, (charset: string) => { contentType: string; declaration: string }][] = [
  ['in the header', (charset) => ({ contentType: `text/xml; charset=${charset}`, declaration: '' })],
  [
    'in the XML declaration',
    (charset) => ({
      contentType: 'application/rss+xml',
      declaration: `<?xml version="1.0" encoding="${charset}"?>`,
    }),
  ],
  [
    'in the declaration, against a wrong header',
    (charset) => ({
      contentType: `text/xml; charset=${charset === 'utf-8' ? 'iso-8859-1' : 'utf-8'}`,
      declaration: `<?xml version="1.0" encoding="${charset}"?>`,
    }),
  ],
  ['nowhere', () => ({ contentType: 'text/xml', declaration: '' })],
];

describe('charsets (row 12)', () => {
  for (const [charset, codec, title, text] of SAMPLES)
    test.each(WAYS)(`${charset}, named %s`, async (_, name) => {
      const { contentType, declaration } = name(charset);
      // The Korean word in the channel's title cannot be written in the others.
      const source = document(title, text, declaration).replace(
        '표본 ',
        charset === 'euc-kr' || charset === 'utf-8' ? '표본 ' : '',
      );
      const { feed } = await parseFeed(iconv.encode(source, codec), { contentType });
      expect(feed?.entries[0]).toMatchObject({ title, text });
    });

  for (const [charset, codec, title, text] of SAMPLES.slice(1))
    test.each(SAMPLES.map(([name]) => name).filter((name) => name !== charset))(
      `${charset} that is declared as %s is read all the same`,
      async (wrong) => {
        const source = document(title, text).replace('표본 ', '');
        for (const declaration of ['', `<?xml version="1.0" encoding="${charset}"?>`]) {
          const bytes = iconv.encode(declaration + source, codec);
          const { feed } = await parseFeed(bytes, { contentType: `text/xml; charset=${wrong}` });
          expect(feed?.entries[0]).toMatchObject({ title, text });
        }
      },
    );

  test.each([
    ['windows-1251', 'win1251', 'Договор подписан'],
    ['koi8-r', 'koi8-r', 'Договор подписан'],
    ['ibm866', 'cp866', 'Договор подписан'],
    ['euc-kr', 'cp949', '조약 서명'],
    ['shift_jis', 'cp932', '条約に署名'],
    ['euc-jp', 'eucjp', '条約署名'],
    ['gb18030', 'gb18030', '签署条约'],
    ['big5', 'big5', '簽署條約'],
    ['windows-1252', 'win1252', 'Été à Paris'],
  ])('a short title in %s tells, though nothing is declared', async (_, codec, title) => {
    const source = `<rss version="2.0"><channel><title>S</title><item><title>${title}</title></item></channel></rss>`;
    const { feed } = await parseFeed(iconv.encode(source, codec), {});
    expect(feed?.entries[0]?.title).toBe(title);
  });

  test.each([
    ['iso-8859-2', 'Przywódcy podpisali traktat. Łódź, źdźbło, gęś'],
    ['iso-8859-7', 'Οι ηγέτες υπέγραψαν συνθήκη στην Πιονγκγιάνγκ'],
    ['windows-1254', 'Liderler Pyongyang’da anlaşma imzaladı, görüşmeler sürüyor'],
    ['koi8-u', 'Делегація прибула до Києва, переговори тривають'],
  ])('%s is believed where nothing speaks for another', async (charset, title) => {
    const source = document(title, '', `<?xml version="1.0" encoding="${charset}"?>`).replace('표본 ', '');
    const { feed } = await parseFeed(iconv.encode(source, charset), {});
    expect(feed?.entries[0]?.title).toBe(title);
  });

  test.each(['windows-1251', 'utf-16', 'big5', 'x-unknown-9'])(
    'UTF-8 that is declared as %s is read as UTF-8',
    async (wrong) => {
      const source = document('Договор подписан', 'Текст', `<?xml version="1.0" encoding="${wrong}"?>`);
      const { feed } = await parseFeed(Buffer.from(source), { contentType: `text/xml; charset=${wrong}` });
      expect(feed?.entries[0]?.title).toBe('Договор подписан');
    },
  );

  test('UTF-16 and UTF-32 are known by their mark or by their zeros', async () => {
    const source = document('조약 서명', '본문');
    for (const codec of ['utf16le', 'utf-16be', 'utf-32le', 'utf-32be'])
      for (const addBOM of [true, false]) {
        const { feed } = await parseFeed(iconv.encode(source, codec, { addBOM }), {});
        expect(feed?.entries[0]?.title, `${codec} ${addBOM}`).toBe('조약 서명');
      }
  });

  test('syllables of code page 949 that plain EUC-KR lacks are read', () => {
    expect(
      decodeFeed(iconv.encode('<a>똠방각하, 펲시콜라</a>', 'cp949'), 'text/xml; charset=euc-kr').text,
    ).toContain('똠방각하, 펲시콜라');
  });

  test('ISO-2022-JP looks like ASCII and is none', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="iso-2022-jp"?><rss version="2.0"><channel><item><title>'),
      Buffer.from([0x1b, 0x24, 0x42, 0x3e, 0x72, 0x4c, 0x73, 0x1b, 0x28, 0x42]),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    expect((await parseFeed(bytes, {})).feed?.entries[0]?.title).toBe('条約');
  });

  test('one broken byte does not turn a feed in UTF-8 into mojibake', async () => {
    const source = Buffer.from(
      document('Договор подписан в Пхеньяне', 'Стороны обязались помогать друг другу.'),
    );
    const at = source.indexOf('помогать');
    const broken = Buffer.concat([source.subarray(0, at), Buffer.from([0xd0]), source.subarray(at)]);
    for (const contentType of ['text/xml', 'text/xml; charset=utf-8']) {
      const { feed } = await parseFeed(broken, { contentType });
      expect(feed?.entries[0]?.title).toBe('Договор подписан в Пхеньяне');
      expect(feed?.warnings).not.toEqual([]);
    }
  });

  test('curly quotes of windows-1252 that were declared as ISO-8859-1 come out as quotes', async () => {
    const source =
      '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><item><title>The \x93pact\x94 \x96 caf\xe9</title></item></channel></rss>';
    expect((await parseFeed(Buffer.from(source, 'latin1'), {})).feed?.entries[0]?.title).toBe(
      'The “pact” – café',
    );
  });
});
