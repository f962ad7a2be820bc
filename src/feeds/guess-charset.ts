import iconv from 'iconv-lite';

/**
 * The letters and characters that make up most of written text in each script; texts of news in these languages are
 * full of them, and bytes read in a wrong charset give rare characters instead.
 */
const COMMON: Record<string, string> = {
  latin: 'éèàâêîôûçëïüöäßñáíóúãõåøæœÉÀÖÄÜÁÓÍÑÇÈÊÅØÆŒýžš«»“”„‘’–—…°€£©®·¿¡§\u00a0',
  cyrillic: 'оеаинтсрвлкмдпуяыьгзбчйхж',
  korean:
    '이다는의에을를가고하은지로한사기도인대자리어서정시일나수부그해보전아라장상조국비들구원여있러동우제공방문성주관으만미회연적과안경신선소개계세등실오중위통화외거당유말민작력합행모간치마와직체강생산업속진무명교결설발표법양남북측현재판청군년월',
  japanese:
    'のにをはがでとたしるてないかれっすらこりもくよきめまうあいえそけせおつさちやわろどじだげばみんスルンイトーアリラドクシロコ日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検町常校料裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優研収断何南石足違消境神番規術護展態導鮮備害配副算視条独警究育席輸訪起万着述残想線率病農州武声質念待試族象銀域助労例衛然早張限親額監環験追審商義伝働形落欧担退準訴辺造英被署名簽鉄橋貨物列再協議露韓',
  simplified:
    '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严',
  traditional:
    '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報完類八離華名確才科張信馬節話',
};

/** Where a national standard has the characters that everybody reads: the lead bytes, both ends included. */
const EVERYDAY: Record<string, [codec: string, from: number, to: number]> = {
  korean: ['cp949', 0xb0, 0xc8],
  japanese: ['eucjp', 0xb0, 0xcf],
  simplified: ['gb18030', 0xb0, 0xd7],
  traditional: ['big5', 0xa4, 0xc6],
};

interface Candidate {
  charset: string;
  codec: string;
  script: string;
}

const CANDIDATES: Candidate[] = [
  ['euc-kr', 'cp949', 'korean'],
  ['shift_jis', 'cp932', 'japanese'],
  ['euc-jp', 'eucjp', 'japanese'],
  ['gb18030', 'gb18030', 'simplified'],
  ['big5', 'big5', 'traditional'],
  ['windows-1251', 'win1251', 'cyrillic'],
  ['koi8-r', 'koi8-r', 'cyrillic'],
  ['iso-8859-5', 'iso88595', 'cyrillic'],
  ['ibm866', 'cp866', 'cyrillic'],
  ['x-mac-cyrillic', 'maccyrillic', 'cyrillic'],
  ['windows-1252', 'win1252', 'latin'],
].map(([charset, codec, script]) => ({ charset: charset!, codec: codec!, script: script! }));

/** Bytes of text that are enough to tell. */
const SAMPLE = 6_000;
/** A guess below this is none. */
const ENOUGH = 0.35;
/** A guess that beats what was declared by this much is believed. */
const CLEARLY = 0.25;

export interface CharsetGuess {
  charset: string;
  /** There is something that speaks for it. */
  sure: boolean;
  /** Whether the bytes look much less like this charset than like the guess; never for charsets nobody scores. */
  beats(charset: string): boolean;
}

/** What charset bytes look like that name none, or a wrong one; windows-1252 where nothing speaks for another. */
export function guessCharset(bytes: Uint8Array): CharsetGuess {
  const sample = interesting(bytes);
  if (new TextDecoder('utf-8').decode(sample).includes('\u001b$'))
    return { charset: 'iso-2022-jp', sure: true, beats: () => true };
  const scores = new Map<string, number>();
  let best = { charset: 'windows-1252', score: ENOUGH, sure: false };
  for (const { charset, codec, script } of CANDIDATES) {
    const score = plausibility(iconv.decode(sample, codec), script);
    scores.set(charset, score);
    if (score > best.score) best = { charset, score, sure: true };
  }
  return {
    charset: best.charset,
    sure: best.sure,
    beats: (charset) => best.score - (scores.get(charset === 'gbk' ? 'gb18030' : charset) ?? 1) > CLEARLY,
  };
}

/**
 * How much the characters beyond ASCII are those of written text, up to 1; 0 where more than a few cannot be in the
 * charset. Single-byte charsets turn anything into letters, but into words that begin small and go on large, or that
 * mix scripts; and Western letters beyond ASCII stand alone among the others.
 */
function plausibility(text: string, script: string): number {
  const common = commonOf(script);
  const everyday = everydayOf(script);
  let beyond = 0;
  let known = 0;
  let broken = 0;
  for (const char of text) {
    if (char <= '\u007f') continue;
    beyond++;
    if (char === '\ufffd' || (char >= '\ue000' && char <= '\uf8ff')) broken++;
    else if (common.has(char)) known++;
    else if (everyday.has(char)) known += 0.5;
  }
  // The sample's cut may split characters.
  if (beyond === 0 || broken > 2 + beyond / 50) return 0;
  const jumps = text.match(/[а-яё](?=[А-ЯЁ])|[а-яё](?=[a-z])|[a-z](?=[а-яё])/g)?.length ?? 0;
  const runs = script === 'latin' ? (text.match(/[\u0080-\uffff]{3,}/g)?.join('').length ?? 0) : 0;
  return (known - 3 * jumps - runs) / beyond;
}

const commons = new Map<string, ReadonlySet<string>>();
function commonOf(script: string): ReadonlySet<string> {
  const found = commons.get(script) ?? new Set(COMMON[script]);
  commons.set(script, found);
  return found;
}

const everydays = new Map<string, ReadonlySet<string>>();
function everydayOf(script: string): ReadonlySet<string> {
  let found = everydays.get(script);
  if (!found) {
    const [codec, from, to] = EVERYDAY[script] ?? ['cp949', 1, 0];
    const rows: number[] = [];
    for (let lead = from; lead <= to; lead++)
      for (let trail = 0x40; trail <= 0xfe; trail++) rows.push(lead, trail);
    found = new Set(iconv.decode(Buffer.from(rows), codec).match(/\p{L}/gu) ?? []);
    everydays.set(script, found);
  }
  return found;
}

/** The lines that hold bytes beyond ASCII, up to the size of a sample. */
function interesting(bytes: Uint8Array): Buffer {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length && size < SAMPLE; ) {
    const found = bytes.indexOf(60 /* < */, start + 1);
    const end = found < 0 ? bytes.length : found;
    const part = bytes.subarray(start, Math.min(end, start + SAMPLE));
    if (part.some((byte) => byte > 0x7f || byte === 0x1b)) {
      parts.push(part);
      size += part.length;
    }
    start = end;
  }
  return Buffer.concat(parts);
}
